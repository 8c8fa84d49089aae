//! Commands of the shift report.

use kjent_core::command::{AcceptHandover, HandOver, ReadHandover};
use kjent_core::fact::Handover;
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_handover(session: State<'_, Session>, request: ReadHandover) -> Answer<ReadHandover> {
    let ReadHandover {} = request;
    session.read(|tablet| tablet.read_handover())
}

#[command(async)]
pub fn hand_over(session: State<'_, Session>, request: HandOver) -> Answer<HandOver> {
    let HandOver { client, to, worker, text, about } = request;
    session.write(|tablet| tablet.hand_over(client, &Handover { to, worker, text, about }))
}

#[command(async)]
pub fn accept_handover(
    session: State<'_, Session>,
    request: AcceptHandover,
) -> Answer<AcceptHandover> {
    session.write(|tablet| tablet.accept_handover(request.client, request.handover))
}
