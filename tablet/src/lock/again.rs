//! Logging in again: what opens a profile whose PIN is forgotten, whose key is lost, or whose lease is
//! over. Online; the work in it stays as it is.

use std::path::Path;

use kjent_core::access::{AccessAct, AccessOutcome};
use kjent_core::ids::TabletId;
use kjent_core::lock::MOST_TRIES;
use kjent_core::protocol::{LogInRequest, LogInResponse, PROTOCOL, RecoverRequest};
use kjent_core::secret::Secret;
use serde_bytes::ByteBuf;
use zeroize::{Zeroize, Zeroizing};

use super::{check_pin, hear_time, lease, rewrap, sealed};
use crate::device::Device;
use crate::sync::Caller;
use crate::{Environment, SyncClient, Tablet, TabletError, store};

/// What the worker types.
pub struct LoggingIn {
    /// The employee number.
    pub employee_number: String,
    /// The password of the worker's account.
    pub password: Secret,
    /// The PIN from now on.
    pub pin: Secret,
}

/// Logs the worker of a profile in, has the server open the sealed copy of its key, and opens it with
/// a new PIN. Cut off at any moment, it can be done again.
pub async fn log_in_again(
    folder: &Path,
    typed: &LoggingIn,
    client: &SyncClient,
    environment: Environment,
) -> Result<Tablet, TabletError> {
    check_pin(typed.pin.reveal())?;
    let profile = profile_of(folder)?;
    let device = Device::of_profile(folder)?;
    let request = LogInRequest {
        protocol: PROTOCOL,
        employee_number: typed.employee_number.trim().to_owned(),
        password: typed.password.clone(),
        profile: Some(profile),
    };
    let logged_in = client.log_in(&Caller::of_device(&device, &environment), &request).await?;
    open_again(folder, logged_in, typed.pin.reveal(), client, environment).await
}

/// What the server calls the profile in a folder, whose PIN nobody needs to know for that.
pub(crate) fn profile_of(folder: &Path) -> Result<TabletId, TabletError> {
    Ok(sealed(folder)?.0)
}

/// The worker of a profile has shown who they are, in whichever way: has the server open the sealed
/// copy of its key, and opens it with a new PIN.
pub(crate) async fn open_again(
    folder: &Path,
    logged_in: LogInResponse,
    pin: &str,
    client: &SyncClient,
    environment: Environment,
) -> Result<Tablet, TabletError> {
    let (profile, copy) = sealed(folder)?;
    // The key store that counted may be what was lost.
    let wrong = super::wrong_pins(folder, &environment).unwrap_or_default();
    let device = Device::of_profile(folder)?;
    let caller = Caller::of_device(&device, &environment).with_token(&logged_in.token);
    let request = RecoverRequest { protocol: PROTOCOL, profile, sealed: ByteBuf::from(copy) };
    let mut recovered = client.recover(&caller, &request).await?;
    let key = Zeroizing::new(*recovered.key);
    recovered.key.zeroize();
    rewrap(folder, &key, pin, &environment)?;
    let (now, days) = (logged_in.now, logged_in.lease_days);
    {
        let mut connection = store::open(folder, &key)?;
        let writing = connection.transaction()?;
        lease::hear(&writing, now, days, environment.now())?;
        crate::enrol::keep_log_in(&writing, logged_in)?;
        writing.commit()?;
    }
    hear_time(folder, now, &environment)?;
    let tablet = Tablet::open(folder, pin, environment)?;
    if wrong > 0 {
        tablet.log_access(AccessAct::WrongPin, AccessOutcome::Refused, None, wrong);
    }
    if wrong >= MOST_TRIES {
        tablet.log_access(AccessAct::LockedOut, AccessOutcome::Refused, None, 1);
    }
    Ok(tablet)
}
