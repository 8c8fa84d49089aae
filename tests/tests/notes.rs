//! Notes between real tablets: a thread that one opens and another closes, corrections, the wrong
//! person, and what is handed over until somebody accepts it.

use anyhow::{Context, ensure};
use chrono::{Days, NaiveDate};
use kjent_core::command::{NoteDraft, NoteTask, VisitDraft};
use kjent_core::fact::{Concern, FollowUp, FollowUpFrom, Handover, HandoverTo, Note, NoteOccasion};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::view::{
    EntryBody, EntryView, HandedView, HandoverStep, ReceiptStep, ThreadStanding, ThreadView,
    VisitState,
};
use kjent_tablet::TabletError;
use kjent_tests::day::{ANNE, Day, FATIMA, SARA};
use kjent_tests::tablet::HeadlessTablet;

/// What no demo note says.
const ASKED: &str = "Mål pulsen igjen";

fn saw(words: &str) -> Note {
    Note { observation: words.into(), ..Note::default() }
}

fn draft(note: Note) -> NoteDraft {
    NoteDraft { note, ..NoteDraft::default() }
}

/// A note that asks the team for an answer by a day.
fn asks(by: NaiveDate) -> Note {
    let follow_up = FollowUp { by, from: FollowUpFrom::Team, worker: None, what: ASKED.into() };
    Note { follow_up: Some(follow_up), ..saw("Puls 108 i hvile") }
}

/// Two tablets of the team, filled, and a client of theirs.
async fn two(day: &Day) -> anyhow::Result<(HeadlessTablet, HeadlessTablet, ClientId)> {
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    let client = anne.open().read_today()?.visits.first().context("no visits")?.client;
    Ok((anne, sara, client))
}

fn asked(tablet: &HeadlessTablet) -> anyhow::Result<Vec<ThreadView>> {
    let all = tablet.open().read_follow_ups()?.threads;
    Ok(all.into_iter().filter(|thread| thread.what == ASKED).collect())
}

fn own_entry(tablet: &HeadlessTablet, client: ClientId) -> anyhow::Result<EntryView> {
    let journal = tablet.open().read_journal(client, 60)?.entries;
    let mine = journal.into_iter().filter(|entry| entry.mine).max_by_key(|entry| entry.written);
    mine.context("nothing of hers is in the journal")
}

fn entry(tablet: &HeadlessTablet, client: ClientId, fact: FactId) -> anyhow::Result<EntryView> {
    let journal = tablet.open().read_journal(client, 1000)?.entries;
    journal.into_iter().find(|entry| entry.fact == fact).context("the entry is not there")
}

