//! What the sync line says. It never says more than is true.

use chrono::NaiveDateTime;
use kjent_core::view::{SyncState, SyncView};

/// The line, before it is put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing is known yet.
    Unknown,
    /// Everything is sent and fetched, compared then.
    UpToDate(NaiveDateTime),
    /// So much waits to be sent.
    Waiting(usize),
    /// Nothing waits to be sent, but there is more to fetch.
    MoreToFetch,
    /// An exchange is running.
    Exchanging,
    /// No contact since then, and so much waits.
    Offline(Option<NaiveDateTime>, usize),
    /// So much was refused.
    Refused(usize),
}

impl Line {
    /// The line for what the tablet says.
    pub fn of(view: Option<&SyncView>) -> Self {
        let Some(view) = view else { return Self::Unknown };
        let waiting = view.waiting.len();
        match &view.state {
            SyncState::UpToDate { at } => Self::UpToDate(*at),
            SyncState::Waiting if waiting == 0 => Self::MoreToFetch,
            SyncState::Waiting => Self::Waiting(waiting),
            SyncState::Exchanging => Self::Exchanging,
            SyncState::Offline { since } => Self::Offline(*since, waiting),
            SyncState::Refused => Self::Refused(view.refused.len()),
        }
    }

    /// The state's code, for tests and styles.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::UpToDate(_) => "up_to_date",
            Self::Waiting(_) | Self::MoreToFetch => "waiting",
            Self::Exchanging => "exchanging",
            Self::Offline(..) => "offline",
            Self::Refused(_) => "refused",
        }
    }
}

#[cfg(test)]
mod tests {
    use kjent_core::plan::Part;
    use kjent_core::view::{WaitingView, WorkView};

    use super::*;

    #[test]
    fn the_line_says_what_is_and_no_more() {
        let at = NaiveDateTime::default();
        let work =
            WaitingView { client_name: "Line".into(), what: WorkView::Plan(Part::Goals), at };
        let view = |state, waiting: usize| SyncView {
            state,
            waiting: vec![work.clone(); waiting],
            refused: Vec::new(),
            settled: Vec::new(),
            left: Vec::new(),
            last_contact: None,
            clock_ahead_minutes: None,
            problem: None,
            next_try: None,
            steps: Vec::new(),
        };
        let cases = [
            (view(SyncState::UpToDate { at }, 0), Line::UpToDate(at), "up_to_date"),
            (view(SyncState::Waiting, 2), Line::Waiting(2), "waiting"),
            (view(SyncState::Waiting, 0), Line::MoreToFetch, "waiting"),
            (view(SyncState::Offline { since: None }, 4), Line::Offline(None, 4), "offline"),
            (view(SyncState::Exchanging, 4), Line::Exchanging, "exchanging"),
            (view(SyncState::Refused, 4), Line::Refused(0), "refused"),
        ];
        for (view, line, code) in cases {
            assert_eq!(Line::of(Some(&view)), line);
            assert_eq!(line.code(), code);
        }
        assert_eq!(Line::of(None), Line::Unknown);
    }
}
