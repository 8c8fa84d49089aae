//! Opening by face or finger: the database key wrapped once more, by a secret that the device's own
//! hardware gives out to a face or a finger that it knows.
//!
//! Nobody's word is taken for who was seen: without the secret there is nothing to open. What the
//! second wrapping consists of lies in the platform's key store, and not in the profile's folder, so
//! that no copy of the folder brings it back. The key store's secret is part of it, as it is of the
//! PIN's: what destroys or renews that one ends this too. `docs/adr/0010` says why.

use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use kjent_core::command::PromptWords;
use kjent_core::lock::PIN_EVERY;
use kjent_core::time::Timestamp;
use kjent_core::view::BiometryView;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::key_store::KeyStore;
use super::profile::{Kept, Profile};
use super::{DatabaseKey, Guard, is_alone, load, open, store, trying};
use crate::{Environment, TabletError};

/// What the wrapping key is derived for.
const INFO: &[u8] = b"kjent biometry 1";

/// The device's hardware that knows faces or fingers; the shell's.
pub trait Biometry: Send + Sync {
    /// Whether there is one, and it knows somebody.
    fn is_ready(&self) -> bool;

    /// Keeps a secret under a name, once a known face or finger is shown. Answers what is to be given
    /// back to `give`; it opens nothing by itself.
    fn keep(
        &self,
        name: &str,
        secret: &[u8; 32],
        words: &PromptWords,
    ) -> Result<Vec<u8>, BiometryError>;

    /// Gives the secret out to a face or a finger that was known when it was kept.
    fn give(
        &self,
        name: &str,
        kept: &[u8],
        words: &PromptWords,
    ) -> Result<Zeroizing<Vec<u8>>, BiometryError>;

    /// Forgets a secret, where it is the hardware that has it.
    fn forget(&self, name: &str);
}

/// No face or finger opens the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BiometryError {
    /// None was shown, or not one that is known.
    #[error("no known face or finger was shown")]
    Refused,
    /// It is switched off, because other faces or fingers are known now, because another worker uses
    /// the tablet, or because somebody switched it off.
    #[error("opening by face or finger is off")]
    Off,
    /// The PIN is due again.
    #[error("the PIN is due")]
    PinDue,
}

/// What is kept of the second wrapping.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Record {
    nonce: [u8; 24],
    wrapped: Vec<u8>,
    /// What the hardware wants back.
    kept: Vec<u8>,
    /// When the PIN was typed last, as the server would tell it.
    pin_at: Timestamp,
}

/// Whether a face or a finger may open a profile, as its worker's settings show it.
pub fn biometry(folder: &Path, environment: &Environment) -> Result<BiometryView, TabletError> {
    let profile = Profile::read(folder)?;
    if !is_offered(folder, &profile, environment) {
        return Ok(BiometryView::Absent);
    }
    let store = store(folder, profile.kept, environment)?;
    let is_on = Record::load(&*store, profile.id())?.is_some();
    Ok(if is_on { BiometryView::On } else { BiometryView::Off })
}

/// Whether a face or a finger opens a profile now.
pub(super) fn opens(
    folder: &Path,
    profile: &Profile,
    guard: &Guard,
    environment: &Environment,
) -> Result<bool, TabletError> {
    if !is_offered(folder, profile, environment) || !profile.is_wrapped() || guard.is_spent() {
        return Ok(false);
    }
    let store = store(folder, profile.kept, environment)?;
    let record = Record::load(&*store, profile.id())?;
    let is_fresh = record.is_some_and(|record| record.is_fresh(guard.time(environment)));
    Ok(is_fresh && guard.remaining(environment)?.is_zero())
}

/// Has a face or a finger open a profile from now on. The PIN is tried as at the lock, and counted.
pub fn switch_on_biometry(
    folder: &Path,
    pin: &str,
    words: &PromptWords,
    environment: &Environment,
) -> Result<(), TabletError> {
    let key = open(folder, pin, environment)?;
    let profile = Profile::read(folder)?;
    let hardware = hardware(folder, &profile, environment)?;
    let secret = Zeroizing::new(environment.random::<32>()?);
    let kept = hardware.keep(&name(profile.id()), &secret, words)?;
    // While the prompt was there, the profile may have become another.
    let _trying = trying();
    let profile = unchanged(folder, &profile)?;
    let store = store(folder, profile.kept, environment)?;
    let half = store.get(profile.id())?.ok_or(TabletError::KeyLost)?;
    let nonce = environment.random()?;
    let wrapped = cipher(&half, secret.as_slice())?
        .encrypt(&XNonce::from(nonce), key.as_slice())
        .map_err(|_| TabletError::ProfileDamaged)?;
    let pin_at = load(&*store, &profile)?.time(environment);
    Record { nonce, wrapped, kept, pin_at }.save(&*store, profile.id())
}

/// Has only the PIN open a profile.
pub fn switch_off_biometry(folder: &Path, environment: &Environment) -> Result<(), TabletError> {
    let _trying = trying();
    let profile = Profile::read(folder)?;
    let store = store(folder, profile.kept, environment)?;
    forget(&*store, profile.id(), environment)
}

