//! Sessions that end when their account does.
//!
//! The provider's refresh token is kept sealed with the session's own token, of which the server
//! stores nothing but a hash: a copy of the database opens none of them, and the server itself can
//! ask the provider only while the tablet asks the server. That is when the lease is renewed, and
//! no other moment needs an answer.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use sha2::{Digest, Sha256};

use crate::entropy::{Entropy, NoEntropy, random};

const NONCE: usize = 12;

/// Seals a refresh token with the session's token.
pub(crate) fn seal(
    refresh: &str,
    session: &str,
    entropy: &dyn Entropy,
) -> Result<Option<Vec<u8>>, NoEntropy> {
    let nonce: [u8; NONCE] = random(entropy)?;
    let sealed = cipher(session).encrypt(&Nonce::from(nonce), payload(refresh.as_bytes()));
    Ok(sealed.ok().map(|sealed| [nonce.as_slice(), &sealed].concat()))
}

/// Opens it again; `None` when it was sealed with another session's token.
pub(crate) fn unseal(sealed: &[u8], session: &str) -> Option<String> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let opened = cipher(session).decrypt(&Nonce::from(*nonce), payload(sealed)).ok()?;
    String::from_utf8(opened).ok()
}

fn payload(msg: &[u8]) -> Payload<'_, '_> {
    Payload { msg, aad: b"kjent refresh token 1" }
}

/// The session's token is 256 random bits: one hash makes it a key, and another than the one by
/// which the store knows it.
fn cipher(session: &str) -> ChaCha20Poly1305 {
    let key = Sha256::new().chain_update(b"kjent refresh token\0").chain_update(session).finalize();
    ChaCha20Poly1305::new(Key::from_slice(&key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    #[test]
    fn only_the_session_that_sealed_it_opens_it() -> anyhow::Result<()> {
        let sealed = seal("the provider's", "session a", &SystemEntropy)?.unwrap_or_default();
        assert_eq!(unseal(&sealed, "session a").as_deref(), Some("the provider's"));
        assert_eq!(unseal(&sealed, "session b"), None);
        assert_eq!(unseal(&sealed[1..], "session a"), None);
        assert_eq!(unseal(&[], "session a"), None);
        let readable = sealed.windows(8).any(|bytes| bytes == b"provider");
        assert!(!readable);
        // The same once more lies otherwise.
        assert_ne!(Some(sealed), seal("the provider's", "session a", &SystemEntropy)?);
        Ok(())
    }
}
