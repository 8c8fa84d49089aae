//! Commands about break-glass.

use kjent_core::command::{BreakGlass, ReadGrants, ReviewGrant};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command]
pub async fn break_glass(session: State<'_, Session>, request: BreakGlass) -> Answer<BreakGlass> {
    let client = session.break_glass(&request.number, &request.reason).await?;
    session.sync().await;
    Ok(client)
}

#[command(async)]
pub fn read_grants(session: State<'_, Session>, request: ReadGrants) -> Answer<ReadGrants> {
    let ReadGrants {} = request;
    session.read(|tablet| tablet.read_grants())
}

#[command(async)]
pub fn review_grant(session: State<'_, Session>, request: ReviewGrant) -> Answer<ReviewGrant> {
    session.write(|tablet| tablet.review_grant(request.grant, &request.comment))
}
