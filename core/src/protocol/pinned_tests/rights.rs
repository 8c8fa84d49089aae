//! Messages of the access log and of break-glass.

use super::*;

pub(super) fn access_log_messages_are_these_bytes(request: &SyncRequest, response: &SyncResponse) {
    let opened = AccessRow::new(AccessId(id(20)), AccessAct::Opened, at());
    let opened = opened.about(ClientId(id(3)), Some(AccessReason::VisitToday));
    let wrong_pins = AccessRow {
        outcome: AccessOutcome::Refused,
        count: 3,
        ..AccessRow::new(AccessId(id(21)), AccessAct::WrongPin, at())
    };
    let asked = AccessRow { words: "Naboen ringte".into(), ..opened.clone() };
    let access = vec![opened.clone(), wrong_pins, asked];
    let with_rows = SyncRequest { access, ..request.clone() };
    check("rows", &with_rows, include_str!("../pinned/sync_request_access.hex"));
    let entry = AccessEntry {
        row: opened.clone(),
        worker: Some(WorkerId(id(2))),
        role: Some(Role::Nurse),
        team: Some(TeamId(id(1))),
        tablet: Some(TabletId(id(4))),
        operator: String::new(),
        received: at(),
    };
    // The log's hashes are over these bytes: they are for ever.
    check("access entry", &entry, include_str!("../pinned/access_entry.hex"));
    let link = AccessLink::after(AccessHead::NONE, entry);
    let head = link.map_or(AccessHead::NONE, |link| link.head);
    let access = Some(AccessReceipt { rows: 3, head });
    let with_receipt = SyncResponse { access, ..response.clone() };
    check("receipt", &with_receipt, include_str!("../pinned/sync_response_access.hex"));
    let asks = AccessLogRequest { protocol: 2, client: ClientId(id(3)) };
    check("access log request", &asks, include_str!("../pinned/access_log_request.hex"));
    let line = AccessLine {
        name: "Anne Nordli".into(),
        profession: Some(Profession::Nurse),
        unit: "Arbeidslag Torshov".into(),
        operator: String::new(),
        row: opened,
        received: at(),
    };
    let told = AccessLogResponse { lines: vec![line], more: false, head };
    check("access log response", &told, include_str!("../pinned/access_log_response.hex"));
}

pub(super) fn what_is_closed_is_these_bytes(response: &SyncResponse) {
    let closed = vec![DocumentRef::restricted(ClientId(id(3)), FactId(id(23)))];
    let news =
        response.teams.iter().map(|news| TeamNews { closed: closed.clone(), ..news.clone() });
    let told = SyncResponse { teams: news.collect(), ..response.clone() };
    check("closed", &told, include_str!("../pinned/sync_response_closed.hex"));
}

#[test]
fn break_glass_is_these_bytes() {
    let asks = BreakGlassRequest {
        protocol: 2,
        client: "13116900216".into(),
        reason: "Falt på trappa.".into(),
    };
    check("break-glass request", &asks, include_str!("../pinned/break_glass_request.hex"));
    let granted = BreakGlassResponse { client: ClientId(id(3)), until: at() };
    check("break-glass response", &granted, include_str!("../pinned/break_glass_response.hex"));
    let reviewed = Reviewed { by: WorkerId(id(2)), at: at(), comment: "Riktig.".into() };
    let report = GrantReport {
        grant: GrantId(id(22)),
        worker: WorkerId(id(20)),
        client: ClientId(id(3)),
        from: at(),
        until: at().plus_minutes(720),
        reason: "Falt på trappa.".into(),
        reviewed: Some(reviewed),
    };
    check("grant report", &report, include_str!("../pinned/grant_report.hex"));
    let review = GrantReview { grant: GrantId(id(22)), at: at(), comment: "Riktig.".into() };
    check("grant review", &review, include_str!("../pinned/grant_review.hex"));
    let granted = vec![Granted { client: ClientId(id(3)), until: at() }];
    let visited = Team { granted, ..team() };
    check("team with a grant", &visited, include_str!("../pinned/team_granted.hex"));
}
