//! What the bundle promises to the server, the demo and the benchmark.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kjent_core::document::{Actor, Document, DocumentKind, DocumentRef, Fact, alone};
use kjent_core::fact::{FactBody, FactKind};
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Client, Decision, Part, PlannedVisit};
use kjent_core::policy::{Writer, check_change};
use kjent_core::protocol::Bundle;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{DAYS_AHEAD, Options, World, bundle, schedule};
use crate::load::{Data, embedded};
use crate::names;

const SEED: u64 = 1;

fn day(text: &str) -> NaiveDate {
    crate::data::date(text).unwrap_or_default()
}

fn data() -> Data {
    embedded().unwrap_or_else(|errors| unreachable!("{errors}"))
}

fn make(today: &str, days: u32, seed: u64) -> Bundle {
    bundle(&data(), Options { today: day(today), days, seed })
        .unwrap_or_else(|error| unreachable!("{error}"))
}

fn documents(bundle: &Bundle) -> Vec<Document> {
    let load = |each: &kjent_core::protocol::DocumentChanges| {
        Document::load(each.document, each.changes.iter().map(|bytes| bytes.as_slice()))
            .unwrap_or_else(|error| unreachable!("{error}"))
    };
    bundle.documents.iter().map(load).collect()
}

fn care(bundle: &Bundle, client: &str) -> Document {
    let reference = DocumentRef::care(names::client(client));
    documents(bundle)
        .into_iter()
        .find(|document| document.reference() == reference)
        .unwrap_or_else(|| unreachable!("{client} has no care document"))
}

fn object<T: DeserializeOwned>(document: &Document, part: Part, id: Uuid) -> Option<T> {
    document.fields(part, id).and_then(|fields| fields.read().ok())
}

fn facts(document: &Document) -> Vec<Fact> {
    let open = |id| document.fact(id).and_then(|bytes| Fact::open(&bytes).ok());
    document.facts().into_iter().filter_map(open).collect()
}

#[test]
fn the_same_day_and_seed_make_the_same_bytes_and_another_seed_does_not() {
    let first = make("2026-11-21", 30, SEED);
    assert_eq!(first, make("2026-11-21", 30, SEED));
    let other = make("2026-11-21", 30, 2);
    assert_ne!(first.documents, other.documents);
    assert_eq!((first.team, first.workers), (other.team, other.workers));
}

/// The server runs this same policy over what it imports.
#[test]
fn every_change_is_one_that_the_policy_accepts() {
    let bundle = make("2026-11-21", 30, SEED);
    let responsible: BTreeMap<ClientId, [Option<WorkerId>; 2]> = documents(&bundle)
        .iter()
        .filter(|document| document.reference().kind == DocumentKind::Care)
        .filter_map(|document| {
            let client: Client = object(document, Part::Client, Uuid::nil())?;
            let both = [client.primary_contact, client.service_lead];
            Some((document.reference().client, both))
        })
        .collect();
    assert_eq!(responsible.len(), 24);
    for each in &bundle.documents {
        let mut document = Document::new(each.document);
        for bytes in &each.changes {
            let change = Document::read_change(bytes).unwrap_or_else(|_| unreachable!());
            let actor = Actor::of(&change).unwrap_or_else(|| unreachable!());
            let writer = Writer {
                worker: actor.worker,
                role: bundle.team.member(actor.worker).map(|member| member.role.clone()),
                responsible: responsible[&each.document.client].contains(&Some(actor.worker)),
            };
            let checked = check_change(&document, bytes, actor, &writer, &alone)
                .unwrap_or_else(|refusal| unreachable!("{:?}: {refusal}", each.document));
            assert!(document.apply_all(vec![checked.change]).is_ok());
            assert!(document.is_readable(&checked.acts), "{:?}", each.document);
        }
        // As a new tablet gets it.
        let whole = Document::from_snapshot(each.document, &document.snapshot());
        assert!(whole.is_ok_and(|whole| whole.heads() == document.heads()), "{:?}", each.document);
    }
}

#[test]
fn lines_two_decisions_have_their_printed_lengths_and_cover_today() {
    let today = day("2026-11-21");
    let care = care(&make("2026-11-21", 30, SEED), "line-danser");
    let mut lengths = Vec::new();
    for id in care.objects(Part::Decisions) {
        let decision: Option<Decision> = object(&care, Part::Decisions, id);
        let Some(decision) = decision else { unreachable!("a decision can't be read") };
        assert!(decision.valid_from <= today && today <= decision.valid_to);
        assert!(decision.applied_on < decision.decided_on);
        let days = (decision.valid_to - decision.valid_from).num_days() + 1;
        lengths.push((decision.case_number, days));
    }
    lengths.sort();
    assert_eq!(lengths, [("1750652".into(), 72), ("1860861".into(), 50)]);
}

