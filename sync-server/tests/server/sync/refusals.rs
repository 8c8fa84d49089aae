//! What is refused: each for its own reason, kept in quarantine, and nothing else stored.

use anyhow::{Context, Result};
use kjent_core::document::{Actor, Document, DocumentRef, Edit};
use kjent_core::ids::TabletId;
use kjent_core::plan::Part;
use kjent_core::policy::Refusal;
use kjent_core::protocol::{Outcome, SyncResponse};
use kjent_core::time::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::tablet::{Tablet, journal};
use crate::world::{HELPER, LEAD, MORNING, NURSE, STRANGER, World, client, worker};

/// A tablet's change that never enters its own documents.
fn forged(tablet: &mut Tablet, actor: Actor, document: DocumentRef, edit: Edit) -> Result<Vec<u8>> {
    let mut copy: Document = tablet.document(document).clone();
    let at = Timestamp::from_millis(MORNING);
    Ok(copy.write(actor, at, &[edit])?.context("no change")?.bytes)
}

/// Pushes a change that must be refused, twice; the store is the same but for one quarantine row.
async fn is_refused(
    world: &World,
    tablet: &Tablet,
    document: DocumentRef,
    bytes: &[u8],
    refusal: Refusal,
) -> Result<()> {
    let (before, kept) = (world.dump()?, world.quarantine()?.len());
    for _ in 0..2 {
        let outcome = tablet.push(document, bytes).await?;
        assert_eq!(outcome, Outcome::Refused(refusal.clone()));
    }
    assert_eq!(world.dump()?, before, "{refusal:?}");
    let quarantine = world.quarantine()?;
    assert_eq!(quarantine.len(), kept + 1, "{refusal:?}");
    assert!(quarantine[kept].contains(refusal.code()), "{quarantine:?}");
    Ok(())
}

#[tokio::test]
async fn a_change_of_another_teams_document_is_refused() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    for stranger in [client(9), client(1234)] {
        let change = tablet.note(stranger, "Ikke min.")?;
        let refusal = Refusal::NotYourTeam;
        is_refused(&world, &tablet, journal(stranger), &change.bytes, refusal).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_change_by_somebody_elses_actor_is_refused() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(NURSE).await?;
    let Actor { worker: me, tablet: mine } = tablet.actor;
    let others = [
        Actor { worker: worker(LEAD), tablet: mine },
        Actor { worker: me, tablet: TabletId(Uuid::from_u128(5)) },
    ];
    for other in others {
        let note = tablet.note_by(other, client(1), "Forfalsket.")?;
        let bytes = forged(&mut tablet, other, journal(client(1)), note)?;
        let refusal = Refusal::NotYourActor;
        is_refused(&world, &tablet, journal(client(1)), &bytes, refusal).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_fact_that_names_another_author_or_client_is_refused() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(NURSE).await?;
    let me = tablet.actor;
    let lead = Actor { worker: worker(LEAD), ..me };
    let note = tablet.note_by(lead, client(1), "Lederen sa det.")?;
    let bytes = forged(&mut tablet, me, journal(client(1)), note)?;
    is_refused(&world, &tablet, journal(client(1)), &bytes, Refusal::WrongAuthor).await?;

    let note = tablet.note_by(me, client(2), "Om en annen.")?;
    let bytes = forged(&mut tablet, me, journal(client(1)), note)?;
    is_refused(&world, &tablet, journal(client(1)), &bytes, Refusal::FactInWrongDocument).await
}

#[tokio::test]
async fn a_role_that_may_not_is_refused_and_what_builds_on_it_too() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    tablet.sync().await?;
    let before = world.dump()?;
    tablet.goal(client(1), "Mål som ikke er mitt")?;
    tablet.write(DocumentRef::care(client(1)), &[title("Nytt navn på målet")])?;
    tablet.note(client(1), "Sov godt.")?;
    let answer = tablet.sync().await?;
    let part = Part::Goals;
    assert_eq!(
        answer.outcomes,
        [
            Outcome::Refused(Refusal::RoleMayNot { part }),
            Outcome::Refused(Refusal::MissingDependency),
            Outcome::Accepted(3),
        ]
    );
    assert_eq!(
        world.quarantine()?,
        [
            r#""{"code":"role_may_not","args":{"part":"goals"}}""#,
            r#""{"code":"missing_dependency"}""#,
        ]
    );
    let care = |dump: Vec<String>| -> Vec<String> {
        dump.into_iter()
            .filter(|row| row.contains("\"document\"") && row.contains("care"))
            .collect()
    };
    assert_eq!(care(world.dump()?), care(before));
    // What was refused is not handed on; what was accepted after it is.
    let mut nurse = world.enrol(NURSE).await?;
    nurse.sync().await?;
    assert!(nurse.document(DocumentRef::care(client(1))).objects(Part::Goals).is_empty());
    assert_eq!(nurse.document(journal(client(1))).facts().len(), 1);
    Ok(())
}

