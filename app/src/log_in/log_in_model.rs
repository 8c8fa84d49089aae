//! What is typed to get in, what is missing, and the request that it makes. Pure.

use std::mem::take;

use kjent_core::command::{Enrol, LogInAgain, SignIn, SignInAgain};
use kjent_core::secret::Secret;

/// What a worker gets in for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The server has to know the tablet first; then the worker's profile is made.
    Device,
    /// The server knows the tablet; the worker's profile is made.
    Join,
    /// To the worker's profile of this name, which no PIN opens any more.
    Again(String),
}

/// How a worker shows who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With employee number and password.
    Password,
    /// At the municipality's identity provider, where they are asked for who they are.
    Provider,
}

/// What is asked of the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// A first time with a password.
    Enrol(Enrol),
    /// A first time at the provider.
    SignIn(SignIn),
    /// Once more with a password.
    LogInAgain(LogInAgain),
    /// Once more at the provider.
    SignInAgain(SignInAgain),
}

/// How an invitation begins, which holds the server's address too.
const INVITATION: &str = "kjent:";

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The one-time code, or the whole invitation.
    pub code: String,
    /// The server's address, when the code is typed alone.
    pub server: String,
    /// The worker's employee number.
    pub employee_number: String,
    /// The password of the worker's account.
    pub password: Secret,
    /// The PIN.
    pub pin: Secret,
    /// The PIN once more.
    pub pin_again: Secret,
}

/// Why it can't be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomplete {
    /// A field is empty.
    Empty,
    /// The two PINs are not alike.
    PinsDiffer,
}

impl Typed {
    /// The request, when everything is filled in that it takes. It takes the secrets out of the form.
    pub fn request(&mut self, purpose: Purpose, way: Way) -> Result<Request, Incomplete> {
        let code = self.code.trim().to_owned();
        let server = self.server.trim().trim_end_matches('/').to_owned();
        let has_server = code.to_lowercase().starts_with(INVITATION) || !server.is_empty();
        let lacks_device = purpose == Purpose::Device && (code.is_empty() || !has_server);
        let employee_number = self.employee_number.trim().to_owned();
        let lacks_account = employee_number.is_empty() || self.password.is_empty();
        if lacks_device || (way == Way::Password && lacks_account) || self.pin.is_empty() {
            return Err(Incomplete::Empty);
        }
        if self.pin != self.pin_again {
            return Err(Incomplete::PinsDiffer);
        }
        self.pin_again = Secret::default();
        let (password, pin) = (take(&mut self.password), take(&mut self.pin));
        Ok(match (purpose, way) {
            (Purpose::Again(profile), Way::Password) => {
                Request::LogInAgain(LogInAgain { profile, employee_number, password, pin })
            }
            (Purpose::Again(profile), Way::Provider) => {
                Request::SignInAgain(SignInAgain { profile, pin })
            }
            (_, Way::Password) => {
                Request::Enrol(Enrol { server, code, employee_number, password, pin })
            }
            (_, Way::Provider) => Request::SignIn(SignIn { server, code, pin }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Typed {
        Typed {
            code: " 7K2M ".into(),
            server: " https://a/ ".into(),
            employee_number: " 1001 ".into(),
            password: " hest og ku ".into(),
            pin: "1".into(),
            pin_again: "1".into(),
        }
    }

    #[test]
    fn each_way_in_asks_for_what_it_takes() {
        let (server, code) = ("https://a".to_owned(), "7K2M".to_owned());
        let (employee_number, password) = ("1001".to_owned(), Secret::from(" hest og ku "));
        let (profile, pin) = ("p".to_owned(), Secret::from("1"));
        let again = || Purpose::Again("p".to_owned());
        let enrol = Enrol {
            server: server.clone(),
            code: code.clone(),
            employee_number: employee_number.clone(),
            password: password.clone(),
            pin: pin.clone(),
        };
        let sign_in = SignIn { server, code, pin: pin.clone() };
        let log_in =
            LogInAgain { profile: profile.clone(), employee_number, password, pin: pin.clone() };
        let cases = [
            (Purpose::Device, Way::Password, Request::Enrol(enrol.clone())),
            (Purpose::Join, Way::Password, Request::Enrol(enrol)),
            (Purpose::Device, Way::Provider, Request::SignIn(sign_in.clone())),
            (Purpose::Join, Way::Provider, Request::SignIn(sign_in)),
            (again(), Way::Password, Request::LogInAgain(log_in)),
            (again(), Way::Provider, Request::SignInAgain(SignInAgain { profile, pin })),
        ];
        for (purpose, way, expected) in cases {
            let mut typed = whole();
            assert_eq!(typed.request(purpose, way), Ok(expected));
            assert!(
                typed.password.is_empty() && typed.pin.is_empty() && typed.pin_again.is_empty()
            );
        }
    }

    #[test]
    fn what_is_missing_depends_on_the_way_and_the_purpose() {
        let missing = |purpose: &Purpose, way, change: fn(&mut Typed)| {
            let mut typed = whole();
            change(&mut typed);
            let why = typed.request(purpose.clone(), way).err();
            assert!(why.is_none() || !typed.pin_again.is_empty(), "what isn't sent stays");
            why
        };
        let empty = Some(Incomplete::Empty);
        let (device, join) = (Purpose::Device, Purpose::Join);
        let no_code = |typed: &mut Typed| typed.code.clear();
        let no_server = |typed: &mut Typed| typed.server.clear();
        let no_number = |typed: &mut Typed| typed.employee_number.clear();
        let no_password = |typed: &mut Typed| typed.password = Secret::default();
        let no_pin = |typed: &mut Typed| typed.pin = Secret::default();
        let invited = |typed: &mut Typed| {
            typed.code = " KJENT:1;https://a;;7K2M".into();
            typed.server.clear();
        };
        for way in [Way::Password, Way::Provider] {
            for change in [no_code, no_server] {
                assert_eq!(missing(&device, way, change), empty);
                // A tablet that is known needs neither.
                assert_eq!(missing(&join, way, change), None);
            }
            // An invitation has the address in it.
            assert_eq!(missing(&device, way, invited), None);
            for purpose in [device.clone(), join.clone(), Purpose::Again("p".into())] {
                assert_eq!(missing(&purpose, way, no_pin), empty);
                let differs = |typed: &mut Typed| typed.pin_again = "2".into();
                assert_eq!(missing(&purpose, way, differs), Some(Incomplete::PinsDiffer));
                // At the provider, number and password are asked for there.
                let account = if way == Way::Password { empty } else { None };
                assert_eq!(missing(&purpose, way, no_number), account);
                assert_eq!(missing(&purpose, way, no_password), account);
            }
        }
    }
}
