//! The database key's second copy: sealed to the server's recovery key, for the worker who is locked
//! out.
//!
//! HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305. The copy is bound to the profile
//! that it is of: handed in under another profile's name it doesn't open.

use std::convert::Infallible;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use hpke::{single_shot_open, single_shot_seal_with_rng};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::ids::TabletId;

/// What both sides say that they seal.
const INFO: &[u8] = b"kjent recovery 1";
/// The encapsulated key's length; the sealed key and its tag follow.
const ENCAPSULATED: usize = 32;

/// A recovery key, or a sealed copy, that isn't one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what was sealed for recovery can't be opened")]
pub struct NotSealed;

/// The server's pair of recovery keys, secret and public, from 32 random bytes.
pub fn key_pair(seed: &[u8; 32]) -> (Zeroizing<[u8; 32]>, [u8; 32]) {
    let (secret, public) = X25519HkdfSha256::derive_keypair(seed);
    (Zeroizing::new(secret.to_bytes().into()), public.to_bytes().into())
}

/// Seals a profile's database key to the server's public recovery key. `seed` is random, and used
/// for nothing else.
pub fn seal(
    public: &[u8; 32],
    profile: TabletId,
    key: &[u8; 32],
    seed: &[u8; 32],
) -> Result<Vec<u8>, NotSealed> {
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(public).map_err(|_| NotSealed)?;
    let (encapsulated, sealed) =
        single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            INFO,
            key,
            profile.bytes(),
            &mut Stretched { seed: Zeroizing::new(*seed), drawn: 0 },
        )
        .map_err(|_| NotSealed)?;
    Ok([encapsulated.to_bytes().as_slice(), &sealed].concat())
}

/// Opens what `seal` sealed for this profile, with the server's secret recovery key.
pub fn unseal(
    secret: &[u8; 32],
    profile: TabletId,
    sealed: &[u8],
) -> Result<Zeroizing<[u8; 32]>, NotSealed> {
    let secret =
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(secret).map_err(|_| NotSealed)?;
    let (encapsulated, sealed) = sealed.split_at_checked(ENCAPSULATED).ok_or(NotSealed)?;
    let encapsulated =
        <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| NotSealed)?;
    let key = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        INFO,
        sealed,
        profile.bytes(),
    )
    .map_err(|_| NotSealed)?;
    let key = Zeroizing::new(key);
    Ok(Zeroizing::new(key.as_slice().try_into().map_err(|_| NotSealed)?))
}

/// Random bytes made of 32 of them: here randomness is an argument, and HPKE asks for a source.
struct Stretched {
    seed: Zeroizing<[u8; 32]>,
    drawn: u64,
}

impl TryRng for Stretched {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for piece in bytes.chunks_mut(32) {
            let block =
                Sha256::new().chain_update(*self.seed).chain_update(self.drawn.to_le_bytes());
            self.drawn += 1;
            for (byte, drawn) in piece.iter_mut().zip(block.finalize()) {
                *byte = drawn;
            }
        }
        Ok(())
    }
}

impl TryCryptoRng for Stretched {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_servers_key_opens_it_and_only_for_its_own_profile() -> Result<(), NotSealed> {
        let (secret, public) = key_pair(&[1; 32]);
        let (other_secret, _) = key_pair(&[2; 32]);
        let [mine, hers] = [1, 2].map(|id| TabletId(uuid::Uuid::from_bytes([id; 16])));
        let key = [7; 32];
        let sealed = seal(&public, mine, &key, &[3; 32])?;
        assert_eq!(*unseal(&secret, mine, &sealed)?, key);
        assert_eq!(unseal(&other_secret, mine, &sealed), Err(NotSealed));
        assert_eq!(unseal(&secret, hers, &sealed), Err(NotSealed));
        for cut in [0, 31, 32, sealed.len() - 1] {
            assert_eq!(unseal(&secret, mine, &sealed[..cut]), Err(NotSealed), "{cut}");
        }
        let mut altered = sealed.clone();
        altered[40] ^= 1;
        assert_eq!(unseal(&secret, mine, &altered), Err(NotSealed));
        assert!(!sealed.windows(32).any(|piece| piece == key));
        assert_ne!(seal(&public, mine, &key, &[4; 32])?, sealed, "the same twice tells something");
        Ok(())
    }
}
