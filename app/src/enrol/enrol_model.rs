//! What has been filled in, and what is missing.

use kjent_core::command::Enrol;

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnrolForm {
    /// The server's address.
    pub server: String,
    /// The one-time code.
    pub code: String,
    /// The PIN.
    pub pin: String,
    /// The PIN once more.
    pub pin_again: String,
}

/// Why a form can't be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomplete {
    /// A field is empty.
    Empty,
    /// The two PINs are not alike.
    PinsDiffer,
}

impl EnrolForm {
    /// The request, when everything is filled in.
    pub fn request(&self) -> Result<Enrol, Incomplete> {
        let request = Enrol {
            server: self.server.trim().trim_end_matches('/').to_owned(),
            code: self.code.trim().to_owned(),
            pin: self.pin.as_str().into(),
        };
        if request.server.is_empty() || request.code.is_empty() || request.pin.is_empty() {
            Err(Incomplete::Empty)
        } else if self.pin != self.pin_again {
            Err(Incomplete::PinsDiffer)
        } else {
            Ok(request)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_when_it_is_whole() {
        let form = |server: &str, code: &str, pin: &str, again: &str| EnrolForm {
            server: server.into(),
            code: code.into(),
            pin: pin.into(),
            pin_again: again.into(),
        };
        assert_eq!(form("", "A", "1", "1").request(), Err(Incomplete::Empty));
        assert_eq!(form("https://a", "", "1", "1").request(), Err(Incomplete::Empty));
        assert_eq!(form("https://a", "A", "1", "2").request(), Err(Incomplete::PinsDiffer));
        let whole = form(" https://a/ ", " A ", "1", "1").request();
        assert_eq!(
            whole,
            Ok(Enrol { server: "https://a".into(), code: "A".into(), pin: "1".into() })
        );
    }
}
