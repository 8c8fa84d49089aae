//! Logging in again: what opens a profile whose PIN is forgotten, whose key is lost, or whose lease is
//! over. Online; the work in it stays as it is.

use std::path::Path;

use kjent_core::protocol::{LogInRequest, PROTOCOL, RecoverRequest};
use kjent_core::secret::Secret;
use serde_bytes::ByteBuf;
use zeroize::Zeroizing;

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
    let (profile, copy) = sealed(folder)?;
    let device = Device::of_profile(folder)?;
    let request = LogInRequest {
        protocol: PROTOCOL,
        employee_number: typed.employee_number.trim().to_owned(),
        password: typed.password.reveal().to_owned(),
        profile: Some(profile),
    };
    let logged_in = client.log_in(&Caller::of_device(&device, &environment), &request).await?;
    let caller = Caller::of_device(&device, &environment).with_token(&logged_in.token);
    let request = RecoverRequest { protocol: PROTOCOL, profile, sealed: ByteBuf::from(copy) };
    let recovered = client.recover(&caller, &request).await?;
    let key = Zeroizing::new(*recovered.key);
    rewrap(folder, &key, typed.pin.reveal(), &environment)?;
    let now = logged_in.now;
    {
        let mut connection = store::open(folder, &key)?;
        let writing = connection.transaction()?;
        lease::hear(&writing, now, environment.now())?;
        crate::enrol::keep_log_in(&writing, logged_in)?;
        writing.commit()?;
    }
    hear_time(folder, now, &environment)?;
    Tablet::open(folder, typed.pin.reveal(), environment)
}
