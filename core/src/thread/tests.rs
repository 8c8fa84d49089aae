//! When a thread stands open, is overdue, and is closed.

use uuid::Uuid;

use super::*;
use crate::fact::{ConversationOutcome, Incident, VisitReport, WrongPerson};

const SARA: u128 = 1;
const ANNE: u128 = 2;

fn fact(number: u128) -> FactId {
    FactId(Uuid::from_u128(number))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// A fact that is written so many minutes after the first.
fn told(id: u128, author: u128, amends: Option<u128>, body: impl Into<FactBody>) -> Told {
    let at = Timestamp::from_millis(1_795_255_200_000).plus_minutes(i64::try_from(id).unwrap_or(0));
    Told {
        id: fact(id),
        client: ClientId(Uuid::from_u128(7)),
        author: WorkerId(Uuid::from_u128(author)),
        written: at,
        happened: at,
        amends: amends.map(fact),
        body: body.into(),
    }
}

fn asks(what: &str) -> Note {
    let follow_up = FollowUp {
        by: day("2026-11-22"),
        from: FollowUpFrom::Team,
        worker: None,
        what: what.into(),
    };
    Note { observation: "Puls 108.".into(), follow_up: Some(follow_up), ..Note::default() }
}

fn closes(thread: u128, words: &str) -> Note {
    Note { observation: words.into(), closes: vec![fact(thread)], ..Note::default() }
}

fn standing(facts: &[Told], on: &str) -> Vec<Standing> {
    threads(facts, day(on)).into_iter().map(|thread| thread.standing).collect()
}

fn is_closed(facts: &[Told]) -> bool {
    let threads = threads(facts, day("2026-11-22"));
    matches!(threads.as_slice(), [Thread { standing: Standing::Closed(_), .. }])
}

#[test]
fn a_follow_up_is_open_until_its_day_is_over() {
    let facts = [told(1, SARA, None, asks("Mål pulsen"))];
    for (on, expected) in [
        ("2026-11-21", Standing::Open),
        ("2026-11-22", Standing::Open),
        ("2026-11-23", Standing::Overdue),
    ] {
        assert_eq!(standing(&facts, on), [expected], "{on}");
    }
}

#[test]
fn an_incident_asks_when_it_says_what_and_by_when() {
    let incident = Incident {
        what: "Falt på badet.".into(),
        follow_up: "Ergoterapeut ser på badet.".into(),
        follow_up_by: Some(day("2026-11-22")),
        ..Incident::default()
    };
    let asked = told(1, SARA, None, incident.clone());
    let thread = threads(std::slice::from_ref(&asked), day("2026-11-23")).pop();
    let thread = thread.map(|it| (it.what, it.due, it.from, it.standing));
    let by = day("2026-11-22");
    let what = "Ergoterapeut ser på badet.".to_owned();
    assert_eq!(thread, Some((what, by, FollowUpFrom::Team, Standing::Overdue)));
    assert!(is_closed(&[asked, told(2, ANNE, None, closes(1, "Håndtak er montert."))]));

    let undated = Incident { follow_up_by: None, ..incident.clone() };
    let wordless = Incident { follow_up: " ".into(), ..incident };
    for incident in [undated, wordless] {
        assert!(!is_linked(&incident.clone().into()));
        assert_eq!(standing(&[told(1, SARA, None, incident)], "2026-11-23"), []);
    }
}

#[test]
fn only_a_note_with_words_closes() {
    let asked = told(1, SARA, None, asks("Mål pulsen"));
    let closed = |body: FactBody| is_closed(&[asked.clone(), told(2, ANNE, None, body)]);
    assert!(closed(closes(1, "Puls 72.").into()));
    assert!(!closed(closes(1, " ").into()), "without words");
    assert!(!closed(Note { closes: Vec::new(), ..closes(1, "Puls 72.") }.into()), "without a link");
    assert!(!closed(Note { answers: vec![fact(1)], ..Note::default() }.into()));
    let report = VisitReport {
        visit: None,
        unplanned: None,
        started: Timestamp::default(),
        observations: crate::fact::Observations::default(),
        finished: Timestamp::default(),
        outcomes: Vec::new(),
        progress: Vec::new(),
        note: closes(1, "Puls 72."),
    };
    assert!(closed(report.into()));
    let other_client =
        Told { client: ClientId(Uuid::from_u128(8)), ..told(2, ANNE, None, closes(1, "Puls 72.")) };
    assert!(!is_closed(&[asked.clone(), other_client]));
    let itself = Note { closes: vec![fact(1)], ..asks("Mål pulsen") };
    assert!(!is_closed(&[told(1, SARA, None, itself)]));
}

#[test]
fn an_answer_leaves_it_open_and_the_first_of_two_that_close_it_counts() {
    let answer = Note { observation: "Sov.".into(), answers: vec![fact(1)], ..Note::default() };
    let mut facts = vec![told(1, SARA, None, asks("Mål pulsen")), told(2, ANNE, None, answer)];
    let open = threads(&facts, day("2026-11-22"));
    assert_eq!(open[0].answers.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["Sov."]);
    assert_eq!(open[0].standing, Standing::Open);
    facts.push(told(4, SARA, None, closes(1, "Puls 74.")));
    facts.push(told(3, ANNE, None, closes(1, "Puls 72.")));
    let closed = threads(&facts, day("2026-11-22"));
    let by = match &closed[0].standing {
        Standing::Closed(answer) => Some(answer.fact),
        _ => None,
    };
    assert_eq!(by, Some(fact(3)));
}

#[test]
fn a_correction_stands_in_the_place_of_what_it_corrects() {
    let asked = told(1, SARA, None, asks("Mål pulsen"));
    let corrected = told(3, SARA, Some(1), asks("Mål pulsen og blodtrykket"));
    let now = threads(&[asked.clone(), corrected.clone()], day("2026-11-22"));
    assert_eq!(now.len(), 1);
    assert_eq!((now[0].id, now[0].what.as_str()), (fact(1), "Mål pulsen og blodtrykket"));
    // Of the same entry when the first is not here.
    let alone = threads(&[corrected], day("2026-11-22"));
    assert_eq!((alone.len(), alone[0].id), (1, fact(1)));
    let taken_back = told(4, SARA, Some(1), Note { follow_up: None, ..asks("") });
    assert_eq!(standing(&[asked.clone(), taken_back], "2026-11-22"), []);
    // Only who wrote it corrects it.
    let others = told(5, ANNE, Some(1), Note { follow_up: None, ..asks("") });
    assert_eq!(standing(&[asked, others], "2026-11-22"), [Standing::Open]);
}

#[test]
fn what_is_about_the_wrong_person_opens_and_closes_nothing() {
    let asked = told(1, SARA, None, asks("Mål pulsen"));
    let wrong = |number, author, amends| {
        told(number, author, Some(amends), WrongPerson { reason: "Feil kort.".into() })
    };
    assert_eq!(standing(&[asked.clone(), wrong(2, SARA, 1)], "2026-11-22"), []);
    let closing = told(2, ANNE, None, closes(1, "Puls 72."));
    assert!(is_closed(&[asked.clone(), closing.clone()]));
    let undone = [asked, closing, wrong(3, ANNE, 2)];
    assert_eq!(standing(&undone, "2026-11-22"), [Standing::Open]);
}

#[test]
fn a_conversation_raises_itself_when_its_day_comes_and_a_newer_one_closes_it() {
    let talk = |follow_up_on: Option<&str>| WhatMatters {
        outcome: ConversationOutcome::Later,
        follow_up_on: follow_up_on.map(day),
        ..WhatMatters::default()
    };
    let mut facts = vec![told(1, SARA, None, talk(Some("2026-11-25")))];
    for (on, expected) in [
        ("2026-11-24", Standing::ToCome),
        ("2026-11-25", Standing::Open),
        ("2026-11-26", Standing::Overdue),
    ] {
        assert_eq!(standing(&facts, on), [expected], "{on}");
    }
    let mut by_note = facts.clone();
    by_note.push(told(2, ANNE, None, closes(1, "Hun vil vente.")));
    assert!(is_closed(&by_note));
    facts.push(told(2, ANNE, None, talk(None)));
    assert!(is_closed(&facts));
}
