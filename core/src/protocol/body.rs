//! Bodies: CBOR in one zstd stream, with limits that hold while unpacking.

use std::io::Read;

use serde::{Serialize, de::DeserializeOwned};

use crate::cbor;

/// How bodies are compressed that a shift fills: 4 % smaller than at level 6, in milliseconds.
///
/// Measured 2026-11 with `cargo xtask bench sync`. A dictionary of 16 kB, trained on one half of the
/// demo's stories and tried on the other, would save 1.6 kB of a shift's 19; too little for bytes
/// that every tablet and server would have to agree on for ever.
const LEVEL: i32 = 15;
/// How bodies are compressed that fill a new tablet, of which there are many megabytes.
const LARGE: i32 = 12;
/// From how many bytes on a body is a large one.
const IS_LARGE: usize = 512 << 10;

/// The largest window that a stream may ask memory for, as a power of two: larger than what `pack`
/// asks for, and an eighth of what zstd would give to anybody.
const WINDOW: u32 = 24;

/// How many bytes of its limit each item of a body counts as: what is one byte here may be a struct
/// of many in memory.
const BYTES_PER_ITEM: usize = 16;

/// The content type of bodies.
pub const CONTENT_TYPE: &str = "application/cbor+zstd";

/// What is wrong with a body.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// Larger than the limit, packed or unpacked, or in memory.
    #[error("the body is larger than allowed")]
    TooLarge,
    /// Not a whole zstd stream.
    #[error("the body is not a whole zstd stream")]
    NotZstd,
    /// Not the CBOR that was expected.
    #[error("the body is not the CBOR that was expected")]
    NotCbor,
}

impl BodyError {
    /// The code of the problem that this is to the other side.
    pub const fn code(&self) -> &'static str {
        match self {
            BodyError::TooLarge => "body_too_large",
            BodyError::NotZstd => "body_not_zstd",
            BodyError::NotCbor => "body_not_cbor",
        }
    }
}

/// Packs a message.
pub fn pack<T: Serialize>(message: &T) -> Result<Vec<u8>, BodyError> {
    let plain = cbor::write(message).map_err(|_| BodyError::NotCbor)?;
    let level = if plain.len() < IS_LARGE { LEVEL } else { LARGE };
    zstd::bulk::compress(&plain, level).map_err(|_| BodyError::NotZstd)
}

/// Unpacks a message of at most `max_unpacked` bytes.
pub fn unpack<T: DeserializeOwned>(packed: &[u8], max_unpacked: usize) -> Result<T, BodyError> {
    let mut decoder = zstd::Decoder::new(packed).map_err(|_| BodyError::NotZstd)?;
    decoder.window_log_max(WINDOW).map_err(|_| BodyError::NotZstd)?;
    let mut plain = Vec::new();
    // One byte more than allowed tells "exactly full" from "too large".
    decoder
        .take(max_unpacked as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|_| BodyError::NotZstd)?;
    if plain.len() > max_unpacked || cbor::items(&plain) > max_unpacked / BYTES_PER_ITEM {
        return Err(BodyError::TooLarge);
    }
    cbor::read(&plain).map_err(|_| BodyError::NotCbor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_bodies_have_their_own_errors() {
        let packed = pack(&vec![7_u64; 1000]).unwrap_or_default();
        assert_eq!(unpack::<Vec<u64>>(&packed, 16_016).ok(), Some(vec![7; 1000]));
        // 1001 items, the array one of them.
        assert_eq!(unpack::<Vec<u64>>(&packed, 16_015), Err(BodyError::TooLarge));
        let truncated = &packed[..packed.len() - 3];
        assert_eq!(unpack::<Vec<u64>>(truncated, 4096), Err(BodyError::NotZstd));
        assert_eq!(unpack::<Vec<u64>>(b"plain text", 4096), Err(BodyError::NotZstd));
        assert_eq!(unpack::<Vec<u64>>(&packed, 100), Err(BodyError::TooLarge));
        assert_eq!(unpack::<Vec<String>>(&packed, 20_000), Err(BodyError::NotCbor));
        // An empty stream that asks for a window of 128 MB.
        let wide = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x88, 1, 0, 0];
        assert_eq!(unpack::<u8>(&wide, 100), Err(BodyError::NotZstd));
        let modest = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x70, 1, 0, 0];
        assert_eq!(unpack::<u8>(&modest, 100), Err(BodyError::NotCbor));
        let with_tail = [cbor::write(&1_u8).unwrap_or_default(), vec![0]].concat();
        let with_tail = zstd::bulk::compress(&with_tail, 1).unwrap_or_default();
        assert_eq!(unpack::<u8>(&with_tail, 100), Err(BodyError::NotCbor));
    }
}
