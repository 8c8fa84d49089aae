//! The municipality's identity provider as a way in: OpenID Connect, the authorization code flow
//! with PKCE.
//!
//! The rules are here and not on the tablet, which opens the address that `begin` gives in the
//! system's browser, and hands `finish` what the browser came back with. State, nonce and PKCE's
//! verifier never leave the server: who gets hold of a code on its way back can't use it. What a
//! sign-in is good for, `http` decides; this room ends with the name that the provider vouches for.

mod attempts;
mod fetch;
pub(crate) mod follow;
mod id_token;
mod problem;
mod provider;
mod settings;

use std::sync::Mutex;

use kjent_core::ids::DeviceId;
use kjent_core::time::Timestamp;

pub(crate) use problem::SignInProblem;
pub use settings::{OidcSettings, OidcSettingsError, WORKER_CLAIM};

use crate::entropy::{Entropy, NoEntropy};
use crate::service::lock;
use attempts::{Attempt, Attempts};
use provider::Provider;

/// Where the browser comes back to: the app's own scheme.
pub const COMES_BACK_TO: &str = "kjent://signed-in";

/// The way in through the identity provider.
pub(crate) struct Oidc {
    provider: Provider,
    attempts: Mutex<Attempts>,
}

/// A sign-in that has begun.
pub(crate) struct Begun {
    /// What the browser opens.
    pub url: String,
    /// What it comes back with, by which the tablet knows that it is its own.
    pub state: String,
}

/// Whom the provider vouches for.
pub(crate) struct SignedIn {
    /// The value of the worker's claim.
    pub name: String,
    /// What the provider can be asked with later whether the account still is; given only where
    /// sessions are to end with accounts.
    pub refresh: Option<String>,
}

impl Oidc {
    /// The way in through this provider, which is asked for nothing yet.
    pub(crate) fn new(settings: OidcSettings) -> Result<Self, SignInProblem> {
        Ok(Self { provider: Provider::new(settings)?, attempts: Mutex::default() })
    }

    /// Begins a sign-in on a device. It is good for ten minutes, once, and there.
    pub(crate) async fn begin(
        &self,
        device: DeviceId,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Begun, SignInProblem> {
        let state = secret(entropy)?;
        let attempt = Attempt::new(device, secret(entropy)?, secret(entropy)?, now);
        let url = self.provider.address(&state, &attempt.nonce, &attempt.verifier, now).await?;
        lock(&self.attempts).add(&state, attempt, now)?;
        Ok(Begun { url, state })
    }

    /// Ends a sign-in with what the browser came back with. The attempt is spent by this, however
    /// it goes.
    pub(crate) async fn finish(
        &self,
        device: DeviceId,
        state: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<SignedIn, SignInProblem> {
        let attempt = lock(&self.attempts).take(state, device, now);
        let Attempt { nonce, verifier, .. } = attempt.ok_or(SignInProblem::Unknown)?;
        self.provider.redeem(code, verifier, nonce, now).await
    }

    /// Asks whether the account behind a refresh token still is; its next refresh token then.
    pub(crate) async fn ask_again(
        &self,
        refresh: String,
        now: Timestamp,
    ) -> Result<String, SignInProblem> {
        self.provider.refresh(refresh, now).await
    }

    /// Whether sessions end when the provider says that their account has.
    pub(crate) fn follows_accounts(&self) -> bool {
        self.provider.settings.follow_accounts
    }
}

/// Sixty-four characters that nobody can foresee; PKCE takes 43 to 128.
fn secret(entropy: &dyn Entropy) -> Result<String, NoEntropy> {
    let bytes: [u8; 32] = crate::entropy::random(entropy)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
