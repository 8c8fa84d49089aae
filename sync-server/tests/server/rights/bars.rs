//! Whom a client bars: from then on nothing of the client's leaves the server for that worker, what
//! was written before is late and not lost, and when the bar is over everything comes back.

use anyhow::{Context, Result};
use kjent_core::document::{DocumentRef, Edit, Fact};
use kjent_core::fact::{FactBody, Restriction, RestrictionEnded};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::policy::Refusal;
use kjent_core::protocol::{LateReason, Outcome, ReadMark, SyncResponse};
use kjent_core::team::Role;
use kjent_core::time::Timestamp;

use super::people::{BARRED, MEMBERS, OTHER_LEAD, OWN, workers, world};
use super::push;
use crate::tablet::{Tablet, journal};
use crate::world::{World, client, team, worker};

const HELPER: u128 = MEMBERS;
const NURSE: u128 = MEMBERS + 1;

/// Writes a fact of the care document as its author's, now.
async fn tell(
    tablet: &mut Tablet,
    client: ClientId,
    number: u8,
    body: impl Into<FactBody>,
) -> Result<(FactId, Outcome)> {
    let at = tablet.now;
    let id = FactId::mint(at, [number; 10]);
    let fact = Fact::new(client, tablet.actor.worker, at, at, &body.into())?;
    let edit = Edit::AddFact { id, bytes: fact.seal()? };
    Ok((id, push(tablet, DocumentRef::care(client), &[edit]).await?))
}

fn bar(number: u128) -> Restriction {
    Restriction { worker: Some(worker(number)), role: None, words: "Hun er naboen min.".into() }
}

/// The client bars each of the team's workers.
pub async fn bar_all(world: &World, client: ClientId) -> Result<()> {
    let mut lead = world.enrol(OTHER_LEAD).await?;
    lead.sync().await?;
    for (place, number) in (1..).zip(workers()) {
        let (_, outcome) = tell(&mut lead, client, place, bar(number)).await?;
        anyhow::ensure!(outcome.is_accepted(), "{outcome:?}");
    }
    Ok(())
}

/// Everything in an answer that is of a client.
fn traces(answer: &SyncResponse, client: ClientId) -> usize {
    let mut found = answer.documents.iter().filter(|it| it.document.client == client).count();
    for news in &answer.teams {
        let roster = news.roster.iter().flat_map(|team| &team.clients);
        found += roster.filter(|one| **one == client).count();
        found += news.changes.iter().filter(|it| it.document.client == client).count();
        let listed = news.list.iter().flatten();
        found += listed.filter(|it| it.document.client == client).count();
        found += news.renewed.iter().filter(|(it, _)| it.client == client).count();
        found += news.late.iter().filter(|it| it.document.client == client).count();
        found += news.receipts.iter().filter(|it| it.client == Some(client)).count();
    }
    found
}

