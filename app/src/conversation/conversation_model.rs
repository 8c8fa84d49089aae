//! Which parts of a conversation belong to how it went. Pure.

use chrono::NaiveDate;
use kjent_core::command::ConversationDraft;
use kjent_core::fact::ConversationOutcome;

/// What there is to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// What was said.
    pub words: bool,
    /// Who spoke for the client.
    pub spoken_by: bool,
    /// The goal it leads to.
    pub goal: bool,
}

/// The parts for how it went.
pub fn parts(outcome: &ConversationOutcome) -> Parts {
    match outcome {
        ConversationOutcome::NotAble => Parts { words: true, spoken_by: true, goal: true },
        ConversationOutcome::Declined | ConversationOutcome::Later => {
            Parts { words: false, spoken_by: false, goal: false }
        }
        ConversationOutcome::Answered | ConversationOutcome::Unknown(_) => {
            Parts { words: true, spoken_by: false, goal: true }
        }
    }
}

/// The draft as it is signed: without loose spaces, and without the parts that how it went has no
/// room for (the draft keeps them, in case the choice was a slip).
pub fn to_sign(draft: &ConversationDraft) -> ConversationDraft {
    let mut draft = draft.clone();
    let parts = parts(&draft.conversation.outcome);
    let keep = |text: &mut String, keep: bool| {
        *text = if keep { text.trim().to_owned() } else { String::new() }
    };
    keep(&mut draft.conversation.words, parts.words);
    keep(&mut draft.conversation.spoken_by, parts.spoken_by);
    keep(&mut draft.conversation.judgement, true);
    keep(&mut draft.conversation.participants, parts.words);
    for goal in std::iter::once(&mut draft.goal).chain(&mut draft.more_goals) {
        keep(&mut goal.title, parts.goal);
        keep(&mut goal.own_part, parts.goal);
    }
    draft.more_goals.retain(|goal| !goal.title.is_empty());
    draft
}

/// A date field's text as a date; empty is none.
pub fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use kjent_core::command::NewGoal;

    use super::*;

    #[test]
    fn who_did_not_answer_leaves_no_words_and_no_goal() {
        let mut draft = ConversationDraft::default();
        draft.conversation.words = " Gå til postkassen. ".into();
        draft.conversation.spoken_by = "Datteren".into();
        draft.goal.title = " Postkassen ".into();
        draft.more_goals = vec![
            NewGoal { title: " ".into(), ..NewGoal::default() },
            NewGoal { title: "Danse ".into(), ..NewGoal::default() },
        ];
        let cases = [
            (ConversationOutcome::Answered, "Gå til postkassen.", "", "Postkassen"),
            (ConversationOutcome::NotAble, "Gå til postkassen.", "Datteren", "Postkassen"),
            (ConversationOutcome::Declined, "", "", ""),
            (ConversationOutcome::Later, "", "", ""),
        ];
        for (outcome, words, spoken_by, title) in cases {
            draft.conversation.outcome = outcome;
            let signed = to_sign(&draft);
            assert_eq!(signed.conversation.words, words);
            assert_eq!(signed.conversation.spoken_by, spoken_by);
            assert_eq!(signed.goal.title, title);
            let more: Vec<&str> = signed.goals().skip(1).map(|it| it.title.as_str()).collect();
            assert_eq!(more, if title.is_empty() { vec![] } else { vec!["Danse"] });
        }
    }

    #[test]
    fn a_date_field_is_a_date_or_nothing() {
        assert_eq!(date("2026-12-01"), NaiveDate::from_ymd_opt(2026, 12, 1));
        assert_eq!(date(""), None);
    }
}
