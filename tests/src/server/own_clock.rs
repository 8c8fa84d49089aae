//! A server whose clock is the test's. It is the real one, in this process.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use chrono::NaiveDate;
use kjent_server::account::set_password;
use kjent_server::clock::Clock;
use kjent_server::enrolment::mint_code;
use kjent_server::entropy::SystemEntropy;
use kjent_server::import::import;
use kjent_server::store::Store;
use kjent_server::{Server, Settings};
use tempfile::TempDir;

use crate::access::{Access, PASSWORD};
use crate::day::bundle;

/// The server, with the demo team.
pub struct OwnClockServer {
    /// Such as `127.0.0.1:40123`.
    pub address: String,
    clock: Arc<dyn Clock>,
    database: PathBuf,
    _server: Server,
    _folder: TempDir,
}

impl OwnClockServer {
    /// Starts it with the team of a day, and so many days of history before that.
    pub async fn start(today: NaiveDate, days: u32, clock: impl Clock + 'static) -> Result<Self> {
        Self::start_with(today, days, clock, |_| {}).await
    }

    /// The same with other settings.
    pub async fn start_with(
        today: NaiveDate,
        days: u32,
        clock: impl Clock + 'static,
        set: impl FnOnce(&mut Settings),
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = folder.path().join("server.db");
        import(&mut Store::open(&database)?, &bundle(today, days)?, clock.now())?;
        let clock: Arc<dyn Clock> = Arc::new(clock);
        let mut settings = Settings::new(&database);
        settings.clock = Arc::clone(&clock);
        set(&mut settings);
        let server = Server::start(settings, "127.0.0.1:0".parse()?).await?;
        let address = server.address().to_string();
        Ok(Self { address, clock, database, _server: server, _folder: folder })
    }

    /// A one-time code for a device, and an account for the worker with this employee number.
    pub fn code(&self, employee: &str) -> Result<Access> {
        let (mut store, now) = (Store::open(&self.database)?, self.clock.now());
        set_password(&mut store, employee, PASSWORD, now, &SystemEntropy)?;
        let code = mint_code(&mut store, now, &SystemEntropy)?;
        Ok(Access { code, employee: employee.to_owned() })
    }

    /// Its database, for what the office does.
    pub fn office(&self) -> Result<rusqlite::Connection> {
        Ok(rusqlite::Connection::open(&self.database)?)
    }
}
