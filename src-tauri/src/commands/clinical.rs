//! Commands about what is measured.

use kjent_core::command::{
    FinishObservations, ReadCurves, ReadObservationsDraft, RecordObservations,
    SaveObservationsDraft,
};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_curves(session: State<'_, Session>, request: ReadCurves) -> Answer<ReadCurves> {
    session.read(|tablet| tablet.read_curves(request.client))
}

#[command(async)]
pub fn read_observations_draft(
    session: State<'_, Session>,
    request: ReadObservationsDraft,
) -> Answer<ReadObservationsDraft> {
    session.read(|tablet| tablet.read_observations_draft(request.client))
}

#[command(async)]
pub fn save_observations_draft(
    session: State<'_, Session>,
    request: SaveObservationsDraft,
) -> Answer<SaveObservationsDraft> {
    session.write(|tablet| tablet.save_observations_draft(request.client, &request.draft))
}

#[command(async)]
pub fn finish_observations(
    session: State<'_, Session>,
    request: FinishObservations,
) -> Answer<FinishObservations> {
    session.write(|tablet| tablet.finish_observations(request.client, &request.draft))
}

#[command(async)]
pub fn record_observations(
    session: State<'_, Session>,
    request: RecordObservations,
) -> Answer<RecordObservations> {
    let RecordObservations { client, amends, observations } = request;
    session.write(|tablet| tablet.record_observations(client, amends, &observations))
}
