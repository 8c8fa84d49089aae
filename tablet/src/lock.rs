//! The lock: a random database key, wrapped by a key that is made of the PIN and of a secret in the
//! platform's key store.
//!
//! `profile` is the file with the wrapped key, `key_store` keeps the secret, `guard` counts wrong PINs
//! and knows the time, `lease` is for how long a profile opens without the server, `profiles` are the
//! workers who share the tablet, `biometry` is the other way in, by face or finger. Neither the file nor
//! the secret opens anything alone.

mod again;
mod biometry;
mod guard;
mod key_store;
pub(crate) mod lease;
mod profile;
mod profiles;

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kjent_core::ids::TabletId;
use kjent_core::recovery;
use kjent_core::time::Timestamp;
use zeroize::Zeroizing;

pub use again::{LoggingIn, log_in_again};
pub(crate) use again::{open_again, profile_of};
pub use biometry::{
    Biometry, BiometryError, biometry, open_by_biometry, switch_off_biometry, switch_on_biometry,
};
pub use key_store::{FileKeyStore, KeyStore, KeyStoreError, probe};
use kjent_core::lock::MOST_TRIES;
pub use kjent_core::lock::check_pin;
pub use profiles::Profiles;
pub(crate) use profiles::{data_folder, is_alone};

use crate::{Environment, TabletError};
use guard::Guard;
use profile::{Kept, Profile};

/// The key of the SQLCipher database.
pub type DatabaseKey = Zeroizing<[u8; 32]>;

/// One try at a time: two at once would count as one.
static TRYING: Mutex<()> = Mutex::new(());

/// What is needed to open a profile again that is locked for good.
pub struct Recoverable {
    /// The profile's name to the server.
    pub tablet: TabletId,
    /// The server's public recovery key.
    pub server: [u8; 32],
}

/// A new profile that is not on the disk yet.
pub struct NewProfile {
    /// The random key of its database.
    pub key: DatabaseKey,
    profile: Profile,
    secret: Zeroizing<[u8; 32]>,
}

impl NewProfile {
    /// Makes a random database key and wraps it for a PIN; also seals it for the server, when it has
    /// told its recovery key.
    pub fn make(
        initials: &str,
        pin: &str,
        recoverable: Option<&Recoverable>,
        environment: &Environment,
    ) -> Result<Self, TabletError> {
        check_pin(pin)?;
        let key = Zeroizing::new(environment.random::<32>()?);
        let secret = Zeroizing::new(environment.random::<32>()?);
        let mut profile = Profile::new(initials, best(environment), environment)?;
        profile.wrap(&key, pin, secret.as_slice(), environment)?;
        if let Some(recoverable) = recoverable {
            seal(&mut profile, &key, recoverable, environment)?;
        }
        Ok(Self { key, profile, secret })
    }

    /// Writes the profile. From this moment the tablet is enrolled, so its database comes first.
    pub fn save(&self, folder: &Path, environment: &Environment) -> Result<(), TabletError> {
        if is_enrolled(folder) {
            return Err(TabletError::AlreadyEnrolled);
        }
        let store = store(folder, self.profile.kept, environment)?;
        Guard::default().save(&*store, self.profile.id())?;
        store.set(self.profile.id(), self.secret.as_slice())?;
        self.profile.write(folder)
    }
}

/// How a locked profile stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The worker's initials.
    pub initials: String,
    /// Whether a PIN can open it; otherwise only the server's help does.
    pub has_wrapping: bool,
    /// Whether the server lets the tablet in no more.
    pub is_revoked: bool,
    /// How long it takes no PIN. The time passes only while the app runs.
    pub wait: Duration,
    /// How many wrong PINs are left.
    pub tries_left: u32,
    /// Whether the platform's key store holds its secret, and not a file.
    pub has_key_store: bool,
    /// Whether a face or a finger opens it now.
    pub by_biometry: bool,
}

