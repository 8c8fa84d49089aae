//! The provider as it is known: its addresses and keys, found at need and kept for a while.

use std::time::Duration;

use kjent_core::time::Timestamp;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    DiscoveryError, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IdTokenFields, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RefreshToken, RequestTokenError, Scope, StandardErrorResponse, StandardTokenResponse,
    TokenResponse,
};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::fetch::{Fetch, FetchError};
use super::id_token::{self, Checked, OwnClaims};
use super::settings::{OidcSettings, is_private};
use super::{COMES_BACK_TO, SignInProblem, SignedIn};

/// How long what the provider says of itself is good.
const KNOWN_FOR_MINUTES: i64 = 60;
/// Keys that aren't known are asked for once in so many minutes: a forger who makes up key names
/// makes no more requests than this.
const KEYS_AGAIN_MINUTES: i64 = 1;
/// How long a tablet is kept waiting for the provider, all in all.
const PATIENCE: Duration = Duration::from_secs(15);

type Answer = StandardTokenResponse<
    IdTokenFields<
        OwnClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;
type Refusal = StandardErrorResponse<CoreErrorResponseType>;
type Asking = Client<
    OwnClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    Refusal,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The identity provider.
pub(super) struct Provider {
    pub(super) settings: OidcSettings,
    fetch: Fetch,
    back: RedirectUrl,
    known: Mutex<Option<Known>>,
}

/// What the provider has said of itself.
#[derive(Clone)]
struct Known {
    metadata: CoreProviderMetadata,
    since: Timestamp,
    /// When keys were asked for anew, if they were.
    keys_again: Option<Timestamp>,
}

impl Provider {
    pub(super) fn new(settings: OidcSettings) -> Result<Self, SignInProblem> {
        let unusable = SignInProblem::ProviderUnreachable("no client can be made");
        let Ok(fetch) = Fetch::new() else { return Err(unusable) };
        let Ok(back) = RedirectUrl::new(COMES_BACK_TO.to_owned()) else { return Err(unusable) };
        Ok(Self { settings, fetch, back, known: Mutex::new(None) })
    }

