//! Measurements, limits and incidents on real tablets and a real server: what one measures the others
//! see, what can't be is refused, what was wrong is put right, and an incident goes its steps.

use std::collections::BTreeMap;

use anyhow::Context;
use kjent_core::clinical::{Consciousness, Measurement, MeasurementKind, MstAnswers, Value};
use kjent_core::command::{IncidentDraft, VisitDraft};
use kjent_core::fact::{Incident, IncidentKind, IncidentState, Observations};
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::plan::{Part, Scalar};
use kjent_core::problem::Problem;
use kjent_core::view::{EntryBody, EntryState};
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, INGVILD, SARA};
use kjent_tests::tablet::HeadlessTablet;

fn number(kind: MeasurementKind, value: i32) -> Measurement {
    Measurement::number(kind, value)
}

fn measured(measurements: Vec<Measurement>) -> Observations {
    Observations { measurements, ..Observations::default() }
}

/// Six of the seven that NEWS2 counts; consciousness is missing.
fn six() -> Vec<Measurement> {
    vec![
        number(MeasurementKind::Respiration, 22),
        number(MeasurementKind::Spo2, 94),
        Measurement::air(),
        Measurement::blood_pressure(104, 62),
        number(MeasurementKind::Pulse, 98),
        number(MeasurementKind::Temperature, 368),
    ]
}

fn code(error: &TabletError) -> String {
    Problem::from(error).code
}

/// What a tablet answers instead of doing it.
fn refusal<T: std::fmt::Debug>(result: Result<T, TabletError>) -> String {
    result.map_or_else(|error| code(&error), |done| format!("{done:?}"))
}

fn line(tablet: &HeadlessTablet) -> anyhow::Result<(ClientId, VisitId)> {
    let today = tablet.open().read_today()?;
    let card = today.visits.iter().find(|card| card.name == "Line Danser" && card.mine);
    let card = card.context("Line is not on the list")?;
    Ok((card.client, card.visit))
}

