//! One-time codes: twelve characters that a person can read aloud and type, sixty bits.
//!
//! Crockford's base 32: no I, L, O or U. Case, hyphens and spaces don't count, and the letters that
//! are left out are read as the digits they look like.

use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS: usize = 12;

/// A code from random bytes, in groups of four: `7K2M-9TQX-04HB`.
pub(super) fn make(random: [u8; 8]) -> String {
    let mut bits = u64::from_be_bytes(random);
    let mut code = String::new();
    for position in 0..CHARACTERS {
        if position > 0 && position % 4 == 0 {
            code.push('-');
        }
        let index = (bits & 31) as usize;
        code.push(char::from(ALPHABET[index]));
        bits >>= 5;
    }
    code
}

/// The hash by which a code is known, however it was typed.
pub(super) fn hash(typed: &str) -> [u8; 32] {
    let plain: String = typed
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .map(|character| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Sha256::digest(plain.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = make([0xff, 1, 2, 3, 4, 0, 0, 0x20]);
        assert_eq!(code.len(), 14);
        assert_eq!(&code[..2], "01");
        for typed in [
            code.to_lowercase(),
            code.replace('-', ""),
            code.replace('-', " "),
            format!(" {code}\n"),
            code.replacen('0', "o", 1),
            code.replacen('1', "l", 1),
            code.replacen('1', "I", 1),
        ] {
            assert_eq!(hash(&typed), hash(&code), "{typed}");
        }
        assert_ne!(hash(&code[1..]), hash(&code));
        assert_ne!(make([0; 8]), make([0, 0, 0, 0, 0, 0, 0, 1]));
    }
}
