//! `GET /healthz`: whether the server can do its work, asked of the database.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::fault::Fault;
use crate::service::Service;
use crate::store::StoreError;

/// The answer when all is well.
#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
}

pub(super) async fn check(State(service): State<Arc<Service>>) -> Result<Json<Health>, Fault> {
    let answers = service
        .work(|service| Ok(service.room().store.read(|records| records.is_there())?))
        .await?;
    if answers {
        Ok(Json(Health { status: "ok" }))
    } else {
        Err(StoreError::Damaged("no answer").into())
    }
}