/// Unwraps the database key by a face or a finger. What is refused here is no wrong PIN: the hardware
/// counts its own refusals.
pub fn open_by_biometry(
    folder: &Path,
    words: &PromptWords,
    environment: &Environment,
) -> Result<DatabaseKey, TabletError> {
    let (profile, record) = {
        let _trying = trying();
        let profile = Profile::read(folder)?;
        (profile.clone(), allowed(folder, &profile, environment)?)
    };
    let hardware = hardware(folder, &profile, environment)?;
    let given = hardware.give(&name(profile.id()), &record.kept, words);
    let _trying = trying();
    // While the prompt was there, the profile may have been shut by other ways.
    let profile = unchanged(folder, &profile)?;
    if allowed(folder, &profile, environment)? != record {
        return Err(BiometryError::Off.into());
    }
    let store = store(folder, profile.kept, environment)?;
    let secret = match given {
        Ok(secret) => secret,
        Err(error) => {
            if error == BiometryError::Off {
                forget(&*store, profile.id(), environment)?;
            }
            return Err(error.into());
        }
    };
    let half = store.get(profile.id())?.ok_or(TabletError::KeyLost)?;
    let key = cipher(&half, &secret)?
        .decrypt(&XNonce::from(record.nonce), record.wrapped.as_slice())
        .map(Zeroizing::new);
    let key = key.ok().and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok());
    let Some(key) = key.map(Zeroizing::new) else {
        forget(&*store, profile.id(), environment)?;
        return Err(BiometryError::Off.into());
    };
    Ok(key)
}

/// The right PIN was typed: a face or a finger is enough again for a while.
pub(super) fn pin_was_right(
    store: &dyn KeyStore,
    id: &str,
    now: Timestamp,
) -> Result<(), TabletError> {
    match Record::load(store, id)? {
        Some(record) => Record { pin_at: now, ..record }.save(store, id),
        None => Ok(()),
    }
}

/// Forgets the second wrapping. Without its half in the key store, or without the hardware's secret,
/// what stays behind of it opens nothing.
pub(super) fn forget(
    store: &dyn KeyStore,
    id: &str,
    environment: &Environment,
) -> Result<(), TabletError> {
    if let Some(hardware) = environment.biometry() {
        hardware.forget(&name(id));
    }
    Ok(store.delete(&name(id))?)
}

/// What is kept of the second wrapping, when it may be used now. On a tablet that several workers
/// share it is forgotten: the hardware knows faces and fingers, and not whose they are.
fn allowed(
    folder: &Path,
    profile: &Profile,
    environment: &Environment,
) -> Result<Record, TabletError> {
    if profile.is_revoked() {
        return Err(TabletError::Revoked);
    }
    let store = store(folder, profile.kept, environment)?;
    let guard = load(&*store, profile)?;
    if !profile.is_wrapped() || guard.is_spent() {
        return Err(TabletError::LockedOut);
    }
    let wait = guard.remaining(environment)?;
    if !wait.is_zero() {
        return Err(TabletError::PinWaits { wait });
    }
    if !is_alone(folder) {
        forget(&*store, profile.id(), environment)?;
    }
    let record = Record::load(&*store, profile.id())?.ok_or(BiometryError::Off)?;
    match record.is_fresh(guard.time(environment)) {
        true => Ok(record),
        false => Err(BiometryError::PinDue.into()),
    }
}

/// The profile as it is now, when it is still the one that was read.
fn unchanged(folder: &Path, read: &Profile) -> Result<Profile, TabletError> {
    let now = Profile::read(folder)?;
    if now.id() == read.id() { Ok(now) } else { Err(BiometryError::Off.into()) }
}

fn is_offered(folder: &Path, profile: &Profile, environment: &Environment) -> bool {
    // A file beside the profile would be copied with it.
    profile.kept == Kept::Platform && hardware(folder, profile, environment).is_ok()
}

fn hardware(
    folder: &Path,
    profile: &Profile,
    environment: &Environment,
) -> Result<Arc<dyn Biometry>, BiometryError> {
    let is_possible = profile.kept == Kept::Platform && is_alone(folder);
    let ready = environment.biometry().filter(|it| is_possible && it.is_ready());
    ready.cloned().ok_or(BiometryError::Off)
}

impl Record {
    fn load(store: &dyn KeyStore, id: &str) -> Result<Option<Self>, TabletError> {
        // One that can't be read is none.
        Ok(store.get(&name(id))?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn save(&self, store: &dyn KeyStore, id: &str) -> Result<(), TabletError> {
        Ok(store.set(&name(id), &serde_json::to_vec(self)?)?)
    }

    /// Whether the PIN isn't due. A clock that went back makes it due.
    fn is_fresh(&self, now: Timestamp) -> bool {
        let since = u128::try_from(now.millis() - self.pin_at.millis());
        since.is_ok_and(|since| since < PIN_EVERY.as_millis())
    }
}

fn cipher(half: &[u8], secret: &[u8]) -> Result<XChaCha20Poly1305, TabletError> {
    let mut key = Zeroizing::new([0_u8; 32]);
    Hkdf::<Sha256>::new(Some(half), secret)
        .expand(INFO, key.as_mut_slice())
        .map_err(|_| TabletError::ProfileDamaged)?;
    Ok(XChaCha20Poly1305::new(&Key::from(*key)))
}

/// The name of a profile's second wrapping, in the key store and to the hardware.
fn name(id: &str) -> String {
    format!("{id}-biometry")
}

#[cfg(test)]
mod tests;
