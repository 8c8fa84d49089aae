//! Work that comes late: accepted for what its author might do when it was written, and told to the
//! team; and what is written afterwards, refused.

use anyhow::{Context, Result};
use kjent_core::document::{DocumentRef, RawChange};
use kjent_core::plan::Part;
use kjent_core::policy::Refusal;
use kjent_core::protocol::{LateReason, LateWork, Outcome};
use kjent_core::time::Timestamp;
use serde_bytes::ByteArray;

use crate::tablet::{Tablet, journal};
use crate::world::{HELPER, LEAD, MORNING, NURSE, ROVER, STRANGER, World, client, team, worker};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

fn moment(minutes: i64) -> Timestamp {
    Timestamp::from_millis(MORNING).plus_minutes(minutes)
}

/// What the team is told of a note: written and sent by the tablet's clock, received by the server's.
fn late_note(
    tablet: &mut Tablet,
    change: &RawChange,
    [written, sent, received]: [Timestamp; 3],
    reason: LateReason,
) -> LateWork {
    LateWork {
        document: journal(client(1)),
        hash: ByteArray::new(change.hash.0),
        worker: tablet.actor.worker,
        fact: tablet.document(journal(client(1))).facts().last().copied(),
        part: None,
        written,
        sent,
        received,
        reason,
    }
}

/// Writes a note now of what happened then, sends it, and puts it aside again.
async fn push_note_of(tablet: &mut Tablet, then: Timestamp, text: &str) -> Result<Outcome> {
    let mut aside = tablet.clone();
    aside.note_of(client(1), then, text)?;
    let (journal, change) = aside.outbox.pop().context("nothing was written")?;
    let outcome = aside.push(journal, &change.bytes).await?;
    if outcome.is_accepted() {
        *tablet = aside;
    }
    Ok(outcome)
}

#[tokio::test]
async fn what_one_wrote_before_leaving_is_late_and_what_one_wrote_after_is_refused() -> Result<()> {
    let world = World::new().await?;
    let (mut helper, mut nurse) = (world.enrol(HELPER).await?, world.enrol(NURSE).await?);
    helper.sync().await?;
    nurse.sync().await?;
    let before = helper.note(client(1), "Skrevet på siste dag.")?;
    world.end_membership(HELPER, "2026-11-21")?;
    world.clock.forward(2 * DAY);
    helper.now = moment(2 * DAY);
    let times = [moment(0), helper.now, helper.now];
    let expected = late_note(&mut helper, &before, times, LateReason::LeftTeam);

    let answer = helper.sync().await?;
    assert_eq!(answer.outcomes, [Outcome::Accepted(3)]);
    assert!(answer.teams.is_empty());
    let told = nurse.sync().await?;
    assert_eq!(told.teams[0].late, std::slice::from_ref(&expected));
    assert_eq!(*told.teams[0].digest, nurse.digest(&[client(1), client(2)]));
    assert_eq!(nurse.document(journal(client(1))).facts().len(), 1);
    // Told once; and to a tablet that is new.
    assert_eq!(nurse.sync().await?.teams[0].late, []);
    assert_eq!(world.enrol(LEAD).await?.sync().await?.teams[0].late, [expected]);
    assert_eq!(world.quarantine()?, [""; 0]);

    let refused = Outcome::Refused(Refusal::NotYourTeam);
    assert_eq!(push_note_of(&mut helper, moment(2 * DAY), "Skrevet etterpå.").await?, refused);
    assert_eq!(nurse.sync().await?.teams[0].late, []);
    // Signed afterwards, it is still about the last day; but not for ever.
    let accepted = push_note_of(&mut helper, moment(0), "Fra siste dag.").await?;
    assert_eq!(accepted, Outcome::Accepted(4));
    assert_eq!(nurse.sync().await?.teams[0].late.len(), 1);
    world.clock.forward(13 * DAY);
    helper.now = moment(15 * DAY);
    assert_eq!(push_note_of(&mut helper, moment(0), "Fra siste dag.").await?, refused);
    Ok(())
}