    /// The address that the browser opens.
    pub(super) async fn address(
        &self,
        state: &str,
        nonce: &str,
        verifier: &str,
        now: Timestamp,
    ) -> Result<String, SignInProblem> {
        let client = self.asking(&self.known(now).await?);
        let verifier = PkceCodeVerifier::new(verifier.to_owned());
        let (state, nonce) = (CsrfToken::new(state.to_owned()), Nonce::new(nonce.to_owned()));
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                || state,
                || nonce,
            )
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        if self.settings.follow_accounts {
            // The scope and the prompt by which the standard gives refresh tokens.
            request = request
                .add_scope(Scope::new("offline_access".to_owned()))
                .add_prompt(CoreAuthPrompt::Consent);
        }
        let (url, _, _) = request.url();
        if !is_private(&url) {
            return Err(SignInProblem::ProviderUnreachable("it signs in in the clear"));
        }
        Ok(url.into())
    }

    /// Trades the code for an ID token, and reads who it names.
    pub(super) async fn redeem(
        &self,
        code: &str,
        verifier: String,
        nonce: String,
        now: Timestamp,
    ) -> Result<SignedIn, SignInProblem> {
        let known = self.known(now).await?;
        let client = self.asking(&known);
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| SignInProblem::ProviderUnreachable("it gives no tokens"))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let answer = request.request_async(&self.fetch).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(_) => SignInProblem::NotConfirmed("the code"),
            RequestTokenError::Parse(..) => SignInProblem::NotConfirmed("not understood"),
            error => silent(&error),
        })?;
        let token = answer.id_token().ok_or(SignInProblem::NotConfirmed("no ID token"))?;
        let mut checked =
            id_token::check(&self.settings, known.metadata.jwks(), token, &nonce, now)?;
        if matches!(checked, Checked::KeyUnknown) {
            let keys = self.keys_again(now).await?;
            checked = id_token::check(&self.settings, &keys, token, &nonce, now)?;
        }
        let Checked::Names(name) = checked else {
            return Err(SignInProblem::NotConfirmed("a key that the provider doesn't have"));
        };
        let refresh = answer.refresh_token().filter(|_| self.settings.follow_accounts);
        Ok(SignedIn { name, refresh: refresh.map(|token| token.secret().clone()) })
    }

    /// Asks with a refresh token; the next one when the account still is.
    pub(super) async fn refresh(
        &self,
        token: String,
        now: Timestamp,
    ) -> Result<String, SignInProblem> {
        let client = self.asking(&self.known(now).await?);
        let token = RefreshToken::new(token);
        let request = client
            .exchange_refresh_token(&token)
            .map_err(|_| SignInProblem::ProviderUnreachable("it gives no tokens"))?;
        match request.request_async(&self.fetch).await {
            // A provider that doesn't change them gives none.
            Ok(answer) => Ok(answer.refresh_token().unwrap_or(&token).secret().clone()),
            Err(RequestTokenError::ServerResponse(refusal))
                if *refusal.error() == CoreErrorResponseType::InvalidGrant =>
            {
                Err(SignInProblem::AccountEnded)
            }
            // Wrong settings, or the provider's bad day: neither says anything about the account.
            Err(RequestTokenError::ServerResponse(_)) => {
                Err(SignInProblem::ProviderUnreachable("it refuses the client"))
            }
            Err(error) => Err(silent(&error)),
        }
    }

    /// What the provider says of itself, asked for when it isn't known or is too old.
    async fn known(&self, now: Timestamp) -> Result<Known, SignInProblem> {
        timeout(PATIENCE, async {
            let mut kept = self.known.lock().await;
            if let Some(known) = kept.as_ref().filter(|known| known.is_good(now)) {
                return Ok(known.clone());
            }
            let issuer = self.settings.issuer.clone();
            let metadata = CoreProviderMetadata::discover_async(issuer, &self.fetch)
                .await
                .map_err(|error| SignInProblem::ProviderUnreachable(undiscovered(&error)))?;
            Ok(kept.insert(Known { metadata, since: now, keys_again: None }).clone())
        })
        .await
        .map_err(|_| SignInProblem::ProviderUnreachable("it takes too long"))?
    }

    /// The provider's keys, asked for anew unless that was done a moment ago.
    async fn keys_again(&self, now: Timestamp) -> Result<CoreJsonWebKeySet, SignInProblem> {
        timeout(PATIENCE, async {
            let mut kept = self.known.lock().await;
            let known = kept
                .as_mut()
                .ok_or(SignInProblem::ProviderUnreachable("it isn't known any more"))?;
            let may_ask = known
                .keys_again
                .is_none_or(|last| now >= last.plus_minutes(KEYS_AGAIN_MINUTES) || now < last);
            if may_ask {
                known.keys_again = Some(now);
                let url = known.metadata.jwks_uri().clone();
                let keys = CoreJsonWebKeySet::fetch_async(&url, &self.fetch)
                    .await
                    .map_err(|error| SignInProblem::ProviderUnreachable(undiscovered(&error)))?;
                known.metadata = known.metadata.clone().set_jwks(keys);
            }
            Ok(known.metadata.jwks().clone())
        })
        .await
        .map_err(|_| SignInProblem::ProviderUnreachable("it takes too long"))?
    }

    fn asking(&self, known: &Known) -> Asking {
        let client_id = ClientId::new(self.settings.client_id.clone());
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        Client::from_provider_metadata(known.metadata.clone(), client_id, secret)
            .set_redirect_uri(self.back.clone())
    }
}

impl Known {
    fn is_good(&self, now: Timestamp) -> bool {
        // A clock that was set back must not keep it for ever.
        self.since <= now && now < self.since.plus_minutes(KNOWN_FOR_MINUTES)
    }
}

/// Why the provider said nothing of use about a token.
fn silent(error: &RequestTokenError<FetchError, Refusal>) -> SignInProblem {
    SignInProblem::ProviderUnreachable(match error {
        RequestTokenError::Request(_) => "no answer about a token",
        _ => "an answer about a token that isn't understood",
    })
}

/// Why the provider isn't known.
fn undiscovered(error: &DiscoveryError<FetchError>) -> &'static str {
    match error {
        DiscoveryError::Request(_) => "no answer about itself",
        DiscoveryError::Validation(_) => "it says that it is another issuer",
        _ => "an answer about itself that isn't understood",
    }
}
