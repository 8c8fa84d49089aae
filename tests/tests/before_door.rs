//! What is known before the door, and visits that don't go as planned: real tablets and a real
//! server.

use anyhow::{Context, ensure};
use kjent_core::command::{Adjustment, VisitDraft};
use kjent_core::fact::{
    Discussed, DiscussedWith, InterventionOutcome, Note, PlanProposal, UnplannedReason,
};
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::plan::{Part, Scalar};
use kjent_core::view::{
    BeforeDoorView, EntryBody, SinceView, VisitCardView, VisitState, VisitView,
};
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, SARA};
use kjent_tests::server::office_command;
use kjent_tests::tablet::HeadlessTablet;

const HOW: &str = "Sittende på kanten av senga";
const WHY: &str = "Vondt i kneet i dag";

/// Two tablets that have everything.
async fn two(day: &Day) -> anyhow::Result<(HeadlessTablet, HeadlessTablet)> {
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    Ok((anne, sara))
}

fn card(tablet: &HeadlessTablet, visit: VisitId) -> anyhow::Result<Option<VisitCardView>> {
    Ok(tablet.open().read_today()?.visits.into_iter().find(|card| card.visit == visit))
}

/// Anne's first visit of the day to somebody whom she knows and who has a plan.
fn known(anne: &HeadlessTablet) -> anyhow::Result<VisitCardView> {
    let visits = anne.open().read_today()?.visits;
    let mut mine = visits.into_iter().filter(|card| card.mine && card.state == VisitState::Planned);
    mine.find(|card| card.last_here.is_some() && !card.interventions.is_empty())
        .context("Anne goes to nobody whom she knows")
}

fn since(view: &VisitView) -> anyhow::Result<&SinceView> {
    match &view.before {
        Some(BeforeDoorView::Since(since)) => Ok(since),
        other => anyhow::bail!("before the door: {other:?}"),
    }
}

