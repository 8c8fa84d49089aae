//! Who asks the server: a device, and the profile on it when there is one.

use ed25519_dalek::SigningKey;
use kjent_core::ids::DeviceId;
use kjent_core::protocol::{Pin, proof};
use kjent_core::time::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::SyncError;
use crate::device::Device;
use crate::{Environment, Tablet};

/// Who asks, and whom.
#[derive(Clone)]
pub struct Caller {
    pub(super) server: String,
    pub(super) pin: Option<Pin>,
    pub(super) environment: Environment,
    key: SigningKey,
    device: Option<DeviceId>,
    token: Option<String>,
}

impl Caller {
    /// A device that the server doesn't know yet.
    pub(crate) fn of_new_device(
        server: &str,
        pin: Option<Pin>,
        key: &SigningKey,
        environment: &Environment,
    ) -> Self {
        let (server, key) = (server.to_owned(), key.clone());
        Self { server, pin, environment: environment.clone(), key, device: None, token: None }
    }

    /// A device on which nobody has logged in yet, or somebody else does now.
    pub fn of_device(device: &Device, environment: &Environment) -> Self {
        let new = Self::of_new_device(&device.server, device.pin, device.key(), environment);
        Self { device: Some(device.id), ..new }
    }

    /// The same with the token that a log-in has given.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    /// The same at another address.
    #[must_use]
    pub fn at(self, server: &str) -> Self {
        Self { server: server.to_owned(), ..self }
    }

    /// The headers that prove one request, made at a moment of the server's clock.
    pub(super) fn prove(
        &self,
        method: &str,
        path: &str,
        time: Timestamp,
        body: &[u8],
    ) -> Result<HeaderMap, SyncError> {
        let nonce = self.environment.random().map_err(|_| SyncError::NoEntropy)?;
        let signed = proof::signed(method, path, time, &nonce, body);
        let signature = Device::sign(&self.key, &signed);
        let mut headers = HeaderMap::new();
        let mut put = |name, value: &str| {
            let value = HeaderValue::from_str(value).map_err(|_| SyncError::AnswerUnreadable)?;
            headers.insert(HeaderName::from_static(name), value);
            Ok(())
        };
        if let Some(device) = self.device {
            put(proof::DEVICE, &device.to_string())?;
        }
        put(proof::TIME, &time.millis().to_string())?;
        put(proof::NONCE, &proof::hex(&nonce))?;
        put(proof::SIGNATURE, &proof::hex(&signature))?;
        if let Some(token) = &self.token {
            put("authorization", &format!("Bearer {token}"))?;
        }
        Ok(headers)
    }
}

impl Tablet {
    /// This profile, as it asks the server.
    pub fn caller(&self) -> Caller {
        let device = Caller::of_device(&self.device, &self.environment);
        Caller { token: Some(self.identity.token.clone()), ..device }
    }
}
