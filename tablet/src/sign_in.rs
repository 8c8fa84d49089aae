//! Signing in at the municipality's identity provider, with the system's browser in between.
//!
//! The rules are the server's. The tablet opens no address that others could read along, and takes
//! back no link but the one that it waits for.

use std::path::Path;

use kjent_core::ids::TabletId;
use kjent_core::protocol::{
    BeginSignInResponse, FinishSignInRequest, LogInResponse, PROTOCOL, WaysInResponse,
};
use reqwest::Url;

use crate::sync::{Caller, is_private};
use crate::{Device, Environment, SyncClient, Tablet, TabletError, enrol, lock};

/// The scheme of the links that lead back to the app.
const SCHEME: &str = "kjent";
/// What they lead to.
const HOST: &str = "signed-in";

/// Why what came back from the browser isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefused {
    /// The link is not of this sign-in.
    #[error("the link is not of this sign-in")]
    NotOurs,
    /// The provider didn't let the worker in, or the worker changed their mind there.
    #[error("nobody was signed in")]
    NobodySignedIn,
    /// The server names an address that isn't for a browser.
    #[error("the address is not for a browser")]
    AddressUnsafe,
}

impl SignInRefused {
    pub(crate) fn code(self) -> &'static str {
        match self {
            SignInRefused::NotOurs => "sign_in_unknown",
            SignInRefused::NobodySignedIn => "sign_in_cancelled",
            SignInRefused::AddressUnsafe => "sign_in_not_confirmed",
        }
    }
}

/// A sign-in under way in the browser.
pub struct SignIn {
    device: Device,
    caller: Caller,
    url: Url,
    state: String,
}

/// Which ways in the device's server has.
pub async fn ways_in(
    client: &SyncClient,
    device: &Device,
    environment: &Environment,
) -> Result<WaysInResponse, TabletError> {
    Ok(client.ways_in(&Caller::of_device(device, environment)).await?)
}

impl SignIn {
    /// Begins one on a device.
    pub async fn begin(
        client: &SyncClient,
        device: Device,
        environment: &Environment,
    ) -> Result<Self, TabletError> {
        let caller = Caller::of_device(&device, environment);
        let BeginSignInResponse { url, state } = client.begin_sign_in(&caller).await?;
        let url = Url::parse(&url).ok().filter(is_private).ok_or(SignInRefused::AddressUnsafe)?;
        Ok(Self { device, caller, url, state })
    }

    /// What the browser opens.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Ends it with the link that the browser followed back; `profile` is the worker's profile on
    /// this device that is to get a fresh token, and without one a new profile is made.
    pub async fn finish(
        self,
        client: &SyncClient,
        link: &str,
        profile: Option<TabletId>,
    ) -> Result<LogInResponse, TabletError> {
        let code = code_of(link, &self.state)?;
        let request = FinishSignInRequest { protocol: PROTOCOL, state: self.state, code, profile };
        Ok(client.finish_sign_in(&self.caller, &request).await?)
    }

    /// Ends it by making a profile in a folder, empty until the first sync, and opens it.
    pub async fn join(
        self,
        client: &SyncClient,
        link: &str,
        folder: &Path,
        pin: &str,
        environment: Environment,
    ) -> Result<Tablet, TabletError> {
        enrol::check_new(folder, pin)?;
        let device = self.device.clone();
        let response = self.finish(client, link, None).await?;
        enrol::create(folder, pin, &device, response, environment)
    }

    /// Ends it by opening a profile that no PIN opens any more, or whose session or lease is over, with
    /// a new PIN. The work in it stays as it is.
    pub async fn open_again(
        self,
        client: &SyncClient,
        link: &str,
        folder: &Path,
        pin: &str,
        environment: Environment,
    ) -> Result<Tablet, TabletError> {
        lock::check_pin(pin)?;
        let profile = lock::profile_of(folder)?;
        let response = self.finish(client, link, Some(profile)).await?;
        lock::open_again(folder, response, pin, client, environment).await
    }
}

/// Whether a link leads back from a sign-in at all: the app's scheme has other uses.
pub fn leads_back(link: &str) -> bool {
    Url::parse(link).is_ok_and(|link| link.scheme() == SCHEME && link.host_str() == Some(HOST))
}

/// The code in a link, when the link is of the sign-in with this state.
fn code_of(link: &str, state: &str) -> Result<String, SignInRefused> {
    let link = Url::parse(link).map_err(|_| SignInRefused::NotOurs)?;
    let value = |name: &str| {
        let mut values = link.query_pairs().filter(|(key, _)| key == name);
        let value = values.next().map(|(_, value)| value.into_owned());
        // Said twice is said by somebody else too.
        value.filter(|_| values.next().is_none())
    };
    let is_back = link.scheme() == SCHEME && link.host_str() == Some(HOST);
    if !is_back || value("state").as_deref() != Some(state) {
        return Err(SignInRefused::NotOurs);
    }
    value("code").filter(|code| !code.is_empty()).ok_or(SignInRefused::NobodySignedIn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_link_that_is_waited_for_is_taken() {
        use SignInRefused::{NobodySignedIn, NotOurs};
        let cases = [
            ("kjent://signed-in?code=a%2Bb&state=s1&iss=https%3A%2F%2Fx", Ok("a+b")),
            ("kjent://signed-in/?state=s1&code=c", Ok("c")),
            ("kjent://signed-in?code=c&state=s2", Err(NotOurs)),
            ("kjent://signed-in?code=c", Err(NotOurs)),
            ("kjent://signed-in?code=c&state=s1&state=s2", Err(NotOurs)),
            ("kjent://other?code=c&state=s1", Err(NotOurs)),
            ("https://signed-in?code=c&state=s1", Err(NotOurs)),
            ("kjent:1;https://a;;C", Err(NotOurs)),
            ("", Err(NotOurs)),
            ("kjent://signed-in?error=access_denied&state=s1", Err(NobodySignedIn)),
            ("kjent://signed-in?code=&state=s1", Err(NobodySignedIn)),
            ("kjent://signed-in?code=a&code=b&state=s1", Err(NobodySignedIn)),
        ];
        for (link, expected) in cases {
            assert_eq!(code_of(link, "s1"), expected.map(str::to_owned), "{link}");
        }
        assert!(leads_back("kjent://signed-in?code=c") && !leads_back("kjent:1;https://a;;C"));
    }
}
