//! Who asks: the profile behind a bearer token, on the device whose key proves the request.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use kjent_core::time::Timestamp;

use super::proof::Proof;
use crate::access;
use crate::enrolment::token_hash;
use crate::fault::Fault;
use crate::oidc::SignInProblem;
use crate::service::Service;
use crate::store::{SessionRow, TabletRow};

/// How precisely it is written down when a profile was last heard of: a write for every request
/// would cost more than it tells.
const CONTACT_MINUTES: i64 = 5;

/// A request of which the token is known and the device claimed; `prove` makes sure.
pub(super) struct Claimed {
    session: SessionRow,
    proof: Proof,
}

/// The profile whose token the request carries.
pub(super) async fn claimed(service: &Arc<Service>, headers: &HeaderMap) -> Result<Claimed, Fault> {
    let hash = token_hash(bearer(headers).ok_or(Fault::NotAuthenticated)?);
    let proof = Proof::of(headers)?;
    let session = service
        .work(move |service| {
            let found = service.room().store.read(|records| records.session_by_token(&hash))?;
            found.ok_or(Fault::NotAuthenticated)
        })
        .await?;
    // A token is good on the device that it was given to, and nowhere else.
    if proof.device()? != session.device.device {
        service
            .work(move |service| {
                note_refused(service, &session);
                Ok(())
            })
            .await?;
        return Err(Fault::NotAuthenticated);
    }
    Ok(Claimed { session, proof })
}

impl Claimed {
    /// The profile that asks, once its device has proved the request. Blocking work: it may write
    /// down that the profile was heard of.
    pub(super) fn prove(
        &self,
        service: &Service,
        method_and_path: (&str, &str),
        body: &[u8],
    ) -> Result<SessionRow, Fault> {
        let Self { session, proof } = self;
        proof.check(service, &session.device.key, method_and_path, body)?;
        if session.ended || session.device.revoked {
            note_refused(service, session);
            return Err(Fault::TabletRevoked);
        }
        let tablet = session.tablet.tablet;
        if service.room().store.read(|records| records.account_has_ended(tablet))? {
            return Err(SignInProblem::AccountEnded.into());
        }
        note_contact(service, session);
        Ok(*session)
    }
}

/// Writes the refusal down in the access log; it is a refusal all the same when that can't be done.
fn note_refused(service: &Service, session: &SessionRow) {
    let now = service.settings.clock.now();
    let noted = access::note_token_refused(&mut service.room().store, session.tablet, now);
    if let Err(error) = noted
        && !error.is_full()
    {
        tracing::error!(%error, "a refused token is not in the access log");
    }
}

fn note_contact(service: &Service, session: &SessionRow) {
    let now = service.settings.clock.now();
    let is_recent = |at: Timestamp| now.millis() - at.millis() < CONTACT_MINUTES * 60_000;
    if session.contact.is_some_and(is_recent) {
        return;
    }
    let TabletRow { tablet, .. } = session.tablet;
    // What is asked is answered all the same, on a full disk too; the next request tries again.
    if let Err(error) = service.room().store.write(|records| records.note_contact(tablet, now))
        && !error.is_full()
    {
        tracing::error!(%error, "last contact not written down");
    }
}

/// The session's token.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