#[tokio::test]
async fn nothing_of_a_client_leaves_the_server_for_whom_the_client_bars() -> Result<()> {
    let world = world().await?;
    let barred = client(BARRED);
    let (mut nurse, mut lead) = (world.enrol(NURSE).await?, world.enrol(OTHER_LEAD).await?);
    lead.sync().await?;
    assert!(traces(&nurse.sync().await?, barred) > 0);
    assert_eq!(nurse.document(DocumentRef::care(barred)).facts().len(), 0);

    assert!(tell(&mut lead, barred, 1, bar(NURSE)).await?.1.is_accepted());
    lead.note(barred, "Etter sperringen.")?;
    lead.read = vec![ReadMark { client: barred, through: 3, at: lead.now }];
    let answer = lead.sync().await?;
    assert!(traces(&answer, barred) > 0, "who isn't barred reads on");

    // She is told of the team without the client, and the digest is that of what is left.
    let answer = nurse.sync().await?;
    let news = answer.teams.first().context("no team")?;
    let roster = news.roster.as_ref().context("the team is another now")?;
    assert_eq!(roster.clients, [client(OWN)]);
    assert_eq!(traces(&answer, barred), 0);
    assert_eq!(*news.digest, nurse.digest(&[client(OWN)]));

    // Nor by asking for it, by a new tablet, or by a list of everything.
    let mut asking = nurse.request(Vec::new());
    asking.want = vec![DocumentRef::care(barred), journal(barred)];
    asking.cursors.clear();
    let answer: SyncResponse = nurse.send(&asking).await?.message()?;
    assert_eq!(traces(&answer, barred), 0);
    assert_eq!(answer.absent, asking.want);
    let mut anew = world.enrol(NURSE).await?;
    assert_eq!(traces(&anew.sync().await?, barred), 0);
    assert!(!anew.documents.contains_key(&DocumentRef::care(barred).id()));
    // What she says that she has read of it is nobody's to know.
    nurse.read = vec![ReadMark { client: barred, through: 1, at: nurse.now }];
    nurse.sync().await?;
    let hers = format!("x'{}'", worker(NURSE).0.simple());
    let theirs = format!("x'{}'", barred.0.simple());
    let query = format!("SELECT * FROM receipt WHERE worker = {hers} AND client = {theirs}");
    assert_eq!(world.rows(&query)?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_role_is_barred_as_a_worker_is_and_one_who_writes_the_bar_is_not_barred_for_it()
-> Result<()> {
    let world = world().await?;
    let barred = client(BARRED);
    let (mut helper, mut nurse) = (world.enrol(HELPER).await?, world.enrol(NURSE).await?);
    helper.sync().await?;
    nurse.sync().await?;
    let helpers =
        Restriction { worker: None, role: Some(Role::Helper), words: "Bare sykepleiere.".into() };
    assert!(tell(&mut nurse, barred, 1, helpers.clone()).await?.1.is_accepted());
    assert_eq!(traces(&helper.sync().await?, barred), 0);
    nurse.note(barred, "Skrevet etterpå.")?;
    assert!(nurse.sync().await?.outcomes.iter().all(Outcome::is_accepted));
    // A helper bars nobody, unless she answers for the client.
    let (_, outcome) = tell(&mut helper, client(OWN), 2, helpers).await?;
    assert!(matches!(outcome, Outcome::Refused(Refusal::RoleMayNotWrite { .. })), "{outcome:?}");
    Ok(())
}

#[tokio::test]
async fn what_was_written_before_the_bar_is_late_and_what_is_written_after_is_refused() -> Result<()>
{
    let world = world().await?;
    let barred = client(BARRED);
    let (mut nurse, mut lead) = (world.enrol(NURSE).await?, world.enrol(OTHER_LEAD).await?);
    nurse.sync().await?;
    lead.sync().await?;
    let before = nurse.note(barred, "Skrevet i god tro.")?;
    world.clock.forward(60);
    lead.now = lead.now.plus_minutes(60);
    assert!(tell(&mut lead, barred, 1, bar(NURSE)).await?.1.is_accepted());
    world.clock.forward(60);
    nurse.now = nurse.now.plus_minutes(120);
    let outcomes = nurse.sync().await?.outcomes;
    assert!(outcomes.iter().all(Outcome::is_accepted), "{outcomes:?}");
    lead.now = lead.now.plus_minutes(60);
    let news = lead.sync().await?;
    let late = &news.teams.first().context("no team")?.late;
    let told: Vec<_> = late.iter().map(|it| (*it.hash, it.reason)).collect();
    assert_eq!(told, [(before.hash.0, LateReason::Restricted)]);
    // After it, not: it is kept in quarantine.
    let at = nurse.now;
    let mut aside = nurse.clone();
    let journal = aside.note_of(barred, at, "Skrevet etterpå.")?;
    let (_, change) = aside.outbox.pop().context("nothing was written")?;
    let outcome = aside.push(journal, &change.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::NotYourTeam));
    assert_eq!(world.quarantine()?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_bar_that_is_over_or_erased_brings_everything_back() -> Result<()> {
    let world = world().await?;
    let barred = client(BARRED);
    let (mut nurse, mut lead) = (world.enrol(NURSE).await?, world.enrol(OTHER_LEAD).await?);
    lead.sync().await?;
    let (fact, _) = tell(&mut lead, barred, 1, bar(NURSE)).await?;
    assert_eq!(traces(&nurse.sync().await?, barred), 0);
    let ended = RestrictionEnded { restriction: fact, words: "Vi er venner igjen.".into() };
    assert!(tell(&mut lead, barred, 2, ended).await?.1.is_accepted());
    let answer = nurse.sync().await?;
    assert_eq!(
        answer.teams.first().and_then(|it| it.roster.clone()).map(|it| it.id),
        Some(team(3))
    );
    assert_eq!(nurse.document(DocumentRef::care(barred)).facts().len(), 2);
    let news = nurse.sync().await?;
    let digest = news.teams.first().map(|it| *it.digest);
    assert_eq!(digest, Some(nurse.digest(&[client(OWN), barred])));

    // A bar that was written down about the wrong person is erased, and keeps nobody out.
    let (fact, _) = tell(&mut lead, barred, 3, bar(NURSE)).await?;
    assert_eq!(world.rows("SELECT 1 FROM restriction WHERE until_time IS NULL")?.len(), 1);
    let decision = kjent_server::erase::Decision {
        target: kjent_server::erase::Target::Fact(fact),
        ground: "hpl. § 43".parse()?,
        decided_by: OTHER_LEAD.to_string(),
    };
    let now = Timestamp::from_millis(crate::world::MORNING);
    kjent_server::erase::erase(&mut world.store()?, &decision, now)?;
    assert_eq!(world.rows("SELECT 1 FROM restriction WHERE until_time IS NULL")?, [""; 0]);
    assert!(traces(&world.enrol(NURSE).await?.sync().await?, barred) > 0);
    Ok(())
}
