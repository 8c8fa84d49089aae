//! The device: its key, by which the server knows it, and the server that it belongs to.
//!
//! `device.json` lies in the data folder. The private key in it is sealed with a secret of the key
//! store's, so that the file alone lets nobody speak for this device. It holds nothing about anybody.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use ed25519_dalek::{Signer, SigningKey};
use kjent_core::ids::DeviceId;
use kjent_core::protocol::Pin;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::lock::{self, FileKeyStore, KeyStore, data_folder};
use crate::{Environment, TabletError};

/// What the key store calls the secret that seals the device's key.
const SECRET: &str = "device";
const FILE: &str = "device.json";

/// A device that the server knows.
#[derive(Clone)]
pub struct Device {
    /// What the server calls it.
    pub id: DeviceId,
    /// The server's address.
    pub server: String,
    /// The only key that the server may have; `None` when the web's certificates are trusted.
    pub pin: Option<Pin>,
    /// The server's public recovery key, X25519.
    pub recovery: [u8; 32],
    key: SigningKey,
}

/// The device's file, as JSON.
#[derive(Serialize, Deserialize)]
struct File {
    version: u8,
    device: DeviceId,
    server: String,
    pin: Option<Pin>,
    recovery: [u8; 32],
    nonce: [u8; 24],
    sealed: Vec<u8>,
}

impl Device {
    /// A device with its key.
    pub fn new(
        id: DeviceId,
        server: &str,
        pin: Option<Pin>,
        recovery: [u8; 32],
        key: SigningKey,
    ) -> Self {
        Self { id, server: server.to_owned(), pin, recovery, key }
    }

    /// The device's key.
    pub(crate) fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Writes the device's file, with its key sealed.
    pub fn seal(
        &self,
        folder: &Path,
        keys: &dyn KeyStore,
        environment: &Environment,
    ) -> Result<(), TabletError> {
        let secret = Zeroizing::new(environment.random::<32>()?);
        let nonce = environment.random()?;
        let sealed = cipher(&secret)
            .encrypt(&XNonce::from(nonce), self.key.as_bytes().as_slice())
            .map_err(|_| TabletError::DeviceDamaged)?;
        let Self { id, server, pin, recovery, .. } = self.clone();
        let file = File { version: 1, device: id, server, pin, recovery, nonce, sealed };
        keys.set(SECRET, secret.as_slice())?;
        Ok(lock::write_whole(&folder.join(FILE), &serde_json::to_vec(&file)?)?)
    }

    /// Reads the device's file; `None` when the device is not enrolled.
    pub fn unseal(folder: &Path, keys: &dyn KeyStore) -> Result<Option<Self>, TabletError> {
        let text = match fs::read(folder.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let file: File = serde_json::from_slice(&text).map_err(|_| TabletError::DeviceDamaged)?;
        let secret = keys.get(SECRET)?.ok_or(TabletError::DeviceDamaged)?;
        let secret: [u8; 32] =
            secret.as_slice().try_into().map_err(|_| TabletError::DeviceDamaged)?;
        let key = cipher(&secret)
            .decrypt(&XNonce::from(file.nonce), file.sealed.as_slice())
            .map(Zeroizing::new)
            .map_err(|_| TabletError::DeviceDamaged)?;
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| TabletError::DeviceDamaged)?;
        let File { device, server, pin, recovery, .. } = file;
        Ok(Some(Self::new(device, &server, pin, recovery, SigningKey::from_bytes(&key))))
    }

    /// The device of a data folder.
    pub fn of(folder: &Path) -> Result<Option<Self>, TabletError> {
        Self::unseal(folder, &FileKeyStore::beside(folder))
    }

    /// The device that a profile is on: its file is in the profile's folder, or in the one above the
    /// folder of profiles.
    pub(crate) fn of_profile(profile: &Path) -> Result<Self, TabletError> {
        Self::of(data_folder(profile))?.ok_or(TabletError::DeviceDamaged)
    }

    /// Forgets a data folder's device.
    pub(crate) fn forget(folder: &Path, keys: &dyn KeyStore) -> Result<(), TabletError> {
        keys.delete(SECRET)?;
        match fs::remove_file(folder.join(FILE)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    pub(crate) fn sign(key: &SigningKey, bytes: &[u8]) -> [u8; 64] {
        key.sign(bytes).to_bytes()
    }
}

fn cipher(secret: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_read_with_its_secret_and_not_without() -> Result<(), TabletError> {
        let folder = tempfile::tempdir()?;
        let environment = Environment::system();
        assert!(Device::of(folder.path())?.is_none());
        let id = DeviceId::mint(environment.now(), environment.random()?);
        let key = SigningKey::from_bytes(&environment.random()?);
        let device = Device::new(id, "https://kjent.example.no", Some([5; 32]), [6; 32], key);
        device.seal(folder.path(), &FileKeyStore::beside(folder.path()), &environment)?;

        let again = Device::of_profile(&folder.path().join("profiles/some"))?;
        assert_eq!(again.key().to_bytes(), device.key().to_bytes());
        assert_eq!((again.id, again.pin, again.recovery), (id, Some([5; 32]), [6; 32]));
        assert_eq!(again.server, "https://kjent.example.no");
        let file = fs::read_to_string(folder.path().join(FILE))?;
        assert!(!file.contains(&serde_json::to_string(&device.key().to_bytes())?));

        // A copy of the file alone is worth nothing.
        let copy = tempfile::tempdir()?;
        fs::copy(folder.path().join(FILE), copy.path().join(FILE))?;
        assert!(matches!(Device::of(copy.path()), Err(TabletError::DeviceDamaged)));
        FileKeyStore::beside(copy.path()).set(SECRET, &[1; 32])?;
        assert!(matches!(Device::of(copy.path()), Err(TabletError::DeviceDamaged)));

        Device::forget(folder.path(), &FileKeyStore::beside(folder.path()))?;
        assert!(Device::of(folder.path())?.is_none());
        Ok(())
    }
}
