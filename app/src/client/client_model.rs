//! The page's parts, and what an edit of a goal asks for. Pure.

use chrono::NaiveDate;
use kjent_core::command::GoalEdit;
use kjent_core::plan::GoalStatus;
use kjent_core::view::{ClientView, GoalView, OutcomeView};

/// The parts of the page; the address says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What matters, and the goals.
    Matters,
    /// The interventions.
    Plan,
    /// The journal.
    Journal,
    /// What has been measured, over time.
    Curves,
    /// The home, the people, the known faces.
    About,
    /// Decisions, and what was delivered against them.
    Decisions,
}

impl Part {
    /// All of them, in order.
    pub const ALL: [Part; 6] =
        [Part::Matters, Part::Plan, Part::Journal, Part::Curves, Part::About, Part::Decisions];

    /// As it stands in the address.
    pub fn code(self) -> &'static str {
        match self {
            Part::Matters => "matters",
            Part::Plan => "plan",
            Part::Journal => "journal",
            Part::Curves => "curves",
            Part::About => "about",
            Part::Decisions => "decisions",
        }
    }

    /// The part that the address names; the first when it names none.
    pub fn from_code(code: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|part| Some(part.code()) == code).unwrap_or(Part::Matters)
    }
}

/// How many entries are not seen yet.
pub fn unread(client: &ClientView) -> usize {
    client.journal.iter().filter(|entry| entry.unread).count()
}

/// A goal while it is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalForm {
    /// The goal.
    pub title: String,
    /// What the client does.
    pub own_part: String,
    /// Due.
    pub due: Option<NaiveDate>,
    /// Where it stands.
    pub status: GoalStatus,
}

impl GoalForm {
    /// The goal as it is now.
    pub fn of(goal: &GoalView) -> Self {
        Self {
            title: goal.title.value.clone(),
            own_part: goal.own_part.value.clone(),
            due: goal.due,
            status: goal.status.clone(),
        }
    }

    /// One edit for each field that differs from `before`; a field that nobody touched is not
    /// written, so that it can't undo a colleague's edit.
    pub fn edits(&self, before: &GoalForm) -> Vec<GoalEdit> {
        let title = self.title.trim();
        let own_part = self.own_part.trim();
        let mut edits = Vec::new();
        if title != before.title {
            edits.push(GoalEdit::Title(title.to_owned()));
        }
        if own_part != before.own_part {
            edits.push(GoalEdit::OwnPart(own_part.to_owned()));
        }
        if self.due != before.due {
            edits.push(GoalEdit::Due(self.due));
        }
        if self.status != before.status {
            edits.push(GoalEdit::Status(self.status.clone()));
        }
        edits
    }
}

/// The titles of what was done, in one line.
pub fn done(outcomes: &[OutcomeView]) -> String {
    let titles: Vec<&str> =
        outcomes.iter().filter(|it| it.not_done.is_none()).map(|it| it.title.as_str()).collect();
    titles.join(" · ")
}

#[cfg(test)]
mod tests {
    use kjent_core::fact::NotDoneReason;

    use super::*;

    #[test]
    fn a_part_has_an_address_and_an_unknown_address_is_the_first_part() {
        for part in Part::ALL {
            assert_eq!(Part::from_code(Some(part.code())), part);
        }
        assert_eq!(Part::from_code(Some("else")), Part::Matters);
        assert_eq!(Part::from_code(None), Part::Matters);
    }

    #[test]
    fn only_what_was_changed_is_written() {
        let before = GoalForm {
            title: "Gå til postkassen".into(),
            own_part: String::new(),
            due: None,
            status: GoalStatus::Active,
        };
        assert_eq!(before.edits(&before), []);
        let spaces = GoalForm { title: " Gå til postkassen ".into(), ..before.clone() };
        assert_eq!(spaces.edits(&before), []);
        let after = GoalForm {
            own_part: "Går selv ned trappen".into(),
            status: GoalStatus::Reached,
            ..before.clone()
        };
        let expected = [
            GoalEdit::OwnPart("Går selv ned trappen".into()),
            GoalEdit::Status(GoalStatus::Reached),
        ];
        assert_eq!(after.edits(&before), expected);
    }

    #[test]
    fn what_was_done_is_one_line() {
        let outcome = |title: &str, not_done| OutcomeView { title: title.into(), not_done };
        let outcomes = [
            outcome("Morgenstell", None),
            outcome("Frokost", Some(NotDoneReason::Declined)),
            outcome("Medisiner", None),
        ];
        assert_eq!(done(&outcomes), "Morgenstell · Medisiner");
    }
}
