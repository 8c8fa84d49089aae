//! What counts as a visit to come and as a visit made: who took it over, what was cancelled, and a
//! report that was about somebody else.

use anyhow::{Context, ensure};
use chrono::NaiveDateTime;
use kjent_core::clinical::{Measurement, MeasurementKind};
use kjent_core::command::{NoteDraft, NoteTask, VisitDraft};
use kjent_core::fact::{CancelReason, InterventionOutcome, Note, Observations};
use kjent_core::ids::ClientId;
use kjent_core::view::{ClientView, ReceiptStep, VisitState};
use kjent_demo::names;
use kjent_tests::day::{ANNE, Day, FATIMA, SARA};
use kjent_tests::tablet::HeadlessTablet;

fn ahead(view: &ClientView, starts: NaiveDateTime) -> Vec<String> {
    let ahead = view.people.ahead.iter().filter(|visit| visit.starts == starts);
    ahead.map(|visit| visit.name.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_next_is_who_took_it_over_and_no_cancelled_visit() -> anyhow::Result<()> {
    let day = Day::start()?;
    let [sara, anne, fatima] = day.tablets([SARA, ANNE, FATIMA]).await?;
    let visit = sara.own_next()?;
    let (client, starts) = (visit.client, visit.starts);
    let goes = |tablet: &HeadlessTablet| -> anyhow::Result<Vec<String>> {
        let next = tablet.next_visit(client)?.context("nobody comes")?;
        ensure!(next.starts == starts, "another visit is next: {next:?}");
        let page = tablet.open().read_client(client)?;
        assert_eq!(ahead(&page, starts), next.worker_names, "the page says somebody else");
        Ok(next.worker_names)
    };
    assert_eq!(goes(&sara)?, std::slice::from_ref(&visit.worker_name));

    // Out of each other's sight two take it over: both come.
    fatima.network.cut();
    anne.open().take_over_visit(visit.visit)?;
    day.clock.pass_minutes(1);
    fatima.open().take_over_visit(visit.visit)?;
    fatima.network.restore();
    for tablet in [&anne, &fatima, &anne, &sara] {
        tablet.sync().await?;
    }
    let by = sara.card(visit.visit)?.taken_over.context("not taken over")?.by;
    assert_eq!((goes(&sara)?, by.len()), (by, 2));
    let is_todays = |tablet: &HeadlessTablet| -> anyhow::Result<bool> {
        let cards = tablet.open().read_clients()?;
        let visits = tablet.open().read_today()?.visits;
        let mine = visits.iter().any(|card| card.client == client && card.mine);
        let card = cards.iter().find(|card| card.client == client).context("not listed")?;
        ensure!(card.mine_today == mine, "the list of clients and the day disagree");
        Ok(mine)
    };
    ensure!(is_todays(&anne)? && is_todays(&fatima)?);
    is_todays(&sara)?;

    // Sara's entry waits for the one who took it over first, not for herself.
    let note = NoteDraft {
        note: Note { observation: "Har vondt".into(), ..Note::default() },
        ..NoteDraft::default()
    };
    sara.open().finish_note(client, NoteTask::Tell, &note)?;
    for tablet in [&sara, &anne, &anne, &sara] {
        tablet.sync().await?;
    }
    let journal = sara.open().read_journal(client, 60)?.entries;
    let own = journal.iter().find(|entry| entry.first_words == "Har vondt").context("no entry")?;
    let step = own.receipt.clone().context("no receipt")?.step;
    let annes = ReceiptStep::OnTablet { name: "Anne Nordli".into() };
    assert_eq!(step, annes);

    anne.open().give_back_visit(visit.visit)?;
    fatima.open().give_back_visit(visit.visit)?;
    for tablet in [&anne, &fatima, &sara] {
        tablet.sync().await?;
    }
    assert_eq!(goes(&sara)?, [visit.worker_name]);

    sara.open().cancel_visit(visit.visit, CancelReason::InHospital, "")?;
    let after = sara.next_visit(client)?;
    ensure!(after.is_none_or(|next| next.starts > starts), "a cancelled visit is the next");
    assert_eq!(ahead(&sara.open().read_client(client)?, starts), Vec::<String>::new());
    day.clock.pass_minutes(1);
    sara.open().reinstate_visit(visit.visit)?;
    assert_eq!(goes(&sara)?.len(), 1);
    Ok(())
}

/// What a page counts of the visits that were made.
#[derive(Debug, PartialEq)]
struct Counted {
    visits: u32,
    delivered: u32,
    untouched: u32,
    pulses: usize,
}

fn counted(tablet: &HeadlessTablet, client: ClientId) -> anyhow::Result<Counted> {
    let page = tablet.open().read_client(client)?;
    let id = names::decision("line-danser", "hjemmesykepleie");
    let decision = page.decisions.iter().find(|it| it.id == id).context("no decision")?;
    let goal = page.goals.iter().find(|it| it.title.value == "Ta støvsugingen selv igjen");
    let curves = tablet.open().read_curves(client)?;
    let pulses =
        curves.sets.iter().filter(|set| set.observations.of(&MeasurementKind::Pulse).is_some());
    Ok(Counted {
        visits: page.carers_28_days.iter().map(|carer| carer.visits).sum(),
        delivered: decision.delivery.as_ref().context("nothing is counted")?.delivered.visits,
        untouched: goal.context("no such goal")?.untouched,
        pulses: pulses.count(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_about_the_wrong_person_counts_as_no_visit() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    let line = names::client("line-danser");
    let visits = anne.open().read_today()?.visits;
    let visit = visits.into_iter().find(|visit| visit.mine && visit.client == line);
    let visit = visit.context("Anne doesn't visit Line today")?.visit;
    let sign = |words: &str| -> anyhow::Result<()> {
        anne.open().start_visit(visit)?;
        let interventions = anne.open().read_visit(visit)?.interventions;
        let done = interventions
            .iter()
            .map(|it| InterventionOutcome { intervention: it.intervention, not_done: None });
        let pulse = vec![Measurement::number(MeasurementKind::Pulse, 72)];
        let draft = VisitDraft {
            outcomes: done.collect(),
            note: Note { observation: words.into(), ..Note::default() },
            observations: Observations { measurements: pulse, ..Observations::default() },
            ..VisitDraft::default()
        };
        anne.open().finish_visit(visit, &draft)?;
        Ok(())
    };
    // Tomorrow today is among the days that delivered is counted over.
    let tomorrow = |tablet: &HeadlessTablet| -> anyhow::Result<Counted> {
        day.clock.pass_minutes(24 * 60);
        let counted = counted(tablet, line);
        day.clock.pass_minutes(-24 * 60);
        counted
    };
    let before = tomorrow(&anne)?;
    sign("Spiste godt")?;
    let with = tomorrow(&anne)?;
    let one_more = Counted {
        visits: before.visits + 1,
        delivered: before.delivered + 1,
        untouched: before.untouched + 1,
        pulses: before.pulses + 1,
    };
    assert_eq!(with, one_more);
    assert!(matches!(anne.card(visit)?.state, VisitState::Finished { .. }));

    // The note put right is still a report of a visit that was made.
    let journal = anne.open().read_journal(line, 60)?.entries;
    let report = journal.iter().find(|it| it.first_words == "Spiste godt").context("no entry")?;
    let fact = report.fact;
    let note = Note { observation: "Spiste lite".into(), ..Note::default() };
    let right = NoteDraft { note, ..NoteDraft::default() };
    anne.open().finish_note(line, NoteTask::Correct(fact), &right)?;
    assert_eq!(tomorrow(&anne)?, one_more);

    anne.open().mark_wrong_person(line, fact, "Åpnet feil kort", None)?;
    anne.sync().await?;
    sara.sync().await?;
    for tablet in [&anne, &sara] {
        assert_eq!(tomorrow(tablet)?, before);
        let card = tablet.card(visit)?;
        assert_eq!(card.state, VisitState::Planned);
        assert_eq!(card.wrong_person.map(|it| it.by).as_deref(), Some("Anne Nordli"));
        assert!(tablet.open().read_visit(visit)?.wrong_person.is_some());
    }

    // Documented anew, it counts once and has nothing to explain.
    day.clock.pass_minutes(1);
    sign("Sov da jeg kom")?;
    assert_eq!(tomorrow(&anne)?, one_more);
    let card = anne.card(visit)?;
    assert!(matches!(card.state, VisitState::Finished { .. }) && card.wrong_person.is_none());
    Ok(())
}
