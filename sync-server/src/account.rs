//! Accounts: the workers' own passwords, kept as Argon2id, and how guessing them is slowed.
//!
//! A log-in is proved by an enrolled device, so nobody without one gets to guess at all. Under each
//! employee number wrong passwords cost growing time, which a restart doesn't shorten. A number of
//! nobody costs the same time and is answered the same as a wrong password.

mod password;

use kjent_core::ids::{TabletId, WorkerId};
use kjent_core::protocol::{LogInRequest, LogInResponse};
use kjent_core::time::Timestamp;

pub(crate) use password::Passwords;
pub use password::{PasswordError, generate};

use crate::enrolment::{token, token_hash};
use crate::entropy::{Entropy, NoEntropy, random};
use crate::fault::Fault;
use crate::guesses::Guesses;
use crate::store::{AccountRow, DeviceRow, Records, Store, StoreError, TabletRow};

/// Why no password is set.
#[derive(Debug, thiserror::Error)]
pub enum SetPasswordError {
    /// There is no worker with that employee number.
    #[error("there is no worker with that employee number")]
    NoSuchWorker,
    /// It is no password to use.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
}

/// Sets the password of the worker with an employee number.
pub fn set_password(
    store: &mut Store,
    number: &str,
    password: &str,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<(), SetPasswordError> {
    password::check(number, password)?;
    let phc = password::hash(password, random(entropy)?)?;
    store.write(|records| {
        let worker = records.worker_by_number(number)?.ok_or(SetPasswordError::NoSuchWorker)?;
        records.set_account(worker, &phc, now)?;
        // Whoever was locked out by guesses of others gets in with the new one.
        Guesses::of_passwords(number).forget(records)?;
        Ok(())
    })
}

/// Counts a try under a number before it is judged, so that neither tries at the same time nor a
/// kill slip by; gives the account that it is for, if there is one.
pub(crate) fn begin_log_in(
    records: &Records<'_>,
    number: &str,
    now: Timestamp,
) -> Result<Option<AccountRow>, Fault> {
    let guesses = Guesses::of_passwords(number);
    guesses.may_try(records, now)?;
    guesses.count(records, now)?;
    Ok(records.account(number)?)
}

/// The password was right: lets the worker in.
pub(crate) fn log_in(
    records: &Records<'_>,
    request: &LogInRequest,
    account: &AccountRow,
    device: &DeviceRow,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<LogInResponse, Fault> {
    Guesses::of_passwords(number(request)).forget(records)?;
    enter(records, account.worker, request.profile, device, now, entropy)
}

/// Lets a worker in on a device, in whichever way they showed who they are: makes a profile, or
/// gives the one that is there a fresh token.
pub(crate) fn enter(
    records: &Records<'_>,
    worker: WorkerId,
    profile: Option<TabletId>,
    device: &DeviceRow,
    now: Timestamp,
    entropy: &dyn Entropy,
) -> Result<LogInResponse, Fault> {
    let token = token(entropy)?;
    let tablet = match profile {
        Some(tablet) => {
            let session = records.session_of(tablet)?.ok_or(Fault::ProfileNotYours)?;
            if session.tablet.worker != worker || session.device.device != device.device {
                return Err(Fault::ProfileNotYours);
            }
            if session.ended {
                return Err(Fault::TabletRevoked);
            }
            records.set_token(tablet, &token_hash(&token))?;
            tablet
        }
        None => {
            let tablet = TabletId::mint(now, random(entropy)?);
            let row = TabletRow { tablet, worker };
            records.add_tablet(row, device.device, &token_hash(&token), now)?;
            tablet
        }
    };
    // How the session before this one began counts no more.
    records.follow_no_account(tablet)?;
    records.note_contact(tablet, now)?;
    let teams = kjent_core::sync::server::teams(records, worker, now)?;
    let lease_days = records.lease_days()?;
    Ok(LogInResponse { token, tablet, worker, teams, now, lease_days })
}

/// The employee number of a request, as it is looked up.
pub(crate) fn number(request: &LogInRequest) -> &str {
    request.employee_number.trim()
}
