//! Messages of getting in and out: enrolment, log-in, recovery, handing in.

use super::*;

#[test]
fn messages_of_the_door_are_these_bytes() {
    let enrol = EnrolRequest {
        protocol: 3,
        code: "ABCD-EFGH".into(),
        key: ByteArray::new([7; 32]),
        name: Some("Nettbrett 4".into()),
    };
    check("enrol request", &enrol, include_str!("../pinned/enrol_request.hex"));
    let enrolled =
        EnrolResponse { device: DeviceId(id(10)), now: at(), recovery: ByteArray::new([8; 32]) };
    check("enrol response", &enrolled, include_str!("../pinned/enrol_response.hex"));
    let log_in = LogInRequest {
        protocol: 3,
        employee_number: "1001".into(),
        password: "secret".into(),
        profile: Some(TabletId(id(4))),
    };
    check("log-in request", &log_in, include_str!("../pinned/log_in_request.hex"));
    let logged_in = LogInResponse {
        token: "secret".into(),
        tablet: TabletId(id(4)),
        worker: WorkerId(id(2)),
        teams: vec![team()],
        now: at(),
        lease_days: LEASE_DAYS,
    };
    check("log-in response", &logged_in, include_str!("../pinned/log_in_response.hex"));
    let longer = LogInResponse { lease_days: 30, ..logged_in };
    check("log-in with a lease", &longer, include_str!("../pinned/log_in_response_lease.hex"));
    let recover =
        RecoverRequest { protocol: 3, profile: TabletId(id(4)), sealed: ByteBuf::from([1, 2, 3]) };
    check("recover request", &recover, include_str!("../pinned/recover_request.hex"));
    let recovered = RecoverResponse { key: ByteArray::new([7; 32]) };
    check("recover response", &recovered, include_str!("../pinned/recover_response.hex"));
    let hand_in = HandInRequest { protocol: 3 };
    check("hand-in request", &hand_in, include_str!("../pinned/hand_in_request.hex"));
    let handed_in = HandInResponse { now: at(), device_ended: true };
    check("hand-in response", &handed_in, include_str!("../pinned/hand_in_response.hex"));
}
