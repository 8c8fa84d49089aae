//! Commands about the access log.

use kjent_core::command::{GiveAccessReason, ReadAccessLog, ReadAccessQuestion};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_access_question(
    session: State<'_, Session>,
    request: ReadAccessQuestion,
) -> Answer<ReadAccessQuestion> {
    session.read(|tablet| Ok(tablet.read_access_question(request.client)))
}

#[command(async)]
pub fn give_access_reason(
    session: State<'_, Session>,
    request: GiveAccessReason,
) -> Answer<GiveAccessReason> {
    let GiveAccessReason { client, why, words } = request;
    session.read(|tablet| tablet.give_access_reason(client, &why, &words))
}

#[command]
pub async fn read_access_log(
    session: State<'_, Session>,
    request: ReadAccessLog,
) -> Answer<ReadAccessLog> {
    session.read_access_log(request.client).await
}
