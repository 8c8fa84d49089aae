//! The reports of past visits, and the notes that were written outside visits.

use kjent_core::fact::{
    FactBody, FollowUp, GoalProgress, InterventionOutcome, Note, Observations, ProgressSource,
    VisitReport,
};

use super::GenerateError;
use super::entry::Entry;
use super::ledger::Ledger;
use super::note::{Notebook, event_of, is_eventful, measured};
use super::plans;
use super::schedule::Visit;
use super::world::World;
use crate::data::{EventData, GoalData, InterventionData, ProgressData};
use crate::names;
use crate::random::{Deck, Random};

/// Writes a report of every visit before today, and every event outside visits.
pub fn write(
    world: &World<'_>,
    visits: &[Visit<'_>],
    ledger: &mut Ledger<'_>,
) -> Result<(), GenerateError> {
    for (key, client) in &world.data.clients {
        let mut random = world.random(&format!("reports/{key}"));
        let (mut notebook, mut words) = (Notebook::default(), Words::default());
        for visit in visits.iter().filter(|visit| visit.key == key && visit.day < 0) {
            report(world, visit, &mut notebook, &mut words, &mut random, ledger)?;
        }
        let events = client.events.iter().filter(|event| event.day >= world.first_day());
        for event in events {
            if let (Some(at), Some(by)) = (&event.at, &event.by) {
                let happened = world.at(event.day, at);
                let written = happened.plus_minutes(random.between(6, 25));
                let note = Note { follow_up: asked(world, event), ..event.note() };
                let body = FactBody::Note(note);
                let client = names::client(key);
                let entry = Entry { client, worker: by, happened, written, body };
                entry.add(world, &mut random, ledger)?;
            }
        }
    }
    Ok(())
}

fn report(
    world: &World<'_>,
    visit: &Visit<'_>,
    notebook: &mut Notebook,
    words: &mut Words,
    random: &mut Random,
    ledger: &mut Ledger<'_>,
) -> Result<(), GenerateError> {
    let planned = world.moment(visit.day, visit.starts);
    let minutes = i64::from(visit.pattern.minutes);
    let started = planned.plus_minutes(random.between(-2, 6));
    let finished = started.plus_minutes((minutes + random.between(-5, 3)).max(4));
    let due: Vec<&InterventionData> = plans::due(world, visit).collect();
    let outcomes: Vec<InterventionOutcome> =
        due.iter().filter_map(|due| outcome(visit, due, random)).collect();
    let is_done = |due: &&&InterventionData| {
        let id = names::intervention(visit.key, &due.key);
        outcomes.iter().any(|outcome| outcome.intervention == id && outcome.not_done.is_none())
    };
    let done: Vec<&InterventionData> = due.iter().filter(is_done).copied().collect();
    let progress = words.progress(visit, &done, random);
    let mut note = notebook.write(visit, &done, random);
    note.follow_up = event_of(visit).and_then(|event| asked(world, event));
    let measurements = measured(&done, visit.day, random);
    let visit_id = Some(visit.id);
    let observations = Observations { measurements, ..Observations::default() };
    let report = VisitReport {
        visit: visit_id,
        unplanned: None,
        started,
        finished,
        outcomes,
        progress,
        note,
        observations,
    };
    let entry = Entry {
        client: names::client(visit.key),
        worker: visit.worker,
        happened: started,
        written: finished,
        body: FactBody::VisitReport(report),
    };
    entry.add(world, random, ledger)
}

/// What an event asks to be followed up.
fn asked(world: &World<'_>, event: &EventData) -> Option<FollowUp> {
    event.follow_up.as_ref().map(|asked| FollowUp {
        by: world.day(asked.day),
        from: asked.from.clone(),
        worker: None,
        what: asked.what.clone(),
    })
}

/// Done, now and then not, and once in a while not answered for. All is done when the file tells
/// what happened, so that the two can't disagree.
fn outcome(
    visit: &Visit<'_>,
    due: &InterventionData,
    random: &mut Random,
) -> Option<InterventionOutcome> {
    let usual = !is_eventful(visit);
    let not_done =
        if usual && random.chance(9) { random.pick(&due.not_done).cloned() } else { None };
    let answered = not_done.is_some() || !(usual && random.chance(1));
    let intervention = names::intervention(visit.key, &due.key);
    answered.then_some(InterventionOutcome { intervention, not_done })
}

/// What is said about goals, without saying it twice.
#[derive(Default)]
struct Words(std::collections::BTreeMap<(String, i64), Deck>);

impl Words {
    fn progress(
        &mut self,
        visit: &Visit<'_>,
        done: &[&InterventionData],
        random: &mut Random,
    ) -> Vec<GoalProgress> {
        let goals = visit.client.goals.iter();
        let served = goals.filter(|goal| done.iter().any(|d| d.goal.as_ref() == Some(&goal.key)));
        let mut progress = Vec::new();
        for goal in served {
            if !is_known(visit, goal) || !random.chance(20) {
                continue;
            }
            let now: Vec<&ProgressData> = goal
                .progress
                .iter()
                .filter(|said| said.source != ProgressSource::Relative)
                .filter(|said| said.days[0] <= visit.day && visit.day <= said.days[1])
                .collect();
            let Some(said) = random.pick(&now) else { continue };
            let deck = self.0.entry((goal.key.clone(), said.days[0])).or_default();
            let words = if random.chance(55) { deck.draw(&said.words, random) } else { None };
            progress.push(GoalProgress {
                goal: names::goal(visit.key, &goal.key),
                direction: said.direction.clone(),
                source: said.source.clone(),
                words: words.unwrap_or_default().to_owned(),
            });
        }
        progress
    }
}

/// Whether the goal had been made before this visit's day.
fn is_known(visit: &Visit<'_>, goal: &GoalData) -> bool {
    let origin = goal.conversation.as_ref().and_then(|key| visit.client.conversation(key));
    origin.is_none_or(|origin| origin.day < visit.day)
}
