//! A server whose clock is the test's: on another day than the machine, or wrong by as much as you
//! like. The server itself is the real one, in this process.

use std::sync::Arc;

use anyhow::Result;
use chrono::NaiveDate;
use kjent_core::time::Timestamp;
use kjent_server::clock::Clock;
use kjent_server::enrolment::mint_code;
use kjent_server::entropy::SystemEntropy;
use kjent_server::import::import;
use kjent_server::store::Store;
use kjent_server::{Server, Settings};
use tempfile::TempDir;

use super::acts;
use crate::day::bundle;
use crate::environment::TestClock;
use crate::tablet::HeadlessTablet;

/// The demo team on a day of the test's choosing.
pub struct ClockWorld {
    /// The server's clock. It shows 07:30 at first, like every tablet's.
    pub clock: TestClock,
    /// The day.
    pub today: NaiveDate,
    server: Server,
    store: Store,
    _folder: TempDir,
}

/// The test's clock, as the server sees it.
struct ServerClock(TestClock);

impl Clock for ServerClock {
    fn now(&self) -> Timestamp {
        kjent_tablet::Clock::now(&self.0)
    }
}

impl ClockWorld {
    /// Starts a server with the team and three days of history.
    pub async fn on(today: NaiveDate) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let clock = TestClock::at(acts::morning(today)?);
        let database = folder.path().join("server.db");
        let mut store = Store::open(&database)?;
        import(&mut store, &bundle(today, 3)?, acts::morning(today)?)?;
        let mut settings = Settings::new(database);
        settings.clock = Arc::new(ServerClock(clock.clone()));
        let server = Server::start(settings, "127.0.0.1:0".parse()?).await?;
        Ok(Self { clock, today, server, store, _folder: folder })
    }

    /// A tablet with a clock of its own.
    pub async fn enrol(
        &mut self,
        employee: &str,
        clock: &TestClock,
        seed: u64,
    ) -> Result<HeadlessTablet> {
        let now = kjent_tablet::Clock::now(&self.clock);
        let code = mint_code(&mut self.store, employee, now, &SystemEntropy)?;
        let address = self.server.address().to_string();
        let tablet = HeadlessTablet::enrol_with(&address, &code, clock, seed).await?;
        tablet.sync().await?;
        Ok(tablet)
    }
}
