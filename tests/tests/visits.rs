//! Who makes a visit, and whether it is made: real tablets and a real server.

use anyhow::Context;
use chrono::{Duration, NaiveDateTime};
use kjent_core::command::{
    CoercionBasis, MissedContactDraft, ResistedCareDraft, TappedStep, VisitDraft,
};
use kjent_core::fact::{
    CancelReason, Capacity, CoercionRefusal, ContactOutcome, ContactStep, InterventionOutcome,
    NotDoneReason, Note, Notified, TrustTried,
};
use kjent_core::ids::VisitId;
use kjent_core::view::{EntryBody, VisitState};
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, SARA};
use kjent_tests::tablet::HeadlessTablet;

/// A visit that is Sara's and that nobody has begun.
fn saras(sara: &HeadlessTablet) -> anyhow::Result<VisitId> {
    let visits = sara.open().read_today()?.visits;
    let card = visits.iter().find(|card| card.mine && card.state == VisitState::Planned);
    Ok(card.context("Sara has no visits")?.visit)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_take_over_a_visit_out_of_each_others_sight_and_both_are_shown() -> anyhow::Result<()> {
    let day = Day::start()?;
    let [sara, anne, fatima] = day.tablets([SARA, ANNE, FATIMA]).await?;
    let visit = saras(&sara)?;
    let saras_name = anne.card(visit)?.worker_name;

    anne.network.cut();
    fatima.network.cut();
    anne.open().take_over_visit(visit)?;
    anne.open().take_over_visit(visit)?;
    day.clock.pass_minutes(1);
    fatima.open().take_over_visit(visit)?;
    let alone = anne.card(visit)?;
    assert!(alone.mine);
    let taken = alone.taken_over.context("not taken over")?;
    assert_eq!((taken.by.len(), taken.by_me, taken.from_me), (1, true, false));
    assert_eq!(sara.card(visit)?.taken_over, None);

    anne.network.restore();
    fatima.network.restore();
    for tablet in [&anne, &fatima, &anne, &sara] {
        tablet.sync().await?;
    }
    let both = |tablet: &HeadlessTablet| -> anyhow::Result<(bool, usize)> {
        let card = tablet.card(visit)?;
        assert_eq!(card.worker_name, saras_name, "the plan stays as it is");
        Ok((card.mine, card.taken_over.context("not taken over")?.by.len()))
    };
    assert_eq!(both(&anne)?, (true, 2));
    assert_eq!(both(&fatima)?, (true, 2));
    assert_eq!(both(&sara)?, (false, 2));
    assert!(sara.card(visit)?.taken_over.is_some_and(|taken| taken.from_me));

    // One gives it back: the other has it. Taking it again is a new fact.
    fatima.open().give_back_visit(visit)?;
    for tablet in [&fatima, &anne, &sara] {
        tablet.sync().await?;
    }
    assert_eq!(both(&anne)?, (true, 1));
    assert!(!fatima.card(visit)?.mine);
    anne.open().give_back_visit(visit)?;
    anne.sync().await?;
    sara.sync().await?;
    let again = sara.card(visit)?;
    assert_eq!((again.mine, again.taken_over), (true, None));

    // Taking over is no report: the one who went signs.
    anne.open().take_over_visit(visit)?;
    anne.open().start_visit(visit)?;
    let note = Note { observation: "Sov godt".into(), ..Note::default() };
    anne.open().finish_visit(visit, &VisitDraft { note, ..VisitDraft::default() })?;
    let refused = anne.open().give_back_visit(visit);
    assert!(matches!(refused, Err(TabletError::VisitAlreadyFinished)), "{refused:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_visit_says_why_until_it_is_made_after_all() -> anyhow::Result<()> {
    let day = Day::start()?;
    let [mut sara, anne] = day.tablets([SARA, ANNE]).await?;
    let visit = saras(&sara)?;

    let wordless = sara.open().cancel_visit(visit, CancelReason::Other, "  ");
    assert!(matches!(wordless, Err(TabletError::ReasonNeeded)), "{wordless:?}");
    assert_eq!(sara.card(visit)?.state, VisitState::Planned);

    sara.open().cancel_visit(visit, CancelReason::InHospital, "Ullevål siden i natt")?;
    sara.restart()?;
    sara.sync().await?;
    anne.sync().await?;
    for tablet in [&sara, &anne] {
        let state = tablet.card(visit)?.state;
        let VisitState::Cancelled { reason, words, .. } = state else {
            anyhow::bail!("the list says {state:?}")
        };
        assert_eq!((reason, words.as_str()), (CancelReason::InHospital, "Ullevål siden i natt"));
    }
    let client = anne.card(visit)?.client;
    let journal = anne.open().read_journal(client, 60)?.entries;
    let told = |entry: &EntryBody| matches!(entry, EntryBody::VisitCancelled { .. });
    assert!(journal.iter().any(|entry| told(&entry.body)), "the journal doesn't tell of it");

    day.clock.pass_minutes(3);
    anne.open().reinstate_visit(visit)?;
    anne.sync().await?;
    sara.sync().await?;
    assert_eq!(sara.card(visit)?.state, VisitState::Planned);
    Ok(())
}

fn at(tablet: &HeadlessTablet, visit: VisitId, minutes: i64) -> anyhow::Result<NaiveDateTime> {
    Ok(tablet.open().read_missed_contact(visit)?.starts + Duration::minutes(minutes))
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_open_is_looked_for_step_by_step() -> anyhow::Result<()> {
    let day = Day::start()?;
    let [mut sara, anne] = day.tablets([SARA, ANNE]).await?;
    let visit = saras(&sara)?;
    day.clock.pass_minutes(600);
    sara.open().start_visit(visit)?;

    let rang =
        TappedStep { step: ContactStep::Rang, whom: String::new(), at: at(&sara, visit, 1)? };
    let phoned = TappedStep {
        step: ContactStep::PhonedContact,
        whom: "Tone".into(),
        at: at(&sara, visit, 4)?,
    };
    let mut draft = MissedContactDraft { steps: vec![phoned, rang], ..Default::default() };
    sara.open().save_missed_contact_draft(visit, &draft)?;
    sara.restart()?;
    assert_eq!(sara.open().read_missed_contact(visit)?.draft, draft);

    // Neither without an outcome nor without saying who looks on.
    let needed = |result: Result<_, TabletError>| match result.map(drop) {
        Err(TabletError::Field(problem)) => Some(problem.field),
        _ => None,
    };
    let field = needed(sara.open().finish_missed_contact(visit, &draft));
    assert_eq!(field.as_deref(), Some("outcome"));
    draft.outcome = Some(ContactOutcome::NotFound);
    let field = needed(sara.open().finish_missed_contact(visit, &draft));
    assert_eq!(field.as_deref(), Some("alarm_to"));
    draft.outcome = Some(ContactOutcome::Well);
    draft.words = "Satt på altanen.".into();
    sara.open().finish_missed_contact(visit, &draft)?;
    assert_eq!(sara.open().read_visit(visit)?.draft, VisitDraft::default());
    assert_eq!(sara.open().read_missed_contact(visit)?.draft, MissedContactDraft::default());

    sara.sync().await?;
    anne.sync().await?;
    for tablet in [&sara, &anne] {
        let state = tablet.card(visit)?.state;
        let VisitState::NotMet { outcome, .. } = state else {
            anyhow::bail!("the list says {state:?}")
        };
        assert_eq!(outcome, ContactOutcome::Well);
    }
    let client = anne.card(visit)?.client;
    let journal = anne.open().read_journal(client, 60)?.entries;
    let told = journal.iter().find_map(|entry| match &entry.body {
        EntryBody::MissedContact { steps, words, .. } => Some((steps.clone(), words.clone())),
        _ => None,
    });
    let (steps, words) = told.context("the journal doesn't tell of it")?;
    let order: Vec<_> = steps.iter().map(|one| (one.step.clone(), one.at)).collect();
    let times = [at(&anne, visit, 1)?, at(&anne, visit, 4)?];
    let kinds = [ContactStep::Rang, ContactStep::PhonedContact];
    assert_eq!(order, kinds.into_iter().zip(times).collect::<Vec<_>>(), "by time");
    assert_eq!(words, "Satt på altanen.");

    // Somebody comes back later, and reports the visit as any other.
    anne.open().start_visit(visit)?;
    let note = Note { observation: "Hjemme nå".into(), ..Note::default() };
    anne.open().finish_visit(visit, &VisitDraft { note, ..VisitDraft::default() })?;
    anne.sync().await?;
    sara.sync().await?;
    assert!(matches!(sara.card(visit)?.state, VisitState::Finished { .. }));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn resisted_care_is_answered_for_and_coercion_rests_on_something() -> anyhow::Result<()> {
    let day = Day::start()?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 1).await?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 2).await?;
    sara.sync().await?;
    let visit = saras(&sara)?;
    sara.open().start_visit(visit)?;
    let view = sara.open().read_resisted_care(visit)?;
    let resisted = view.interventions.first().context("a visit for nothing")?.clone();
    let done = InterventionOutcome { intervention: resisted.intervention, not_done: None };
    let begun = VisitDraft { outcomes: vec![done], ..sara.open().read_visit(visit)?.draft };
    sara.open().save_visit_draft(visit, &begun)?;

    let whole = ResistedCareDraft {
        interventions: vec![resisted.intervention],
        tried: vec![TrustTried::TookTime],
        capacity: Some(Capacity::Lacks),
        capacity_words: "Husker ikke hvorfor.".into(),
        harm: "Såret blir verre.".into(),
        notified: vec![Notified::Nurse],
        decision_needed: Some(true),
        ..ResistedCareDraft::default()
    };
    let untried = ResistedCareDraft { tried: Vec::new(), ..whole.clone() };
    sara.open().save_resisted_care_draft(visit, &untried)?;
    assert_eq!(sara.open().read_resisted_care(visit)?.draft, untried);
    let refused = sara.open().finish_resisted_care(visit, &untried);
    assert!(matches!(refused, Err(TabletError::Field(_))), "{refused:?}");

    // A measure is refused without its decision or its emergency.
    let coerced = ResistedCareDraft {
        basis: Some(CoercionBasis::Decision),
        measure: "Holdt hånden.".into(),
        reference: "4A-7".into(),
        ..whole
    };
    let emergency = ResistedCareDraft { basis: Some(CoercionBasis::Emergency), ..coerced.clone() };
    for baseless in [&coerced, &emergency] {
        let refused = sara.open().finish_resisted_care(visit, baseless);
        let is_refused = matches!(refused, Err(TabletError::Coercion(CoercionRefusal::NoBasis)));
        assert!(is_refused, "{refused:?}");
    }
    let decided = ResistedCareDraft { decided_on: Some(day.today), ..coerced };
    sara.open().finish_resisted_care(visit, &decided)?;

    let report = sara.open().read_visit(visit)?.draft;
    let not_done = Some(NotDoneReason::Declined);
    let declined = InterventionOutcome { intervention: resisted.intervention, not_done };
    assert_eq!(report.outcomes, [declined]);
    assert_eq!(report.started, begun.started);
    sara.sync().await?;
    anne.sync().await?;
    let journal = anne.open().read_journal(view.client, 60)?.entries;
    let told = journal.iter().find_map(|entry| match &entry.body {
        EntryBody::ResistedCare { titles, care } => Some((titles.clone(), care.clone())),
        _ => None,
    });
    let (titles, care) = told.context("the journal doesn't tell of it")?;
    assert_eq!(titles, [resisted.title]);
    let coercion = care.coercion.context("the measure is gone")?;
    assert_eq!(coercion.decision().map(|one| one.reference.as_str()), Some("4A-7"));
    Ok(())
}