/// The numbers of a kind on a tablet, the oldest first.
fn curve(
    tablet: &HeadlessTablet,
    client: ClientId,
    kind: &MeasurementKind,
) -> anyhow::Result<Vec<i32>> {
    let view = tablet.open().read_curves(client)?;
    let values = view.sets.iter().filter_map(|set| set.observations.of(kind)?.first());
    Ok(values.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_measured_in_a_visit_reaches_a_colleague_and_is_put_right() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    let (client, visit) = line(&anne)?;
    let pulse = MeasurementKind::Pulse;
    let before = curve(&anne, client, &pulse)?;
    assert!(!before.is_empty(), "the demo's history has measurements");

    anne.network.cut();
    anne.open().start_visit(visit)?;
    let begun = anne.open().read_visit(visit)?.draft;
    let draft = VisitDraft { observations: measured(six()), ..begun };
    anne.open().save_visit_draft(visit, &draft)?;
    anne.restart()?;
    let mut draft = anne.open().read_visit(visit)?.draft;
    assert_eq!(draft.observations.measurements, six(), "a tap is kept");

    // What nobody has is not signed, and is still in the draft.
    let mut impossible = draft.clone();
    impossible.observations.set(number(MeasurementKind::Temperature, 3680));
    assert_eq!(refusal(anne.open().finish_visit(visit, &impossible)), "measurement_impossible");
    let half = Measurement { kind: MeasurementKind::BloodPressure, value: Value::Number(120) };
    impossible.observations = measured(vec![half]);
    assert_eq!(refusal(anne.open().finish_visit(visit, &impossible)), "measurement_unreadable");

    assert_eq!(draft.observations.news2().total(), None, "one is missing");
    draft.observations.set(Measurement::consciousness(&Consciousness::Alert));
    assert_eq!(draft.observations.news2().total(), Some(5));
    // Measurements are enough to sign: no intervention, no note.
    anne.open().finish_visit(visit, &draft)?;

    anne.network.restore();
    anne.sync().await?;
    sara.sync().await?;
    let mut expected = before.clone();
    expected.push(98);
    assert_eq!(curve(&sara, client, &pulse)?, expected);
    let set = sara.open().read_curves(client)?.sets.pop().context("no set")?;
    assert_eq!((set.by.as_str(), set.observations.news2().total()), ("Anne Nordli", Some(5)));
    let entry =
        sara.open().read_journal(client, 60)?.entries.into_iter().next().context("no entry")?;
    assert_eq!(entry.state, EntryState::Sent);
    assert!(
        matches!(&entry.body, EntryBody::Visit { observations, .. } if *observations == set.observations)
    );

    // Sara sees that 98 was 89, and puts it right: the number is replaced, the entry stays.
    let mut right = set.observations.clone();
    right.set(number(pulse.clone(), 89));
    sara.open().record_observations(client, set.fact, &right)?;
    expected.pop();
    expected.push(89);
    for tablet in [&sara, &anne] {
        tablet.sync().await?;
    }
    for tablet in [&sara, &anne] {
        assert_eq!(curve(tablet, client, &pulse)?, expected);
        let journal = tablet.open().read_journal(client, 60)?.entries;
        let wrong = journal.iter().find(|entry| entry.fact == set.fact).context("it is gone")?;
        let correction = wrong.amended_by.context("nothing tells that it was put right")?;
        assert!(journal.iter().any(|it| it.fact == correction && it.amends == Some(set.fact)));
    }
    // Taken away altogether.
    let latest = anne.open().read_curves(client)?.sets.pop().context("no set")?;
    anne.open().record_observations(client, latest.fact, &Observations::default())?;
    assert_eq!(curve(&anne, client, &pulse)?, before);
    let nothing = "00000000-0000-0000-0000-000000000000".parse()?;
    let again = anne.open().record_observations(client, nothing, &right);
    assert_eq!(refusal(again), "not_found");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_a_visit_a_draft_is_kept_and_then_signed() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await?;
    let (client, _) = line(&anne)?;
    let due = anne.open().read_curves(client)?.mst_due;
    let empty = Observations::default();
    assert_eq!(refusal(anne.open().finish_observations(client, &empty)), "nothing_written");
    let answers = r#"{"weight_loss":"no","poor_appetite":"no"}"#;
    let mst: MstAnswers = serde_json::from_str(answers)?;
    let draft = Observations { mst: Some(mst), ..measured(six()) };
    anne.open().save_observations_draft(client, &draft)?;
    anne.restart()?;
    assert_eq!(anne.open().read_observations_draft(client)?, draft);
    anne.open().finish_observations(client, &draft)?;
    assert_eq!(anne.open().read_observations_draft(client)?, empty);
    let entry =
        anne.open().read_journal(client, 60)?.entries.into_iter().next().context("no entry")?;
    assert_eq!(entry.body, EntryBody::Observations { observations: draft });
    let next = anne.open().read_curves(client)?.mst_due;
    assert!(next > due, "the questions are due a month from now: {due:?} {next:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_are_set_by_those_who_may_and_are_told_in_the_journal() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 3).await?;
    for tablet in [&anne, &fatima] {
        tablet.sync().await?;
    }
    let (client, _) = line(&anne)?;
    let edit = |tablet: &HeadlessTablet, field: &str, text: &str| {
        let fields = BTreeMap::from([(field.to_owned(), Scalar::text(text))]);
        tablet.open().edit_plan(client, Part::Client, None, &fields, None, "Etter legens ord")
    };
    assert_eq!(refusal(edit(&anne, "limit_pulse", "110–50")), "field_invalid");
    assert_eq!(refusal(edit(&anne, "spo2_scale2_order", "ja")), "field_invalid");
    assert!(!fatima.open().read_curves(client)?.may_set_limits);
    assert_eq!(refusal(edit(&fatima, "limit_pulse", "50–110")), "role_may_not");
    edit(&anne, "limit_pulse", "50–110")?;
    edit(&anne, "spo2_scale2_order", "2026-03-01 Kari Lege")?;
    for tablet in [&anne, &fatima] {
        tablet.sync().await?;
    }
    let view = fatima.open().read_curves(client)?;
    let limits = view.limits.iter().find(|limits| limits.kind == MeasurementKind::Pulse);
    assert_eq!(limits.map(|limits| limits.text.as_str()), Some("50–110"));
    assert_eq!(view.scale_two.map(|order| order.doctor().to_owned()).as_deref(), Some("Kari Lege"));
    let journal = fatima.open().read_journal(client, 60)?.entries;
    let told = journal.iter().any(|entry| {
        matches!(&entry.body, EntryBody::PlanChange { change, .. }
            if change.fields.iter().any(|field| field.field == "limit_pulse"))
    });
    assert!(told, "the journal does not tell of the limits");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_goes_its_steps_and_answers_the_one_who_reported() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let mut fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 3).await?;
    let ingvild = HeadlessTablet::enrol(&day.server, INGVILD, &day.clock, 4).await?;
    for tablet in [&anne, &fatima, &ingvild] {
        tablet.sync().await?;
    }
    let (client, _) = line(&anne)?;
    let of_demo = ingvild.open().read_incidents(None)?;
    assert_eq!(of_demo.len(), 2, "the demo team has two");
    assert_eq!(of_demo.first().map(|it| it.state.clone()), Some(IncidentState::Reported));
    assert_eq!(of_demo.last().map(|it| it.state.clone()), Some(IncidentState::Acted));

    let mut draft = IncidentDraft::default();
    assert_eq!(refusal(fatima.open().report_incident(client, &draft)), "field_needed");
    draft.kind = Some(IncidentKind::Fall);
    assert_eq!(refusal(fatima.open().report_incident(client, &draft)), "field_needed");
    draft.incident = Incident {
        what: "Line lå på badegulvet.".into(),
        injuries: Some(Vec::new()),
        observations: measured(vec![number(MeasurementKind::Pulse, 92)]),
        ..Incident::default()
    };
    draft.at = Some((day.today + chrono::Days::new(1)).and_time(chrono::NaiveTime::MIN));
    assert_eq!(refusal(fatima.open().report_incident(client, &draft)), "field_invalid");
    draft.at = None;
    fatima.open().save_incident_draft(client, &draft)?;
    fatima.restart()?;
    assert_eq!(fatima.open().read_incident_draft(client)?, draft);
    fatima.open().report_incident(client, &draft)?;
    assert_eq!(fatima.open().read_incident_draft(client)?, IncidentDraft::default());
    assert_eq!(curve(&fatima, client, &MeasurementKind::Pulse)?.last(), Some(&92));

    let mine = fatima.open().read_incidents(Some(client))?.pop().context("no incident")?;
    assert!(mine.mine && mine.may.is_empty());
    let step = |tablet: &HeadlessTablet, step: IncidentState, words: &str| {
        // No two steps are written in one millisecond.
        day.clock.set(tablet.now().plus_minutes(1));
        tablet.open().take_incident_step(client, mine.fact, &step, words)
    };
    use IncidentState::{Acted, Assessed, Closed, Measured};
    assert_eq!(refusal(step(&fatima, Assessed, "Ja")), "incident_step_role");
    for tablet in [&fatima, &anne, &ingvild] {
        tablet.sync().await?;
    }
    assert_eq!(refusal(step(&anne, Assessed, "  ")), "reason_needed");
    assert_eq!(refusal(step(&anne, Acted, "Nattlys")), "incident_step_order");
    step(&anne, Assessed, "Badet var mørkt. Takk for at du meldte.")?;
    step(&anne, Acted, "Nattlys på badet.")?;
    assert_eq!(refusal(step(&anne, Closed, "Ferdig")), "incident_step_role");
    for tablet in [&anne, &ingvild] {
        tablet.sync().await?;
    }
    assert_eq!(refusal(step(&ingvild, Closed, "Ferdig")), "incident_step_order");
    step(&ingvild, Measured, "Ingen fall på fire uker.")?;
    step(&ingvild, Closed, "Det virket.")?;
    for tablet in [&ingvild, &fatima] {
        tablet.sync().await?;
    }
    let told = fatima.open().read_incidents(Some(client))?.pop().context("no incident")?;
    assert_eq!(told.state, Closed);
    let words: Vec<&str> = told.steps.iter().map(|step| step.words.as_str()).collect();
    let expected = [
        "Badet var mørkt. Takk for at du meldte.",
        "Nattlys på badet.",
        "Ingen fall på fire uker.",
        "Det virket.",
    ];
    assert_eq!(words, expected);
    let journal = fatima.open().read_journal(client, 60)?.entries;
    assert!(journal.iter().any(|entry| matches!(
        &entry.body,
        EntryBody::IncidentStep { about: Some(IncidentKind::Fall), step: Closed, .. }
    )));
    Ok(())
}
