//! The commands that the UI may call, one for each request in `kjent_core::command`.
//!
//! Each is one call of the tablet. All run off the main thread: the window never waits for the disk.

mod access;
mod biometry;
mod break_glass;
mod clinical;
mod decision;
mod handover;
mod incident;
mod linked;
mod note;
mod people;
mod plan;
mod plan_draft;
mod restriction;
mod routine;
mod sign_in;
mod visit;

use kjent_core::command::{
    Command, Enrol, FetchOlder, FinishConversation, FinishVisit, HandIn, Lock, LogInAgain,
    MarkRead, ReadClient, ReadClients, ReadConversationDraft, ReadJournal, ReadLateWork,
    ReadSession, ReadSync, ReadToday, ReadVisit, Repair, SaveConversationDraft, SaveVisitDraft,
    Search, SettleRefused, StartVisit, SyncNow, Unlock,
};
use kjent_core::problem::Problem;
use tauri::ipc::Invoke;
use tauri::{State, Wry, command, generate_handler};

use crate::session::Session;

/// A command's answer, as its request names it.
type Answer<C> = Result<<C as Command>::Answer, Problem>;

/// All commands.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    generate_handler![
        read_session,
        enrol,
        hand_in,
        unlock,
        log_in_again,
        repair,
        lock,
        biometry::read_biometry,
        biometry::switch_on_biometry,
        biometry::switch_off_biometry,
        biometry::unlock_by_biometry,
        read_today,
        read_clients,
        read_client,
        read_journal,
        fetch_older,
        read_late_work,
        access::read_access_question,
        access::give_access_reason,
        access::read_access_log,
        mark_read,
        read_visit,
        start_visit,
        save_visit_draft,
        finish_visit,
        visit::take_over_visit,
        visit::give_back_visit,
        visit::cancel_visit,
        visit::reinstate_visit,
        visit::start_unplanned_visit,
        visit::discard_visit,
        read_conversation_draft,
        save_conversation_draft,
        finish_conversation,
        plan::edit_plan,
        plan::settle_field,
        plan::propose_plan_change,
        plan::follow_proposal,
        plan::decline_proposal,
        decision::explain_delivery,
        break_glass::break_glass,
        break_glass::read_grants,
        break_glass::review_grant,
        clinical::read_curves,
        clinical::read_observations_draft,
        clinical::save_observations_draft,
        clinical::finish_observations,
        clinical::record_observations,
        incident::read_incidents,
        incident::read_incident_draft,
        incident::save_incident_draft,
        incident::report_incident,
        incident::take_incident_step,
        sign_in::read_ways_in,
        sign_in::sign_in,
        sign_in::sign_in_again,
        sign_in::cancel_sign_in,
        routine::read_missed_contact,
        routine::save_missed_contact_draft,
        routine::finish_missed_contact,
        routine::read_resisted_care,
        routine::save_resisted_care_draft,
        routine::finish_resisted_care,
        linked::read_notes_about,
        note::read_note,
        note::save_note_draft,
        note::discard_note_draft,
        note::finish_note,
        note::mark_wrong_person,
        note::read_follow_ups,
        note::read_counts,
        handover::read_handover,
        handover::hand_over,
        handover::accept_handover,
        plan::note_progress,
        plan::evaluate_goal,
        plan::review_plan,
        plan_draft::read_plan_draft,
        plan_draft::save_plan_draft,
        plan_draft::discard_plan_draft,
        people::give_consent,
        people::withdraw_consent,
        people::assess_capacity,
        people::read_contact_draft,
        people::save_contact_draft,
        people::finish_contact,
        people::read_gaps,
        restriction::restrict,
        restriction::end_restriction,
        restriction::read_entry_readers,
        restriction::restrict_entry,
        restriction::end_entry_restriction,
        search,
        read_sync,
        settle_refused,
        sync_now,
    ]
}

#[command(async)]
fn read_session(session: State<'_, Session>, request: ReadSession) -> Answer<ReadSession> {
    let ReadSession {} = request;
    session.view()
}

#[command]
async fn enrol(session: State<'_, Session>, request: Enrol) -> Answer<Enrol> {
    session.enrol(request).await?;
    session.view()
}

#[command]
async fn log_in_again(session: State<'_, Session>, request: LogInAgain) -> Answer<LogInAgain> {
    session.log_in_again(request).await?;
    session.view()
}

#[command]
async fn hand_in(session: State<'_, Session>, request: HandIn) -> Answer<HandIn> {
    let HandIn {} = request;
    session.hand_in().await
}

