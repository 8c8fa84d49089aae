//! What tapping does to a note, and which hints it calls for. Pure.

use chrono::{Days, NaiveDate};
use kjent_core::fact::{Concern, FollowUp, FollowUpFrom, Note};
use kjent_core::ids::{FactId, WorkerId};

/// A word of advice. It never stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// What was seen has no judgement.
    Judgement,
    /// What was seen has no word of the client's.
    ClientView,
    /// Not everybody knows the abbreviation.
    Short(&'static str, &'static str),
    /// The word judges the client.
    Judging(&'static str),
}

/// Abbreviations that have been misread, with what they stand for.
const SHORT: [(&str, &str); 6] = [
    ("bt", "blodtrykk"),
    ("ua", "uten anmerkning"),
    ("pas", "navnet, eller bruker"),
    ("pt", "navnet, eller bruker"),
    ("vb", "ved behov"),
    ("spl", "sykepleier"),
];

/// Words that say more of the writer than of the client.
const JUDGING: [&str; 6] = ["nekter", "nektet", "masete", "krevende", "sutrer", "vrang"];

/// How many hints are shown at once.
const MOST: usize = 3;

/// What could be said better.
pub fn hints(note: &Note) -> Vec<Hint> {
    let mut hints = Vec::new();
    if !note.observation.trim().is_empty() {
        if note.judgement.trim().is_empty() {
            hints.push(Hint::Judgement);
        }
        if note.client_view.trim().is_empty() {
            hints.push(Hint::ClientView);
        }
    }
    let text = format!("{} {}", note.observation, note.judgement).to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    hints.extend(
        SHORT
            .into_iter()
            .filter(|(short, _)| words.contains(short))
            .map(|(short, long)| Hint::Short(short, long)),
    );
    hints.extend(JUDGING.into_iter().filter(|word| words.contains(word)).map(Hint::Judging));
    hints.truncate(MOST);
    hints
}

/// Whether a note asks something of others, or answers what others ask.
pub fn asks_or_answers(note: &Note) -> bool {
    note.follow_up.is_some() || !note.answers.is_empty() || !note.closes.is_empty()
}

/// Puts something on a list, or takes it off.
pub fn toggle<T: PartialEq>(list: &mut Vec<T>, one: T) {
    match list.iter().position(|it| *it == one) {
        Some(place) => drop(list.remove(place)),
        None => list.push(one),
    }
}

/// Asks for a follow-up, from the team by tomorrow, or takes it back.
pub fn toggle_follow_up(note: &mut Note, today: NaiveDate) {
    note.follow_up = match note.follow_up.take() {
        Some(_) => {
            note.concern = None;
            None
        }
        None => Some(FollowUp {
            by: in_days(today, 1),
            from: FollowUpFrom::Team,
            worker: None,
            what: String::new(),
        }),
    };
}

/// Asks for a follow-up of this too, from the team by tomorrow unless somebody has said otherwise.
pub fn raise_follow_up(note: &mut Note, what: &str, today: NaiveDate) {
    if note.follow_up.is_none() {
        toggle_follow_up(note, today);
    }
    if let Some(asked) = &mut note.follow_up
        && !asked.what.contains(what)
    {
        asked.what = format!("{} {what}", asked.what.trim()).trim().to_owned();
    }
}

/// From whom, and who.
pub fn ask(note: &mut Note, from: FollowUpFrom, worker: Option<WorkerId>) {
    if let Some(asked) = &mut note.follow_up {
        asked.worker = worker.filter(|_| from == FollowUpFrom::Worker);
        asked.from = from;
    }
}

/// Whose worry it is; the same again takes it away.
pub fn toggle_concern(note: &mut Note, concern: Concern) {
    note.concern = (note.concern.as_ref() != Some(&concern)).then_some(concern);
}

/// Whether an answer closes its thread, or leaves it open.
pub fn close(note: &mut Note, thread: FactId, closing: Closing) {
    note.closes.retain(|it| *it != thread);
    note.answers.retain(|it| *it != thread);
    match closing {
        Closing::Closes => note.closes.push(thread),
        Closing::StaysOpen => note.answers.push(thread),
    }
}

