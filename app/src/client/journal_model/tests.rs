//! The journal of the screen: what is folded, filtered and found.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use kjent_core::clinical::{Measurement, MeasurementKind};
use kjent_core::fact::{FactKind, FollowUp, FollowUpFrom, Incident, Note, Observations};
use kjent_core::ids::WorkerId;

use super::*;

fn at(minutes: i64) -> NaiveDateTime {
    NaiveDate::default().and_time(NaiveTime::MIN) + Duration::minutes(minutes)
}

fn fact(number: u8) -> FactId {
    FactId::from_bytes(&[number; 16]).unwrap_or_else(|| unreachable!())
}

fn entry(id: u8, author: &str, amends: Option<u8>, body: EntryBody) -> EntryView {
    EntryView {
        kind: FactKind::Note,
        first_words: String::new(),
        fact: fact(id),
        author: author.into(),
        author_id: WorkerId::from_bytes(&[author.len() as u8; 16])
            .unwrap_or_else(|| unreachable!()),
        profession: if author == "Ola" { Profession::Physiotherapist } else { Profession::Nurse },
        by_break_glass: false,
        mine: author == "Anne",
        happened: at(0),
        written: at(i64::from(id)),
        unread: false,
        state: EntryState::Sent,
        receipt: None,
        late: None,
        amends: amends.map(fact),
        amended_by: None,
        links: Vec::new(),
        answered: Vec::new(),
        thread: None,
        restricted: None,
        may_restrict: false,
        body,
    }
}

fn note(words: &str) -> EntryBody {
    EntryBody::Note { note: Note { observation: words.into(), ..Note::default() } }
}

fn words(it: &EntryView) -> &str {
    match &it.body {
        EntryBody::Note { note } => &note.observation,
        _ => "",
    }
}

#[test]
fn a_correction_stands_in_the_place_of_the_original_which_stays() {
    let journal = [
        entry(3, "Anne", Some(1), note("høyre ankel")),
        entry(2, "Anne", Some(1), note("høyre legg")),
        entry(1, "Anne", None, note("venstre legg")),
    ];
    let folded = fold(&journal);
    assert_eq!(folded.len(), 1);
    assert_eq!(words(&folded[0].entry), "høyre ankel");
    let earlier: Vec<&str> = folded[0].earlier.iter().map(words).collect();
    assert_eq!(earlier, ["høyre legg", "venstre legg"]);
    assert!(folded[0].is_correctable());
    let newest = journal[0].fact;
    assert_eq!(place_of(&folded, &journal, newest), Some(0));
}

#[test]
fn what_another_wrote_or_what_is_not_here_is_not_corrected() {
    let others = [entry(2, "Ola", Some(1), note("høyre")), entry(1, "Anne", None, note("venstre"))];
    let folded = fold(&others);
    assert_eq!(folded.iter().map(|it| words(&it.entry)).collect::<Vec<_>>(), ["høyre", "venstre"]);
    assert!(!folded[0].is_correctable() && folded[1].is_correctable());
    assert_eq!(fold(&others[..1]).len(), 1);
}

#[test]
fn what_is_about_the_wrong_person_keeps_its_words_and_can_be_corrected_no_more() {
    let wrong = EntryBody::WrongPerson { reason: "Feil kort".into() };
    let journal = [entry(2, "Anne", Some(1), wrong), entry(1, "Anne", None, note("Puls 108"))];
    let folded = fold(&journal);
    assert_eq!(folded.len(), 1);
    assert_eq!(words(&folded[0].entry), "Puls 108");
    assert!(folded[0].wrong.is_some() && !folded[0].is_correctable());
}

