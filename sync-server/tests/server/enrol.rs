//! `POST /v1/enrol`.

use anyhow::Result;
use kjent_core::protocol::{EnrolResponse, PROTOCOL, body};
use kjent_server::enrolment::GOOD_FOR_MINUTES;

use crate::world::{HELPER, World};

#[tokio::test]
async fn a_code_makes_a_device_known_by_its_key() -> Result<()> {
    let world = World::new().await?;
    let typed = world.code()?.to_lowercase().replace('-', " ");
    let mut device = world.new_device()?;
    let answer = device.enrol(&typed).await?;
    assert_eq!(answer.now.millis(), crate::world::MORNING);

    let mut other = world.new_device()?;
    let again = other.enrol(&world.code()?).await?;
    assert_ne!(answer.device, again.device);
    // The server has one recovery key, and keeps it.
    assert_eq!(answer.recovery, again.recovery);
    let secret = world.store()?.read(kjent_server::enrolment::recovery_secret)?;
    assert!(secret.is_some_and(|secret| *secret != *answer.recovery));

    // The same key is not enrolled twice, and that costs no code.
    let code = world.code()?;
    let twice = device.ask_to_enrol(PROTOCOL, &code).await?;
    assert_eq!(twice.problem()?, (409, "device_known".into()));
    world.new_device()?.enrol(&code).await?;

    // Codes can't be read from a copy of the database.
    let file = std::fs::read(world.database())?;
    let wal = std::fs::read(world.database().with_extension("db-wal"))?;
    let holds = |text: &str| {
        [&file, &wal].iter().any(|bytes| bytes.windows(text.len()).any(|w| w == text.as_bytes()))
    };
    assert!(holds("Arbeidslag Torshov"));
    assert!(!holds(&typed.to_uppercase().replace(' ', "")));
    Ok(())
}

#[tokio::test]
async fn a_code_is_good_once_and_for_a_quarter_of_an_hour() -> Result<()> {
    let world = World::new().await?;
    let code = world.code()?;
    let enrol = async |code: &str| world.new_device()?.ask_to_enrol(PROTOCOL, code).await;
    world.clock.forward(GOOD_FOR_MINUTES - 1);
    enrol(&code).await?.message::<EnrolResponse>()?;
    let late = world.code()?;
    world.clock.forward(GOOD_FOR_MINUTES);
    let before = world.dump()?;
    assert_eq!(enrol(&code).await?.problem()?, (409, "code_used".into()));
    assert_eq!(enrol(&late).await?.problem()?, (410, "code_expired".into()));
    let wrong = enrol("0000-0000-0000").await?;
    assert_eq!(wrong.problem()?, (403, "code_unknown".into()));
    assert_eq!(world.dump()?, before);
    Ok(())
}

#[tokio::test]
async fn only_who_has_the_key_enrols_it() -> Result<()> {
    let world = World::new().await?;
    let (code, thief, device) = (world.code()?, world.new_device()?, world.new_device()?);
    let before = world.dump()?;
    let request = kjent_core::protocol::EnrolRequest {
        protocol: PROTOCOL,
        code: code.clone(),
        key: serde_bytes::ByteArray::new(device.key.verifying_key().to_bytes()),
        name: None,
    };
    let answer = thief.post("/v1/enrol", None, body::pack(&request)?).await?;
    assert_eq!(answer.problem()?, (401, "not_authenticated".into()));
    let unproved = world.post("/v1/enrol", body::pack(&request)?).await?;
    assert_eq!(unproved.problem()?, (401, "not_authenticated".into()));
    assert_eq!(world.dump()?, before);
    device.ask_to_enrol(PROTOCOL, &code).await?.message::<EnrolResponse>()?;
    Ok(())
}

#[tokio::test]
async fn guessing_is_slowed_and_the_right_code_waits_too() -> Result<()> {
    let world = World::new().await?;
    let enrol = async |code: &str| world.new_device()?.ask_to_enrol(PROTOCOL, code).await;
    for guess in 0..10 {
        let answer = enrol(&format!("GUESS-{guess}")).await?;
        assert_eq!(answer.problem()?, (403, "code_unknown".into()));
    }
    let right = world.code()?;
    let answer = enrol(&right).await?;
    assert_eq!(answer.problem()?, (429, "too_many_tries".into()));
    assert_eq!(
        String::from_utf8(answer.body)?,
        r#"{"code":"too_many_tries","args":{"minutes":"15"}}"#
    );
    world.clock.forward(15);
    enrol(&world.code()?).await?.message::<EnrolResponse>()?;
    Ok(())
}

#[tokio::test]
async fn another_protocol_is_told_which_side_is_older() -> Result<()> {
    let world = World::new().await?;
    let code = world.code()?;
    let device = world.new_device()?;
    for protocol in [0, 1, 2] {
        let older = device.ask_to_enrol(protocol, &code).await?;
        assert_eq!(older.problem()?, (426, "server_speaks_newer".into()));
    }
    // As the first versions asked, which knew of no keys.
    let first = std::collections::BTreeMap::from([("protocol", 2)]);
    let older = world.post("/v1/enrol", body::pack(&first)?).await?;
    assert_eq!(older.problem()?, (426, "server_speaks_newer".into()));
    let newer = device.ask_to_enrol(PROTOCOL + 1, &code).await?;
    assert_eq!(newer.problem()?, (400, "server_speaks_older".into()));
    // None of these has cost the code.
    device.ask_to_enrol(PROTOCOL, &code).await?.message::<EnrolResponse>()?;
    Ok(())
}

#[tokio::test]
async fn what_is_no_enrolment_is_refused() -> Result<()> {
    let world = World::new().await?;
    let answer = world.post("/v1/enrol", b"hello".to_vec()).await?;
    assert_eq!(answer.problem()?, (400, "body_not_zstd".into()));
    let answer = world.post("/v1/enrol", body::pack(&vec![1, 2, 3])?).await?;
    assert_eq!(answer.problem()?, (400, "body_not_cbor".into()));
    Ok(())
}

#[tokio::test]
async fn a_revoked_device_gets_nobody_in() -> Result<()> {
    let world = World::new().await?;
    let tablet = world.enrol(HELPER).await?;
    let device = tablet.device.id.unwrap_or_else(|| unreachable!());
    let now = Some(kjent_core::time::Timestamp::from_millis(crate::world::MORNING));
    assert!(world.store()?.write(|records| records.set_device_revoked(device, now))?);
    let revoked = (403, "tablet_revoked".to_owned());
    assert_eq!(tablet.send(&tablet.request(vec![])).await?.problem()?, revoked);
    let log_in = tablet.device.log_in("103", crate::world::PASSWORD, None).await?;
    assert_eq!(log_in.problem()?, revoked);
    assert_eq!(tablet.device.live(Some(&tablet.token)).await?.status(), 403);
    assert!(world.store()?.write(|records| records.set_device_revoked(device, None))?);
    tablet.send(&tablet.request(vec![])).await?.message::<kjent_core::protocol::SyncResponse>()?;
    Ok(())
}
