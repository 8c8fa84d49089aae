//! Passwords: which may be used, and what is kept of them.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};

use crate::entropy::{Entropy, NoEntropy, random};

/// The fewest characters of a password.
const SHORTEST: usize = 10;
/// The most bytes that are looked at: nobody types more.
const LONGEST: usize = 1024;

/// Why a password may not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// It is short.
    #[error("a password has ten characters or more")]
    TooShort,
    /// It is longer than anybody types.
    #[error("a password has at most 1024 bytes")]
    TooLong,
    /// It is the employee number and little more, or one character over and over.
    #[error("the password is too easy to guess")]
    Trivial,
    /// It can't be made into a hash.
    #[error("the password can't be kept")]
    Unusable,
}

/// Whether a password may be used by the worker with this number.
pub(super) fn check(number: &str, password: &str) -> Result<(), PasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordError::TooShort);
    }
    if password.len() > LONGEST {
        return Err(PasswordError::TooLong);
    }
    let without =
        if number.is_empty() { password.to_owned() } else { password.replace(number, "") };
    let mut different: Vec<char> = without.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 4 { Err(PasswordError::Trivial) } else { Ok(()) }
}

/// A password as it is kept: Argon2id with its salt and cost, as a PHC string.
pub(super) fn hash(password: &str, salt: [u8; 16]) -> Result<String, PasswordError> {
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| PasswordError::Unusable)?;
    Ok(hash.to_string())
}

/// A password that nobody chose: a hundred bits, in groups that can be read aloud.
pub fn generate(entropy: &dyn Entropy) -> Result<String, NoEntropy> {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bytes: [u8; 20] = random(entropy)?;
    let letters: Vec<char> =
        bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// Compares passwords with what is kept of them.
pub(crate) struct Passwords {
    /// What a password is compared with when there is no account, so that it takes as long.
    nobodys: String,
}

impl Passwords {
    pub(crate) fn new(entropy: &dyn Entropy) -> Result<Self, NoEntropy> {
        let password = generate(entropy)?;
        // Were it not a hash, nobody's log-in would only be told apart by its time.
        Ok(Self { nobodys: hash(&password, random(entropy)?).unwrap_or_default() })
    }

    /// Whether a password is the one that is kept. Takes as long when none is.
    pub(crate) fn is_right(&self, password: &str, kept: Option<&str>) -> bool {
        let is_like = |kept: &str| {
            PasswordHash::new(kept).is_ok_and(|kept| {
                Argon2::default().verify_password(password.as_bytes(), &kept).is_ok()
            })
        };
        let like = is_like(kept.unwrap_or(&self.nobodys));
        kept.is_some() && like && password.len() <= LONGEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    #[test]
    fn easy_and_short_passwords_are_refused() {
        let cases = [
            ("1001", "kort", Err(PasswordError::TooShort)),
            ("1001", "ni tegn !", Err(PasswordError::TooShort)),
            ("1001", "1001100110011001", Err(PasswordError::Trivial)),
            ("1001", "aaaaaaaaaaaa", Err(PasswordError::Trivial)),
            ("1234567", "1234567!!!", Err(PasswordError::Trivial)),
            ("1001", "blå himmel", Ok(())),
            ("1001", &"x1y2".repeat(300), Err(PasswordError::TooLong)),
        ];
        for (number, password, expected) in cases {
            assert_eq!(check(number, password), expected, "{password}");
        }
    }

    #[test]
    fn only_the_right_password_is_right_and_nobody_has_one() -> Result<(), NoEntropy> {
        let passwords = Passwords::new(&SystemEntropy)?;
        let password = generate(&SystemEntropy)?;
        assert_eq!(check("1001", &password), Ok(()));
        let kept = hash(&password, [7; 16]).unwrap_or_default();
        assert!(kept.starts_with("$argon2id$v=19$"), "{kept}");
        assert!(!kept.contains(&password));
        assert!(passwords.is_right(&password, Some(&kept)));
        assert!(!passwords.is_right(&password[1..], Some(&kept)));
        assert!(!passwords.is_right(&password, None));
        assert!(!passwords.is_right("", Some("no hash")));
        Ok(())
    }
}
