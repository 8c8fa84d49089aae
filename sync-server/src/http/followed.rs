//! Sessions that end when their account does: when a tablet syncs, its worker's account is asked
//! for, at most once an hour.

use std::sync::Arc;

use axum::http::HeaderMap;
use kjent_core::ids::TabletId;

use super::authenticate;
use crate::fault::Fault;
use crate::oidc::{SignInProblem, follow};
use crate::service::Service;

/// How often the provider is asked about one account.
const ASKED_EVERY_MINUTES: i64 = 60;

/// Fails when the provider says that the account of this session is no more, and ends the session.
/// A provider that doesn't answer is asked again later: its bad day isn't the worker's.
pub(super) async fn still_is(
    service: &Arc<Service>,
    headers: &HeaderMap,
    tablet: TabletId,
) -> Result<(), Fault> {
    let Some(oidc) = service.oidc.as_ref().filter(|oidc| oidc.follows_accounts()) else {
        return Ok(());
    };
    let now = service.settings.clock.now();
    let before = now.plus_minutes(-ASKED_EVERY_MINUTES);
    let due = service
        .work(move |service| {
            let mut room = service.room();
            // Nearly always it isn't, and then nobody who writes is kept waiting.
            if room.store.read(|records| records.account_due(tablet, before))?.is_none() {
                return Ok(None);
            }
            Ok(room.store.write(|records| records.take_account_due(tablet, before, now))?)
        })
        .await?;
    let Some(session) = authenticate::bearer(headers).map(str::to_owned) else { return Ok(()) };
    let Some(refresh) = due.and_then(|sealed| follow::unseal(&sealed, &session)) else {
        return Ok(());
    };
    match oidc.ask_again(refresh, now).await {
        Ok(next) => {
            service
                .work(move |service| {
                    let sealed = follow::seal(&next, &session, &*service.settings.entropy)?;
                    let Some(sealed) = sealed else { return Ok(()) };
                    let mut room = service.room();
                    room.store.write(|records| records.follow_account(tablet, &sealed, now))?;
                    Ok(())
                })
                .await
        }
        Err(SignInProblem::AccountEnded) => {
            service
                .work(move |service| {
                    service.room().store.write(|records| records.end_account(tablet, now))?;
                    Ok(())
                })
                .await?;
            tracing::info!("session ended with its account");
            Err(SignInProblem::AccountEnded.into())
        }
        Err(problem) => {
            tracing::warn!(%problem, "account not asked for");
            Ok(())
        }
    }
}