#[tokio::test]
async fn what_one_might_in_an_earlier_role_is_late_and_what_one_may_not_now_is_refused()
-> Result<()> {
    let world = World::new().await?;
    let (mut nurse, mut lead) = (world.enrol(NURSE).await?, world.enrol(LEAD).await?);
    nurse.sync().await?;
    lead.sync().await?;
    let goal = nurse.goal(client(1), "Gå til postkassen selv")?;
    world.end_membership(NURSE, "2026-11-21")?;
    rusqlite::Connection::open(world.database())?.execute(
        "INSERT INTO member SELECT team, 99, worker, name, 'helper', profession, '2026-11-22', NULL
         FROM member WHERE worker = ?1",
        [worker(NURSE).bytes()],
    )?;
    world.clock.forward(DAY);
    nurse.now = moment(DAY);

    assert_eq!(nurse.sync().await?.outcomes, [Outcome::Accepted(3)]);
    let late = &lead.sync().await?.teams[0].late;
    let expected = LateWork {
        document: DocumentRef::care(client(1)),
        hash: ByteArray::new(goal.hash.0),
        worker: worker(NURSE),
        fact: None,
        part: Some(Part::Goals),
        written: moment(0),
        sent: moment(DAY),
        received: moment(DAY),
        reason: LateReason::OtherRole,
    };
    assert_eq!(*late, [expected]);

    let after = nurse.goal(client(1), "Gå til butikken selv")?;
    let outcome = nurse.push(DocumentRef::care(client(1)), &after.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::RoleMayNot { part: Part::Goals }));
    // What the new role may is not late.
    nurse.outbox.clear();
    nurse.note(client(1), "Sov godt.")?;
    assert_eq!(nurse.sync().await?.outcomes, [Outcome::Accepted(4)]);
    assert_eq!(lead.sync().await?.teams[0].late, []);
    Ok(())
}

#[tokio::test]
async fn what_one_wrote_before_the_client_moved_is_late_in_the_new_team() -> Result<()> {
    let world = World::new().await?;
    let (mut helper, mut stranger) = (world.enrol(HELPER).await?, world.enrol(STRANGER).await?);
    let (mut nurse, mut rover) = (world.enrol(NURSE).await?, world.enrol(ROVER).await?);
    for tablet in [&mut helper, &mut stranger, &mut nurse, &mut rover] {
        tablet.sync().await?;
    }
    let before = helper.note(client(1), "Før flyttingen.")?;
    rover.note(client(1), "Med i begge lag.")?;
    world.clock.forward(HOUR);
    world.move_client(1, 2)?;
    world.clock.forward(HOUR);
    helper.now = moment(2 * HOUR);
    rover.now = moment(2 * HOUR);
    let times = [moment(0), helper.now, helper.now];
    let expected = late_note(&mut helper, &before, times, LateReason::ClientMoved);

    // In the new team's log.
    assert_eq!(helper.sync().await?.outcomes, [Outcome::Accepted(2)]);
    assert_eq!(rover.sync().await?.outcomes, [Outcome::Accepted(3)]);
    assert_eq!(stranger.sync().await?.teams[0].late, [expected]);
    assert_eq!(stranger.document(journal(client(1))).facts().len(), 2);
    // The team that the client has left hears nothing more.
    let left = nurse.sync().await?;
    assert!(left.teams[0].late.is_empty() && left.teams[0].changes.is_empty());
    assert_eq!(*left.teams[0].digest, nurse.digest(&[client(2)]));

    let now = helper.now;
    let outcome = push_note_of(&mut helper, now, "Etter flyttingen.").await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::NotYourTeam));
    Ok(())
}

