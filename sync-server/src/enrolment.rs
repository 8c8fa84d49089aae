//! Enrolment: an administrator mints a one-time code, with which a device makes itself known by its
//! key.
//!
//! Codes and tokens are stored as their SHA-256 only.

mod code;
mod recovery;
mod tries;

use kjent_core::ids::DeviceId;
use kjent_core::protocol::{EnrolRequest, EnrolResponse};
use kjent_core::time::Timestamp;
use serde_bytes::ByteArray;
use sha2::{Digest, Sha256};

pub use recovery::recovery_secret;
pub(crate) use tries::Tries;

use crate::entropy::{Entropy, NoEntropy, random};
use crate::fault::Fault;
use crate::store::{Records, Store, StoreError};

/// How long a code is good.
pub const GOOD_FOR_MINUTES: i64 = 15;

/// The longest name of a device that is kept, in characters.
const LONGEST_NAME: usize = 80;

/// Why no code is minted.
#[derive(Debug, thiserror::Error)]
pub enum MintError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// Makes a one-time code, good for fifteen minutes.
pub fn mint_code(
    store: &mut Store,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<String, MintError> {
    let code = code::make(random(entropy)?);
    store.write(|records| {
        records.add_code(&code::hash(&code), now.plus_minutes(GOOD_FOR_MINUTES))?;
        Ok(code)
    })
}

/// Spends a code on a device, whose key has proved the request.
pub(crate) fn enrol(
    records: &Records<'_>,
    request: &EnrolRequest,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<EnrolResponse, Fault> {
    let hash = code::hash(&request.code);
    let row = records.code(&hash)?.ok_or(Fault::CodeUnknown)?;
    if row.used.is_some() {
        return Err(Fault::CodeUsed);
    }
    if now >= row.expires {
        return Err(Fault::CodeExpired);
    }
    if records.device_with_key(&request.key)?.is_some() {
        return Err(Fault::DeviceKnown);
    }
    records.use_code(&hash, now)?;
    let device = DeviceId::mint(now, random(entropy)?);
    let name: Option<String> =
        request.name.as_ref().map(|name| name.trim().chars().take(LONGEST_NAME).collect());
    let name = name.as_deref().filter(|name| !name.is_empty());
    records.add_device(device, &request.key, name, now)?;
    let recovery = ByteArray::new(recovery::public_key(records, entropy)?);
    Ok(EnrolResponse { device, now, recovery })
}

/// The hash by which a token is known.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A new token.
pub(crate) fn token(entropy: &dyn Entropy) -> Result<String, NoEntropy> {
    Ok(kjent_core::protocol::proof::hex(&random::<32>(entropy)?))
}
