//! CBOR, the form of facts and messages: one way to write it, one way to read it.
//!
//! Structs travel as maps with their fields' names, so a reader skips what it doesn't know.

use serde::{Serialize, de::DeserializeOwned};

/// A text of bytes that is not the CBOR that was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the CBOR that was expected")]
pub struct NotCbor;

/// Writes a value. Our own types always can be; a failure means a broken `Serialize`.
pub fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, NotCbor> {
    minicbor_serde::to_vec(value).map_err(|_| NotCbor)
}

/// Reads a value that fills the bytes to their end.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, NotCbor> {
    let mut reader = minicbor_serde::Deserializer::new(bytes);
    let value = T::deserialize(&mut reader).map_err(|_| NotCbor)?;
    if reader.decoder().position() == bytes.len() { Ok(value) } else { Err(NotCbor) }
}
