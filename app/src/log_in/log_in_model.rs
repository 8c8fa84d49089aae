//! What has been filled in, and what is missing.

use kjent_core::command::{Enrol, SignIn};

/// What is to be done before the tablet opens for the first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// The server has to know the tablet, and then a worker logs in.
    #[default]
    Device,
    /// The server knows the tablet; a worker logs in.
    LogIn,
}

/// How an invitation begins, which holds the server's address too.
const INVITATION: &str = "kjent:";

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnrolForm {
    /// Which fields there are.
    pub step: Step,
    /// The one-time code, or the whole invitation.
    pub code: String,
    /// The server's address, when the code is typed alone.
    pub server: String,
    /// The worker's employee number.
    pub employee_number: String,
    /// The password of the worker's account.
    pub password: String,
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
            employee_number: self.employee_number.trim().to_owned(),
            password: self.password.as_str().into(),
            pin: self.pin.as_str().into(),
        };
        let fields = [&request.employee_number, &self.password];
        if fields.iter().any(|field| field.is_empty()) {
            return Err(Incomplete::Empty);
        }
        self.rest_is_whole().map(|()| request)
    }

    /// The request to sign in at the identity provider, for which number and password are not
    /// asked here.
    pub fn sign_in(&self) -> Result<SignIn, Incomplete> {
        self.rest_is_whole()?;
        Ok(SignIn {
            server: self.server.trim().trim_end_matches('/').to_owned(),
            code: self.code.trim().to_owned(),
            pin: self.pin.as_str().into(),
        })
    }

    /// Whether everything is filled in but number and password.
    fn rest_is_whole(&self) -> Result<(), Incomplete> {
        let code = self.code.trim().to_lowercase();
        let lacks_server = !code.starts_with(INVITATION) && self.server.trim().is_empty();
        let lacks_device = self.step == Step::Device && (code.is_empty() || lacks_server);
        if lacks_device || self.pin.is_empty() {
            Err(Incomplete::Empty)
        } else if self.pin != self.pin_again {
            Err(Incomplete::PinsDiffer)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_when_it_is_whole() {
        let whole = EnrolForm {
            step: Step::Device,
            code: " 7K2M ".into(),
            server: " https://a/ ".into(),
            employee_number: " 1001 ".into(),
            password: " hest og ku ".into(),
            pin: "1".into(),
            pin_again: "1".into(),
        };
        let request = Enrol {
            server: "https://a".into(),
            code: "7K2M".into(),
            employee_number: "1001".into(),
            password: " hest og ku ".into(),
            pin: "1".into(),
        };
        assert_eq!(whole.request(), Ok(request));
        let changed = |change: fn(&mut EnrolForm)| {
            let mut form = whole.clone();
            change(&mut form);
            form.request().map(|_| ())
        };
        let empty = Err(Incomplete::Empty);
        assert_eq!(changed(|form| form.code.clear()), empty);
        assert_eq!(changed(|form| form.server.clear()), empty);
        assert_eq!(changed(|form| form.employee_number.clear()), empty);
        assert_eq!(changed(|form| form.password.clear()), empty);
        assert_eq!(changed(|form| form.pin.clear()), empty);
        assert_eq!(changed(|form| form.pin_again.push('2')), Err(Incomplete::PinsDiffer));
        // At the identity provider, number and password are asked for there.
        let elsewhere =
            EnrolForm { employee_number: String::new(), password: String::new(), ..whole.clone() };
        let sign_in = SignIn { server: "https://a".into(), code: "7K2M".into(), pin: "1".into() };
        assert_eq!(elsewhere.sign_in(), Ok(sign_in));
        assert_eq!(EnrolForm { code: String::new(), ..elsewhere }.sign_in().map(|_| ()), empty);
        // An invitation has the address in it, and a tablet that is known needs neither.
        let invited = changed(|form| {
            form.code = "kjent:1;https://a;;7K2M".into();
            form.server.clear();
        });
        assert_eq!(invited, Ok(()));
        let known = changed(|form| {
            form.step = Step::LogIn;
            form.code.clear();
            form.server.clear();
        });
        assert_eq!(known, Ok(()));
    }
}
