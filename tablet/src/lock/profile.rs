//! The profile's file: the wrapped database key, and nothing that tells about anybody but the
//! worker's initials.
//!
//! Version 2 wraps by the PIN and a secret of the key store. Version 1 had only the PIN; it is still
//! opened, and written anew at the first right PIN.

use std::fs;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use kjent_core::ids::TabletId;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{DatabaseKey, write_whole};
use crate::{Environment, TabletError};

/// Argon2id's cost: 64 MiB in three passes, about 0.15 s on a cheap tablet's one core.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
/// What a file may ask for at most: one that was tampered with must not exhaust the tablet.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;

/// What the wrapping key is derived for.
const INFO: &[u8] = b"kjent profile 2";

/// Where a profile's secret lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// In a file beside the profile.
    #[default]
    File,
    /// In the platform's key store.
    Platform,
}

/// The profile's file, as JSON.
#[derive(Clone, Serialize, Deserialize)]
pub struct Profile {
    version: u8,
    pub initials: String,
    memory_kib: u32,
    passes: u32,
    salt: [u8; 16],
    nonce: [u8; 24],
    /// Empty when the wrapping was destroyed.
    wrapped: Vec<u8>,
    /// The name of its secret in the key store.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    id: String,
    #[serde(default)]
    pub kept: Kept,
    /// Whether the server lets it in no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
    /// The profile's name to the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablet: Option<TabletId>,
    /// The database key, sealed to the server's recovery key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Vec<u8>>,
}

impl Profile {
    /// A profile without a wrapped key.
    pub fn new(initials: &str, kept: Kept, environment: &Environment) -> Result<Self, TabletError> {
        Ok(Self {
            version: 2,
            initials: initials.to_owned(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: environment.random()?,
            nonce: environment.random()?,
            wrapped: Vec::new(),
            id: hex(&environment.random::<16>()?),
            kept,
            revoked: false,
            tablet: None,
            sealed: None,
        })
    }

    /// Reads a folder's profile.
    pub fn read(folder: &Path) -> Result<Self, TabletError> {
        let text = match fs::read(path(folder)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(TabletError::NotEnrolled);
            }
            Err(error) => return Err(error.into()),
        };
        let mut profile: Self =
            serde_json::from_slice(&text).map_err(|_| TabletError::ProfileDamaged)?;
        if !(1..=2).contains(&profile.version) {
            return Err(TabletError::ProfileDamaged);
        }
        if profile.id.is_empty() {
            // A name for what is counted until the first right PIN.
            profile.id = hex(&profile.salt);
        }
        if !profile.id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(TabletError::ProfileDamaged);
        }
        Ok(profile)
    }

    /// Writes it into a folder, instead of the one that was there.
    pub fn write(&self, folder: &Path) -> Result<(), TabletError> {
        Ok(write_whole(&path(folder), &serde_json::to_vec(self)?)?)
    }

    /// The name of its secret.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Gives its secret another name.
    pub fn rename(&mut self, environment: &Environment) -> Result<(), TabletError> {
        self.id = hex(&environment.random::<16>()?);
        Ok(())
    }

    /// Whether it is of the version before the key store.
    pub fn has_no_secret(&self) -> bool {
        self.version == 1
    }

    /// Whether a PIN can open it.
    pub fn is_wrapped(&self) -> bool {
        !self.wrapped.is_empty()
    }

    /// Takes the wrapped key away.
    pub fn unwrap_for_good(&mut self) {
        self.wrapped.clear();
    }

    /// Wraps a key for a PIN, with a fresh salt and nonce, as version 2.
    pub fn wrap(
        &mut self,
        key: &DatabaseKey,
        pin: &str,
        secret: &[u8],
        environment: &Environment,
    ) -> Result<(), TabletError> {
        (self.version, self.memory_kib, self.passes) = (2, MEMORY_KIB, PASSES);
        (self.salt, self.nonce) = (environment.random()?, environment.random()?);
        self.wrapped = self
            .cipher(pin, Some(secret))?
            .encrypt(&XNonce::from(self.nonce), key.as_slice())
            .map_err(|_| TabletError::ProfileDamaged)?;
        Ok(())
    }

    /// The key, when the PIN and the secret are the right ones.
    pub fn unwrap(
        &self,
        pin: &str,
        secret: Option<&[u8]>,
    ) -> Result<Option<DatabaseKey>, TabletError> {
        let cipher = self.cipher(pin, secret)?;
        let Ok(key) = cipher.decrypt(&XNonce::from(self.nonce), self.wrapped.as_slice()) else {
            return Ok(None);
        };
        let key = Zeroizing::new(key);
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| TabletError::ProfileDamaged)?;
        Ok(Some(Zeroizing::new(key)))
    }

    fn cipher(&self, pin: &str, secret: Option<&[u8]>) -> Result<XChaCha20Poly1305, TabletError> {
        if self.memory_kib > MOST_MEMORY_KIB || self.passes > MOST_PASSES {
            return Err(TabletError::ProfileDamaged);
        }
        let damaged = |_| TabletError::ProfileDamaged;
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).map_err(damaged)?;
        let mut derived = Zeroizing::new([0_u8; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin.as_bytes(), &self.salt, derived.as_mut_slice())
            .map_err(damaged)?;
        if let Some(secret) = secret {
            let mut key = Zeroizing::new([0_u8; 32]);
            Hkdf::<Sha256>::new(Some(secret), derived.as_slice())
                .expand(INFO, key.as_mut_slice())
                .map_err(|_| TabletError::ProfileDamaged)?;
            derived = key;
        }
        Ok(XChaCha20Poly1305::new(&Key::from(*derived)))
    }
}

/// Where a folder's profile lies.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("profile.json")
}

/// Bytes as small hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
