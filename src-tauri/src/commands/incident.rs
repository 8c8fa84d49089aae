//! Commands about incidents.

use kjent_core::command::{
    ReadIncidentDraft, ReadIncidents, ReportIncident, SaveIncidentDraft, TakeIncidentStep,
};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_incidents(
    session: State<'_, Session>,
    request: ReadIncidents,
) -> Answer<ReadIncidents> {
    session.read(|tablet| tablet.read_incidents(request.client))
}

#[command(async)]
pub fn read_incident_draft(
    session: State<'_, Session>,
    request: ReadIncidentDraft,
) -> Answer<ReadIncidentDraft> {
    session.read(|tablet| tablet.read_incident_draft(request.client))
}

#[command(async)]
pub fn save_incident_draft(
    session: State<'_, Session>,
    request: SaveIncidentDraft,
) -> Answer<SaveIncidentDraft> {
    session.write(|tablet| tablet.save_incident_draft(request.client, &request.draft))
}

#[command(async)]
pub fn report_incident(
    session: State<'_, Session>,
    request: ReportIncident,
) -> Answer<ReportIncident> {
    session.write(|tablet| tablet.report_incident(request.client, &request.draft))
}

#[command(async)]
pub fn take_incident_step(
    session: State<'_, Session>,
    request: TakeIncidentStep,
) -> Answer<TakeIncidentStep> {
    let TakeIncidentStep { client, incident, step, words } = request;
    session.write(|tablet| tablet.take_incident_step(client, incident, &step, &words))
}
