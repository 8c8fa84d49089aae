//! What an ID token must be, and the one claim that is read of it.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Duration, Utc};
use kjent_core::time::Timestamp;
use openidconnect::core::{
    CoreGenderClaim, CoreJsonWebKey, CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
};
use openidconnect::{
    AdditionalClaims, ClaimsVerificationError, ClientId, IdToken, IdTokenClaims, IdTokenVerifier,
    Nonce, SignatureVerificationError,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::SignInProblem;
use super::settings::OidcSettings;

/// How far the provider's clock and ours may be apart.
const SKEW_MINUTES: i64 = 2;

/// What a provider may sign with: a private key of its own. Never `none`, and never a secret that
/// both sides know, for whoever knows it could sign too.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// The claims that no standard names.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct OwnClaims {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

impl AdditionalClaims for OwnClaims {}

impl fmt::Debug for OwnClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // They are about a person.
        f.debug_struct("OwnClaims").finish_non_exhaustive()
    }
}

pub(super) type Token =
    IdToken<OwnClaims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Claims = IdTokenClaims<OwnClaims, CoreGenderClaim>;

/// What became of a token.
pub(super) enum Checked {
    /// It is good, and names somebody.
    Names(String),
    /// It is signed with a key that isn't known here: the provider may have a new one.
    KeyUnknown,
}

/// Checks a token: issuer, audience, signature, expiry and nonce; then who it names.
pub(super) fn check(
    settings: &OidcSettings,
    keys: &CoreJsonWebKeySet,
    token: &Token,
    nonce: &str,
    now: Timestamp,
) -> Result<Checked, SignInProblem> {
    let now = DateTime::from_timestamp_millis(now.millis()).unwrap_or_default();
    let claims = match token.claims(&verifier(settings, keys, now), &Nonce::new(nonce.to_owned())) {
        Ok(claims) => claims,
        Err(ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        )) => return Ok(Checked::KeyUnknown),
        Err(error) => return Err(SignInProblem::NotConfirmed(reason(&error))),
    };
    // A token made for another may name us as one of those who may see it.
    if claims.authorized_party().is_some_and(|party| party.as_str() != settings.client_id) {
        return Err(SignInProblem::NotConfirmed("made for another client"));
    }
    let name = named(claims, &settings.worker_claim);
    name.map(Checked::Names).ok_or(SignInProblem::NotConfirmed("the worker's claim is missing"))
}

fn verifier(
    settings: &OidcSettings,
    keys: &CoreJsonWebKeySet,
    now: DateTime<Utc>,
) -> IdTokenVerifier<'static, CoreJsonWebKey> {
    let skew = Duration::minutes(SKEW_MINUTES);
    let client = ClientId::new(settings.client_id.clone());
    IdTokenVerifier::new_public_client(client, settings.issuer.clone(), keys.clone())
        .set_allowed_algs(SIGNED_BY)
        .set_time_fn(move || now - skew)
        .set_issue_time_verifier_fn(move |issued| {
            if issued <= now + skew { Ok(()) } else { Err("of the future".to_owned()) }
        })
}

/// Who the token names; a number is as good as a text.
fn named(claims: &Claims, claim: &str) -> Option<String> {
    let value = match claim {
        "sub" => Some(claims.subject().to_string()),
        "preferred_username" => claims.preferred_username().map(|name| name.to_string()),
        "email" => claims.email().map(|email| email.to_string()),
        _ => match claims.additional_claims().all.get(claim)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        },
    };
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The reason for the log. The library's own text may hold what the token holds.
fn reason(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired, or of the future",
        ClaimsVerificationError::InvalidAudience(_) => "another audience",
        ClaimsVerificationError::InvalidIssuer(_) => "another issuer",
        ClaimsVerificationError::InvalidNonce(_) => "another nonce",
        ClaimsVerificationError::SignatureVerification(error) => match error {
            SignatureVerificationError::DisallowedAlg(_) => "signed in a way that isn't taken",
            SignatureVerificationError::NoSignature => "not signed",
            _ => "a signature that isn't good",
        },
        _ => "a token that isn't understood",
    }
}
