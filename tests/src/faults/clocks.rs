//! A team and a server on another day than the machine's, or with a clock that is wrong by as much
//! as you like.

use anyhow::Result;
use chrono::NaiveDate;

use super::acts;
use crate::environment::TestClock;
use crate::server::OwnClockServer;
use crate::tablet::HeadlessTablet;

/// The demo team on a day of the test's choosing.
pub struct ClockWorld {
    /// The server's clock. It shows 07:30 at first, like every tablet's.
    pub clock: TestClock,
    /// The day.
    pub today: NaiveDate,
    server: OwnClockServer,
}

impl ClockWorld {
    /// Starts a server with the team and three days of history.
    pub async fn on(today: NaiveDate) -> Result<Self> {
        let clock = TestClock::at(acts::morning(today)?);
        let server = OwnClockServer::start(today, 3, clock.clone()).await?;
        Ok(Self { clock, today, server })
    }

    /// A tablet with a clock of its own.
    pub async fn enrol(
        &mut self,
        employee: &str,
        clock: &TestClock,
        seed: u64,
    ) -> Result<HeadlessTablet> {
        let code = self.server.code(employee)?;
        let tablet = HeadlessTablet::enrol_with(&self.server.address, &code, clock, seed).await?;
        tablet.sync().await?;
        Ok(tablet)
    }
}