#[test]
fn the_filters_show_what_they_say() {
    let follow_up = FollowUp {
        by: NaiveDate::default(),
        from: FollowUpFrom::Team,
        worker: None,
        what: "Puls".into(),
    };
    let asks = Note { observation: "a".into(), follow_up: Some(follow_up), ..Note::default() };
    let mut unread = entry(3, "Ola", None, note("c"));
    unread.unread = true;
    let journal = [
        unread,
        entry(2, "Kari", None, EntryBody::Note { note: asks }),
        entry(1, "Anne", None, EntryBody::ProposalDeclined { reason: "b".into() }),
    ];
    let folded = fold(&journal);
    let shown = |which, profession| {
        let filter = Filter { which, kind: None, profession };
        folded.iter().filter(|it| filter.shows(it)).map(|it| it.entry.author.as_str()).collect()
    };
    let none = || None::<Profession>;
    let cases: [(Which, Option<Profession>, Vec<&str>); 5] = [
        (Which::All, none(), vec!["Ola", "Kari", "Anne"]),
        (Which::All, Some(Profession::Physiotherapist), vec!["Ola"]),
        (Which::Unread, none(), vec!["Ola"]),
        (Which::Marked, none(), vec!["Kari"]),
        (Which::Mine, none(), vec!["Anne"]),
    ];
    for (which, profession, expected) in cases {
        let shown: Vec<&str> = shown(which, profession.clone());
        assert_eq!(shown, expected, "{which:?} {profession:?}");
    }
    assert_eq!(professions(&folded), [Profession::Nurse, Profession::Physiotherapist]);
}

#[test]
fn every_kind_of_fact_is_found_by_a_name() {
    for kind in FactKind::ALL {
        let mut it = entry(1, "Anne", None, EntryBody::Unknown);
        it.kind = kind.clone();
        let found: Vec<EntryKind> = EntryKind::ALL.into_iter().filter(|one| one.is(&it)).collect();
        assert_eq!(found.len(), 1, "{kind:?}");
    }
    for kind in EntryKind::ALL {
        assert_eq!(EntryKind::from_code(kind.code()), Some(kind));
    }
}

#[test]
fn an_entry_is_found_as_all_that_it_is() {
    let visit = |pulse: Vec<Measurement>| EntryBody::Visit {
        started: at(0),
        finished: at(30),
        unplanned: None,
        outcomes: Vec::new(),
        progress: Vec::new(),
        note: Note::default(),
        observations: Observations { measurements: pulse, ..Observations::default() },
    };
    let pulse = Measurement::number(MeasurementKind::Pulse, 72);
    let incident = Incident {
        follow_up: "Nattlys".into(),
        follow_up_by: Some(NaiveDate::default()),
        ..Incident::default()
    };
    let of = |id, kind, body| EntryView { kind, ..entry(id, "Anne", None, body) };
    let folded = fold(&[
        of(4, FactKind::VisitReport, visit(vec![pulse])),
        of(3, FactKind::VisitReport, visit(Vec::new())),
        of(2, FactKind::Incident, EntryBody::Incident { incident }),
        of(1, FactKind::Note, note("a")),
    ]);
    let shown = |which, kind| {
        let filter = Filter { which, kind, profession: None };
        let found = folded.iter().filter(|it| filter.shows(it));
        found.map(|it| it.entry.written).collect::<Vec<_>>()
    };
    assert_eq!(shown(Which::All, Some(EntryKind::Visits)), [at(4), at(3)]);
    assert_eq!(shown(Which::All, Some(EntryKind::Measurements)), [at(4)]);
    assert_eq!(shown(Which::Marked, None), [at(2)]);
    assert_eq!(shown(Which::Marked, Some(EntryKind::Notes)), []);
    let there =
        [EntryKind::Visits, EntryKind::Notes, EntryKind::Measurements, EntryKind::Incidents];
    assert_eq!(kinds(&folded), there);
}

#[test]
fn whatever_tells_of_an_earlier_minute_is_a_late_entry() {
    let late = |minutes, body| {
        let entry =
            EntryView { happened: at(0), written: at(minutes), ..entry(1, "Anne", None, body) };
        entry.is_late_entry()
    };
    assert!(!late(0, note("a")));
    assert!(late(1, note("a")), "as the form promises");
    assert!(late(90, EntryBody::Incident { incident: Incident::default() }));
    let visit = EntryBody::Visit {
        started: at(0),
        finished: at(45),
        unplanned: None,
        outcomes: Vec::new(),
        progress: Vec::new(),
        note: Note::default(),
        observations: Observations::default(),
    };
    assert!(!late(45, visit));
}
