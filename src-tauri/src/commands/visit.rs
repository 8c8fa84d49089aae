//! Commands about who makes a visit, whether it is made, and one that nobody planned.

use kjent_core::command::{
    CancelVisit, DiscardVisit, GiveBackVisit, ReinstateVisit, StartUnplannedVisit, TakeOverVisit,
};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn take_over_visit(
    session: State<'_, Session>,
    request: TakeOverVisit,
) -> Answer<TakeOverVisit> {
    session.write(|tablet| tablet.take_over_visit(request.visit))
}

#[command(async)]
pub fn give_back_visit(
    session: State<'_, Session>,
    request: GiveBackVisit,
) -> Answer<GiveBackVisit> {
    session.write(|tablet| tablet.give_back_visit(request.visit))
}

#[command(async)]
pub fn cancel_visit(session: State<'_, Session>, request: CancelVisit) -> Answer<CancelVisit> {
    let CancelVisit { visit, reason, words } = request;
    session.write(|tablet| tablet.cancel_visit(visit, reason, &words))
}

#[command(async)]
pub fn reinstate_visit(
    session: State<'_, Session>,
    request: ReinstateVisit,
) -> Answer<ReinstateVisit> {
    session.write(|tablet| tablet.reinstate_visit(request.visit))
}

#[command(async)]
pub fn start_unplanned_visit(
    session: State<'_, Session>,
    request: StartUnplannedVisit,
) -> Answer<StartUnplannedVisit> {
    let StartUnplannedVisit { client, reason, words } = request;
    session.make(|tablet| tablet.start_unplanned_visit(client, reason, &words))
}

#[command(async)]
pub fn discard_visit(session: State<'_, Session>, request: DiscardVisit) -> Answer<DiscardVisit> {
    session.write(|tablet| tablet.discard_visit(request.visit))
}
