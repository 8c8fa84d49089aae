//! The proof that a request comes from the device that it says.

use axum::http::HeaderMap;
use ed25519_dalek::{Signature, VerifyingKey};
use kjent_core::ids::DeviceId;
use kjent_core::protocol::proof;
use kjent_core::time::Timestamp;

use crate::fault::Fault;
use crate::replays::Replay;
use crate::service::{Service, lock};

/// What a request's headers claim, before anything of it is believed.
pub(super) struct Proof {
    device: Option<DeviceId>,
    time: Timestamp,
    nonce: [u8; 16],
    signature: [u8; 64],
}

impl Proof {
    /// The proof that a request carries.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Fault> {
        Self::read(headers).ok_or(Fault::NotAuthenticated)
    }

    fn read(headers: &HeaderMap) -> Option<Self> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let device = match text(proof::DEVICE) {
            Some(device) => Some(device.parse().ok()?),
            None => None,
        };
        Some(Self {
            device,
            time: Timestamp::from_millis(text(proof::TIME)?.parse().ok()?),
            nonce: proof::unhex(text(proof::NONCE)?)?,
            signature: proof::unhex(text(proof::SIGNATURE)?)?,
        })
    }

    /// The device that the request says it is of.
    pub(super) fn device(&self) -> Result<DeviceId, Fault> {
        self.device.ok_or(Fault::NotAuthenticated)
    }

    /// Fails unless this key signed this request, now, and only once.
    pub(super) fn check(
        &self,
        service: &Service,
        key: &[u8; 32],
        (method, path): (&str, &str),
        body: &[u8],
    ) -> Result<(), Fault> {
        let now = service.settings.clock.now();
        let earliest = now.millis() - proof::WINDOW_MILLIS;
        // Whatever was signed before the server began may have been used then: nobody remembers. A
        // clock that was set back since tells nothing of that.
        let earliest = earliest.max(service.started.millis().min(now.millis()));
        let latest = now.millis() + proof::WINDOW_MILLIS;
        if !(earliest..=latest).contains(&self.time.millis()) {
            return Err(Fault::ProofClock { now });
        }
        let signed = proof::signed(method, path, self.time, &self.nonce, body);
        VerifyingKey::from_bytes(key)
            .and_then(|key| key.verify_strict(&signed, &Signature::from_bytes(&self.signature)))
            .map_err(|_| Fault::NotAuthenticated)?;
        let earliest = Timestamp::from_millis(earliest);
        match lock(&service.replays).note(self.time, self.signature, earliest) {
            Replay::First => Ok(()),
            Replay::Again => Err(Fault::ProofReplayed),
            Replay::NoRoom => Err(Fault::ServerBusy { seconds: super::admit::AGAIN_AFTER }),
        }
    }
}
