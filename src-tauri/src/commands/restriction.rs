//! Commands about whom the client bars.

use kjent_core::command::{EndRestriction, Restrict};
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
