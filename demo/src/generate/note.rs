//! A visit's note: the event of the day, or sentences of the phase. Some visits leave a good note,
//! some a thin one, and some none, as in life.

use std::collections::BTreeMap;

use kjent_core::clinical::Measurement;
use kjent_core::fact::Note;

use super::schedule::Visit;
use crate::data::{EventData, InterventionData, PhaseData};
use crate::random::{Deck, Random};

/// The sentences of one client that have not been used yet.
#[derive(Default)]
pub struct Notebook {
    decks: BTreeMap<(usize, &'static str), Deck>,
}

impl Notebook {
    /// The note of a visit where these interventions were done.
    pub fn write(
        &mut self,
        visit: &Visit<'_>,
        done: &[&InterventionData],
        random: &mut Random,
    ) -> Note {
        if let Some(mut note) = event_of(visit).map(EventData::note) {
            // What is measured on some days only is asked for even when much else happens.
            for reading in done.iter().filter(|done| !done.days.is_empty()) {
                add_reading(&mut note, reading, visit.day, random);
            }
            return note;
        }
        let mut note = Note::default();
        let silent = if visit.pattern.minutes <= 15 { 45 } else { 22 };
        if !random.chance(silent)
            && let Some((index, phase)) = phase(visit, random)
        {
            let mut draw = |kind, items: &[String], percent| {
                if !random.chance(percent) {
                    return String::new();
                }
                let deck = self.decks.entry((index, kind)).or_default();
                deck.draw(items, random).unwrap_or_default().to_owned()
            };
            note.observation = draw("observation", &phase.observation, 100);
            note.judgement = draw("judgement", &phase.judgement, 38);
            note.client_view = draw("client_view", &phase.client_view, 36);
            note.further_plan = draw("further_plan", &phase.further_plan, 14);
        }
        for done in done {
            add_reading(&mut note, done, visit.day, random);
        }
        note
    }
}

/// Whether something happened on this visit that the file tells.
pub fn is_eventful(visit: &Visit<'_>) -> bool {
    event_of(visit).is_some()
}

/// What the file tells that happened on this visit.
pub fn event_of<'v>(visit: &Visit<'v>) -> Option<&'v EventData> {
    let mut events = visit.client.events.iter();
    events.find(|event| event.day == visit.day && event.visit.as_ref() == Some(&visit.pattern.key))
}

/// A phase of the day for this visit; days before the first phase are told like its days.
fn phase<'v>(visit: &Visit<'v>, random: &mut Random) -> Option<(usize, &'v PhaseData)> {
    let phases = visit.client.phases.iter().enumerate();
    let here = phases
        .filter(|(_, phase)| phase.visits.is_empty() || phase.visits.contains(&visit.pattern.key));
    let first = here.clone().map(|(_, phase)| phase.days[0]).min()?;
    let day = visit.day.max(first);
    let fitting: Vec<_> =
        here.filter(|(_, phase)| phase.days[0] <= day && day <= phase.days[1]).collect();
    random.pick(&fitting).copied()
}

/// Adds what was measured, unless the note says it already.
fn add_reading(note: &mut Note, done: &InterventionData, day: i64, random: &mut Random) {
    let Some(reading) = reading(done, day, random) else { return };
    let what = reading.split(' ').next().unwrap_or_default().to_lowercase();
    if !note.observation.to_lowercase().contains(&what) {
        let space = if note.observation.is_empty() { "" } else { " " };
        note.observation = format!("{}{space}{reading}", note.observation);
    }
}

/// What was read off, in words.
fn reading(done: &InterventionData, day: i64, random: &mut Random) -> Option<String> {
    let readings = done.readings.as_ref()?;
    let value = value(&readings.values, done, day, random)?;
    Some(readings.text.replace("{}", value))
}

/// What was measured when these interventions were done.
pub fn measured(done: &[&InterventionData], day: i64, random: &mut Random) -> Vec<Measurement> {
    let mut all = Vec::new();
    for done in done {
        for measured in &done.measured {
            let value = value(&measured.values, done, day, random);
            // `load` has checked that it can be read.
            all.extend(value.and_then(|it| Measurement::parse(measured.kind.clone(), it).ok()));
        }
    }
    all
}

/// The day's of the values that run over the last thirty days.
fn value<'d>(
    values: &'d [String],
    done: &InterventionData,
    day: i64,
    random: &mut Random,
) -> Option<&'d str> {
    let count = i64::try_from(values.len()).ok()?;
    let jitter = if done.days.is_empty() { random.between(-1, 1) } else { 0 };
    let index = ((day + 30) * count / 30 + jitter).clamp(0, count - 1);
    values.get(usize::try_from(index).ok()?).map(String::as_str)
}
