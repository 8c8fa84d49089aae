//! A worker's shift on a tablet: twelve of the day's visits documented, and goals edited.

use anyhow::{Context, ensure};
use chrono::{NaiveDate, NaiveTime};
use kjent_core::command::VisitDraft;
use kjent_core::document::Fact;
use kjent_core::fact::{
    Direction, FactBody, GoalProgress, InterventionOutcome, NotDoneReason, ProgressSource,
    VisitReport,
};
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::time::Timestamp;
use kjent_core::view::VisitCardView;
use kjent_tablet::Tablet;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::floor;
use super::team::{SHIFT, SHIFTS_A_DAY};
use super::text::Pen;
use crate::environment::TestClock;
use crate::plan::edit_goal;

/// Which of a team's shifts.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Shift {
    /// The day.
    pub day: NaiveDate,
    /// Which of the day's, counted from 0: no two of a day have a visit in common, and each has
    /// visits from morning to evening.
    pub share: usize,
}

impl Shift {
    /// The team's shift of a number, counted on from the first of a day.
    pub fn number(first: NaiveDate, number: usize) -> anyhow::Result<Self> {
        let days = chrono::Days::new(u64::try_from(number / SHIFTS_A_DAY)?);
        let day = first.checked_add_days(days).context("no such day")?;
        Ok(Self { day, share: number % SHIFTS_A_DAY })
    }

    /// Its visits, by time; the clock stands at the morning of its day afterwards.
    pub fn visits(&self, tablet: &Tablet, clock: &TestClock) -> anyhow::Result<Vec<VisitCardView>> {
        clock.set(morning(self.day)?);
        let all = tablet.read_today()?.visits.into_iter();
        let mine: Vec<_> = all.skip(self.share).step_by(SHIFTS_A_DAY).collect();
        ensure!(mine.len() == SHIFT, "a shift of {} visits", mine.len());
        Ok(mine)
    }
}

/// The morning of a day, before the first visit.
pub fn morning(day: NaiveDate) -> anyhow::Result<Timestamp> {
    let time = NaiveTime::from_hms_opt(6, 30, 0).context("no such time")?;
    Ok(oslo::moment(day.and_time(time)))
}

/// What was signed.
pub struct Signed {
    client: ClientId,
    report: VisitReport,
}

/// Documents every visit of a shift at its time.
pub fn document(
    tablet: &mut Tablet,
    clock: &TestClock,
    shift: Shift,
    pen: &mut Pen,
) -> anyhow::Result<Vec<Signed>> {
    let mut signed = Vec::new();
    for card in shift.visits(tablet, clock)? {
        let draft = begin(tablet, clock, &card, pen)?;
        tablet.finish_visit(card.visit, &draft)?;
        signed.push(Signed {
            client: card.client,
            report: VisitReport {
                visit: Some(card.visit),
                unplanned: None,
                started: oslo::moment(card.starts),
                finished: finished(&card),
                outcomes: draft.outcomes,
                progress: draft.progress,
                note: draft.note,
                observations: draft.observations,
            },
        });
    }
    Ok(signed)
}

/// Begins a visit at its time, and writes what is to be signed; the clock stands at its end then.
pub fn begin(
    tablet: &mut Tablet,
    clock: &TestClock,
    card: &VisitCardView,
    pen: &mut Pen,
) -> anyhow::Result<VisitDraft> {
    clock.set(oslo::moment(card.starts));
    let draft = documented(tablet, card.visit, pen)?;
    clock.set(finished(card));
    tablet.save_visit_draft(card.visit, &draft)?;
    Ok(draft)
}

fn finished(card: &VisitCardView) -> Timestamp {
    oslo::moment(card.starts).plus_minutes(i64::from(card.minutes))
}

/// Starts a visit, and answers for what was to be done.
pub fn documented(
    tablet: &mut Tablet,
    visit: VisitId,
    pen: &mut Pen,
) -> anyhow::Result<VisitDraft> {
    tablet.start_visit(visit)?;
    let view = tablet.read_visit(visit)?;
    let mut draft = VisitDraft { note: pen.note(), ..view.draft };
    for due in &view.interventions {
        let not_done = pen.chance(6).then_some(NotDoneReason::Declined);
        draft.outcomes.push(InterventionOutcome { intervention: due.intervention, not_done });
    }
    for goal in &view.goals {
        if pen.chance(20) {
            draft.progress.push(GoalProgress {
                goal: goal.goal,
                direction: if pen.chance(50) { Direction::Closer } else { Direction::Same },
                source: ProgressSource::Client,
                words: if pen.chance(55) { pen.progress() } else { String::new() },
            });
        }
    }
    Ok(draft)
}

/// Writes anew what three clients do themselves for a goal of theirs, as far as the role may.
/// Returns what was written.
pub fn edit_goals(
    tablet: &mut Tablet,
    clients: impl IntoIterator<Item = ClientId>,
    pen: &mut Pen,
) -> anyhow::Result<Vec<Value>> {
    let mut edits = Vec::new();
    for client in clients {
        let view = tablet.read_client(client)?;
        let Some(goal) = view.goals.first().filter(|_| view.may_edit(Part::Goals)) else {
            continue;
        };
        if edits.len() < 3 {
            let text = pen.further_plan();
            edit_goal(tablet, client, goal.goal, "own_part", &text)?;
            edits.push(json!({
                "client": client, "author": tablet.worker().worker, "goal": goal.goal,
                "own_part": text,
            }));
        }
    }
    Ok(edits)
}

/// The clients of what was signed.
pub fn clients(signed: &[Signed]) -> impl Iterator<Item = ClientId> {
    signed.iter().map(|signed| signed.client)
}

/// What was signed as JSON, each under the id that it has on the tablet.
pub fn content(tablet: &Tablet, signed: Vec<Signed>) -> anyhow::Result<Vec<Value>> {
    let author = tablet.worker().worker;
    let mut content = Vec::new();
    for Signed { client, report } in signed {
        let (started, finished) = (report.started, report.finished);
        let journal = tablet.read_journal(client, 60)?.entries;
        let mut mine = journal.iter().filter(|entry| entry.mine);
        let entry = mine.find(|entry| entry.written == oslo::local(finished));
        let entry = entry.context("what was signed is not in the journal")?;
        let body = FactBody::VisitReport(report);
        let fact = Fact::new(client, author, finished, started, &body)?;
        content.push(floor::fact(entry.fact, &fact)?);
    }
    Ok(content)
}
