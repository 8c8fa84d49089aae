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

/// How many items bytes of CBOR have, nested ones each counted; for bytes that are none, some number.
pub fn items(bytes: &[u8]) -> usize {
    let (mut count, mut left) = (0, bytes);
    while let Some((first, rest)) = left.split_first() {
        count += 1;
        let size = match first & 0x1f {
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => 0,
        };
        let Some((argument, rest)) = rest.split_at_checked(size) else { break };
        let number = match size {
            0 => u64::from(first & 0x1f),
            _ => argument.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)),
        };
        // Byte strings and texts of known length; what is in them is no item.
        let is_string = matches!(first >> 5, 2 | 3) && first & 0x1f < 28;
        let content = if is_string { usize::try_from(number).unwrap_or(usize::MAX) } else { 0 };
        left = rest.get(content..).unwrap_or_default();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted_however_deep_and_not_within_strings() -> Result<(), NotCbor> {
        let text = "x".repeat(70_000);
        let counts = [
            (write(&7_u64)?, 1),
            (write(&u64::MAX)?, 1),
            (write(&text)?, 1),
            (write(&vec![vec![1, 2], vec![300]])?, 6),
            (write(&("\u{1}\u{2}", serde_bytes::ByteBuf::from([0; 300])))?, 3),
            (vec![0x9f, 0x81, 0x01, 0xff], 4),
            (vec![0x81; 500], 500),
            // Cut off.
            (vec![0x19, 1], 1),
            (vec![0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], 1),
        ];
        for (bytes, count) in counts {
            assert_eq!(items(&bytes), count, "{:?}", bytes.get(..9));
        }
        Ok(())
    }
}
