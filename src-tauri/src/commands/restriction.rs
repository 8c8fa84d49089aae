//! Commands about whom the client bars, and who reads an entry that the client restricts.

use kjent_core::command::{
    EndEntryRestriction, EndRestriction, ReadEntryReaders, Restrict, RestrictEntry,
};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn restrict(session: State<'_, Session>, request: Restrict) -> Answer<Restrict> {
    session.write(|tablet| tablet.restrict(request.client, &request.restriction))
}

#[command(async)]
pub fn end_restriction(
    session: State<'_, Session>,
    request: EndRestriction,
) -> Answer<EndRestriction> {
    let EndRestriction { client, restriction, words } = request;
    session.write(|tablet| tablet.end_restriction(client, restriction, &words))
}

#[command(async)]
pub fn read_entry_readers(
    session: State<'_, Session>,
    request: ReadEntryReaders,
) -> Answer<ReadEntryReaders> {
    session.read(|tablet| tablet.read_entry_readers(request.client, &request.kind))
}

#[command(async)]
pub fn restrict_entry(
    session: State<'_, Session>,
    request: RestrictEntry,
) -> Answer<RestrictEntry> {
    let RestrictEntry { client, entry, readers, words } = request;
    session.write(|tablet| tablet.restrict_entry(client, entry, &readers, &words))
}

#[command(async)]
pub fn end_entry_restriction(
    session: State<'_, Session>,
    request: EndEntryRestriction,
) -> Answer<EndEntryRestriction> {
    let EndEntryRestriction { client, entry, words } = request;
    session.write(|tablet| tablet.end_entry_restriction(client, entry, &words))
}
