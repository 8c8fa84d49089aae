//! Android: the plugin encrypts the secret by a key that the system's key store uses for a strong face
//! or finger and nothing else.
//!
//! What comes back is the secret's ciphertext, kept with the second wrapping. One key serves the whole
//! app, which is why it's enough for a tablet of one worker only. Text crosses between Rust and the
//! app's Java side, so the secret goes as digits, and ordinary memory holds them for a moment.

use kjent_core::command::PromptWords;
use kjent_tablet::lock::{Biometry, BiometryError};
use tauri::{AppHandle, Wry};
use tauri_plugin_biometric::{AuthOptions, BiometricExt, Error};
use zeroize::Zeroizing;

/// The plugin.
pub struct Hardware(AppHandle<Wry>);

impl Hardware {
    /// That of the app.
    pub fn of(app: AppHandle<Wry>) -> Self {
        Self(app)
    }

    fn cipher(&self, options: AuthOptions, words: &PromptWords) -> Result<String, BiometryError> {
        let options = AuthOptions {
            title: Some(words.title.clone()),
            cancel_title: Some(words.cancel.clone()),
            // A screen's PIN is not the worker's: whoever hands out tablets may know it.
            allow_device_credential: false,
            ..options
        };
        let answer = self.0.biometric().biometric_cipher(words.reason.clone(), options);
        answer.map(|answer| answer.data).map_err(|error| why(&error))
    }
}

impl Biometry for Hardware {
    fn is_ready(&self) -> bool {
        self.0.biometric().status().is_ok_and(|status| status.is_available)
    }

    fn keep(
        &self,
        _: &str,
        secret: &[u8; 32],
        words: &PromptWords,
    ) -> Result<Vec<u8>, BiometryError> {
        let digits = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        let options = AuthOptions { data_to_encrypt: Some(digits), ..AuthOptions::default() };
        self.cipher(options, words).map(String::into_bytes)
    }

    fn give(
        &self,
        _: &str,
        kept: &[u8],
        words: &PromptWords,
    ) -> Result<Zeroizing<Vec<u8>>, BiometryError> {
        let kept = String::from_utf8(kept.to_vec()).map_err(|_| BiometryError::Off)?;
        let options = AuthOptions { data_to_decrypt: Some(kept), ..AuthOptions::default() };
        let digits = Zeroizing::new(self.cipher(options, words)?);
        let secret = digits.as_bytes().chunks(2).map(byte).collect::<Option<Vec<u8>>>();
        secret.map(Zeroizing::new).ok_or(BiometryError::Off)
    }

    /// The ciphertext goes with the wrapping; the key alone opens nothing.
    fn forget(&self, _: &str) {}
}

fn byte(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Why nothing was given out. The plugin names what the person or the system did; it has no name for a
/// key that died when another finger was enrolled, nor for a ciphertext of another key.
fn why(error: &Error) -> BiometryError {
    use tauri::plugin::mobile::PluginInvokeError::InvokeRejected;

    match error {
        Error::PluginInvoke(InvokeRejected(answer))
            if answer.code.as_deref().is_none_or(str::is_empty) =>
        {
            tracing::info!("a face or finger opens the profile no more");
            BiometryError::Off
        }
        _ => BiometryError::Refused,
    }
}
