//! The invitation: what a new tablet is given so that it finds the server, knows it and is let in.
//!
//! `kjent:1;https://kjent.example.no;<key>;7K2M-9TQX-04HB`: the form's version, the server's
//! address, the SHA-256 of its certificate's public key in hexadecimal (empty when any certificate
//! that the web trusts will do), and the one-time code. One line, so that it is pasted or scanned.

use std::fmt;
use std::str::FromStr;

use super::proof;

/// How an invitation begins.
pub const SCHEME: &str = "kjent:";
const VERSION: &str = "1";

/// The SHA-256 of a certificate's SubjectPublicKeyInfo.
pub type Pin = [u8; 32];

/// An invitation.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The server's address, such as `https://kjent.example.no`.
    pub server: String,
    /// The only key that the server may have; `None` when the web's certificates are to be trusted.
    pub pin: Option<Pin>,
    /// The one-time code.
    pub code: String,
}

/// A text is no invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an invitation")]
pub struct NoInvitation;

impl Invitation {
    /// Whether a text is meant as one: a code alone is not.
    pub fn is_meant(text: &str) -> bool {
        text.trim_start().get(..SCHEME.len()).is_some_and(|it| it.eq_ignore_ascii_case(SCHEME))
    }
}

impl fmt::Display for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pin = self.pin.map(|pin| proof::hex(&pin)).unwrap_or_default();
        write!(f, "{SCHEME}{VERSION};{};{pin};{}", self.server, self.code)
    }
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The code is a secret while it is good.
        f.debug_struct("Invitation").field("server", &self.server).finish_non_exhaustive()
    }
}

impl FromStr for Invitation {
    type Err = NoInvitation;

    fn from_str(text: &str) -> Result<Self, NoInvitation> {
        let text = text.trim();
        if !Self::is_meant(text) {
            return Err(NoInvitation);
        }
        let mut parts = text[SCHEME.len()..].split(';').map(str::trim);
        let mut next = || parts.next().ok_or(NoInvitation);
        let (version, server, pin, code) = (next()?, next()?, next()?, next()?);
        let pin = match pin {
            "" => None,
            pin => Some(proof::unhex(pin).ok_or(NoInvitation)?),
        };
        if version != VERSION || server.is_empty() || code.is_empty() || parts.next().is_some() {
            return Err(NoInvitation);
        }
        Ok(Self { server: server.to_owned(), pin, code: code.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_read_as_it_was_written() {
        for pin in [None, Some([0x5a; 32])] {
            let code = "7K2M-9TQX-04HB".to_owned();
            let server = "https://10.0.0.7:8443".to_owned();
            let invitation = Invitation { server, pin, code };
            let text = invitation.to_string();
            assert_eq!(text.parse(), Ok(invitation.clone()));
            assert_eq!(format!(" {}\n", text.replace("kjent:", "KJENT:")).parse(), Ok(invitation));
        }
    }

    #[test]
    fn anything_else_is_none() {
        let good = "kjent:1;https://a;;C";
        assert!(good.parse::<Invitation>().is_ok());
        for wrong in [
            "",
            "7K2M-9TQX-04HB",
            "kjent:",
            "kjent:2;https://a;;C",
            "kjent:1;;;C",
            "kjent:1;https://a;;",
            "kjent:1;https://a;abcd;C",
            "kjent:1;https://a;;C;D",
            "https://a",
        ] {
            assert!(wrong.parse::<Invitation>().is_err(), "{wrong}");
        }
        assert!(!Invitation::is_meant("7K2M-9TQX-04HB") && !Invitation::is_meant("kjen"));
        assert!(!Invitation::is_meant("ååå"));
    }
}
