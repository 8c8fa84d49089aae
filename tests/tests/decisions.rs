//! Decisions on real tablets: what was delivered is counted from the reports, a difference is
//! explained for all to read, and only who may edits them.

use anyhow::{Context, ensure};
use kjent_core::command::VisitDraft;
use kjent_core::fact::InterventionOutcome;
use kjent_core::ids::{ClientId, DecisionId};
use kjent_core::plan::decision::{DecisionWarning, Standing};
use kjent_core::plan::{FieldFault, Part, Scalar};
use kjent_core::policy::Refusal;
use kjent_core::view::{DecisionView, EntryBody};
use kjent_demo::names;
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, INGVILD};
use kjent_tests::tablet::HeadlessTablet;

fn line() -> ClientId {
    names::client("line-danser")
}

fn decision(tablet: &HeadlessTablet, key: &str) -> anyhow::Result<DecisionView> {
    let id = names::decision("line-danser", key);
    let all = tablet.open().read_client(line())?.decisions;
    all.into_iter().find(|it| it.id == id).context("the decision is not there")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_delivered_is_counted_and_a_difference_explained() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let before = decision(&anne, "hjemmesykepleie")?;
    let delivery = before.delivery.clone().context("nothing is counted")?;
    ensure!(delivery.granted.visits == 56, "two visits a day for four weeks: {delivery:?}");
    ensure!((40..=56).contains(&delivery.delivered.visits), "{delivery:?}");
    ensure!(before.standing != Standing::Ended && before.warnings.is_empty(), "{before:?}");

    // Today is not among the days that are counted, but tomorrow it is.
    let visits = anne.open().read_today()?.visits;
    let mine = visits.into_iter().find(|visit| visit.mine && visit.client == line());
    let visit = mine.context("Anne doesn't visit Line today")?.visit;
    anne.open().start_visit(visit)?;
    let interventions = anne.open().read_visit(visit)?.interventions;
    let outcomes = interventions
        .iter()
        .map(|it| InterventionOutcome { intervention: it.intervention, not_done: None })
        .collect();
    anne.open().finish_visit(visit, &VisitDraft { outcomes, ..VisitDraft::default() })?;
    let same = decision(&anne, "hjemmesykepleie")?.delivery.context("nothing is counted")?;
    assert_eq!(same.delivered, delivery.delivered);

    let span = (delivery.from, delivery.to);
    let (id, why) = (before.id, "Line var hos datteren to kvelder.");
    let empty = anne.open().explain_delivery(line(), id, span, "  ");
    assert!(matches!(empty, Err(TabletError::ReasonNeeded)), "{empty:?}");
    anne.open().explain_delivery(line(), id, span, why)?;
    anne.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;

    let ingvild = HeadlessTablet::enrol(&day.server, INGVILD, &day.clock, 2).await?;
    ingvild.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let seen = decision(&ingvild, "hjemmesykepleie")?.delivery.context("nothing is counted")?;
    let explained: Vec<_> =
        seen.explained.iter().map(|it| (it.reason.as_str(), it.by.as_str())).collect();
    assert_eq!(explained, [(why, "Anne Nordli")]);
    let journal = ingvild.open().read_journal(line(), 60)?.entries;
    let told = |body: &EntryBody| matches!(body, EntryBody::DeliveryExplained { reason, .. } if reason == why);
    assert!(journal.iter().any(|entry| told(&entry.body)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_writes_a_decision_and_a_nurse_may_not() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let ingvild = HeadlessTablet::enrol(&day.server, INGVILD, &day.clock, 2).await?;
    for tablet in [&anne, &ingvild] {
        tablet.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    }
    let text = |field: &str, value: &str| (field.to_owned(), Scalar::text(value));
    let new = [
        text("service", "reablement"),
        text("valid_from", "2026-11-01"),
        text("valid_to", "2026-12-31"),
        text("decided_on", "2025-11-01"),
    ];
    let write = |tablet: &HeadlessTablet, fields: &[(String, Option<Scalar>)]| {
        let fields = fields.iter().cloned().collect();
        let written = tablet.open().edit_plan(line(), Part::Decisions, None, &fields, None, "");
        written.map(|(object, _)| DecisionId(object))
    };
    let refused = write(&anne, &new);
    let part = Part::Decisions;
    assert!(
        matches!(refused, Err(TabletError::Refused(Refusal::RoleMayNot { part: found })) if found == part),
        "{refused:?}"
    );
    for (wrong, field, fault) in [
        (text("valid_to", ""), "valid_to", FieldFault::Needed),
        (text("valid_to", "i morgen"), "valid_to", FieldFault::Invalid),
        (text("granted_visits", "to"), "granted_visits", FieldFault::Invalid),
        (text("sources", "en rapport"), "sources", FieldFault::Invalid),
        (text("vallid_to", "2026-12-31"), "vallid_to", FieldFault::Unknown),
    ] {
        let mut fields: Vec<_> = new.iter().filter(|(name, _)| *name != wrong.0).cloned().collect();
        fields.push(wrong);
        let Err(TabletError::Field(problem)) = write(&ingvild, &fields) else {
            anyhow::bail!("{field} was written")
        };
        assert_eq!((problem.field.as_str(), problem.fault), (field, fault));
    }
    let id = write(&ingvild, &new)?;
    ingvild.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    anne.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let all = anne.open().read_client(line())?.decisions;
    let seen = all.into_iter().find(|it| it.id == id).context("it did not come")?;
    assert!(seen.warnings.contains(&DecisionWarning::BeginsLongAfterDecided { days: 365 }));
    let missing = DecisionWarning::Missing { field: "reasons".into() };
    assert!(seen.warnings.contains(&missing), "{:?}", seen.warnings);
    Ok(())
}
