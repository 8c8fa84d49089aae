//! What the day's list shows, and which visit is *now*.

use chrono::NaiveDateTime;
use kjent_core::fact::{CancelReason, ContactOutcome};
use kjent_core::ids::VisitId;
use kjent_core::view::{EntryState, LackView, TodayView, VisitCardView, VisitState};

/// Whose visits are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The worker's own.
    Mine,
    /// The whole team's.
    Team,
}

impl Shown {
    /// As it stands in the address.
    pub fn from_code(code: Option<&str>) -> Self {
        if code == Some("team") { Self::Team } else { Self::Mine }
    }
}

/// The visits to show, by time. Among a worker's own are those that a colleague took over from her:
/// nothing leaves the list without a word.
pub fn visits(today: &TodayView, shown: Shown) -> impl Iterator<Item = &VisitCardView> {
    today.visits.iter().filter(move |visit| {
        let taken_from_me = visit.taken_over.as_ref().is_some_and(|taken| taken.from_me);
        visit.mine || taken_from_me || shown == Shown::Team
    })
}

/// The one visit to do next: of the worker's own, the first under way, otherwise the first that
/// nobody has begun.
pub fn next_visit(today: &TodayView) -> Option<VisitId> {
    let mine = || today.visits.iter().filter(|visit| visit.mine);
    mine()
        .find(|visit| matches!(visit.state, VisitState::UnderWay { .. }))
        .or_else(|| mine().find(|visit| visit.state == VisitState::Planned))
        .map(|visit| visit.visit)
}

/// Where a visit stands on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Signed.
    Finished {
        /// When.
        at: NaiveDateTime,
        /// Who, when it wasn't the one who was to go.
        by: Option<String>,
        /// How far the report has come.
        report: EntryState,
    },
    /// Nobody needs to go.
    Cancelled {
        /// Since when.
        at: NaiveDateTime,
        /// Who said so.
        by: String,
        /// Why.
        reason: CancelReason,
        /// More about it.
        words: String,
    },
    /// Somebody went, and nobody opened.
    NotMet {
        /// When that was signed.
        at: NaiveDateTime,
        /// Who went.
        by: String,
        /// How it ended.
        outcome: ContactOutcome,
        /// How far that has come.
        report: EntryState,
    },
    /// The one to do next, and it should have begun.
    Now,
    /// The one to do next, later.
    Next,
    /// Begun on this tablet.
    UnderWay(NaiveDateTime),
    /// To come.
    Later,
}

/// How a visit stands, when `next` is the one to do next.
pub fn standing(visit: &VisitCardView, next: Option<VisitId>, now: NaiveDateTime) -> Standing {
    match &visit.state {
        VisitState::Finished { at, by, report } => {
            let by = (*by != visit.worker_name).then(|| by.clone());
            Standing::Finished { at: *at, by, report: report.clone() }
        }
        VisitState::Cancelled { at, by, reason, words } => Standing::Cancelled {
            at: *at,
            by: by.clone(),
            reason: reason.clone(),
            words: words.clone(),
        },
        VisitState::NotMet { at, by, outcome, report } => Standing::NotMet {
            at: *at,
            by: by.clone(),
            outcome: outcome.clone(),
            report: report.clone(),
        },
        VisitState::UnderWay { since } => Standing::UnderWay(*since),
        VisitState::Planned if next != Some(visit.visit) => Standing::Later,
        VisitState::Planned if visit.starts <= now => Standing::Now,
        VisitState::Planned => Standing::Next,
    }
}

/// Whether the day can be done without a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// There is nothing to do.
    Nothing,
    /// Everything is on the tablet.
    All {
        /// Of so many clients.
        count: u32,
        /// When that was so, if it wasn't today.
        as_of: Option<NaiveDateTime>,
        /// For how many days the tablet opens without contact.
        holds_days: u32,
        /// Whether that is little.
        runs_out: bool,
    },
    /// Nothing is known to be missing, but nobody has compared.
    NotCompared,
    /// Something is missing.
    Some {
        /// So many are ready.
        ready: u32,
        /// Of so many.
        due: u32,
        /// What is missing.
        missing: Vec<LackView>,
    },
}

/// Whether everything that my visits need is on the tablet.
pub fn readiness(today: &TodayView) -> Readiness {
    let it = &today.readiness;
    if !it.missing.is_empty() {
        return Readiness::Some { ready: it.ready, due: it.due, missing: it.missing.clone() };
    }
    match it.as_of {
        None => Readiness::NotCompared,
        Some(_) if it.due == 0 => Readiness::Nothing,
        Some(at) => Readiness::All {
            count: it.due,
            as_of: Some(at).filter(|at| at.date() != today.day),
            holds_days: it.holds_days,
            runs_out: it.runs_out,
        },
    }
}

/// Whether an empty list means that there are no visits.
pub fn knows_all_visits(today: &TodayView) -> bool {
    today.filling.is_none() && today.readiness.missing.is_empty() && today.readiness.as_of.is_some()
}

/// How long it takes still, as precisely as an estimate deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// So many seconds, in tens.
    Seconds(u32),
    /// So many minutes.
    Minutes(u32),
}

/// An estimate in round numbers, never too short.
pub fn time_left(seconds: u32) -> TimeLeft {
    match seconds.max(1).div_ceil(10) * 10 {
        seconds @ ..60 => TimeLeft::Seconds(seconds),
        seconds => TimeLeft::Minutes(seconds.div_ceil(60)),
    }
}

/// The name to use in a short sentence.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests;