/// What an answer does to its thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// It is done.
    Closes,
    /// It waits still.
    StaysOpen,
}

/// A day some days later.
pub fn in_days(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saw(words: &str) -> Note {
        Note { observation: words.into(), ..Note::default() }
    }

    #[test]
    fn hints_are_for_what_is_missing_and_for_words_never_more_than_three() {
        assert_eq!(hints(&Note::default()), []);
        assert_eq!(hints(&saw("Rolig.")), [Hint::Judgement, Hint::ClientView]);
        let whole = |words: &str| Note {
            judgement: "Stabil.".into(),
            client_view: "Har det bra.".into(),
            ..saw(words)
        };
        assert_eq!(hints(&whole("Spiste bra, og sov.")), []);
        assert_eq!(hints(&whole("BT 140/80, btx")), [Hint::Short("bt", "blodtrykk")]);
        assert_eq!(hints(&whole("Hun nekter dusj.")), [Hint::Judging("nekter")]);
        assert_eq!(hints(&saw("bt ua pas nekter")).len(), MOST);
    }

    #[test]
    fn a_follow_up_is_asked_of_the_team_by_tomorrow_and_can_be_taken_back() {
        let today = "2026-11-22".parse().unwrap_or_default();
        let mut note = Note::default();
        toggle_follow_up(&mut note, today);
        let asked = note.follow_up.clone();
        assert_eq!(
            asked.map(|it| (it.by.to_string(), it.from)),
            Some(("2026-11-23".into(), FollowUpFrom::Team))
        );
        let anne = WorkerId::from_bytes(&[2; 16]).unwrap_or_else(|| unreachable!());
        ask(&mut note, FollowUpFrom::Worker, Some(anne));
        assert_eq!(note.follow_up.as_ref().and_then(|it| it.worker), Some(anne));
        ask(&mut note, FollowUpFrom::PrimaryContact, Some(anne));
        assert_eq!(note.follow_up.as_ref().and_then(|it| it.worker), None);
        toggle_concern(&mut note, Concern::Relative);
        assert_eq!(note.concern, Some(Concern::Relative));
        toggle_follow_up(&mut note, today);
        assert_eq!((note.follow_up, note.concern), (None, None));
    }

    #[test]
    fn what_is_measured_is_asked_to_be_followed_up_beside_what_was_asked_before() {
        let today = "2026-11-22".parse().unwrap_or_default();
        let mut note = Note::default();
        for (what, asked) in [
            ("Puls 112: for høyt.", "Puls 112: for høyt."),
            ("Puls 112: for høyt.", "Puls 112: for høyt."),
            ("Temperatur 39,1.", "Puls 112: for høyt. Temperatur 39,1."),
        ] {
            raise_follow_up(&mut note, what, today);
            assert_eq!(note.follow_up.as_ref().map(|it| it.what.as_str()), Some(asked));
        }
        ask(&mut note, FollowUpFrom::PrimaryContact, None);
        raise_follow_up(&mut note, "Hoster.", today);
        let asked = note.follow_up.unwrap_or_else(|| unreachable!());
        assert_eq!((asked.from, asked.by), (FollowUpFrom::PrimaryContact, in_days(today, 1)));
        assert!(!note.important_for_next, "a follow-up is asked for, nothing else is flagged");
    }

    #[test]
    fn an_answer_closes_or_leaves_open_never_both() {
        let thread = FactId::from_bytes(&[1; 16]).unwrap_or_else(|| unreachable!());
        let mut note = Note::default();
        for closing in [Closing::Closes, Closing::StaysOpen, Closing::Closes, Closing::Closes] {
            close(&mut note, thread, closing);
            assert_eq!(note.closes.len() + note.answers.len(), 1);
        }
        assert_eq!(note.closes, [thread]);
        let mut list = vec![1, 2];
        toggle(&mut list, 1);
        toggle(&mut list, 3);
        assert_eq!(list, [2, 3]);
    }
}
