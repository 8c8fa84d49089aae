//! The journal of the screen: what is folded, filtered and found.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use kjent_core::fact::{FactKind, FollowUp, FollowUpFrom, Note};

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
    let shown = |kind, profession| {
        let filter = Filter { kind, profession };
        folded.iter().filter(|it| filter.shows(it)).map(|it| it.entry.author.as_str()).collect()
    };
    let none = || None::<Profession>;
    let cases: [(Kind, Option<Profession>, Vec<&str>); 7] = [
        (Kind::All, none(), vec!["Ola", "Kari", "Anne"]),
        (Kind::All, Some(Profession::Physiotherapist), vec!["Ola"]),
        (Kind::Unread, none(), vec!["Ola"]),
        (Kind::Marked, none(), vec!["Kari"]),
        (Kind::Mine, none(), vec!["Anne"]),
        (Kind::Notes, none(), vec!["Ola", "Kari"]),
        (Kind::Plan, none(), vec!["Anne"]),
    ];
    for (kind, profession, expected) in cases {
        let shown: Vec<&str> = shown(kind, profession.clone());
        assert_eq!(shown, expected, "{kind:?} {profession:?}");
    }
    assert_eq!(professions(&folded), [Profession::Nurse, Profession::Physiotherapist]);
}
