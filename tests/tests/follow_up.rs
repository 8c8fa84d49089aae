//! What leads on: what an incident asks to be followed up is a thread, a worry makes the plan due to
//! be gone through, and new kinds of entries are news to a colleague.

use anyhow::{Context, ensure};
use chrono::Days;
use kjent_core::clinical::{Measurement, MeasurementKind};
use kjent_core::command::{IncidentDraft, NoteDraft, NoteTask};
use kjent_core::fact::{
    Concern, Discussed, DiscussedWith, FactKind, FollowUp, FollowUpFrom, Incident, IncidentKind,
    Note, Observations, PlanReview,
};
use kjent_core::ids::ClientId;
use kjent_core::plan::{Currency, FieldProblem};
use kjent_core::view::{ThreadStanding, ThreadView};
use kjent_demo::names;
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, SARA};
use kjent_tests::tablet::HeadlessTablet;

const ASKED: &str = "Ergoterapeut ser på badet";

fn line() -> ClientId {
    names::client("line-danser")
}

async fn two(day: &Day) -> anyhow::Result<(HeadlessTablet, HeadlessTablet)> {
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    Ok((anne, sara))
}

async fn pass_on(from: &HeadlessTablet, to: &HeadlessTablet) -> anyhow::Result<()> {
    from.sync().await?;
    to.sync().await?;
    Ok(())
}

fn asked(tablet: &HeadlessTablet) -> anyhow::Result<Option<ThreadView>> {
    let all = tablet.open().read_follow_ups()?.threads;
    Ok(all.into_iter().find(|thread| thread.what == ASKED))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_incident_asks_for_is_open_until_a_note_closes_it() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara) = two(&day).await?;
    let incident = Incident {
        what: "Line falt på badet".into(),
        follow_up: format!(" {ASKED} "),
        ..Incident::default()
    };
    let draft =
        |incident: Incident| IncidentDraft { kind: Some(IncidentKind::Fall), at: None, incident };
    let wrong = |incident: &Incident| {
        let outcome = anne.open().report_incident(line(), &draft(incident.clone()));
        match outcome.map(drop) {
            Err(TabletError::Field(FieldProblem { field, .. })) => field,
            other => format!("{other:?}"),
        }
    };
    assert_eq!(wrong(&incident), "follow_up_by");
    let by = Some(day.today + Days::new(1));
    let wordless = Incident { follow_up: String::new(), follow_up_by: by, ..incident.clone() };
    assert_eq!(wrong(&wordless), "follow_up");
    let dated = Incident { follow_up_by: by, ..incident };
    let nobody = Incident { follow_up_from: Some(FollowUpFrom::Worker), ..dated.clone() };
    let refused = anne.open().report_incident(line(), &draft(nobody.clone()));
    ensure!(matches!(refused, Err(TabletError::ColleagueNeeded)), "{refused:?}");

    let colleagues = anne.open().read_note(line(), NoteTask::Tell)?.links.colleagues;
    let worker = colleagues.iter().find(|it| it.name.starts_with("Sara")).context("no Sara")?;
    let whole = Incident { follow_up_worker: Some(worker.worker), ..nobody };
    anne.open().report_incident(line(), &draft(whole))?;
    pass_on(&anne, &sara).await?;
    let thread = asked(&sara)?.context("nothing is asked")?;
    ensure!(thread.mine && thread.standing == ThreadStanding::Open, "{thread:?}");
    assert_eq!((Some(thread.due), thread.from), (by, FollowUpFrom::Worker));
    let journal = sara.open().read_journal(line(), 60)?.entries;
    let entry = journal.iter().find(|it| it.fact == thread.thread).context("not in the journal")?;
    assert_eq!(entry.kind, FactKind::Incident);
    ensure!(entry.thread.is_some(), "the entry doesn't say what it asks for");

    let note = Note { observation: "Håndtak er montert".into(), ..Note::default() };
    let closing = NoteDraft { note, ..NoteDraft::default() };
    sara.open().finish_note(line(), NoteTask::Answer(thread.thread), &closing)?;
    ensure!(asked(&sara)?.is_some(), "an answer alone closes nothing");
    let note = Note { closes: vec![thread.thread], ..closing.note };
    let closing = NoteDraft { note, ..NoteDraft::default() };
    sara.open().finish_note(line(), NoteTask::Answer(thread.thread), &closing)?;
    pass_on(&sara, &anne).await?;
    assert_eq!((asked(&anne)?, asked(&sara)?), (None, None));
    let before = anne.open().dump_projection()?;
    anne.open().rebuild_projection()?;
    ensure!(before == anne.open().dump_projection()?, "the projection is made anew otherwise");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worry_after_the_review_makes_the_plan_due() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara) = two(&day).await?;
    let next_on = Some(day.today + Days::new(90));
    let review = PlanReview {
        discussed: Discussed { with: DiscussedWith::Client, words: String::new() },
        participants: String::new(),
        words: "Alt står.".into(),
        next_on,
    };
    let worry = || {
        let follow_up = FollowUp {
            by: day.today + Days::new(1),
            from: FollowUpFrom::Team,
            worker: None,
            what: "Se til henne".into(),
        };
        let note = Note {
            observation: "Tyngre i pusten enn før".into(),
            concern: Some(Concern::Relative),
            follow_up: Some(follow_up),
            ..Note::default()
        };
        sara.open().finish_note(line(), NoteTask::Tell, &NoteDraft { note, ..NoteDraft::default() })
    };
    let currency = || anyhow::Ok(anne.open().read_client(line())?.currency);
    worry()?;
    pass_on(&sara, &anne).await?;
    day.clock.pass_minutes(10);
    anne.open().review_plan(line(), &review)?;
    assert_eq!(currency()?, Currency::Current(next_on), "the review knew of it");

    day.clock.pass_minutes(10);
    worry()?;
    pass_on(&sara, &anne).await?;
    assert_eq!(currency()?, Currency::Concern(day.today));
    day.clock.pass_minutes(10);
    anne.open().review_plan(line(), &review)?;
    assert_eq!(currency()?, Currency::Current(next_on));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_measured_is_news_to_whoever_was_there_before() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara) = two(&day).await?;
    let news = |tablet: &HeadlessTablet| -> anyhow::Result<bool> {
        let journal = tablet.open().read_journal(line(), 60)?.entries;
        Ok(journal.iter().any(|it| it.unread && it.kind == FactKind::Observations))
    };
    anne.open().mark_read(line())?;
    ensure!(!news(&anne)?, "nothing is new");
    let pulse = vec![Measurement::number(MeasurementKind::Pulse, 72)];
    let measured = Observations { measurements: pulse, ..Observations::default() };
    sara.open().finish_observations(line(), &measured)?;
    pass_on(&sara, &anne).await?;
    ensure!(news(&anne)?, "what Sara measured is not new to Anne");
    anne.open().mark_read(line())?;
    ensure!(!news(&anne)?, "it was read");
    Ok(())
}