fn check_projection(tablet: &HeadlessTablet) -> anyhow::Result<()> {
    let before = tablet.open().dump_projection()?;
    tablet.open().rebuild_projection()?;
    ensure!(before == tablet.open().dump_projection()?, "the projection is made anew otherwise");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_asks_another_closes_without_network() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (sara, anne, client) = two(&day).await?;
    let before = (sara.open().read_counts()?.follow_ups, anne.open().read_counts()?.follow_ups);
    sara.network.cut();
    let answer = draft(asks(day.today));
    sara.open().finish_note(client, NoteTask::Tell, &answer)?;
    let thread = asked(&sara)?.pop().context("no thread")?;
    assert_eq!(thread.standing, ThreadStanding::Open);
    ensure!(!thread.mine && thread.due == day.today, "it is the team's, due today");
    ensure!(asked(&anne)?.is_empty(), "nothing was sent");

    sara.network.restore();
    sara.sync().await?;
    anne.sync().await?;
    let seen = asked(&anne)?.pop().context("it did not come")?;
    assert_eq!((seen.thread, seen.by.as_str()), (thread.thread, thread.by.as_str()));
    let cards = anne.open().read_today()?.visits;
    let card = cards.iter().find(|card| card.client == client).context("no card")?;
    ensure!(card.threads.iter().any(|one| one.thread == thread.thread), "not on the card");

    // Without words nothing is closed, and an answer may leave it open.
    let task = NoteTask::Answer(thread.thread);
    let closing = |words: &str| draft(Note { closes: vec![thread.thread], ..saw(words) });
    anne.network.cut();
    for words in ["", "  \n"] {
        let refused = anne.open().finish_note(client, task, &closing(words));
        ensure!(matches!(refused, Err(TabletError::AnswerNeedsWords)), "{refused:?}");
    }
    anne.open().finish_note(client, task, &draft(saw("Hun sov")))?;
    let open = asked(&anne)?.pop().context("closed without being closed")?;
    assert_eq!(open.answers.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["Hun sov"]);
    day.clock.pass_minutes(30);
    anne.open().finish_note(client, task, &closing("Puls 72 i hvile"))?;
    ensure!(asked(&anne)?.is_empty(), "it is closed here");
    assert_eq!(asked(&sara)?.len(), 1, "and still open there");

    anne.network.restore();
    anne.sync().await?;
    sara.sync().await?;
    ensure!(asked(&sara)?.is_empty(), "closed there too");
    let told = entry(&sara, client, thread.thread)?.thread.context("the note forgot")?;
    let ThreadStanding::Closed { answer } = told.standing else {
        anyhow::bail!("it stands as {:?}", told.standing)
    };
    assert_eq!(answer.text, "Puls 72 i hvile");
    let after = (sara.open().read_counts()?.follow_ups, anne.open().read_counts()?.follow_ups);
    assert_eq!(before, after);
    check_projection(&anne)?;
    check_projection(&sara)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_closes_a_thread_and_the_day_makes_one_overdue() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, _, _) = two(&day).await?;
    let cards = anne.open().read_today()?.visits;
    let card = cards.iter().find(|card| card.mine && card.state == VisitState::Planned);
    let card = card.context("no visit")?;
    let counted = || anyhow::Ok(anne.open().read_counts()?.follow_ups);
    let before = counted()?;
    let mut note = asks(day.today);
    note.concern = Some(Concern::Relative);
    anne.open().finish_note(card.client, NoteTask::Tell, &draft(note))?;
    assert_eq!(counted()?, before, "the team's, and not overdue");
    let thread = asked(&anne)?.pop().context("no thread")?;
    assert_eq!(thread.concern, Some(Concern::Relative));

    day.clock.pass_minutes(24 * 60);
    let late = asked(&anne)?.pop().context("it is gone")?;
    assert_eq!(late.standing, ThreadStanding::Overdue);
    ensure!(counted()? > before, "what is overdue is counted");

    let closing = Note { closes: vec![thread.thread], ..Note::default() };
    let wordless = VisitDraft { note: closing.clone(), ..VisitDraft::default() };
    let refused = anne.open().finish_visit(card.visit, &wordless);
    ensure!(refused.is_err(), "closed without words");
    let note = Note { observation: "Puls 70".into(), ..closing };
    anne.open().finish_visit(card.visit, &VisitDraft { note, ..VisitDraft::default() })?;
    ensure!(asked(&anne)?.is_empty(), "the visit closed it");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_must_be_said() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, _, client) = two(&day).await?;
    let sign = |note: Note| anne.open().finish_note(client, NoteTask::Tell, &draft(note));
    let mut empty = asks(day.today);
    empty.follow_up = empty.follow_up.map(|it| FollowUp { what: " ".into(), ..it });
    ensure!(matches!(sign(empty), Err(TabletError::FollowUpNeedsWhat)));
    let mut nobody = asks(day.today);
    nobody.follow_up = nobody.follow_up.map(|it| FollowUp { from: FollowUpFrom::Worker, ..it });
    ensure!(matches!(sign(nobody), Err(TabletError::ColleagueNeeded)));
    let worry = Note { concern: Some(Concern::Worker), ..saw("Løse tepper") };
    ensure!(matches!(sign(worry), Err(TabletError::ConcernNeedsFollowUp)));
    ensure!(matches!(sign(Note::default()), Err(TabletError::NothingWritten)));
    let soon = kjent_core::oslo::local(anne.now().plus_minutes(5));
    let early = NoteDraft { note: saw("Skal skje"), happened: Some(soon), ..NoteDraft::default() };
    let refused = anne.open().finish_note(client, NoteTask::Tell, &early);
    ensure!(matches!(refused, Err(TabletError::InTheFuture)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_of_yesterday_keeps_both_times_and_its_draft_survives() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (mut anne, _, client) = two(&day).await?;
    let happened = kjent_core::oslo::local(anne.now()) - Days::new(1);
    let mut note = saw("Datteren ringte");
    note.occasion = Some(NoteOccasion::Phone);
    let typed = NoteDraft { note, happened: Some(happened), ..NoteDraft::default() };
    anne.open().save_note_draft(client, NoteTask::Tell, &typed)?;
    anne.restart()?;
    let form = anne.open().read_note(client, NoteTask::Tell)?;
    ensure!(form.draft == typed && form.saved_at.is_some(), "the draft is gone");
    anne.open().finish_note(client, NoteTask::Tell, &form.draft)?;
    let told = own_entry(&anne, client)?;
    assert_eq!(told.happened, happened);
    assert_eq!(told.written, kjent_core::oslo::local(anne.now()));
    let form = anne.open().read_note(client, NoteTask::Tell)?;
    ensure!(form.saved_at.is_none() && form.draft == NoteDraft::default(), "the draft stays");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_leaves_the_original_and_only_its_author_makes_one() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara, _) = two(&day).await?;
    let cards = anne.open().read_today()?.visits;
    let card = cards.iter().find(|card| card.mine && card.state == VisitState::Planned);
    let card = card.context("no visit")?;
    let client = card.client;
    let signed = VisitDraft {
        note: Note { important_for_next: true, ..saw("Sår på venstre legg") },
        ..VisitDraft::default()
    };
    anne.open().finish_visit(card.visit, &signed)?;
    let original = own_entry(&anne, client)?;
    day.clock.pass_minutes(10);
    let task = NoteTask::Correct(original.fact);
    let form = anne.open().read_note(client, task)?;
    assert_eq!(form.draft.note.observation, "Sår på venstre legg");
    let mut right = form.draft;
    right.note.observation = "Sår på høyre legg".into();
    anne.open().finish_note(client, task, &right)?;
    anne.sync().await?;
    sara.sync().await?;

    let seen = entry(&sara, client, original.fact)?;
    let amended_by = seen.amended_by.context("not amended")?;
    let EntryBody::Visit { note, .. } = seen.body else { anyhow::bail!("not a visit") };
    assert_eq!(note.observation, "Sår på venstre legg", "the original stays");
    let correction = entry(&sara, client, amended_by)?;
    assert_eq!(correction.amends, Some(original.fact));
    assert_eq!(correction.happened, original.happened);
    let EntryBody::Note { note } = correction.body else { anyhow::bail!("not a note") };
    assert_eq!(note.observation, "Sår på høyre legg");
    let cards = sara.open().read_today()?.visits;
    let card = cards.into_iter().find(|card| card.client == client).context("no card")?;
    ensure!(card.important.contains(&"Sår på høyre legg".to_owned()), "{:?}", card.important);
    ensure!(!card.important.contains(&"Sår på venstre legg".to_owned()), "{:?}", card.important);

    let others = sara.open().finish_note(client, task, &draft(saw("Feil")));
    ensure!(matches!(others, Err(TabletError::NotYourEntry)), "{others:?}");
    // A correction of the correction corrects the same entry.
    let again = NoteTask::Correct(amended_by);
    let form = anne.open().read_note(client, again)?;
    assert_eq!(form.draft.note.observation, "Sår på høyre legg");
    anne.open().finish_note(client, again, &draft(saw("Sår på høyre ankel")))?;
    assert_eq!(own_entry(&anne, client)?.amends, Some(original.fact));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_on_the_wrong_person_goes_to_the_right_one() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara, wrong) = two(&day).await?;
    let cards = anne.open().read_today()?.visits;
    let right = cards.iter().map(|card| card.client).find(|client| *client != wrong);
    let right = right.context("only one client")?;
    anne.open().finish_note(wrong, NoteTask::Tell, &draft(asks(day.today)))?;
    let written = own_entry(&anne, wrong)?;
    day.clock.pass_minutes(90);
    let unexplained = anne.open().mark_wrong_person(wrong, written.fact, " ", Some(right));
    ensure!(matches!(unexplained, Err(TabletError::ReasonNeeded)));
    let others = sara.open().mark_wrong_person(wrong, written.fact, "Feil", Some(right));
    ensure!(others.is_err(), "it is not hers");
    anne.open().mark_wrong_person(wrong, written.fact, "Åpnet feil kort", Some(right))?;
    let twice = anne.open().mark_wrong_person(wrong, written.fact, "Åpnet feil kort", None);
    ensure!(matches!(twice, Err(TabletError::EntryOfWrongPerson)), "{twice:?}");
    anne.sync().await?;
    sara.sync().await?;

    let marked = entry(&sara, wrong, written.fact)?;
    let mark = entry(&sara, wrong, marked.amended_by.context("not marked")?)?;
    assert_eq!(mark.body, EntryBody::WrongPerson { reason: "Åpnet feil kort".into() });
    let journal = sara.open().read_journal(right, 60)?.entries;
    let carried = journal.iter().find(|entry| match &entry.body {
        EntryBody::Note { note } => note.observation == "Puls 108 i hvile",
        _ => false,
    });
    let carried = carried.context("it was not carried over")?;
    ensure!((carried.written - carried.happened).num_minutes() == 90, "it is a late entry");
    assert_eq!(carried.amends, None);
    // What it asks for goes with it.
    let threads = asked(&sara)?;
    assert_eq!(threads.iter().map(|one| one.client).collect::<Vec<_>>(), [right]);
    check_projection(&sara)
}

