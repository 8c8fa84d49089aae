//! The demo team on a real server at 07:45 today, whatever the machine's clock says: the same visit
//! is the next one at any hour, and midnight is far away.

use anyhow::Context;
use chrono::{NaiveDate, NaiveTime};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_server::Settings;

use crate::environment::AheadClock;
use crate::server::OwnClockServer;

/// A morning with its server, for tests in windows.
pub struct Morning {
    /// The server.
    pub server: OwnClockServer,
    /// The clock of the server and of every window.
    pub clock: AheadClock,
    /// The day.
    pub today: NaiveDate,
}

impl Morning {
    /// Starts a server with a month of the demo team's history, up to now.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_with(|_| {}).await
    }

    /// The same with other settings.
    pub async fn start_with(set: impl FnOnce(&mut Settings)) -> anyhow::Result<Self> {
        let today = oslo::day(Timestamp::from(chrono::Utc::now()));
        let time = NaiveTime::from_hms_opt(7, 45, 0).context("no such time")?;
        let clock = AheadClock::showing(oslo::moment(today.and_time(time)));
        let server = OwnClockServer::start_with(today, 30, clock.clone(), set).await?;
        Ok(Self { server, clock, today })
    }
}
