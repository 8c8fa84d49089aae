//! What was measured and asked outside visits, and incidents with what came of them.

use kjent_core::clinical::Measurement;
use kjent_core::fact::{FactBody, Incident, IncidentStep, Note, Observations};
use kjent_core::ids::FactId;

use super::GenerateError;
use super::entry::Entry;
use super::ledger::Ledger;
use super::world::World;
use crate::data::{IncidentData, ObservationsData};
use crate::names;

/// Writes what lies within the history.
pub fn write(world: &World<'_>, ledger: &mut Ledger<'_>) -> Result<(), GenerateError> {
    for (key, client) in &world.data.clients {
        let within = |day: &i64| *day >= world.first_day();
        for observed in client.observations.iter().filter(|it| within(&it.day)) {
            observations(world, key, observed, ledger)?;
        }
        for told in client.incidents.iter().filter(|it| within(&it.day)) {
            incident(world, key, told, ledger)?;
        }
    }
    Ok(())
}

fn observations(
    world: &World<'_>,
    key: &str,
    observed: &ObservationsData,
    ledger: &mut Ledger<'_>,
) -> Result<(), GenerateError> {
    let mut seen = Observations {
        mst: observed.mst.clone(),
        fall: observed.fall.clone(),
        ..Observations::default()
    };
    for one in &observed.measured {
        // `load` has checked that it can be read.
        if let Ok(measurement) = Measurement::parse(one.kind.clone(), &one.value) {
            seen.set(measurement);
        }
    }
    let happened = world.at(observed.day, &observed.at);
    let entry = Entry {
        client: names::client(key),
        worker: &observed.by,
        happened,
        written: happened.plus_minutes(3),
        body: FactBody::Observations(seen),
    };
    let mut random = world.random(&format!("observations/{key}/{}", observed.day));
    entry.add(world, &mut random, ledger)
}

fn incident(
    world: &World<'_>,
    key: &str,
    told: &IncidentData,
    ledger: &mut Ledger<'_>,
) -> Result<(), GenerateError> {
    let (client, happened) = (names::client(key), world.at(told.day, &told.at));
    let written = happened.plus_minutes(25);
    let incident = Incident {
        kind: told.kind.clone(),
        what: told.what.clone(),
        place: told.place.clone(),
        how: told.how.clone(),
        why: told.why.clone(),
        harm: Some(told.harm.clone()),
        done_at_once: told.done_at_once.clone(),
        client_told: Some(told.client_told.clone()),
        relatives_told: Some(told.relatives_told.clone()),
        follow_up: told.follow_up.clone(),
        follow_up_by: told.follow_up_by.map(|day| world.day(day)),
        follow_up_from: None,
        follow_up_worker: None,
        injuries: told.injuries.clone(),
        observations: Observations::default(),
    };
    let mut random = world.random(&format!("incident/{key}/{}", told.day));
    let id = FactId::mint(written, random.bytes());
    let body = FactBody::Incident(incident);
    Entry { client, worker: &told.by, happened, written, body }.add_as(id, world, ledger)?;
    for step in &told.steps {
        let at = world.at(step.day, &step.at);
        let body = FactBody::IncidentStep(IncidentStep {
            incident: id,
            step: step.step.clone(),
            words: step.words.clone(),
        });
        let entry = Entry { client, worker: &step.by, happened: at, written: at, body };
        entry.add(world, &mut random, ledger)?;
    }
    if let Some(closed) = &told.closed {
        let at = world.at(closed.day, &closed.at);
        let note =
            Note { observation: closed.observation.clone(), closes: vec![id], ..Note::default() };
        let body = FactBody::Note(note);
        let entry = Entry { client, worker: &closed.by, happened: at, written: at, body };
        entry.add(world, &mut random, ledger)?;
    }
    Ok(())
}
