//! Enrolment: an administrator mints a one-time code, a tablet turns it into a token.
//!
//! Neither code nor token is stored, only their SHA-256.

mod code;
mod tries;

use kjent_core::ids::TabletId;
use kjent_core::protocol::EnrolResponse;
use kjent_core::time::Timestamp;
use sha2::{Digest, Sha256};

pub(crate) use tries::Tries;

use crate::entropy::{Entropy, NoEntropy, random};
use crate::fault::Fault;
use crate::store::{Records, Store, StoreError, TabletRow};

/// How long a code is good.
pub const GOOD_FOR_MINUTES: i64 = 15;

/// Why no code is minted.
#[derive(Debug, thiserror::Error)]
pub enum MintError {
    /// There is no worker with that employee number.
    #[error("there is no worker with that employee number")]
    NoSuchWorker,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// Makes a one-time code for the worker with this employee number, good for fifteen minutes.
pub fn mint_code(
    store: &mut Store,
    employee_number: &str,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<String, MintError> {
    let code = code::make(random(entropy)?);
    store.write(|records| {
        let worker = records.worker_by_number(employee_number)?.ok_or(MintError::NoSuchWorker)?;
        records.add_code(&code::hash(&code), worker, now.plus_minutes(GOOD_FOR_MINUTES))?;
        Ok(code)
    })
}

/// Turns a code into a tablet of its worker's.
pub(crate) fn enrol(
    records: &Records<'_>,
    typed: &str,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<EnrolResponse, Fault> {
    let hash = code::hash(typed);
    let row = records.code(&hash)?.ok_or(Fault::CodeUnknown)?;
    if row.used.is_some() {
        return Err(Fault::CodeUsed);
    }
    if now >= row.expires {
        return Err(Fault::CodeExpired);
    }
    records.use_code(&hash, now)?;
    let token = token(random(entropy)?);
    let tablet = TabletId::mint(now, random(entropy)?);
    records.add_tablet(TabletRow { tablet, worker: row.worker }, &token_hash(&token), now)?;
    let teams = kjent_core::sync::server::teams(records, row.worker, now)?;
    Ok(EnrolResponse { token, tablet, worker: row.worker, teams, now })
}

/// The hash by which a token is known.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn token(random: [u8; 32]) -> String {
    random.iter().map(|byte| format!("{byte:02x}")).collect()
}