fn note(words: &str) -> Note {
    Note { observation: words.into(), ..Note::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unplanned_visit_survives_and_is_in_everybodys_journal() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (mut anne, sara) = two(&day).await?;
    let client = known(&anne)?.client;
    anne.network.cut();

    let wordless = anne.open().start_unplanned_visit(client, UnplannedReason::Other, " ");
    assert!(matches!(wordless, Err(TabletError::ReasonNeeded)), "{wordless:?}");
    let nowhere = ClientId::from_bytes(&[7; 16]).context("no id")?;
    assert!(anne.open().start_unplanned_visit(nowhere, UnplannedReason::Check, "").is_err());
    let mistaken = anne.open().start_unplanned_visit(client, UnplannedReason::Check, "")?.0;
    assert!(card(&anne, mistaken)?.is_some_and(|card| card.mine));
    anne.open().discard_visit(mistaken)?;
    assert_eq!(card(&anne, mistaken)?, None);

    day.clock.pass_minutes(1);
    let words = "Hadde falt i gangen";
    let visit = anne.open().start_unplanned_visit(client, UnplannedReason::Alarm, words)?.0;
    let twice = anne.open().start_unplanned_visit(client, UnplannedReason::Alarm, words)?.0;
    assert_eq!(twice, visit, "one is under way");
    let mut draft = anne.open().read_visit(visit)?.draft;
    draft.note = note("Satt på gulvet, ingen smerter");
    let (saved_at, _) = anne.open().save_visit_draft(visit, &draft)?;
    let discarded = anne.open().discard_visit(visit);
    assert!(matches!(discarded, Err(TabletError::VisitWritten)), "{discarded:?}");

    anne.restart()?;
    let view = anne.open().read_visit(visit)?;
    assert_eq!((&view.draft.note, view.saved_at), (&draft.note, Some(saved_at)));
    assert!(!view.interventions.is_empty(), "what is active is offered");
    let listed = card(&anne, visit)?.context("the list has lost it")?;
    assert!(listed.mine && matches!(listed.state, VisitState::UnderWay { .. }));
    let reason = listed.unplanned.map(|it| (it.reason, it.words));
    assert_eq!(reason, Some((UnplannedReason::Alarm, words.to_owned())));
    // Nobody else knows of it before it is signed.
    assert_eq!(card(&sara, visit)?, None);

    anne.open().finish_visit(visit, &view.draft)?;
    let again = anne.open().finish_visit(visit, &view.draft);
    assert!(matches!(again, Err(TabletError::VisitAlreadyFinished)), "{again:?}");
    anne.network.restore();
    anne.sync().await?;
    sara.sync().await?;
    for tablet in [&anne, &sara] {
        let listed = card(tablet, visit)?.context("not on the list")?;
        assert!(matches!(listed.state, VisitState::Finished { .. }), "{:?}", listed.state);
        let journal = tablet.open().read_journal(client, 60)?.entries;
        let told = journal.iter().find_map(|entry| match &entry.body {
            EntryBody::Visit { unplanned: Some(it), note, .. } => Some((it.visit, note.clone())),
            _ => None,
        });
        assert_eq!(told, Some((visit, draft.note.clone())));
    }
    let before = anne.open().dump_projection()?;
    anne.open().rebuild_projection()?;
    assert_eq!(anne.open().dump_projection()?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_since_last_is_grouped_and_a_changed_plan_counts() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara) = two(&day).await?;
    let known = known(&anne)?;
    let (client, visit) = (known.client, known.visit);
    // She is there herself, so that nothing older counts.
    let other = anne.open().start_unplanned_visit(client, UnplannedReason::Check, "")?.0;
    anne.open().finish_visit(other, &VisitDraft { note: note("Sov"), ..VisitDraft::default() })?;
    anne.open().mark_read(client)?;
    assert_eq!(since(&anne.open().read_visit(visit)?)?.count(), 0);
    anne.sync().await?;
    sara.sync().await?;

    day.clock.pass_minutes(5);
    let plan = sara.open().read_client(client)?;
    let intervention = plan.interventions.first().context("no intervention")?.intervention;
    let fields = [("how".to_owned(), Scalar::text(HOW))].into();
    let discussed = Discussed { with: DiscussedWith::Client, words: String::new() };
    let id = Some(intervention.0);
    sara.open().edit_plan(client, Part::Interventions, id, &fields, Some(&discussed), WHY)?;
    sara.sync().await?;
    anne.sync().await?;
    assert_eq!(card(&anne, visit)?.context("no card")?.unread, 1, "a changed plan is new");

    day.clock.pass_minutes(5);
    let important = Note { important_for_next: true, ..note("Rødt rundt såret") };
    for (note, minutes) in [(important, 5), (note("Spiste godt"), 5)] {
        let visit = sara.open().start_unplanned_visit(client, UnplannedReason::Called, "")?.0;
        sara.open().finish_visit(visit, &VisitDraft { note, ..VisitDraft::default() })?;
        day.clock.pass_minutes(minutes);
    }
    sara.sync().await?;
    anne.sync().await?;
    let view = anne.open().read_visit(visit)?;
    let since = since(&view)?;
    let words = |entries: &[kjent_core::view::EntryView]| -> Vec<String> {
        entries.iter().map(|entry| entry.first_words.clone()).collect()
    };
    assert_eq!(words(&since.important), ["Rødt rundt såret"]);
    assert_eq!(words(&since.others), ["Spiste godt"]);
    let [change] = since.plan.as_slice() else { anyhow::bail!("{:?}", since.plan) };
    let EntryBody::PlanChange { change, .. } = &change.body else { anyhow::bail!("{change:?}") };
    assert_eq!(change.fields.first().and_then(|field| field.after.clone()), Scalar::text(HOW));
    assert_eq!(card(&anne, visit)?.context("no card")?.unread, 3);

    // To whoever was never here nothing is since: she is told who this is.
    let strangers = sara.open().read_today()?.visits;
    let stranger = strangers.iter().find(|card| card.last_here.is_none());
    if let Some(stranger) = stranger {
        let view = sara.open().read_visit(stranger.visit)?;
        assert!(matches!(view.before, Some(BeforeDoorView::FirstTime(_))), "{:?}", view.before);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_otherwise_is_a_proposal_and_never_an_edit() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (mut anne, sara) = two(&day).await?;
    let known = known(&anne)?;
    let (client, visit) = (known.client, known.visit);
    anne.network.cut();
    anne.open().start_visit(visit)?;
    let view = anne.open().read_visit(visit)?;
    let one = view.interventions.first().context("no intervention")?.clone();
    let adjusted = |reason: &str| VisitDraft {
        outcomes: vec![InterventionOutcome { intervention: one.intervention, not_done: None }],
        adjustments: vec![Adjustment {
            intervention: one.intervention,
            instead: HOW.into(),
            reason: reason.into(),
        }],
        ..view.draft.clone()
    };
    anne.open().save_visit_draft(visit, &adjusted(WHY))?;
    anne.restart()?;
    assert_eq!(anne.open().read_visit(visit)?.draft, adjusted(WHY));
    let wordless = anne.open().finish_visit(visit, &adjusted("  "));
    assert!(matches!(wordless, Err(TabletError::ReasonNeeded)), "{wordless:?}");
    anne.open().finish_visit(visit, &adjusted(WHY))?;

    // The plan was changed meanwhile, by somebody who had not heard of it.
    let fields = [("how".to_owned(), Scalar::text("Med rullator"))].into();
    let discussed = Discussed { with: DiscussedWith::Client, words: String::new() };
    let id = Some(one.intervention.0);
    sara.open().edit_plan(client, Part::Interventions, id, &fields, Some(&discussed), "")?;
    anne.network.restore();
    for tablet in [&sara, &anne, &sara] {
        tablet.sync().await?;
    }
    for tablet in [&anne, &sara] {
        let journal = tablet.open().read_journal(client, 60)?.entries;
        let proposed = journal.iter().find_map(|entry| match &entry.body {
            EntryBody::PlanProposal { proposal, .. } if proposal.reason == WHY => Some(proposal),
            _ => None,
        });
        let PlanProposal { object, fields, .. } = proposed.context("no proposal")?;
        assert_eq!(*object, id);
        assert_eq!(fields.first().and_then(|field| field.after.clone()), Scalar::text(HOW));
        let done = journal.iter().find_map(|entry| match &entry.body {
            EntryBody::Visit { note, .. } if !note.done.is_empty() => Some(note.done.clone()),
            _ => None,
        });
        assert_eq!(done, Some(format!("{}: {HOW} ({WHY})", one.title)));
        let today = tablet.open().read_today()?.visits;
        let next = today.iter().find(|card| card.client == client).context("no visit")?;
        let plan = tablet.open().read_visit(next.visit)?.interventions;
        let how = plan.iter().find(|it| it.intervention == one.intervention);
        assert_eq!(how.and_then(|it| it.how.as_deref()), Some("Med rullator"));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_whose_report_was_erased_is_undocumented_and_says_why() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara) = two(&day).await?;
    let known = known(&anne)?;
    let (client, visit) = (known.client, known.visit);
    let wrong = "Skrevet på feil bruker";
    anne.open().start_visit(visit)?;
    anne.open().finish_visit(visit, &VisitDraft { note: note(wrong), ..VisitDraft::default() })?;
    anne.sync().await?;
    sara.sync().await?;
    let journal = sara.open().read_journal(client, 60)?.entries;
    let fact = journal.iter().find(|entry| entry.first_words == wrong).context("no report")?.fact;

    let database = day.server.database().to_str().context("no text")?.to_owned();
    let output = office_command()?
        .args(["erase", "--database", &database, "--fact", &fact.to_string()])
        .args(["--ground", "hpl. § 43", "--decided-by", ANNE])
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    anne.sync().await?;
    sara.sync().await?;
    for tablet in [&anne, &sara] {
        let card = card(tablet, visit)?.context("no card")?;
        assert_eq!(card.state, VisitState::Planned);
        assert_eq!(card.erased.map(|it| it.ground), Some("hpl. § 43".to_owned()));
        let erased = tablet.open().read_visit(visit)?.erased;
        assert_eq!(erased.map(|it| it.fact), Some(fact));
    }

    // Documented anew, it has a report and nothing to explain.
    anne.open().start_visit(visit)?;
    let anew = VisitDraft { note: note("Sov godt"), ..VisitDraft::default() };
    anne.open().finish_visit(visit, &anew)?;
    let card = card(&anne, visit)?.context("no card")?;
    assert!(matches!(card.state, VisitState::Finished { .. }) && card.erased.is_none());
    Ok(())
}