/// Unwraps the database key. A wrong PIN is counted, and the tenth in a row destroys the wrapping.
pub fn open(
    folder: &Path,
    pin: &str,
    environment: &Environment,
) -> Result<DatabaseKey, TabletError> {
    let _trying = trying();
    let mut profile = Profile::read(folder)?;
    if profile.is_revoked() {
        return Err(TabletError::Revoked);
    }
    if !profile.is_wrapped() {
        return Err(TabletError::LockedOut);
    }
    let store = store(folder, profile.kept, environment)?;
    let secret = match profile.has_no_secret() {
        true => None,
        false => Some(store.get(profile.id())?.ok_or(TabletError::KeyLost)?),
    };
    let mut guard = load(&*store, &profile)?;
    if guard.is_spent() {
        destroy_profile(folder, &mut profile, &*store, environment)?;
        return Err(TabletError::LockedOut);
    }
    let wait = guard.remaining(environment)?;
    if !wait.is_zero() {
        return Err(TabletError::PinWaits { wait });
    }
    guard.count(environment)?;
    guard.see(environment);
    guard.save(&*store, profile.id())?;
    let Some(key) = profile.unwrap(pin, secret.as_deref().map(Vec::as_slice))? else {
        if guard.is_spent() {
            destroy_profile(folder, &mut profile, &*store, environment)?;
            return Err(TabletError::LockedOut);
        }
        return Err(TabletError::WrongPin { tries_left: guard.tries_left() });
    };
    guard.clear();
    guard.save(&*store, profile.id())?;
    biometry::pin_was_right(&*store, profile.id(), guard.time(environment))?;
    if profile.has_no_secret() || profile.kept != best(environment) {
        rewrite(folder, profile, &key, pin, &guard, environment)?;
    }
    Ok(key)
}

/// How many wrong PINs were typed since the last right one.
pub(crate) fn wrong_pins(folder: &Path, environment: &Environment) -> Result<u32, TabletError> {
    let profile = Profile::read(folder)?;
    let store = store(folder, profile.kept, environment)?;
    Ok(MOST_TRIES - load(&*store, &profile)?.tries_left())
}

/// How a profile stands at the lock screen. Looking lets a wait go on in this run of the app.
pub fn standing(folder: &Path, environment: &Environment) -> Result<Standing, TabletError> {
    let _trying = trying();
    let profile = Profile::read(folder)?;
    let store = store(folder, profile.kept, environment)?;
    let mut guard = load(&*store, &profile)?;
    let has_secret = profile.has_no_secret() || store.get(profile.id())?.is_some();
    let (settled, seen) = (guard.settle(environment)?, guard.see(environment));
    if settled || seen {
        guard.save(&*store, profile.id())?;
    }
    Ok(Standing {
        has_wrapping: profile.is_wrapped() && has_secret && !guard.is_spent(),
        is_revoked: profile.is_revoked(),
        wait: guard.remaining(environment)?,
        tries_left: guard.tries_left(),
        by_biometry: has_secret && biometry::opens(folder, &profile, &guard, environment)?,
        has_key_store: profile.kept == Kept::Platform,
        initials: profile.initials,
    })
}

/// Takes away what a PIN could open, because the server lets the tablet in no more. The database
/// stays, and so does the copy of its key that only the server opens.
pub fn revoke(folder: &Path, environment: &Environment) -> Result<(), TabletError> {
    let _trying = trying();
    let mut profile = Profile::read(folder)?;
    profile.revoke();
    profile.write(folder)?;
    let store = store(folder, profile.kept, environment)?;
    store.delete(profile.id())?;
    biometry::forget(&*store, profile.id(), environment)
}

/// Forgets a profile for good: its secret, its count and its file. What is left in the folder can
/// never be read again.
pub fn forget(folder: &Path, environment: &Environment) -> Result<(), TabletError> {
    let _trying = trying();
    let profile = Profile::read(folder)?;
    let store = store(folder, profile.kept, environment)?;
    store.delete(profile.id())?;
    biometry::forget(&*store, profile.id(), environment)?;
    Guard::forget(&*store, profile.id())?;
    Ok(fs::remove_file(profile::path(folder))?)
}

/// The profile's name to the server and the sealed copy of its key, to be handed in by the worker
/// who is locked out.
pub fn sealed(folder: &Path) -> Result<(TabletId, Vec<u8>), TabletError> {
    let profile = Profile::read(folder)?;
    profile.tablet.zip(profile.sealed).ok_or(TabletError::NotRecoverable)
}

/// Seals the key of an open profile for the server, when it has no sealed copy yet.
pub fn seal_for_recovery(
    folder: &Path,
    key: &DatabaseKey,
    recoverable: &Recoverable,
    environment: &Environment,
) -> Result<(), TabletError> {
    let _trying = trying();
    let mut profile = Profile::read(folder)?;
    if profile.sealed.is_some() {
        return Ok(());
    }
    seal(&mut profile, key, recoverable, environment)?;
    profile.write(folder)
}

