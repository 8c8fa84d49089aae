//! The lock: a random database key, wrapped by a key that Argon2id derives from the PIN.
//!
//! The profile file holds the wrapped key and nothing else that tells about anybody but the
//! worker's initials. The secret of the platform's key store joins the derivation when the lock
//! gets its own issue; the file's `version` leaves room for it.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{Environment, TabletError};

/// Argon2id's cost: 64 MiB in three passes, about 0.15 s on a cheap tablet's one core.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// The key of the SQLCipher database.
pub type DatabaseKey = Zeroizing<[u8; 32]>;

/// The profile's file, as JSON.
#[derive(Serialize, Deserialize)]
struct Profile {
    version: u8,
    initials: String,
    memory_kib: u32,
    passes: u32,
    salt: [u8; 16],
    nonce: [u8; 24],
    wrapped: Vec<u8>,
}

/// Whether a PIN may be used: six digits or more, and not one that anybody would try.
pub fn check_pin(pin: &str) -> Result<(), TabletError> {
    let digits = pin.as_bytes();
    if digits.len() < 6 || !digits.iter().all(u8::is_ascii_digit) {
        return Err(TabletError::PinTooShort);
    }
    // 111111, 123456, 654321: every step the same.
    let steps: Vec<i16> =
        digits.windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0])).collect();
    if steps.iter().all(|step| *step == steps[0] && step.abs() <= 1) {
        return Err(TabletError::PinTrivial);
    }
    Ok(())
}

/// A new profile that is not on the disk yet.
pub struct NewProfile {
    /// The random key of its database.
    pub key: DatabaseKey,
    profile: Profile,
}

impl NewProfile {
    /// Makes a random database key and wraps it for a PIN.
    pub fn make(initials: &str, pin: &str, environment: &Environment) -> Result<Self, TabletError> {
        check_pin(pin)?;
        let key = Zeroizing::new(environment.random::<32>()?);
        let mut profile = Profile {
            version: 1,
            initials: initials.to_owned(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: environment.random()?,
            nonce: environment.random()?,
            wrapped: Vec::new(),
        };
        profile.wrapped = cipher(&profile, pin)?
            .encrypt(&XNonce::from(profile.nonce), key.as_slice())
            .map_err(|_| TabletError::ProfileDamaged)?;
        Ok(Self { key, profile })
    }

    /// Writes the profile. From this moment the tablet is enrolled, so its database comes first.
    pub fn save(&self, folder: &Path) -> Result<(), TabletError> {
        if is_enrolled(folder) {
            return Err(TabletError::AlreadyEnrolled);
        }
        Ok(write_whole(&path(folder), &serde_json::to_vec(&self.profile)?)?)
    }
}

/// Unwraps the database key.
pub fn open(folder: &Path, pin: &str) -> Result<DatabaseKey, TabletError> {
    let profile = read(folder)?;
    if profile.wrapped.is_empty() {
        return Err(TabletError::Revoked);
    }
    let key = cipher(&profile, pin)?
        .decrypt(&XNonce::from(profile.nonce), profile.wrapped.as_slice())
        .map_err(|_| TabletError::WrongPin)?;
    let key: [u8; 32] =
        Zeroizing::new(key).as_slice().try_into().map_err(|_| TabletError::ProfileDamaged)?;
    Ok(Zeroizing::new(key))
}

/// Destroys what opens a profile. Its database stays as it is.
pub fn destroy(folder: &Path, _environment: &Environment) -> Result<(), TabletError> {
    let profile = Profile { wrapped: Vec::new(), salt: [0; 16], nonce: [0; 24], ..read(folder)? };
    Ok(write_whole(&path(folder), &serde_json::to_vec(&profile)?)?)
}

/// Whether what opened a profile was destroyed.
pub fn is_destroyed(folder: &Path) -> Result<bool, TabletError> {
    read(folder).map(|profile| profile.wrapped.is_empty())
}

/// Whether a profile is in the folder.
pub fn is_enrolled(folder: &Path) -> bool {
    path(folder).exists()
}

/// The initials for the lock screen.
pub fn initials(folder: &Path) -> Result<String, TabletError> {
    read(folder).map(|profile| profile.initials)
}

fn path(folder: &Path) -> PathBuf {
    folder.join("profile.json")
}

fn read(folder: &Path) -> Result<Profile, TabletError> {
    let text = match fs::read(path(folder)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(TabletError::NotEnrolled);
        }
        Err(error) => return Err(error.into()),
    };
    serde_json::from_slice(&text).map_err(|_| TabletError::ProfileDamaged)
}

fn cipher(profile: &Profile, pin: &str) -> Result<XChaCha20Poly1305, TabletError> {
    let damaged = |_| TabletError::ProfileDamaged;
    let params = Params::new(profile.memory_kib, profile.passes, 1, Some(32)).map_err(damaged)?;
    let mut derived = Zeroizing::new([0_u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), &profile.salt, derived.as_mut_slice())
        .map_err(damaged)?;
    Ok(XChaCha20Poly1305::new(&Key::from(*derived)))
}

/// Writes a file so that after a crash it is there whole or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let draft = path.with_extension("new");
    let mut file = File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_and_short_pins_are_refused() {
        let cases = [
            ("12345", "pin_too_short"),
            ("12345a", "pin_too_short"),
            ("", "pin_too_short"),
            ("111111", "pin_trivial"),
            ("123456", "pin_trivial"),
            ("987654", "pin_trivial"),
        ];
        for (pin, code) in cases {
            let problem =
                check_pin(pin).err().map(|error| kjent_core::problem::Problem::from(&error));
            assert_eq!(problem.map(|problem| problem.code).as_deref(), Some(code), "{pin}");
        }
        assert!(check_pin("135792").is_ok() && check_pin("482915").is_ok());
    }

    #[test]
    fn only_the_right_pin_opens_and_nothing_is_overwritten() -> Result<(), TabletError> {
        let folder = tempfile::tempdir()?;
        assert!(matches!(open(folder.path(), "482915"), Err(TabletError::NotEnrolled)));
        let new = NewProfile::make("AN", "482915", &Environment::system())?;
        new.save(folder.path())?;
        let key = new.key;
        assert_eq!(open(folder.path(), "482915")?, key);
        assert!(matches!(open(folder.path(), "482916"), Err(TabletError::WrongPin)));
        let again = NewProfile::make("AN", "482915", &Environment::system())?.save(folder.path());
        assert!(matches!(again, Err(TabletError::AlreadyEnrolled)));
        assert_eq!(open(folder.path(), "482915")?, key);
        destroy(folder.path(), &Environment::system())?;
        assert!(is_destroyed(folder.path())? && initials(folder.path())? == "AN");
        assert!(matches!(open(folder.path(), "482915"), Err(TabletError::Revoked)));
        fs::write(path(folder.path()), "{}")?;
        assert!(matches!(open(folder.path(), "482915"), Err(TabletError::ProfileDamaged)));
        Ok(())
    }
}
