//! The two decisions printed in Oslo's standard, with the traps that are really in them.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::*;
use crate::plan::decision::{
    Granted, Standing, appeal_deadline, last_day_of_notice, undecided_since,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// Annex 1: home nursing.
fn nursing() -> Value {
    json!({
        "service": "home_nursing", "outcome": "granted",
        "title": "VEDTAK OM HELSE- OG OMSORGSTJENESTER",
        "case_number": "1750652", "your_ref": "204481",
        "disclosure_marking": "Unntatt offentlighet Offentlighetslovens § 13.1",
        "decided_on": "2019-04-10", "applied_on": "2019-04-09",
        "valid_from": "2019-04-12", "valid_to": "2019-06-22", "reassess_at_expiry": true,
        "content": "medisinhåndtering, personlig pleie og ernæring",
        "scope": "hver morgen og kveld", "granted_visits": 2, "granted_days": 1,
        "agreed_later": "innhold og tidspunkt",
        "purpose": "sikre oppfølging", "client_goal": "mer selvhjulpen",
        "sources": "2019-04-10 | Hjemmebesøksrapport | | attached\n2019-04-09 | Opplysninger fra fastlege |",
        "legal_basis": "hol § 3-2 (1) nr. 6 a", "reasons": "lungebetennelse",
        "information": "helsenorge\nassessment\nhearing\nsubject_access",
        "supplier": "kommunen", "appeal": "fire uker", "caseworker": "(navn)",
        "decided_by": "(navn)",
    })
}

/// Annex 2: practical assistance, with its printed dates.
fn assistance() -> Value {
    let mut printed = nursing();
    let own = json!({
        "service": "practical_assistance", "case_number": "1860861",
        "decided_on": "2018-04-11", "applied_on": "2018-04-09",
        "valid_from": "2019-04-12", "valid_to": "2019-05-31",
        "content": "støvsuging, gulvvask", "scope": "inntil 1 time hver andre uke",
        "granted_visits": 1, "granted_days": 14, "granted_minutes": 60, "copayment": true,
        "copayment_bands": "0-193766: 35/h 210/month\n193766-: 76/h 7600/year",
        "sources": "2019-04-10 | Hjemmebesøksrapport |\n2019-04-09 | Diakonhjemmet sykehus |",
    });
    if let (Value::Object(printed), Value::Object(own)) = (&mut printed, own) {
        printed.extend(own);
    }
    printed
}

fn read(value: &Value) -> Decision {
    serde_json::from_value(value.clone()).unwrap_or_else(|why| unreachable!("{why}"))
}

#[test]
fn the_first_printed_decision_is_whole_and_the_second_warns_twice() {
    let first = read(&nursing());
    assert_eq!((first.missing(), first.contradictions()), (vec![], vec![]));
    let second = read(&assistance());
    assert_eq!(second.missing(), []);
    let latest = day("2019-04-10");
    assert_eq!(
        second.contradictions(),
        [
            DecisionWarning::BeginsLongAfterDecided { days: 366 },
            DecisionWarning::SourcesAfterDecided { count: 2, latest },
        ]
    );
}

#[test]
fn each_missing_field_is_named() {
    let names = |of: &Decision| -> Vec<String> {
        let missing = of.missing().into_iter();
        missing
            .map(|warning| match warning {
                DecisionWarning::Missing { field } => field,
                other => format!("{other:?}"),
            })
            .collect()
    };
    let whole = assistance();
    let Value::Object(fields) = &whole else { unreachable!() };
    let always = ["service", "valid_from", "valid_to", "copayment"];
    // These may be absent from a decision that is as it should be.
    let free = ["title", "your_ref", "agreed_later", "granted_minutes"];
    for field in fields.keys().filter(|it| !always.contains(&it.as_str())) {
        let mut without = fields.clone();
        without.remove(field);
        let expected: Vec<String> = match field.as_str() {
            field if free.contains(&field) => vec![],
            "granted_days" => vec!["granted_visits".into()],
            field => vec![field.into()],
        };
        assert_eq!(names(&read(&Value::Object(without))), expected, "{field}");
    }
}

#[test]
fn what_can_t_be_right_is_said() {
    let cases: [(&[(&str, &str)], DecisionWarning); 4] = [
        (&[("valid_to", "2019-04-11")], DecisionWarning::EndsBeforeItBegins),
        (&[("applied_on", "2019-04-11")], DecisionWarning::AppliedAfterDecided),
        (&[("decided_on", "2019-04-15")], DecisionWarning::DecidedAfterItBegan { days: 3 }),
        (
            &[("copayment_bands", "0-100: 1/h 1/year\n200-: 1/h 1/year")],
            DecisionWarning::BandsDontMeet,
        ),
    ];
    for (changed, expected) in cases {
        let mut decision = nursing();
        for (field, value) in changed {
            decision[*field] = json!(value);
        }
        assert!(read(&decision).contradictions().contains(&expected), "{expected:?}");
    }
}

#[test]
fn what_is_granted_is_counted_as_printed() {
    let (first, second) = (read(&nursing()), read(&assistance()));
    assert_eq!((first.days(), second.days()), (72, 50));
    let whole = |it: &Decision| it.granted(it.valid_from, it.valid_to);
    assert_eq!(whole(&first), Some(Granted { visits: 144, minutes: None }));
    assert_eq!(whole(&second), Some(Granted { visits: 4, minutes: Some(240) }));
    // The fortnights begin on 12.04, 26.04, 10.05 and 24.05.
    for (from, to, visits) in [
        ("2019-04-12", "2019-04-12", 1),
        ("2019-04-13", "2019-04-25", 0),
        ("2019-04-26", "2019-05-09", 1),
        ("2019-01-01", "2019-04-11", 0),
        ("2019-06-01", "2019-07-01", 0),
        ("2019-05-24", "2020-01-01", 1),
    ] {
        let granted = second.granted(day(from), day(to)).map(|it| it.visits);
        assert_eq!(granted, Some(visits), "{from} {to}");
    }
}

#[test]
fn the_last_day_is_inclusive_and_warned_of() {
    let first = read(&nursing());
    let cases = [
        ("2019-04-11", Standing::Coming),
        ("2019-04-12", Standing::Valid),
        ("2019-05-25", Standing::Valid),
        ("2019-05-26", Standing::RunsOut { days_left: 28, within: 28 }),
        ("2019-06-09", Standing::RunsOut { days_left: 14, within: 14 }),
        ("2019-06-16", Standing::RunsOut { days_left: 7, within: 7 }),
        ("2019-06-22", Standing::RunsOut { days_left: 1, within: 7 }),
        ("2019-06-23", Standing::Ended),
    ];
    for (on, expected) in cases {
        assert_eq!(first.standing(day(on)), expected, "{on}");
        let is_valid = !matches!(expected, Standing::Coming | Standing::Ended);
        assert_eq!(first.covers(day(on)), is_valid, "{on}");
    }
}

#[test]
fn deadlines_are_counted_in_days() {
    assert_eq!(appeal_deadline(day("2019-04-12")), day("2019-05-10"));
    assert_eq!(last_day_of_notice(day("2019-05-02")), day("2019-05-12"));
}

#[test]
fn services_without_a_decision_are_due_on_the_fifteenth_day() {
    let visits = [day("2026-04-01"), day("2026-04-03"), day("2026-04-20")];
    let ended = read(&nursing());
    for decisions in [vec![], vec![ended]] {
        assert_eq!(undecided_since(visits, &decisions, day("2026-04-14")), None);
        let since = undecided_since(visits, &decisions, day("2026-04-15"));
        assert_eq!(since, Some(day("2026-04-01")));
    }
    let mut valid = nursing();
    (valid["valid_from"], valid["valid_to"]) = (json!("2026-04-15"), json!("2026-05-15"));
    assert_eq!(undecided_since(visits, &[read(&valid)], day("2026-04-15")), None);
}
