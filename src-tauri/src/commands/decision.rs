//! Commands about decisions.

use kjent_core::command::ExplainDelivery;
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn explain_delivery(
    session: State<'_, Session>,
    request: ExplainDelivery,
) -> Answer<ExplainDelivery> {
    let ExplainDelivery { client, decision, from, to, reason } = request;
    session.write(|tablet| tablet.explain_delivery(client, decision, (from, to), &reason))
}
