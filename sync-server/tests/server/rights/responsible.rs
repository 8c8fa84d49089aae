//! Whoever answers for a client may more, on the days that the appointment covers; late work is
//! judged by the day on which it was written.

use anyhow::{Context, Result};
use kjent_core::document::{DocumentRef, Edit};
use kjent_core::plan::Part;
use kjent_core::policy::Refusal;
use kjent_core::protocol::{LateReason, Outcome};
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{MEMBERS, OTHER_LEAD, OWN, world};
use super::push;
use crate::tablet::Tablet;
use crate::world::{World, client, worker};

const HELPER: u128 = MEMBERS;
const DAY: i64 = 24 * 60;

async fn appoint(lead: &mut Tablet, fields: &[(&str, Value)]) -> Result<()> {
    let edit = |(field, value): &(&str, Value)| Edit::SetField {
        part: Part::Client,
        object: Uuid::nil(),
        field: (*field).into(),
        value: value.clone(),
    };
    let edits: Vec<Edit> = fields.iter().map(edit).collect();
    let outcome = push(lead, DocumentRef::care(client(OWN)), &edits).await?;
    anyhow::ensure!(outcome.is_accepted(), "{outcome:?}");
    Ok(())
}

async fn tries(helper: &Tablet, title: &str) -> Result<Outcome> {
    let mut aside = helper.clone();
    let change = aside.goal(client(OWN), title)?;
    aside.push(DocumentRef::care(client(OWN)), &change.bytes).await
}

async fn both(world: &World) -> Result<(Tablet, Tablet)> {
    let (mut helper, mut lead) = (world.enrol(HELPER).await?, world.enrol(OTHER_LEAD).await?);
    helper.sync().await?;
    lead.sync().await?;
    Ok((helper, lead))
}

#[tokio::test]
async fn an_appointment_gives_its_right_from_its_first_to_its_last_day() -> Result<()> {
    let cases = [
        (json!("2026-11-21"), json!("2026-11-21"), true),
        (json!(null), json!(null), true),
        (json!("2026-11-22"), json!(null), false),
        (json!("2026-01-01"), json!("2026-11-20"), false),
    ];
    for role in ["primary_contact", "service_lead"] {
        for (from, to, may) in cases.clone() {
            let world = world().await?;
            let (helper, mut lead) = both(&world).await?;
            let (first, last) = (format!("{role}_from"), format!("{role}_to"));
            let fields = [(role, json!(worker(HELPER))), (&*first, from), (&*last, to)];
            appoint(&mut lead, &fields).await?;
            let outcome = tries(&helper, "Gå til postkassen selv").await?;
            assert_eq!(outcome.is_accepted(), may, "{fields:?}: {outcome:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn late_work_is_judged_by_the_day_on_which_it_was_written() -> Result<()> {
    let world = world().await?;
    let (mut helper, mut lead) = both(&world).await?;
    let named =
        [("primary_contact", json!(worker(HELPER))), ("primary_contact_to", json!("2026-11-21"))];
    appoint(&mut lead, &named).await?;
    world.clock.forward(60);
    helper.now = helper.now.plus_minutes(60);
    let written = helper.goal(client(OWN), "Skrevet på siste dag")?;
    helper.outbox.clear();
    // Two days later she is no more, and a colleague has been appointed since.
    world.clock.forward(2 * DAY);
    lead.now = lead.now.plus_minutes(2 * DAY + 60);
    helper.now = helper.now.plus_minutes(2 * DAY);
    let next =
        [("primary_contact", json!(worker(MEMBERS + 1))), ("primary_contact_to", json!(null))];
    appoint(&mut lead, &next).await?;
    let care = DocumentRef::care(client(OWN));
    assert!(helper.push(care, &written.bytes).await?.is_accepted());
    let news = lead.sync().await?;
    let late = &news.teams.first().context("no team")?.late;
    assert_eq!(late.iter().map(|it| it.reason).collect::<Vec<_>>(), [LateReason::OtherRole]);
    // What she writes now is refused.
    let after = helper.goal_again(client(OWN), "Skrevet etterpå")?;
    let outcome = helper.push(care, &after.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::RoleMayNot { part: Part::Goals }));
    Ok(())
}

#[tokio::test]
async fn a_database_of_before_knows_the_days_once_it_is_opened() -> Result<()> {
    let world = world().await?;
    let (helper, mut lead) = both(&world).await?;
    let ended =
        [("primary_contact", json!(worker(HELPER))), ("primary_contact_to", json!("2026-11-20"))];
    appoint(&mut lead, &ended).await?;
    // As a database of before is migrated: who it was, and no days.
    let connection = rusqlite::Connection::open(world.database())?;
    connection.execute_batch(
        "UPDATE responsible SET primary_contact_to = NULL;
         INSERT INTO unprojected SELECT DISTINCT client FROM document WHERE kind = 'care';",
    )?;
    drop(connection);
    assert!(tries(&helper, "Uten dager").await?.is_accepted());
    let world = world.restart().await?;
    assert_eq!(world.rows("SELECT * FROM unprojected")?, [""; 0]);
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    let edit = helper.goal_again(client(OWN), "Med dager")?;
    let outcome = helper.push(DocumentRef::care(client(OWN)), &edit.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::RoleMayNot { part: Part::Goals }));
    Ok(())
}
