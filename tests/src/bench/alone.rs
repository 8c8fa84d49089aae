//! A tablet in a process of its own, so that what is measured of the process is the tablet's: its
//! memory, its fsyncs. The benchmark starts itself again for one errand, and reads a line of JSON.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use chrono::NaiveDate;
use kjent_core::time::Timestamp;
use kjent_tablet::{SyncClient, Tablet, sync};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::process::Command;

use super::figures::{Times, say};
use super::process::{THIS, peak_kb};
use super::team::VISITS_A_DAY;
use super::text::Pen;
use super::{floor, process, work};
use crate::access::{Access, enrol};
use crate::environment::TestClock;
use crate::tablet::PIN;

/// The command that the benchmark starts itself with.
pub const COMMAND: &str = "alone";
/// The files whose fsync says in a trace that saving begins and that it ends.
pub const MARKS: [&str; 2] = ["saving-begins", "saving-ends"];

/// What to do.
#[derive(Debug, Serialize, Deserialize)]
pub struct Errand {
    /// The tablet's folder.
    pub folder: PathBuf,
    /// The tablet's clock, where it doesn't follow from the work.
    pub now: Timestamp,
    /// The seed of its randomness: another for each errand.
    pub seed: u64,
    /// What.
    pub task: Task,
}

/// What to do.
#[derive(Debug, Serialize, Deserialize)]
pub enum Task {
    /// Enrol and sync: tells `Filled`.
    Fill {
        /// The server's address.
        server: String,
        /// Who fills it.
        access: Access,
    },
    /// Document a shift and edit three goals, offline: tells what was written, as JSON.
    Document(work::Shift),
    /// Sync: tells `Reconnected`.
    Reconnect,
    /// Document so many shifts from one on: tells `Saved`.
    Save {
        /// The day of shift 0.
        first: NaiveDate,
        /// The first of them.
        from: usize,
        /// How many.
        shifts: usize,
        /// How many of them go by before the app is started anew.
        between_starts: usize,
    },
}

/// How a new tablet was filled.
#[derive(Debug, Serialize, Deserialize)]
pub struct Filled {
    /// Enrolment, from the code to an open profile.
    pub enrolled: Duration,
    /// From then until today's list was whole.
    pub first_list: Duration,
    /// From then until all was there.
    pub all: Duration,
    /// How many documents are there.
    pub documents: usize,
    /// The most memory, in kB.
    pub peak_kb: u64,
    /// The size of the database, in bytes.
    pub database: u64,
}

/// How a tablet reconnected.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reconnected {
    /// The sync.
    pub time: Duration,
    /// Its processor time.
    pub cpu: Duration,
    /// The most memory, in kB.
    pub peak_kb: u64,
    /// The most memory before the sync, which is that of unlocking, in kB.
    pub unlocked_kb: u64,
}

/// How long saving took.
#[derive(Debug, Serialize, Deserialize)]
pub struct Saved {
    /// Each signed visit.
    pub saves: Times,
    /// A bare write with its fsync in the same folder.
    pub fsyncs: Times,
}

/// Sends a tablet on an errand, after the words of another command (such as strace's), and reads
/// what it tells.
pub async fn send<T: DeserializeOwned>(errand: &Errand, under: &[&str]) -> anyhow::Result<T> {
    let this = std::env::current_exe()?;
    let mut command = match under.split_first() {
        Some((program, words)) => {
            let mut command = Command::new(program);
            command.args(words).arg(this);
            command
        }
        None => Command::new(this),
    };
    command.arg(COMMAND).arg(serde_json::to_string(errand)?);
    let ended = command.stderr(Stdio::inherit()).kill_on_drop(true).output().await?;
    ensure!(ended.status.success(), "the tablet ended with {}", ended.status);
    Ok(serde_json::from_slice(&ended.stdout)?)
}

/// Does the errand, and tells on standard output.
pub async fn run(errand: &str) -> anyhow::Result<()> {
    let Errand { folder, now, seed, task } = serde_json::from_str(errand)?;
    let clock = TestClock::at(now);
    let told = match task {
        Task::Fill { server, access } => {
            serde_json::to_string(&fill(&folder, &server, &access, &clock, seed).await?)?
        }
        Task::Document(shift) => {
            let mut tablet = Tablet::open(&folder, PIN, clock.environment(seed))?;
            serde_json::to_string(&document(&mut tablet, &clock, shift)?)?
        }
        Task::Reconnect => {
            let tablet = Tablet::open(&folder, PIN, clock.environment(seed))?;
            serde_json::to_string(&reconnect(tablet).await?)?
        }
        Task::Save { first, from, shifts, between_starts } => {
            let shifts = (from..from + shifts).map(|number| work::Shift::number(first, number));
            let shifts = shifts.collect::<anyhow::Result<Vec<_>>>()?;
            serde_json::to_string(&save(&folder, &clock, seed, shifts.chunks(between_starts))?)?
        }
    };
    say(&told)
}