#[command(async)]
fn unlock(session: State<'_, Session>, request: Unlock) -> Answer<Unlock> {
    session.unlock(&request.profile, request.pin.reveal())?;
    session.view()
}

#[command]
async fn repair(session: State<'_, Session>, request: Repair) -> Answer<Repair> {
    session.repair(&request.profile, request.pin.reveal()).await
}

#[command(async)]
fn lock(session: State<'_, Session>, request: Lock) -> Answer<Lock> {
    let Lock {} = request;
    session.lock();
    session.view()
}

#[command(async)]
fn read_today(session: State<'_, Session>, request: ReadToday) -> Answer<ReadToday> {
    let ReadToday {} = request;
    session.read(|tablet| tablet.read_today())
}

#[command(async)]
fn read_clients(session: State<'_, Session>, request: ReadClients) -> Answer<ReadClients> {
    let ReadClients {} = request;
    session.read(|tablet| tablet.read_clients())
}

#[command(async)]
fn read_client(session: State<'_, Session>, request: ReadClient) -> Answer<ReadClient> {
    session.read(|tablet| tablet.read_client(request.client))
}

#[command(async)]
fn read_journal(session: State<'_, Session>, request: ReadJournal) -> Answer<ReadJournal> {
    let ReadJournal { client, entries, through } = request;
    session.read(|tablet| tablet.read_journal_through(client, entries, through))
}

#[command]
async fn fetch_older(session: State<'_, Session>, request: FetchOlder) -> Answer<FetchOlder> {
    session.write(|tablet| tablet.ask_for_older(request.client, request.month))?;
    session.sync().await;
    session.read(|tablet| tablet.older_came(request.client, request.month))
}

#[command(async)]
fn read_late_work(session: State<'_, Session>, request: ReadLateWork) -> Answer<ReadLateWork> {
    let ReadLateWork {} = request;
    session.read(|tablet| tablet.read_late_work())
}

#[command(async)]
fn mark_read(session: State<'_, Session>, request: MarkRead) -> Answer<MarkRead> {
    session.write(|tablet| tablet.mark_read(request.client))
}

#[command(async)]
fn read_visit(session: State<'_, Session>, request: ReadVisit) -> Answer<ReadVisit> {
    session.read(|tablet| tablet.read_visit(request.visit))
}

#[command(async)]
fn start_visit(session: State<'_, Session>, request: StartVisit) -> Answer<StartVisit> {
    session.write(|tablet| tablet.start_visit(request.visit))?;
    session.read(|tablet| tablet.read_visit(request.visit))
}

#[command(async)]
fn save_visit_draft(
    session: State<'_, Session>,
    request: SaveVisitDraft,
) -> Answer<SaveVisitDraft> {
    session.make(|tablet| tablet.save_visit_draft(request.visit, &request.draft))
}

#[command(async)]
fn finish_visit(session: State<'_, Session>, request: FinishVisit) -> Answer<FinishVisit> {
    session.write(|tablet| tablet.finish_visit(request.visit, &request.draft))
}

#[command(async)]
fn read_conversation_draft(
    session: State<'_, Session>,
    request: ReadConversationDraft,
) -> Answer<ReadConversationDraft> {
    session.read(|tablet| tablet.read_conversation_draft(request.client))
}

#[command(async)]
fn save_conversation_draft(
    session: State<'_, Session>,
    request: SaveConversationDraft,
) -> Answer<SaveConversationDraft> {
    session.write(|tablet| tablet.save_conversation_draft(request.client, &request.draft))
}

#[command(async)]
fn finish_conversation(
    session: State<'_, Session>,
    request: FinishConversation,
) -> Answer<FinishConversation> {
    session.write(|tablet| tablet.finish_conversation(request.client, &request.draft))
}

#[command(async)]
fn search(session: State<'_, Session>, request: Search) -> Answer<Search> {
    session.read(|tablet| tablet.search(&request.query, request.limit))
}

#[command(async)]
fn read_sync(session: State<'_, Session>, request: ReadSync) -> Answer<ReadSync> {
    let ReadSync {} = request;
    session.read(|tablet| tablet.read_sync())
}

#[command(async)]
fn settle_refused(session: State<'_, Session>, request: SettleRefused) -> Answer<SettleRefused> {
    session.write(|tablet| tablet.settle_refused(request.id))
}

#[command]
async fn sync_now(session: State<'_, Session>, request: SyncNow) -> Answer<SyncNow> {
    let SyncNow {} = request;
    session.sync().await;
    session.read(|tablet| tablet.read_sync())
}
