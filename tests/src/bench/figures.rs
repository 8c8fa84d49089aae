//! The sync figures as `--json` writes them, and how figures are printed.

use std::io::Write;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// All of them, in one run.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// A tablet with a shift's work reconnects.
    pub w1: Shift,
    /// A new tablet is filled.
    pub w2: Filling,
    /// Many tablets reconnect at once.
    pub w3: Vec<Storm>,
    /// A visit is signed.
    pub w4: Save,
}

/// W1: bytes as they pass on the wire, HTTP headers included.
#[derive(Debug, Serialize)]
pub struct Shift {
    /// How many requests it took.
    pub requests: u64,
    /// Bytes from the tablet.
    pub bytes_up: u64,
    /// Bytes to the tablet.
    pub bytes_down: u64,
    /// The new content as JSON, zstd -19.
    pub floor_bytes: u64,
    /// How long it took, in milliseconds.
    pub ms: u64,
}

/// W2.
#[derive(Debug, Serialize)]
pub struct Filling {
    /// Until today's list was whole, in milliseconds from the first request after enrolment.
    pub first_list_ms: u64,
    /// Until everything was there.
    pub all_ms: u64,
    /// Bytes both ways on the wire, enrolment included.
    pub bytes: u64,
    /// All content as JSON, zstd -19.
    pub floor_bytes: u64,
    /// The most memory that the tablet's process held, in MB (10⁶ bytes).
    pub peak_rss_mb: u64,
}

/// W3, for one size of storm.
#[derive(Debug, Serialize)]
pub struct Storm {
    /// How many tablets.
    pub tablets: usize,
    /// In how many teams.
    pub teams: usize,
    /// How many of them failed.
    pub failed: usize,
    /// Until the last one was done, in milliseconds.
    pub ms: u64,
    /// The 99th percentile of a tablet's own time.
    pub p99_ms: u64,
    /// The server's processor time.
    pub server_cpu_ms: u64,
    /// The most memory that the server's process held in the storm, in MB (10⁶ bytes).
    pub peak_rss_mb: u64,
}

/// W4, in microseconds.
#[derive(Debug, Serialize)]
pub struct Save {
    /// The median.
    pub p50_us: u64,
    /// The 99th percentile.
    pub p99_us: u64,
    /// Counted by strace; absent where there is none.
    pub fsyncs_per_save: Option<f64>,
    /// The median of a bare write of 4 kB with its fsync in the same folder.
    pub fsync_p50_us: u64,
}

/// Prints a line.
pub fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Times that were measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Times(Vec<Duration>);

impl Times {
    /// These.
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The time that so many percent didn't exceed.
    pub fn at(&self, percent: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get((self.0.len() * percent / 100).min(last)).copied().unwrap_or_default()
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "p50 {:>8.2?}   p99 {:>8.2?}   n {}", self.at(50), self.at(99), self.0.len())
    }
}

/// Whole milliseconds.
pub fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Whole microseconds.
pub fn us(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// MB (10⁶ bytes) of what the system counts in units of 1024 bytes.
pub fn mb(kb: u64) -> u64 {
    (kb * 1024).div_ceil(1_000_000)
}

/// How many times the floor.
pub fn times_floor(bytes: u64, floor: u64) -> String {
    format!("{:.2} × the floor", bytes as f64 / floor.max(1) as f64)
}