async fn fill(
    folder: &Path,
    server: &str,
    access: &Access,
    clock: &TestClock,
    seed: u64,
) -> anyhow::Result<Filled> {
    let client = SyncClient::new()?;
    let start = Instant::now();
    let tablet = enrol(folder, server, access, &client, clock.environment(seed)).await?;
    let enrolled = start.elapsed();
    let tablet = Mutex::new(tablet);
    let start = Instant::now();
    let mut first = None;
    sync(&tablet, &client, |_| {
        if first.is_none() {
            first = todays_list(&tablet).map(|list| (start.elapsed(), list));
        }
    })
    .await?;
    let all = start.elapsed();
    let (first_list, list) = first.context("today's list never was whole")?;
    ensure!(todays_list(&tablet) == Some(list), "today's first list was not the whole one");
    let peak_kb = peak_kb(THIS)?;
    let documents = tablet.lock().unwrap_or_else(PoisonError::into_inner).heads()?.len();
    let database = std::fs::metadata(folder.join("kjent.db"))?.len();
    Ok(Filled { enrolled, first_list, all, documents, peak_kb, database })
}

/// What today's list says of where to go and what to do there, once it is whole: every visit, with
/// name, address and interventions.
fn todays_list(tablet: &Mutex<Tablet>) -> Option<Vec<Value>> {
    let tablet = tablet.lock().unwrap_or_else(PoisonError::into_inner);
    let visits = tablet.read_today().ok()?.visits;
    let whole = visits.len() == VISITS_A_DAY
        && visits.iter().all(|card| !card.name.is_empty() && !card.interventions.is_empty());
    let told = |card: &kjent_core::view::VisitCardView| {
        serde_json::json!([
            card.visit,
            card.name,
            card.address,
            card.entry,
            card.starts,
            card.worker_name,
            card.what_matters,
            card.interventions,
            card.critical,
        ])
    };
    whole.then(|| visits.iter().map(told).collect())
}

fn document(
    tablet: &mut Tablet,
    clock: &TestClock,
    shift: work::Shift,
) -> anyhow::Result<Vec<Value>> {
    let mut pen = Pen::new(&kjent_demo::embedded()?, "alone");
    let signed = work::document(tablet, clock, shift, &mut pen)?;
    let edits = work::edit_goals(tablet, work::clients(&signed), &mut pen)?;
    ensure!(edits.len() == 3, "{} goals could be edited", edits.len());
    let mut content = work::content(tablet, signed)?;
    content.extend(edits);
    Ok(content)
}

async fn reconnect(tablet: Tablet) -> anyhow::Result<Reconnected> {
    let client = SyncClient::new()?;
    let tablet = Mutex::new(tablet);
    let unlocked_kb = peak_kb(THIS)?;
    let cpu = process::cpu(THIS)?;
    let start = Instant::now();
    sync(&tablet, &client, |_| {}).await?;
    let time = start.elapsed();
    let cpu = process::cpu(THIS)?.saturating_sub(cpu);
    Ok(Reconnected { time, cpu, peak_kb: peak_kb(THIS)?, unlocked_kb })
}

fn save<'a>(
    folder: &Path,
    clock: &TestClock,
    seed: u64,
    starts: impl Iterator<Item = &'a [work::Shift]>,
) -> anyhow::Result<Saved> {
    let pen = Pen::new(&kjent_demo::embedded()?, "");
    let mut times = Vec::new();
    let mut fsyncs = floor::fsyncs(folder)?;
    for (number, shifts) in (0_u64..).zip(starts) {
        let mut tablet = Tablet::open(folder, PIN, clock.environment(seed + number))?;
        for shift in shifts {
            let mut pen = pen.named(&format!("{}/{}", shift.day, shift.share));
            let mut drafts = Vec::new();
            for card in shift.visits(&tablet, clock)? {
                drafts.push((card.visit, work::begin(&mut tablet, clock, &card, &mut pen)?));
            }
            mark(folder, MARKS[0])?;
            for (visit, draft) in &drafts {
                clock.pass_minutes(1);
                let start = Instant::now();
                tablet.finish_visit(*visit, draft)?;
                times.push(start.elapsed());
            }
            mark(folder, MARKS[1])?;
        }
    }
    fsyncs.extend(floor::fsyncs(folder)?);
    Ok(Saved { saves: Times::new(times), fsyncs: Times::new(fsyncs) })
}

fn mark(folder: &Path, name: &str) -> anyhow::Result<()> {
    Ok(File::create(folder.join(name))?.sync_all()?)
}
