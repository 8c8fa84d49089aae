//! The demo team on a real server, this morning.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Context;
use chrono::{NaiveDate, NaiveTime};
use kjent_core::oslo;
use kjent_core::protocol::Bundle;
use kjent_core::time::Timestamp;
use kjent_demo::Options;
use tempfile::TempDir;

use crate::environment::TestClock;
use crate::programs::{program, workspace};
use crate::server::{Server, import};
use crate::tablet::HeadlessTablet;

/// The nurse whose day it is.
pub const ANNE: &str = "1001";
/// A nurse of the same team.
pub const SARA: &str = "1002";
/// A helper of the same team.
pub const FATIMA: &str = "1004";

/// The team lead.
pub const INGVILD: &str = "1010";

/// The seed of the demo team, as `cargo xtask run` has it.
const SEED: u64 = 1;

/// A day with its server and its clock, which stands at 07:30.
pub struct Day {
    /// The server.
    pub server: Server,
    /// The clock of all tablets.
    pub clock: TestClock,
    /// The day.
    pub today: NaiveDate,
    folder: TempDir,
}

impl Day {
    /// Starts a server with a month of the demo team's history, up to this morning.
    pub fn start() -> anyhow::Result<Self> {
        Self::with_history(30)
    }

    /// Starts a server with so many days of history.
    pub fn with_history(days: u32) -> anyhow::Result<Self> {
        Self::make(tempfile::tempdir()?, days)
    }

    /// Starts a server whose database lies in this folder.
    pub fn start_in(folder: &Path) -> anyhow::Result<Self> {
        Self::make(tempfile::tempdir_in(folder)?, 30)
    }

    fn make(folder: TempDir, days: u32) -> anyhow::Result<Self> {
        let today = oslo::day(Timestamp::from(chrono::Utc::now()));
        let database = folder.path().join("server.db");
        fs::copy(imported(today, days)?, &database)?;
        let server = Server::start(&database)?;
        let morning = NaiveTime::from_hms_opt(7, 30, 0).context("no such time")?;
        let clock = TestClock::at(oslo::moment(today.and_time(morning)));
        Ok(Self { server, clock, today, folder })
    }

    /// A tablet for each of these workers, filled.
    pub async fn tablets<const N: usize>(
        &self,
        employees: [&str; N],
    ) -> anyhow::Result<[HeadlessTablet; N]> {
        let mut tablets = Vec::new();
        for (seed, employee) in (1..).zip(employees) {
            let tablet = HeadlessTablet::enrol(&self.server, employee, &self.clock, seed).await?;
            tablet.sync().await?;
            tablets.push(tablet);
        }
        tablets.try_into().map_err(|_| anyhow::anyhow!("not one for each"))
    }

    /// A folder that goes with the day.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// A server's database with the demo team, as the server's own command imports it: once, and kept for
/// every test that begins with it, also in other processes, as long as the programs are the same.
fn imported(today: NaiveDate, days: u32) -> anyhow::Result<PathBuf> {
    let kept = workspace().join("target/tmp/days");
    let mut built = String::new();
    for name in ["kjent-demo", "kjent-server"] {
        let modified = fs::metadata(program(name)?)?.modified()?;
        write!(built, "-{}", modified.duration_since(UNIX_EPOCH)?.as_nanos())?;
    }
    let database = kept.join(format!("{today}-{days}{built}"));
    if !database.exists() {
        fs::create_dir_all(&kept)?;
        let folder = tempfile::tempdir_in(&kept)?;
        let whole = import(folder.path(), &[bundle(today, days)?])?;
        // At once: another test may have the same in mind.
        fs::rename(whole, &database)?;
    }
    Ok(database)
}

/// The demo team with so many days of history before a day.
pub fn bundle(today: NaiveDate, days: u32) -> anyhow::Result<Bundle> {
    Ok(kjent_demo::bundle(&kjent_demo::embedded()?, Options { today, days, seed: SEED })?)
}
