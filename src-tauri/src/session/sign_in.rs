//! Signing in at the identity provider: the tablet's part, with the browser in the middle.

use kjent_core::command::{SignInAgain, WaysIn};
use kjent_core::problem::Problem;
use kjent_tablet::{Device, SignIn, TabletError, enrol_device, invitation, lock, ways_in};

use super::{Session, problem};
use crate::browser::Browser;

impl Session {
    /// Which ways in there are.
    pub async fn ways_in(&self) -> Result<WaysIn, Problem> {
        let Some(device) = self.device()? else { return Ok(WaysIn::UNKNOWN) };
        let ways = ways_in(&self.client, &device, &self.environment).await;
        let ways = ways.map_err(|error| problem(&error))?;
        Ok(WaysIn { password: ways.password, provider: ways.provider })
    }

    /// Makes a profile of a sign-in, and opens it.
    pub async fn sign_in(
        &self,
        browser: &Browser,
        request: kjent_core::command::SignIn,
    ) -> Result<(), Problem> {
        let failed = |error: TabletError| problem(&error);
        let kjent_core::command::SignIn { server, code, pin } = request;
        // Before the code is spent, and before the worker goes to the browser.
        lock::check_pin(pin.reveal()).map_err(|refused| failed(refused.into()))?;
        let device = match self.device()? {
            Some(device) => device,
            None => {
                let invitation = invitation(&server, &code).map_err(failed)?;
                let data = self.profiles.data();
                enrol_device(data, &invitation, &self.client, &self.environment)
                    .await
                    .map_err(failed)?
            }
        };
        let (sign_in, link) = self.visit(browser, device).await?;
        let environment = self.environment.clone();
        let (profile, folder) = self.profiles.new_folder(&environment).map_err(failed)?;
        let tablet = sign_in.join(&self.client, &link, &folder, pin.reveal(), environment).await;
        self.hold(&profile, tablet.map_err(failed)?);
        Ok(())
    }

    /// Opens a profile again by a sign-in of its worker's, with a new PIN.
    pub async fn sign_in_again(
        &self,
        browser: &Browser,
        request: SignInAgain,
    ) -> Result<(), Problem> {
        let failed = |error: TabletError| problem(&error);
        let SignInAgain { profile, pin } = request;
        lock::check_pin(pin.reveal()).map_err(|refused| failed(refused.into()))?;
        let folder = self.profiles.folder(&profile).map_err(failed)?;
        let device = self.device()?.ok_or_else(|| problem(&TabletError::NotEnrolled))?;
        let (sign_in, link) = self.visit(browser, device).await?;
        let environment = self.environment.clone();
        let tablet =
            sign_in.open_again(&self.client, &link, &folder, pin.reveal(), environment).await;
        self.hold(&profile, tablet.map_err(failed)?);
        Ok(())
    }

    fn device(&self) -> Result<Option<Device>, Problem> {
        Device::of(self.profiles.data()).map_err(|error| problem(&error))
    }

    /// Begins a sign-in, and waits until the browser comes back with a link.
    async fn visit(&self, browser: &Browser, device: Device) -> Result<(SignIn, String), Problem> {
        let sign_in = SignIn::begin(&self.client, device, &self.environment).await;
        let sign_in = sign_in.map_err(|error| problem(&error))?;
        let link = browser.visit(&self.app, sign_in.url()).await?;
        Ok((sign_in, link))
    }
}