/// Wraps the database's key, as the server has opened it, for a new PIN. A key that isn't the
/// database's changes nothing.
pub fn rewrap(
    folder: &Path,
    key: &DatabaseKey,
    pin: &str,
    environment: &Environment,
) -> Result<(), TabletError> {
    check_pin(pin)?;
    crate::store::check_key(folder, key)?;
    let _trying = trying();
    let profile = Profile::read(folder)?;
    // The old store may be what was lost.
    let old = store(folder, profile.kept, environment);
    let mut guard = old.and_then(|store| load(&*store, &profile)).unwrap_or_default();
    guard.clear();
    rewrite(folder, profile, key, pin, &guard, environment)
}

/// Whether a profile is in the folder.
pub fn is_enrolled(folder: &Path) -> bool {
    profile::path(folder).exists()
}

/// The time as the server would tell it, never earlier than the lock has known it to be.
pub(crate) fn time(folder: &Path, environment: &Environment) -> Result<Timestamp, TabletError> {
    let profile = Profile::read(folder)?;
    let store = store(folder, profile.kept, environment)?;
    Ok(load(&*store, &profile)?.time(environment))
}

/// The server has told the time.
pub(crate) fn hear_time(
    folder: &Path,
    server: Timestamp,
    environment: &Environment,
) -> Result<(), TabletError> {
    let _trying = trying();
    let profile = Profile::read(folder)?;
    let store = store(folder, profile.kept, environment)?;
    let mut guard = load(&*store, &profile)?;
    if guard.hear(server, environment) {
        guard.save(&*store, profile.id())?;
    }
    Ok(())
}

/// Writes a profile anew, with a secret of its own in the best store there is. Cut off at any moment,
/// the old file still opens with what the old store holds.
fn rewrite(
    folder: &Path,
    mut profile: Profile,
    key: &DatabaseKey,
    pin: &str,
    guard: &Guard,
    environment: &Environment,
) -> Result<(), TabletError> {
    let (old, old_kept) = (profile.id().to_owned(), profile.kept);
    profile.rename(environment)?;
    profile.kept = best(environment);
    let new_store = store(folder, profile.kept, environment)?;
    let secret = Zeroizing::new(environment.random::<32>()?);
    guard.save(&*new_store, profile.id())?;
    new_store.set(profile.id(), secret.as_slice())?;
    profile.wrap(key, pin, secret.as_slice(), environment)?;
    profile.write(folder)?;
    // The old secret opens nothing any more; one that stays behind tells nothing.
    if let Ok(old_store) = store(folder, old_kept, environment) {
        let _ = old_store.delete(&old);
        let _ = biometry::forget(&*old_store, &old, environment);
        let _ = Guard::forget(&*old_store, &old);
    }
    Ok(())
}

fn seal(
    profile: &mut Profile,
    key: &DatabaseKey,
    Recoverable { tablet, server }: &Recoverable,
    environment: &Environment,
) -> Result<(), TabletError> {
    let seed = Zeroizing::new(environment.random::<32>()?);
    let sealed = recovery::seal(server, *tablet, key, &seed);
    profile.tablet = Some(*tablet);
    profile.sealed = Some(sealed.map_err(|_| TabletError::ProfileDamaged)?);
    Ok(())
}

fn destroy_profile(
    folder: &Path,
    profile: &mut Profile,
    store: &dyn KeyStore,
    environment: &Environment,
) -> Result<(), TabletError> {
    profile.unwrap_for_good();
    profile.write(folder)?;
    biometry::forget(store, profile.id(), environment)
}

/// The count; a profile of version 1 begins with none.
fn load(store: &dyn KeyStore, profile: &Profile) -> Result<Guard, TabletError> {
    let lost = || if profile.has_no_secret() { Guard::default() } else { Guard::lost() };
    Ok(Guard::load(store, profile.id())?.unwrap_or_else(lost))
}

/// Where a new secret goes.
fn best(environment: &Environment) -> Kept {
    if environment.key_store().is_some() { Kept::Platform } else { Kept::File }
}

fn store(
    folder: &Path,
    kept: Kept,
    environment: &Environment,
) -> Result<Arc<dyn KeyStore>, TabletError> {
    match kept {
        Kept::File => Ok(Arc::new(FileKeyStore::beside(folder))),
        Kept::Platform => environment.key_store().cloned().ok_or(TabletError::KeyStoreMissing),
    }
}

fn trying() -> MutexGuard<'static, ()> {
    TRYING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes a file that only its owner may read, so that after a crash it is there whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let draft = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
