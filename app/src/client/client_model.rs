//! The page's parts, and what waits in them. Pure.

use kjent_core::view::{ClientView, OutcomeView};

/// The parts of the page; the address says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What matters, what to look at, and the goals in short.
    Overview,
    /// Goals and interventions.
    Plan,
    /// The journal.
    Journal,
    /// What has been measured, over time.
    Curves,
    /// Who is responsible, the people around the client, and the known faces.
    People,
    /// Decisions, and what was delivered against them.
    Decisions,
}

impl Part {
    /// All of them, in order.
    pub const ALL: [Part; 6] =
        [Part::Overview, Part::Plan, Part::Journal, Part::Curves, Part::People, Part::Decisions];

    /// As it stands in the address.
    pub fn code(self) -> &'static str {
        match self {
            Part::Overview => "overview",
            Part::Plan => "plan",
            Part::Journal => "journal",
            Part::Curves => "curves",
            Part::People => "people",
            Part::Decisions => "decisions",
        }
    }

    /// The part that the address names; the first when it names none.
    pub fn from_code(code: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|part| Some(part.code()) == code).unwrap_or(Part::Overview)
    }
}

/// How many open proposals the one who reads may answer.
pub fn to_answer(client: &ClientView) -> u32 {
    let mine = client.proposals.iter().filter(|it| client.may_edit(it.proposal.part));
    u32::try_from(mine.count()).unwrap_or(u32::MAX)
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
        assert_eq!(Part::from_code(Some("else")), Part::Overview);
        assert_eq!(Part::from_code(None), Part::Overview);
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