#[test]
fn on_any_weekday_the_main_workers_list_is_eight_to_ten_visits_and_the_teams_is_a_full_day() {
    let data = data();
    for first in 16..23 {
        let today = NaiveDate::from_ymd_opt(2026, 11, first).unwrap_or_default();
        let world = World::new(&data, Options { today, days: 30, seed: SEED });
        let visits = schedule::visits(&world);
        let mine = |day| {
            let on_day = visits.iter().filter(move |visit| visit.day == day);
            on_day.filter(|visit| visit.worker == data.team.main)
        };
        assert!((8..=10).contains(&mine(0).count()), "{today}: {}", mine(0).count());
        assert!(mine(0).any(|visit| visit.key == "line-danser"
            && visit.starts.format("%H:%M").to_string() == "08:15"));
        assert!(mine(-2).any(|visit| visit.key == "line-danser"));
        assert_eq!(mine(-1).count(), 0);
        // Anne has never been at Ragnhild's before today.
        assert!((-30..0).all(|day| mine(day).all(|visit| visit.key != "ragnhild-moe")));
        for day in -30..=DAYS_AHEAD {
            let count = visits.iter().filter(|visit| visit.day == day).count();
            assert!((35..=45).contains(&count), "{today} {day}: {count}");
        }
    }
}

#[test]
fn nobody_is_in_two_places_or_does_what_they_may_not() {
    let data = data();
    for first in 16..23 {
        let today = NaiveDate::from_ymd_opt(2026, 11, first).unwrap_or_default();
        let options = Options { today, days: 30, seed: SEED };
        let visits = schedule::visits(&World::new(&data, options));
        check_places_and_competence(&data, &visits);
    }
}

fn check_places_and_competence(data: &Data, visits: &[schedule::Visit<'_>]) {
    let mut clashes = Vec::new();
    for (index, visit) in visits.iter().enumerate() {
        let minutes = chrono::Duration::minutes(i64::from(visit.pattern.minutes));
        let rest = visits[index + 1..].iter().take_while(|next| next.day == visit.day);
        clashes.extend(
            rest.filter(|next| next.worker == visit.worker)
                .filter(|next| next.starts < visit.starts + minutes)
                .map(|next| (visit.day, visit.worker, visit.starts, visit.key, next.key)),
        );
        let worker = data.team.worker(visit.worker).unwrap_or_else(|| unreachable!());
        for key in &visit.pattern.interventions {
            let intervention = visit.client.intervention(key).unwrap_or_else(|| unreachable!());
            assert!(crate::check::is_competent(worker, &intervention.competence));
        }
    }
    assert!(clashes.is_empty(), "{clashes:?}");
}

#[test]
fn every_national_number_is_synthetic_and_every_client_was_asked_what_matters() {
    let bundle = make("2026-11-21", 30, SEED);
    let mut clients = 0;
    for document in documents(&bundle) {
        if document.reference().kind != DocumentKind::Care {
            continue;
        }
        let client: Option<Client> = object(&document, Part::Client, Uuid::nil());
        let number = client.and_then(|client| client.national_number);
        assert!(number.is_some_and(|number| number.is_synthetic()));
        assert!(facts(&document).iter().any(|fact| fact.kind == FactKind::WhatMatters));
        clients += 1;
    }
    assert_eq!((clients, bundle.team.clients.len(), bundle.workers.len()), (24, 24, 12));
}

#[test]
fn it_is_morning_and_every_earlier_visit_is_documented_and_no_later_one() {
    let bundle = make("2026-11-21", 30, SEED);
    let today = day("2026-11-21");
    let (mut reported, mut past, mut ahead) = (Vec::new(), Vec::new(), 0);
    for document in documents(&bundle) {
        for fact in facts(&document) {
            assert!(oslo::day(fact.written) < today);
            if let Ok(FactBody::VisitReport(report)) = fact.read() {
                reported.extend(report.visit);
            }
        }
        if document.reference().kind != DocumentKind::Care {
            for id in document.objects(Part::Visits) {
                let visit: Option<PlannedVisit> = object(&document, Part::Visits, id);
                let Some(visit) = visit else { unreachable!("a visit can't be read") };
                if oslo::day(visit.starts) < today {
                    past.push(kjent_core::ids::VisitId(id));
                } else {
                    ahead += 1;
                }
            }
        }
    }
    reported.sort_unstable();
    past.sort_unstable();
    assert_eq!(reported, past);
    assert!(ahead > 15 * 35);
}

#[test]
fn colleagues_left_important_notes_at_lines_since_the_main_worker_was_there() {
    let data = data();
    let bundle = make("2026-11-21", 30, SEED);
    let line = names::client("line-danser");
    let main = data.team.worker(&data.team.main).map(|worker| &worker.employee_number);
    let main = names::worker(main.map_or("", String::as_str));
    let mut reports: Vec<_> = documents(&bundle)
        .iter()
        .filter(|document| document.reference().client == line)
        .flat_map(facts)
        .filter(|fact| fact.kind == FactKind::VisitReport)
        .collect();
    reports.sort_by_key(|fact| fact.happened);
    let mine = reports.iter().rposition(|fact| fact.author == main);
    let since = &reports[mine.map_or(0, |mine| mine + 1)..];
    assert_eq!(since.len(), 3);
    let important = |fact: &&Fact| match fact.read() {
        Ok(FactBody::VisitReport(report)) => {
            report.note.important_for_next && report.note.observation.contains("venstre hæl")
        }
        _ => false,
    };
    assert_eq!(since.iter().filter(important).count(), 2);
}

#[test]
fn no_sentence_is_a_placeholder() {
    let words =
        ["todo", "lorem", "ipsum", "fixme", "xxx", "(navn)", "placeholder", "eksempeltekst"];
    for file in crate::source::embedded() {
        let text = file.text.to_lowercase();
        for word in words {
            assert!(!text.contains(word), "{}: {word}", file.name);
        }
    }
}