#[tokio::test]
async fn the_primary_contact_may_what_another_helper_may_not_from_the_moment_named() -> Result<()> {
    let world = World::new().await?;
    let (mut helper, mut nurse) = (world.enrol(HELPER).await?, world.enrol(NURSE).await?);
    let (mut copy, _) = (world.enrol(HELPER).await?, helper.sync().await?);
    nurse.sync().await?;
    copy.sync().await?;
    let goal = helper.goal(client(1), "Gå til postkassen selv")?;
    let care = DocumentRef::care(client(1));
    let part = Part::Goals;
    is_refused(&world, &helper, care, &goal.bytes, Refusal::RoleMayNot { part }).await?;
    let name = |worker: Option<u128>| Edit::SetField {
        part: Part::Client,
        object: Uuid::nil(),
        field: "primary_contact".into(),
        value: worker.map_or(json!(null), |number| json!(crate::world::worker(number))),
    };
    nurse.write(care, &[name(Some(HELPER))])?;
    nurse.sync().await?;
    // The same bytes, refused before, are allowed now.
    assert!(helper.push(care, &goal.bytes).await?.is_accepted());
    nurse.write(care, &[name(None)])?;
    nurse.sync().await?;
    let again = copy.goal(client(1), "Gå til butikken selv")?;
    is_refused(&world, &copy, care, &again.bytes, Refusal::RoleMayNot { part }).await
}

#[tokio::test]
async fn one_who_is_responsible_can_t_hand_it_to_another() -> Result<()> {
    let world = World::new().await?;
    let (mut helper, mut nurse) = (world.enrol(HELPER).await?, world.enrol(NURSE).await?);
    let care = DocumentRef::care(client(1));
    let contact = |number: u128| Edit::SetField {
        part: Part::Client,
        object: Uuid::nil(),
        field: "primary_contact".into(),
        value: json!(worker(number)),
    };
    nurse.sync().await?;
    nurse.write(care, &[contact(HELPER)])?;
    nurse.sync().await?;
    helper.sync().await?;
    helper.write(care, &[contact(NURSE)])?;
    helper.goal(client(1), "For sent")?;
    let outcomes = helper.sync().await?.outcomes;
    // Nor does what builds on it go through.
    let refused = Outcome::Refused(Refusal::RoleMayNot { part: Part::Client });
    assert_eq!(outcomes, [refused, Outcome::Refused(Refusal::MissingDependency)]);
    Ok(())
}

#[tokio::test]
async fn a_plan_that_cannot_be_read_is_refused_and_the_document_goes_on() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(NURSE).await?;
    tablet.sync().await?;
    tablet.goal(client(1), "Gå til postkassen selv")?;
    tablet.sync().await?;
    let care = DocumentRef::care(client(1));
    let me = tablet.actor;
    let half = Edit::SetField {
        part: Part::Goals,
        object: Uuid::from_u128(99),
        field: "own_part".into(),
        value: json!("Et mål uten tittel"),
    };
    let bytes = forged(&mut tablet, me, care, half)?;
    is_refused(&world, &tablet, care, &bytes, Refusal::PlanUnreadable).await?;
    tablet.write(care, &[title("Gå til butikken selv")])?;
    let answer = tablet.sync().await?;
    assert!(answer.outcomes[0].is_accepted());
    assert_eq!(*answer.teams[0].digest, tablet.digest(&[client(1), client(2)]));
    Ok(())
}

#[tokio::test]
async fn a_change_sent_before_what_it_builds_on_is_accepted_once_that_is_there() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let (first, second) = (tablet.note(client(1), "en")?, tablet.note(client(1), "to")?);
    let document = journal(client(1));
    is_refused(&world, &tablet, document, &second.bytes, Refusal::MissingDependency).await?;
    let both = vec![(document, first.bytes), (document, second.bytes)];
    let answer: SyncResponse = tablet.send(&tablet.request(both)).await?.message()?;
    assert!(answer.outcomes.iter().all(Outcome::is_accepted));
    Ok(())
}

#[tokio::test]
async fn a_refusal_tells_nothing_of_a_document_that_is_not_the_senders() -> Result<()> {
    let world = World::new().await?;
    let mut stranger = world.enrol(STRANGER).await?;
    let change = stranger.note(client(9), "Hemmelig.")?;
    stranger.sync().await?;
    // A change that would be MissingDependency, FactAltered or anything else to a member.
    let mut helper = world.enrol(HELPER).await?;
    helper.document(journal(client(9))).apply_all(vec![Document::read_change(&change.bytes)?])?;
    let answer = helper.note(client(9), "Svar.")?;
    is_refused(&world, &helper, journal(client(9)), &answer.bytes, Refusal::NotYourTeam).await
}

fn title(text: &str) -> Edit {
    Edit::SetField {
        part: Part::Goals,
        object: Uuid::from_u128(77),
        field: "title".into(),
        value: text.into(),
    }
}
