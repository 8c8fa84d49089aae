//! Which threads the screen shows. Pure.

use kjent_core::view::{FollowUpsView, ThreadView};

/// Whose threads are shown; the address says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// What awaits the worker herself.
    Mine,
    /// The whole team's.
    Team,
    /// What should have been answered.
    Overdue,
}

impl Shown {
    /// All of them, in order.
    pub const ALL: [Shown; 3] = [Shown::Mine, Shown::Team, Shown::Overdue];

    /// As it stands in the address.
    pub fn code(self) -> &'static str {
        match self {
            Shown::Mine => "mine",
            Shown::Team => "team",
            Shown::Overdue => "overdue",
        }
    }

    /// What the address names; `fallback` when it names nothing.
    pub fn from_code(code: Option<&str>, fallback: Shown) -> Self {
        Self::ALL.into_iter().find(|it| Some(it.code()) == code).unwrap_or(fallback)
    }
}

/// The threads to show.
pub fn shown(view: &FollowUpsView, shown: Shown) -> impl Iterator<Item = &ThreadView> {
    view.threads.iter().filter(move |thread| match shown {
        Shown::Mine => thread.mine,
        Shown::Team => true,
        Shown::Overdue => thread.is_overdue(),
    })
}

/// What to show to somebody who asks for nothing in particular.
pub fn first(view: &FollowUpsView) -> Shown {
    if view.threads.iter().any(|thread| thread.mine) { Shown::Mine } else { Shown::Team }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use kjent_core::fact::FollowUpFrom;
    use kjent_core::ids::{ClientId, FactId};
    use kjent_core::view::ThreadStanding;

    use super::*;

    fn thread(number: u8, mine: bool, standing: ThreadStanding) -> ThreadView {
        ThreadView {
            thread: FactId::from_bytes(&[number; 16]).unwrap_or_else(|| unreachable!()),
            client: ClientId::from_bytes(&[1; 16]).unwrap_or_else(|| unreachable!()),
            client_name: "Line Danser".into(),
            is_conversation: false,
            concern: None,
            what: "Mål pulsen".into(),
            due: NaiveDate::default(),
            from: FollowUpFrom::Team,
            from_name: String::new(),
            mine,
            by: "Sara Lie".into(),
            at: NaiveDate::default().and_time(chrono::NaiveTime::MIN),
            answers: Vec::new(),
            standing,
        }
    }

    #[test]
    fn mine_the_teams_and_what_is_overdue() {
        let threads = vec![
            thread(1, true, ThreadStanding::Open),
            thread(2, false, ThreadStanding::Overdue),
            thread(3, false, ThreadStanding::Open),
        ];
        let view = FollowUpsView { today: NaiveDate::default(), threads };
        let count = |which| shown(&view, which).count();
        assert_eq!(Shown::ALL.map(count), [1, 3, 1]);
        assert_eq!(first(&view), Shown::Mine);
        let others = FollowUpsView { threads: view.threads[1..].to_vec(), ..view };
        assert_eq!(first(&others), Shown::Team);
        for shown in Shown::ALL {
            assert_eq!(Shown::from_code(Some(shown.code()), Shown::Mine), shown);
        }
        assert_eq!(Shown::from_code(None, Shown::Team), Shown::Team);
    }
}
