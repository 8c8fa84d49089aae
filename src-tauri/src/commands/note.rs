//! Commands about notes outside visits, and what is to be followed up.

use kjent_core::command::{
    DiscardNoteDraft, FinishNote, MarkWrongPerson, ReadCounts, ReadFollowUps, ReadNote,
    SaveNoteDraft,
};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_note(session: State<'_, Session>, request: ReadNote) -> Answer<ReadNote> {
    session.read(|tablet| tablet.read_note(request.client, request.task))
}

#[command(async)]
pub fn save_note_draft(
    session: State<'_, Session>,
    request: SaveNoteDraft,
) -> Answer<SaveNoteDraft> {
    session.write(|tablet| tablet.save_note_draft(request.client, request.task, &request.draft))
}

#[command(async)]
pub fn discard_note_draft(
    session: State<'_, Session>,
    request: DiscardNoteDraft,
) -> Answer<DiscardNoteDraft> {
    session.write(|tablet| tablet.discard_note_draft(request.client, request.task))
}

#[command(async)]
pub fn finish_note(session: State<'_, Session>, request: FinishNote) -> Answer<FinishNote> {
    session.write(|tablet| tablet.finish_note(request.client, request.task, &request.draft))
}

#[command(async)]
pub fn mark_wrong_person(
    session: State<'_, Session>,
    request: MarkWrongPerson,
) -> Answer<MarkWrongPerson> {
    let MarkWrongPerson { client, fact, reason, right } = request;
    session.write(|tablet| tablet.mark_wrong_person(client, fact, &reason, right))
}

#[command(async)]
pub fn read_follow_ups(
    session: State<'_, Session>,
    request: ReadFollowUps,
) -> Answer<ReadFollowUps> {
    let ReadFollowUps {} = request;
    session.read(|tablet| tablet.read_follow_ups())
}

#[command(async)]
pub fn read_counts(session: State<'_, Session>, request: ReadCounts) -> Answer<ReadCounts> {
    let ReadCounts {} = request;
    session.read(|tablet| tablet.read_counts())
}
