//! What the day's list shows, and which visit is *now*.

use chrono::NaiveDateTime;
use kjent_core::ids::VisitId;
use kjent_core::view::{EntryState, TodayView, VisitCardView, VisitState};

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

/// The visits to show, by time.
pub fn visits(today: &TodayView, shown: Shown) -> impl Iterator<Item = &VisitCardView> {
    today.visits.iter().filter(move |visit| visit.mine || shown == Shown::Team)
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
        VisitState::UnderWay { since } => Standing::UnderWay(*since),
        VisitState::Planned if next != Some(visit.visit) => Standing::Later,
        VisitState::Planned if visit.starts <= now => Standing::Now,
        VisitState::Planned => Standing::Next,
    }
}

/// Whether the day can be done without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// There is nothing to do.
    Nothing,
    /// Everything of so many clients is on the tablet.
    All(u32),
    /// Only so many, of so many.
    Some(u32, u32),
}

/// Whether everything that my visits need is on the tablet.
pub fn readiness(today: &TodayView) -> Readiness {
    match (today.clients_ready, today.clients_due) {
        (_, 0) => Readiness::Nothing,
        (ready, due) if ready >= due => Readiness::All(due),
        (ready, due) => Readiness::Some(ready, due),
    }
}

/// The name to use in a short sentence.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests;