fn handed(tablet: &HeadlessTablet) -> anyhow::Result<HandedView> {
    let items = tablet.open().read_handover()?.items;
    items.into_iter().find(|item| item.text == "Ring fastlegen").context("it is not handed over")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_stays_the_senders_until_it_is_accepted() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara, client) = two(&day).await?;
    let colleagues = anne.open().read_handover()?.colleagues;
    let me = sara.open().worker();
    let to = colleagues.iter().find(|one| one.worker == me.worker).context("no colleague")?;
    let handover = Handover {
        to: HandoverTo::Worker,
        worker: Some(to.worker),
        text: " Ring fastlegen ".into(),
        about: None,
    };
    anne.network.cut();
    anne.open().hand_over(client, &handover)?;
    let at = |step| HandoverStep::Handed { receipt: step };
    let mine = handed(&anne)?;
    assert_eq!((mine.step, mine.mine), (at(ReceiptStep::Here), true));
    ensure!(sara.open().read_counts()?.handovers == 0, "nothing was sent");

    anne.network.restore();
    anne.sync().await?;
    assert_eq!(handed(&anne)?.step, at(ReceiptStep::OnServer));
    // On her tablet when it has said so.
    sara.sync().await?;
    sara.sync().await?;
    anne.sync().await?;
    let name = me.name.clone();
    assert_eq!(handed(&anne)?.step, at(ReceiptStep::OnTablet { name }));
    assert_eq!(sara.open().read_counts()?.handovers, 1);
    let hers = handed(&sara)?;
    ensure!(!hers.mine && !hers.is_accepted(), "it waits for her");
    let own = anne.open().accept_handover(client, hers.handover);
    ensure!(own.is_err(), "nobody accepts her own");

    sara.network.cut();
    sara.open().accept_handover(client, hers.handover)?;
    assert_eq!(sara.open().read_counts()?.handovers, 0);
    ensure!(!handed(&anne)?.is_accepted(), "not known there yet");
    let twice = sara.open().accept_handover(client, hers.handover);
    ensure!(matches!(twice, Err(TabletError::AlreadyAnswered)), "{twice:?}");
    sara.network.restore();
    sara.sync().await?;
    anne.sync().await?;
    let accepted = handed(&anne)?.step;
    ensure!(
        matches!(&accepted, HandoverStep::Accepted { by, .. } if *by == me.name),
        "{accepted:?}"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_tells_what_changed_since_the_last_shift() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (anne, sara, client) = two(&day).await?;
    let fatima = HeadlessTablet::enrol(&day.server, FATIMA, &day.clock, 3).await?;
    fatima.sync().await?;
    let report = anne.open().read_handover()?;
    ensure!(report.last_shift == Some(report.since) && report.since < report.now, "no last shift");
    let news = |tablet: &HeadlessTablet| -> anyhow::Result<usize> {
        let report = tablet.open().read_handover()?;
        let client = report.clients.into_iter().find(|one| one.client == client);
        Ok(client.map_or(0, |one| one.entries.len()))
    };
    let before = news(&anne)?;
    sara.open().finish_note(client, NoteTask::Tell, &draft(saw("Var svimmel i natt")))?;
    sara.sync().await?;
    anne.sync().await?;
    assert_eq!(news(&anne)?, before + 1);
    // Her own day's work changes nothing of it; the night after makes it a new shift.
    anne.open().finish_note(client, NoteTask::Tell, &draft(saw("Bedre nå")))?;
    assert_eq!(anne.open().read_handover()?.since, report.since);
    day.clock.pass_minutes(16 * 60);
    let next = anne.open().read_handover()?;
    ensure!(next.since > report.since, "a night has passed");
    assert_eq!(news(&anne)?, 0);
    // To whom nobody in particular it is for everybody but the sender.
    let handover = Handover {
        to: HandoverTo::NextShift,
        worker: None,
        text: "Ring fastlegen".into(),
        about: None,
    };
    sara.open().hand_over(client, &handover)?;
    sara.sync().await?;
    anne.sync().await?;
    fatima.sync().await?;
    for tablet in [&anne, &fatima] {
        assert_eq!(tablet.open().read_counts()?.handovers, 1);
    }
    assert_eq!(sara.open().read_counts()?.handovers, 0);
    Ok(())
}
