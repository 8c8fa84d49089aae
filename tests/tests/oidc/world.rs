//! A real server with a real provider, and devices on which workers sign in.

use std::path::PathBuf;
use std::sync::Mutex;

use anyhow::{Context, Result};
use kjent_core::ids::TabletId;
use kjent_core::oslo;
use kjent_core::problem::Problem;
use kjent_core::protocol::{LogInResponse, WaysInResponse};
use kjent_core::time::Timestamp;
use kjent_server::enrolment::mint_code;
use kjent_server::entropy::SystemEntropy;
use kjent_server::import::import;
use kjent_server::oidc::OidcSettings;
use kjent_server::store::Store;
use kjent_server::{Server, Settings};
use kjent_tablet::{
    Caller, Clock, Device, Environment, SignIn, SyncClient, Tablet, TabletError, enrol_device,
    invitation, sync, ways_in,
};
use kjent_tests::day::bundle;
use kjent_tests::environment::TestClock;
use kjent_tests::oidc::Browser;
use kjent_tests::tablet::PIN;
use tempfile::TempDir;

/// The server, in this process so that its clock is the test's.
pub struct World {
    /// The clock of everything but the provider; it stands still.
    pub clock: TestClock,
    /// The tablets' client.
    pub client: SyncClient,
    address: String,
    database: PathBuf,
    _server: Server,
    _folder: TempDir,
}

/// A device that the server knows.
pub struct Known {
    /// Its data folder.
    pub folder: TempDir,
    /// It.
    pub device: Device,
    /// Its clock and randomness.
    pub environment: Environment,
}

impl World {
    /// One with this way in, at this very moment: the provider's clock is the machine's.
    pub async fn with(oidc: Option<OidcSettings>) -> Result<Self> {
        Self::with_settings(|settings| settings.oidc = oidc).await
    }

    /// One with settings.
    pub async fn with_settings(set: impl FnOnce(&mut Settings)) -> Result<Self> {
        let clock = TestClock::at(Timestamp::from(chrono::Utc::now()));
        let folder = tempfile::tempdir()?;
        let database = folder.path().join("server.db");
        let today = oslo::day(clock.now());
        import(&mut Store::open(&database)?, &bundle(today, 1)?, clock.now())?;
        let mut settings = Settings::new(&database);
        settings.clock = std::sync::Arc::new(clock.clone());
        set(&mut settings);
        let server = Server::start(settings, "127.0.0.1:0".parse()?).await?;
        let address = format!("http://{}", server.address());
        let client = SyncClient::new()?;
        Ok(Self { clock, client, address, database, _server: server, _folder: folder })
    }

    /// Makes a device known.
    pub async fn device(&self, seed: u64) -> Result<Known> {
        let folder = tempfile::tempdir()?;
        let environment = self.clock.environment(seed);
        let mut store = Store::open(&self.database)?;
        let code = mint_code(&mut store, self.clock.now(), &SystemEntropy)?;
        let invitation = invitation(&self.address, &code)?;
        let device = enrol_device(folder.path(), &invitation, &self.client, &environment).await?;
        Ok(Known { folder, device, environment })
    }

    /// Says what the provider calls a worker.
    pub fn tie(&self, name: &str, number: &str) -> Result<()> {
        let mut store = Store::open(&self.database)?;
        store.write(|records| {
            let worker = records.worker_by_number(number)?.context("no such worker")?;
            Ok::<_, anyhow::Error>(records.tie_provider_name(name, worker)?)
        })
    }

    /// How many changes the server has accepted.
    pub fn changes(&self) -> Result<u32> {
        let office = rusqlite::Connection::open(&self.database)?;
        Ok(office.query_row("SELECT count(*) FROM change", [], |row| row.get(0))?)
    }

    /// Begins a sign-in on a device.
    pub async fn begin(&self, known: &Known) -> Result<SignIn, TabletError> {
        SignIn::begin(&self.client, known.device.clone(), &known.environment).await
    }

    /// Which ways in the device is told of.
    pub async fn ways_in(&self, known: &Known) -> Result<WaysInResponse, TabletError> {
        ways_in(&self.client, &known.device, &known.environment).await
    }

    /// Signs in on a device, with a browser that may have been at the provider before.
    pub async fn sign_in(
        &self,
        known: &Known,
        browser: &mut Browser,
        name: &str,
        profile: Option<TabletId>,
    ) -> Result<Result<LogInResponse, String>> {
        let begun = match self.begin(known).await {
            Ok(begun) => begun,
            Err(error) => return Ok(Err(Problem::from(&error).code)),
        };
        let link = browser.sign_in(begun.url(), name).await?;
        let finished = begun.finish(&self.client, &link, profile).await;
        Ok(finished.map_err(|error| Problem::from(&error).code))
    }

    /// The same, and makes a profile of it.
    pub async fn join(
        &self,
        known: &Known,
        browser: &mut Browser,
        name: &str,
    ) -> Result<Mutex<Tablet>> {
        let begun = self.begin(known).await?;
        let link = browser.sign_in(begun.url(), name).await?;
        let environment = known.environment.clone();
        let folder = known.folder.path();
        let tablet = begun.join(&self.client, &link, folder, PIN, environment).await?;
        Ok(Mutex::new(tablet))
    }

    /// Syncs a tablet; the problem's code when it fails.
    pub async fn sync(&self, tablet: &Mutex<Tablet>) -> Result<(), String> {
        let synced = sync(tablet, &self.client, |_| {}).await;
        synced.map_err(|error| Problem::from(&error).code)
    }
}

impl Known {
    /// The device, as it asks the server.
    pub fn caller(&self) -> Caller {
        Caller::of_device(&self.device, &self.environment)
    }
}

/// The value of a parameter of an address.
pub fn parameter(url: &str, name: &str) -> Result<String> {
    let url = reqwest::Url::parse(url)?;
    let found = url.query_pairs().find(|(key, _)| key == name);
    Ok(found.with_context(|| format!("no {name}"))?.1.into_owned())
}
