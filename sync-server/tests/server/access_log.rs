//! `POST /v1/access-log`, and the rows that tablets hand in: nobody says who they are but the token.

use anyhow::Result;
use kjent_core::access::chain::AccessHead;
use kjent_core::access::{AccessAct, AccessOutcome, AccessReason, AccessRow, MOST_WORDS};
use kjent_core::ids::AccessId;
use kjent_core::protocol::{
    AccessLogRequest, AccessLogResponse, MAX_ACCESS, Outcome, PROTOCOL, SyncResponse, body,
};
use kjent_core::time::Timestamp;
use kjent_server::store::StoredAccess;
use uuid::Uuid;

use crate::tablet::journal;
use crate::world::{FORMER, HELPER, LEAD, MORNING, NURSE, STRANGER, World, client, team, worker};

fn opened(number: u128) -> AccessRow {
    let at = Timestamp::from_millis(MORNING);
    let row = AccessRow::new(AccessId(Uuid::from_u128(number)), AccessAct::Opened, at);
    row.about(client(1), Some(AccessReason::VisitToday))
}

fn log(world: &World) -> Result<Vec<StoredAccess>> {
    let (_, broken) = world.store()?.read(|records| records.verify_access(None))?;
    assert_eq!(broken, None);
    world.access_log()
}

fn request(number: u128) -> Result<Vec<u8>> {
    Ok(body::pack(&AccessLogRequest { protocol: PROTOCOL, client: client(number) })?)
}

#[tokio::test]
async fn rows_are_stored_once_under_who_sends_them() -> Result<()> {
    let world = World::new().await?;
    let (mut nurse, mut helper) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    nurse.sync().await?;
    helper.sync().await?;
    assert_eq!(nurse.sync().await?.access, None);
    world.clock.forward(90);
    let long = AccessRow { words: "å".repeat(4 * MOST_WORDS), ..opened(2) };
    nurse.access = vec![opened(1), long, opened(1)];
    let request = nurse.request(Vec::new());
    let first: SyncResponse = nurse.send(&request).await?.message()?;
    let receipt = first.access.map(|receipt| (receipt.rows, receipt.head.number));
    assert_eq!(receipt, Some((3, 2)));
    // The answer was lost, and they are sent again.
    let again: SyncResponse = nurse.send(&request).await?.message()?;
    assert_eq!(again.access, first.access);
    // The same id from another tablet is another's row.
    helper.access = vec![opened(1)];
    helper.sync().await?;

    let rows = log(&world)?;
    let told: Vec<_> = rows
        .iter()
        .map(|stored| (stored.number, stored.entry.worker, stored.entry.role.clone()))
        .collect();
    let role = |code| Some(kjent_core::team::Role::from_code(code));
    assert_eq!(
        told,
        [
            (1, Some(worker(NURSE)), role("nurse")),
            (2, Some(worker(NURSE)), role("nurse")),
            (3, Some(worker(HELPER)), role("helper")),
        ]
    );
    let first = &rows[0].entry;
    assert_eq!((first.tablet, first.team), (Some(nurse.actor.tablet), Some(team(1))));
    assert_eq!(first.row.at.plus_minutes(90), first.received);
    assert_eq!(rows[1].entry.row.words.chars().count(), MOST_WORDS);

    // More than is taken at once is acknowledged as far as it was.
    let many = u128::try_from(MAX_ACCESS)? + 5;
    nurse.access = (100..100 + many).map(opened).collect();
    let part: SyncResponse = nurse.send(&nurse.request(Vec::new())).await?.message()?;
    assert_eq!(part.access.map(|receipt| receipt.rows as usize), Some(MAX_ACCESS));
    Ok(())
}

#[tokio::test]
async fn only_the_lead_and_nurses_of_the_clients_team_are_told_and_every_question_is_a_row()
-> Result<()> {
    let world = World::new().await?;
    assert_eq!(
        world.post("/v1/access-log", request(1)?).await?.problem()?,
        (401, "not_authenticated".into())
    );
    let may_not = (403, "access_log_role".to_owned());
    let mut asked = Vec::new();
    for (number, may) in
        [(LEAD, true), (NURSE, true), (HELPER, false), (FORMER, false), (STRANGER, false)]
    {
        let tablet = world.enrol(number).await?;
        let answer = tablet.device.post("/v1/access-log", Some(&tablet.token), request(1)?).await?;
        if may {
            let told: AccessLogResponse = answer.message()?;
            assert_ne!(told.head, AccessHead::NONE);
            assert_eq!(told.lines[0].row.act, AccessAct::ReadAccessLog);
            assert!(!told.lines[0].name.is_empty() && !told.lines[0].unit.is_empty());
        } else {
            assert_eq!(answer.problem()?, may_not, "{number}");
        }
        let outcome = if may { AccessOutcome::Given } else { AccessOutcome::Refused };
        asked.push((Some(worker(number)), outcome));
    }
    let rows = log(&world)?;
    let told: Vec<_> =
        rows.iter().map(|one| (one.entry.worker, one.entry.row.outcome.clone())).collect();
    assert_eq!(told, asked);
    Ok(())
}

#[tokio::test]
async fn who_writes_where_they_may_not_or_asks_with_a_revoked_token_is_in_the_log_once()
-> Result<()> {
    let world = World::new().await?;
    let mut helper = world.enrol(HELPER).await?;
    let raw = helper.note(client(9), "Ikke min.")?;
    for _ in 0..3 {
        let outcome = helper.push(journal(client(9)), &raw.bytes).await?;
        assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    }
    let (tablet, now) = (helper.actor.tablet, Timestamp::from_millis(MORNING));
    assert!(world.store()?.write(|records| records.revoke_tablet(tablet, now))?);
    for _ in 0..3 {
        let answer = helper.send(&helper.request(Vec::new())).await?;
        assert_eq!(answer.problem()?.0, 403);
    }
    let rows = log(&world)?;
    let told: Vec<_> = rows
        .iter()
        .map(|one| (one.entry.row.act.clone(), one.entry.row.client, one.entry.worker))
        .collect();
    assert_eq!(
        told,
        [
            (AccessAct::WriteRefused, Some(client(9)), Some(worker(HELPER))),
            (AccessAct::TokenRefused, None, Some(worker(HELPER))),
        ]
    );
    assert!(rows.iter().all(|one| one.entry.row.outcome == AccessOutcome::Refused));
    Ok(())
}