/// A clock that is wrong by days changes neither what is accepted nor what is told of it.
#[tokio::test]
async fn a_tablets_clock_may_be_days_ahead_or_behind_and_both_clocks_are_kept() -> Result<()> {
    for skew in [3 * DAY, -3 * DAY] {
        let world = World::new().await?;
        let (mut helper, mut nurse) = (world.enrol(HELPER).await?, world.enrol(NURSE).await?);
        helper.now = moment(skew);
        helper.sync().await?;
        nurse.sync().await?;
        let before = helper.note(client(1), "Skrevet på siste dag.")?;
        world.end_membership(HELPER, "2026-11-21")?;
        world.clock.forward(DAY);
        helper.now = moment(DAY + skew);
        let times = [moment(skew), helper.now, moment(DAY)];
        let expected = late_note(&mut helper, &before, times, LateReason::LeftTeam);
        assert_eq!(helper.sync().await?.outcomes, [Outcome::Accepted(3)], "{skew}");
        assert_eq!(nurse.sync().await?.teams[0].late, [expected], "{skew}");

        // By the tablet's clock one of these, too, lies within the membership.
        let now = helper.now;
        let outcome = push_note_of(&mut helper, now, "Skrevet etterpå.").await?;
        assert_eq!(outcome, Outcome::Refused(Refusal::NotYourTeam), "{skew}");
    }
    Ok(())
}

#[tokio::test]
async fn one_who_never_was_a_member_is_not_late_whenever_it_was_written() -> Result<()> {
    let world = World::new().await?;
    for minutes in [-300 * DAY, -DAY, 0, DAY] {
        let mut stranger = world.enrol(STRANGER).await?;
        stranger.now = moment(minutes);
        let change = stranger.note(client(1), "Ikke mitt lag.")?;
        stranger.now = moment(0);
        let outcome = stranger.push(journal(client(1)), &change.bytes).await?;
        assert_eq!(outcome, Outcome::Refused(Refusal::NotYourTeam), "{minutes}");
    }
    assert!(world.rows("SELECT * FROM late_work")?.is_empty());
    Ok(())
}

/// It can't be taken; but its author is no stranger, and what is in the way is no right.
#[tokio::test]
async fn what_was_written_in_a_journal_begun_anew_is_refused_for_that_also_when_it_is_late()
-> Result<()> {
    let world = World::new().await?;
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    helper.note(client(1), "Kom fram.")?;
    assert_eq!(helper.sync().await?.outcomes, [Outcome::Accepted(3)]);
    // The tablet has let the journal go.
    helper.documents.remove(&journal(client(1)).id()).context("no journal")?;
    let anew = helper.note(client(1), "Skrevet i en tom journal.")?;
    world.end_membership(HELPER, "2026-11-21")?;
    world.clock.forward(DAY);
    helper.now = moment(DAY);
    let outcome = helper.push(journal(client(1)), &anew.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::ActorReused));
    // Whoever never was in the team learns nothing of what is there.
    let stranger = world.enrol(STRANGER).await?;
    let outcome = stranger.push(journal(client(1)), &anew.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::NotYourTeam));
    Ok(())
}

/// Late is no way around the other rules.
#[tokio::test]
async fn what_was_never_allowed_is_refused_also_when_it_is_late() -> Result<()> {
    let world = World::new().await?;
    let mut helper = world.enrol(HELPER).await?;
    helper.sync().await?;
    let goal = helper.goal(client(1), "Mål som ikke er mitt")?;
    world.end_membership(HELPER, "2026-11-21")?;
    world.clock.forward(DAY);
    helper.now = moment(DAY);
    let before = world.dump()?;
    let outcome = helper.push(DocumentRef::care(client(1)), &goal.bytes).await?;
    assert_eq!(outcome, Outcome::Refused(Refusal::NotYourTeam));
    assert_eq!(world.dump()?, before);
    let kept = world.quarantine()?;
    kept.first().context("not kept")?;
    assert_eq!(world.rows("SELECT DISTINCT team FROM late_work")?, [""; 0]);
    let id = format!("x'{}'", team(1).0.simple());
    let last = world.rows(&format!("SELECT last_number FROM team WHERE id = {id}"))?;
    assert_eq!(last, ["Integer(2)"]);
    Ok(())
}
