//! The platform's key store: Secret Service on a Linux desktop, the Credential Manager on Windows, the
//! keychain on Apple's systems, and on Android the app's preferences, encrypted by a key that the
//! system's key store makes and doesn't give out.
//!
//! Not the Linux kernel's keyring, which forgets at a restart, and with it the worker's profile would
//! be locked for good.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use kjent_tablet::lock::{KeyStore, KeyStoreError, probe};
use zeroize::Zeroizing;

/// The platform's key store, when it really keeps what it is given.
pub fn platform() -> Option<Arc<dyn KeyStore>> {
    let store = native()?;
    match probe(&store) {
        Ok(true) => Some(Arc::new(store)),
        Ok(false) => None,
        Err(error) => {
            tracing::warn!(%error, "the platform's key store can't be used");
            None
        }
    }
}

#[cfg(target_os = "linux")]
fn native() -> Option<Platform> {
    use dbus_secret_service_keyring_store::Store;
    made(Store::new().map(|store| Platform(store)))
}

#[cfg(target_os = "windows")]
fn native() -> Option<Platform> {
    use windows_native_keyring_store::Store;
    made(Store::new().map(|store| Platform(store)))
}

#[cfg(target_os = "macos")]
fn native() -> Option<Platform> {
    use apple_native_keyring_store::keychain::Store;
    made(Store::new().map(|store| Platform(store)))
}

#[cfg(target_os = "ios")]
fn native() -> Option<Platform> {
    use apple_native_keyring_store::protected::Store;
    made(Store::new().map(|store| Platform(store)))
}

/// Tauri's activity has told the library the app's context before this runs.
#[cfg(target_os = "android")]
fn native() -> Option<Platform> {
    use android_native_keyring_store::Store;
    made(Store::new().map(|store| Platform(store)))
}

/// How an entry is to be kept where the store asks. On iOS: while the device is unlocked, and never in
/// a backup that another device could be made of; what opens a profile stays on the one that has it.
fn manner() -> Option<HashMap<&'static str, &'static str>> {
    let this_device = ("access-policy", "when-unlocked-this-device-only");
    cfg!(target_os = "ios").then(|| HashMap::from([this_device]))
}

fn made(store: Result<Platform, Error>) -> Option<Platform> {
    store.inspect_err(|error| tracing::info!(%error, "the platform has no key store")).ok()
}

/// The store behind the platform's own interface.
struct Platform(Arc<dyn CredentialStoreApi + Send + Sync>);

impl Platform {
    fn entry(&self, name: &str) -> Result<Entry, KeyStoreError> {
        self.0.build("no.kjent.app", name, manner().as_ref()).map_err(failed)
    }
}

impl KeyStore for Platform {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        match self.entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        self.entry(name)?.set_secret(secret).map_err(failed)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

/// The platform's error without what it was about: some carry the secret's bytes.
fn failed(error: Error) -> KeyStoreError {
    let told = match error {
        Error::PlatformFailure(error) | Error::NoStorageAccess(error) => error,
        _ => "the key store refused".into(),
    };
    KeyStoreError::Platform(told)
}
