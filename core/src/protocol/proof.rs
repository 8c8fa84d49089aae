//! The proof that a request comes from the device that it says: a signature over what is asked.
//!
//! Here is which bytes are signed, and how the proof travels in headers. Signing and checking is
//! each side's own.

use sha2::{Digest, Sha256};

use crate::time::Timestamp;

/// Which device asks: its id. Absent when a device enrols, which brings its key in the body.
pub const DEVICE: &str = "kjent-device";
/// When the request was made: milliseconds since 1970, by the server's clock as far as the tablet
/// knows it.
pub const TIME: &str = "kjent-time";
/// Sixteen random bytes in hexadecimal, so that the same request made twice is two requests.
pub const NONCE: &str = "kjent-nonce";
/// The Ed25519 signature of `signed` in hexadecimal.
pub const SIGNATURE: &str = "kjent-signature";

/// How far a request's time may be from the server's clock, in milliseconds.
pub const WINDOW_MILLIS: i64 = 2 * 60_000;

/// The bytes that are signed. `path` is the server's own, such as `/v1/sync`, whatever a proxy in
/// front calls it; `body` is as it travels.
pub fn signed(method: &str, path: &str, time: Timestamp, nonce: &[u8; 16], body: &[u8]) -> Vec<u8> {
    // No part but the last can hold a line's end, so that two requests never share their bytes.
    format!(
        "kjent request 1\n{method}\n{path}\n{}\n{}\n{}",
        time.millis(),
        hex(nonce),
        hex(Sha256::digest(body).as_slice())
    )
    .into_bytes()
}

/// Bytes as the headers hold them.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .collect()
}

/// Bytes from a header; `None` when it holds anything else than so many in hexadecimal.
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|it| u8::try_from(it).ok());
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn these_bytes_are_signed() {
        let time = Timestamp::from_millis(1_795_255_200_123);
        let bytes = signed("POST", "/v1/sync", time, &[0xab; 16], b"hei");
        let text = "kjent request 1\nPOST\n/v1/sync\n1795255200123\n\
                    abababababababababababababababab\n\
                    f9d1af62d004d4da648929bc7dde552685979d6e6a78dc8f9b64eb08e9c4ccb7";
        assert_eq!(String::from_utf8_lossy(&bytes), text);
        // Whatever differs between two requests differs in what is signed.
        let others = [
            signed("GET", "/v1/sync", time, &[0xab; 16], b"hei"),
            signed("POST", "/v1/live", time, &[0xab; 16], b"hei"),
            signed("POST", "/v1/sync", time.plus_minutes(1), &[0xab; 16], b"hei"),
            signed("POST", "/v1/sync", time, &[0xac; 16], b"hei"),
            signed("POST", "/v1/sync", time, &[0xab; 16], b"heia"),
        ];
        assert!(others.iter().all(|other| *other != bytes));
    }

    #[test]
    fn hexadecimal_is_read_as_it_was_written() {
        assert_eq!(hex(&[0, 0x9f, 0xff]), "009fff");
        assert_eq!(unhex("009fff"), Some([0, 0x9f, 0xff]));
        assert_eq!(unhex("009FFF"), Some([0, 0x9f, 0xff]));
        for wrong in ["", "009ff", "009fff0", "009ffg", "+09fff", "åå9f"] {
            assert_eq!(unhex::<3>(wrong), None, "{wrong}");
        }
    }
}
