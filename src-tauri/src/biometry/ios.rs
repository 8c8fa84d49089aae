//! iOS: the keychain keeps the secret for the faces or fingers that are enrolled now, on this device
//! and as long as it has a passcode. Whoever reads it is asked by the system itself.

use kjent_core::command::PromptWords;
use kjent_tablet::lock::{Biometry, BiometryError};
use security_framework::access_control::{ProtectionMode, SecAccessControl};
use security_framework::passwords::{
    AccessControlOptions, PasswordOptions, delete_generic_password_options, generic_password,
    set_generic_password_options,
};
use tauri::{AppHandle, Wry};
use tauri_plugin_biometric::BiometricExt;
use zeroize::Zeroizing;

/// What the keychain calls what lies there. Apart from the key store's own, which asks nobody.
const SERVICE: &str = "no.kjent.app.biometry";
/// `errSecItemNotFound`: so says the keychain too when other faces or fingers are enrolled now.
const NOT_FOUND: i32 = -25300;

/// The keychain, and the plugin that knows whether there is a face or a finger to ask for.
pub struct Hardware(AppHandle<Wry>);

impl Hardware {
    /// That of the app.
    pub fn of(app: AppHandle<Wry>) -> Self {
        Self(app)
    }
}

impl Biometry for Hardware {
    fn is_ready(&self) -> bool {
        self.0.biometric().status().is_ok_and(|status| status.is_available)
    }

    fn keep(
        &self,
        name: &str,
        secret: &[u8; 32],
        _: &PromptWords,
    ) -> Result<Vec<u8>, BiometryError> {
        // An item is changed only by whoever it opens for; a new one is made by anybody who has the PIN.
        self.forget(name);
        let control = SecAccessControl::create_with_protection(
            Some(ProtectionMode::AccessibleWhenPasscodeSetThisDeviceOnly),
            AccessControlOptions::BIOMETRY_CURRENT_SET.bits(),
        );
        let mut options = item(name);
        options.set_access_control(control.map_err(|_| BiometryError::Refused)?);
        set_generic_password_options(secret, options).map_err(|_| BiometryError::Refused)?;
        Ok(Vec::new())
    }

    fn give(
        &self,
        name: &str,
        _: &[u8],
        _: &PromptWords,
    ) -> Result<Zeroizing<Vec<u8>>, BiometryError> {
        generic_password(item(name)).map(Zeroizing::new).map_err(|error| match error.code() {
            NOT_FOUND => BiometryError::Off,
            _ => BiometryError::Refused,
        })
    }

    fn forget(&self, name: &str) {
        // Where there is none, there is nothing to forget; one that stays opens nothing alone.
        let _ = delete_generic_password_options(item(name));
    }
}

fn item(name: &str) -> PasswordOptions {
    let mut options = PasswordOptions::new_generic_password(SERVICE, name);
    options.use_protected_keychain();
    options
}
