//! The first time, online: the device becomes known to the server with a one-time code, and a worker
//! logs in on it. From then on the PIN opens the profile.

use std::fs;
use std::path::Path;

use ed25519_dalek::SigningKey;
use kjent_core::protocol::{EnrolRequest, Invitation, LogInRequest, LogInResponse, PROTOCOL};
use kjent_core::secret::Secret;
use rusqlite::{Connection, params};
use serde_bytes::ByteArray;

use crate::device::Device;
use crate::identity::Identity;
use crate::lock::{FileKeyStore, Recoverable, data_folder};
use crate::sync::Caller;
use crate::{Environment, SyncClient, Tablet, TabletError, lock, store};

/// What a worker brings to a new tablet.
#[derive(Clone)]
pub struct Joining {
    /// How the device gets to know the server and the server the device; not looked at when they do.
    pub invitation: Invitation,
    /// The worker's employee number.
    pub employee_number: String,
    /// The password of the worker's account.
    pub password: Secret,
    /// The PIN to open the profile with from now on.
    pub pin: Secret,
}

/// An invitation from what was typed: the whole text in the place of the code, or a code with the
/// server's address.
pub fn invitation(server: &str, code: &str) -> Result<Invitation, TabletError> {
    if Invitation::is_meant(code) {
        return code.parse().map_err(|_| TabletError::InvitationUnreadable);
    }
    let server = server.trim().trim_end_matches('/').to_owned();
    Ok(Invitation { server, pin: None, code: code.trim().to_owned() })
}

/// Enrols the device if it isn't, logs the worker in, and opens the new profile, empty until the
/// first sync.
///
/// The code is spent by this, before the password is judged: when that is wrong, the device is
/// enrolled all the same, and the next try needs no code.
pub async fn enrol(
    folder: &Path,
    joining: &Joining,
    client: &SyncClient,
    environment: Environment,
) -> Result<Tablet, TabletError> {
    check_new(folder, joining.pin.reveal())?;
    let data = data_folder(folder);
    let device = match Device::of(data)? {
        Some(device) => device,
        None => enrol_device(data, &joining.invitation, client, &environment).await?,
    };
    let request = LogInRequest {
        protocol: PROTOCOL,
        employee_number: joining.employee_number.trim().to_owned(),
        password: joining.password.clone(),
        profile: None,
    };
    let response = client.log_in(&Caller::of_device(&device, &environment), &request).await?;
    create(folder, joining.pin.reveal(), &device, response, environment)
}

/// Fails when no profile can be made in a folder with a PIN: known before anything is asked or spent.
pub(crate) fn check_new(folder: &Path, pin: &str) -> Result<(), TabletError> {
    lock::check_pin(pin)?;
    if lock::is_enrolled(folder) { Err(TabletError::AlreadyEnrolled) } else { Ok(()) }
}

/// Makes a key pair, and has the server know its public half.
pub async fn enrol_device(
    folder: &Path,
    invitation: &Invitation,
    client: &SyncClient,
    environment: &Environment,
) -> Result<Device, TabletError> {
    fs::create_dir_all(folder)?;
    let key = SigningKey::from_bytes(&environment.random()?);
    let request = EnrolRequest {
        protocol: PROTOCOL,
        code: invitation.code.clone(),
        key: ByteArray::new(key.verifying_key().to_bytes()),
        name: None,
    };
    let Invitation { server, pin, .. } = invitation;
    let caller = Caller::of_new_device(server, *pin, &key, environment);
    let answer = client.enrol(&caller, &request).await?;
    let device = Device::new(answer.device, server, *pin, *answer.recovery, key);
    device.seal(folder, &FileKeyStore::beside(folder), environment)?;
    Ok(device)
}

/// Makes a profile of what a log-in was answered with, and opens it.
pub(crate) fn create(
    folder: &Path,
    pin: &str,
    device: &Device,
    response: LogInResponse,
    environment: Environment,
) -> Result<Tablet, TabletError> {
    fs::create_dir_all(folder)?;
    // What an enrolment that was cut off left has lost its key, and holds nothing.
    for leftover in ["kjent.db", "kjent.db-wal", "kjent.db-shm"] {
        match fs::remove_file(folder.join(leftover)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let member = response.teams.iter().find_map(|team| team.member(response.worker));
    let initials = member.map(|member| initials(&member.name)).unwrap_or_default();
    let recoverable = Recoverable { tablet: response.tablet, server: device.recovery };
    let profile = lock::NewProfile::make(&initials, pin, Some(&recoverable), &environment)?;
    let mut connection = store::open(folder, &profile.key)?;
    let writing = connection.transaction()?;
    let identity =
        Identity { token: response.token, worker: response.worker, tablet: response.tablet };
    identity.save(&writing)?;
    for team in &response.teams {
        writing.execute(
            "INSERT INTO team (id, body, through, filled) VALUES (?1, ?2, 0, 0)",
            params![team.id.bytes(), serde_json::to_string(team)?],
        )?;
    }
    lock::lease::hear(&writing, response.now, response.lease_days, environment.now())?;
    writing.commit()?;
    // Last: before it the tablet is not enrolled, after it wholly.
    profile.save(folder, &environment)?;
    Tablet::open(folder, pin, environment)
}

impl Tablet {
    /// Takes the fresh token that a log-in gave this profile. The one before is good no more.
    pub fn take_log_in(&mut self, response: LogInResponse) -> Result<(), TabletError> {
        self.identity = keep_log_in(&self.connection, response)?;
        Ok(())
    }
}

/// Keeps the fresh token of the profile in a database.
pub(crate) fn keep_log_in(
    connection: &Connection,
    response: LogInResponse,
) -> Result<Identity, TabletError> {
    let LogInResponse { token, tablet, worker, .. } = response;
    let identity = Identity::load(connection)?;
    if tablet != identity.tablet || worker != identity.worker {
        return Err(TabletError::ProfileDamaged);
    }
    let identity = Identity { token, ..identity };
    identity.save(connection)?;
    Ok(identity)
}

/// `Anne Nordli` is `AN`.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_pasted_whole_or_typed_in_two() -> Result<(), TabletError> {
        let whole = invitation("", " kjent:1;https://a:8443;;7K2M-9TQX-04HB ")?;
        assert_eq!((whole.server.as_str(), whole.pin), ("https://a:8443", None));
        assert_eq!(whole.code, "7K2M-9TQX-04HB");
        let typed = invitation(" https://b/ ", " 7K2M ")?;
        assert_eq!((typed.server.as_str(), typed.code.as_str()), ("https://b", "7K2M"));
        let cut_off = invitation("https://b", "kjent:1;https://a");
        assert!(matches!(cut_off, Err(TabletError::InvitationUnreadable)));
        Ok(())
    }
}
