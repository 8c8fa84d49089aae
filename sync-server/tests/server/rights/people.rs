//! A team with somebody in every role, in three tenses: members now, members until yesterday, and
//! members from tomorrow on.

use anyhow::Result;
use kjent_core::document::{Edit, Fact};
use kjent_core::fact::{FactBody, Note, Observations};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::team::Role;
use kjent_core::time::Timestamp;
use kjent_server::import::import;

use crate::tablet::journal;
use crate::world::{MORNING, World, bundle, day, member};

/// The roles that the office gives, in the order of the workers.
pub const ROLES: [Role; 5] =
    [Role::Helper, Role::Nurse, Role::Therapist, Role::Planner, Role::TeamLead];

/// The first of those who are members.
pub const MEMBERS: u128 = 301;
/// The first of those who were until yesterday.
pub const ENDED: u128 = 311;
/// The first of those who will be from tomorrow on.
pub const NOT_BEGUN: u128 = 321;
/// Another team lead, who writes what the others find.
pub const OTHER_LEAD: u128 = 331;

/// Their client.
pub const OWN: u128 = 31;
/// Their client who bars.
pub const BARRED: u128 = 32;

/// The five from a first one on.
pub fn from(first: u128) -> [u128; 5] {
    [0, 1, 2, 3, 4].map(|number| first + number)
}

/// Those who are members.
pub fn workers() -> [u128; 5] {
    from(MEMBERS)
}

/// The world of the other tests with the team beside.
pub async fn world() -> Result<World> {
    let world = World::new().await?;
    let mut members = vec![member(OTHER_LEAD, Role::TeamLead, None)?];
    for (number, role) in (0..).zip(ROLES) {
        members.push(member(MEMBERS + number, role.clone(), None)?);
        members.push(member(ENDED + number, role.clone(), Some("2026-11-20"))?);
        let mut later = member(NOT_BEGUN + number, role, None)?;
        later.from = day("2026-11-22")?;
        members.push(later);
    }
    let team = bundle(3, "Arbeidslag Bjølsen", members, &[OWN, BARRED], OTHER_LEAD)?;
    import(&mut world.store()?, &team, world.clock_now())?;
    Ok(world)
}

/// A note and a measurement of a colleague's in the client's journal.
pub async fn colleague(world: &World, client: ClientId) -> Result<[FactId; 2]> {
    let mut lead = world.enrol(OTHER_LEAD).await?;
    lead.sync().await?;
    let at = Timestamp::from_millis(MORNING);
    let note = Note { observation: "Sov godt.".into(), ..Note::default() };
    let bodies = [FactBody::Note(note), FactBody::Observations(Observations::default())];
    let ids = [1, 2].map(|number| FactId::mint(at, [number; 10]));
    let mut edits = Vec::new();
    for (id, body) in ids.into_iter().zip(bodies) {
        let fact = Fact::new(client, lead.actor.worker, at, at, &body)?;
        edits.push(Edit::AddFact { id, bytes: fact.seal()? });
    }
    lead.write(journal(client), &edits)?;
    let answer = lead.sync().await?;
    assert!(answer.outcomes.iter().all(kjent_core::protocol::Outcome::is_accepted));
    Ok(ids)
}
