//! Commands about what is written of one thing over time.

use kjent_core::command::ReadNotesAbout;
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_notes_about(
    session: State<'_, Session>,
    request: ReadNotesAbout,
) -> Answer<ReadNotesAbout> {
    session.read(|tablet| tablet.read_notes_about(request.client, request.intervention))
}
