//! The planned visits: the planner writes each client's week on the Thursday before it.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use kjent_core::document::{DocumentRef, Edit};
use kjent_core::plan::{Part, PlannedVisit};
use kjent_core::time::Month;

use super::GenerateError;
use super::ledger::Ledger;
use super::schedule::Visit;
use super::world::World;
use crate::data::{InterventionData, includes};
use crate::names;

/// Writes every planned visit into its month's journal.
pub fn write(
    world: &World<'_>,
    visits: &[Visit<'_>],
    ledger: &mut Ledger<'_>,
) -> Result<(), GenerateError> {
    let mut weeks: BTreeMap<(DocumentRef, NaiveDate), Vec<Edit>> = BTreeMap::new();
    for visit in visits {
        let date = world.day(visit.day);
        let journal = DocumentRef::journal(names::client(visit.key), Month::of(date));
        let value = PlannedVisit {
            starts: world.moment(visit.day, visit.starts),
            minutes: visit.pattern.minutes,
            worker: world.worker(visit.worker),
            kind: visit.pattern.kind.clone(),
            interventions: due(world, visit)
                .map(|intervention| names::intervention(visit.key, &intervention.key))
                .collect(),
        };
        let edits = Edit::make(Part::Visits, visit.id.0, &value)?;
        weeks.entry((journal, monday(date))).or_default().extend(edits);
    }
    for ((journal, monday), edits) in weeks {
        let from_today = (monday - world.options.today).num_days();
        let at = world.at((from_today - 4).min(-1), "13:05");
        ledger.add(journal, at, &world.data.team.planner, edits);
    }
    Ok(())
}

/// The interventions of a visit on its weekday, in order.
pub fn due<'v>(
    world: &World<'_>,
    visit: &'v Visit<'v>,
) -> impl Iterator<Item = &'v InterventionData> + use<'v> {
    let weekday = world.day(visit.day).weekday();
    let keys = visit.pattern.interventions.iter();
    keys.filter_map(|key| visit.client.intervention(key))
        .filter(move |intervention| includes(&intervention.days, weekday))
}

fn monday(date: NaiveDate) -> NaiveDate {
    let days = date.weekday().num_days_from_monday();
    date - chrono::Duration::days(i64::from(days))
}
