//! The recovery key: what tablets seal to it, the server can open for the same worker.

use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use crate::entropy::{Entropy, random};
use crate::fault::Fault;
use crate::store::{Records, StoreError};

/// The public half. The key is made when it is first asked for.
pub(super) fn public_key(records: &Records<'_>, entropy: &dyn Entropy) -> Result<[u8; 32], Fault> {
    let secret = match recovery_secret(records)? {
        Some(secret) => secret,
        None => {
            let secret = Zeroizing::new(random(entropy)?);
            records.save_recovery_key(&secret)?;
            secret
        }
    };
    Ok(PublicKey::from(&StaticSecret::from(*secret)).to_bytes())
}

/// The secret half, X25519; `None` before any device has enrolled.
pub fn recovery_secret(records: &Records<'_>) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
    Ok(records.recovery_key()?.map(Zeroizing::new))
}
