//! A disk without room, under a tablet and under a server.
//!
//! `main` runs in a mount namespace of its own, where a folder is a disk of a few megabytes; where
//! the machine doesn't allow that, under a limit to how long a file may grow, which is nearly as bad.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context, Result, bail, ensure};
use kjent_core::problem::Problem;
use kjent_core::view::SyncState;
use kjent_demo::random::Random;
use kjent_tablet::{SyncClient, Tablet, TabletError, sync};

use super::acts::{self, Act, SLOTS};
use super::{audit, told};
use crate::access::enrol;
use crate::day::{ANNE, Day, SARA};
use crate::programs::program;
use crate::server::Server;
use crate::tablet::{HeadlessTablet, PIN, database_key};

/// The whole disk, in kilobytes: the databases and as much again.
const DISK_KB: u32 = 48 * 1024;
/// The unit in which room is left.
const PAGE: usize = 4096;

/// Where there is no room.
#[derive(Clone, Copy, Debug)]
pub enum Under {
    /// Under the tablet's folder.
    Tablet,
    /// Under the server's.
    Server,
}

/// Runs the scenario in a process of its own that has a small disk, and gives what it printed.
pub fn run(under: Under, seed: u64, rounds: u32) -> Result<String> {
    let mount_point = tempfile::tempdir()?;
    let full_disk = program("full-disk")?;
    let side = match under {
        Under::Tablet => "tablet",
        Under::Server => "server",
    };
    let mount = format!("mount -t tmpfs -o size={DISK_KB}k tmpfs \"$1\"");
    let may_mount = Command::new("unshare")
        .args(["-Urm", "sh", "-c", &mount, "sh"])
        .arg(mount_point.path())
        .output()
        .is_ok_and(|output| output.status.success());
    let mut command = if may_mount {
        let mut command = Command::new("unshare");
        command.args(["-Urm", "sh", "-c", &format!("{mount} && shift && exec \"$@\""), "sh"]);
        command.arg(mount_point.path()).arg(&full_disk).arg("disk");
        command
    } else {
        // The signal for a file that is too long would end the process; ignored, writing fails.
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]).arg(&full_disk).arg("files");
        command
    };
    command.arg(mount_point.path()).args([side, &seed.to_string(), &rounds.to_string()]);
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Ok(said)
}

/// What the process does: `full-disk disk|files FOLDER tablet|server SEED ROUNDS`.
pub async fn main(arguments: &[String]) -> Result<()> {
    let [limit, folder, side, seed, rounds] = arguments else { bail!("five arguments are due") };
    let (seed, rounds) = (seed.parse()?, rounds.parse()?);
    let room = match limit.as_str() {
        "disk" => Room::Disk { folder: PathBuf::from(folder) },
        _ => Room::Files,
    };
    let mut story = Vec::new();
    let outcome = match side.as_str() {
        "tablet" => under_tablet(&room, Path::new(folder), seed, rounds, &mut story).await,
        _ => under_server(&room, Path::new(folder), seed, rounds, &mut story).await,
    };
    let full = told(outcome, seed, &story)?;
    Ok(writeln!(std::io::stdout(), "{limit} full {full} times")?)
}

/// What is taken away and given back.
enum Room {
    /// A small disk of its own.
    Disk { folder: PathBuf },
    /// A limit to how long any file of a process may grow.
    Files,
}

impl Room {
    /// Leaves room for so many pages, to the process with this id.
    fn leave(&self, pages: usize, process: &str, file: &Path) -> Result<()> {
        match self {
            Room::Disk { folder } => {
                let path = folder.join("ballast");
                let mut ballast = OpenOptions::new().create(true).append(true).open(path)?;
                loop {
                    match ballast.write_all(&[7; PAGE]) {
                        Ok(()) => {}
                        Err(error) if error.kind() == ErrorKind::StorageFull => break,
                        Err(error) => return Err(error.into()),
                    }
                }
                let length = ballast.metadata()?.len();
                Ok(ballast.set_len(length.saturating_sub((pages * PAGE) as u64))?)
            }
            Room::Files => {
                let length = fs::metadata(file).map_or(0, |file| file.len());
                limit_files(process, &(length + (pages * PAGE) as u64).to_string())
            }
        }
    }

    /// Gives all the room back.
    fn give_back(&self, process: &str) -> Result<()> {
        match self {
            Room::Disk { folder } => match fs::remove_file(folder.join("ballast")) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            },
            Room::Files => limit_files(process, "unlimited"),
        }
    }

    /// Whether a problem says that there is no room. A file that may not grow further is to SQLite
    /// a failure like any other.
    fn is_named_by(&self, code: &str, full: &str, failed: &str) -> bool {
        code == full || matches!(self, Room::Files) && code == failed
    }
}

fn limit_files(process: &str, most: &str) -> Result<()> {
    let limited = Command::new("prlimit")
        .args(["--pid", process, &format!("--fsize={most}:unlimited")])
        .status()?;
    ensure!(limited.success(), "prlimit failed");
    Ok(())
}

/// The code of a tablet's problem; any other error is the test's own.
fn code(error: &anyhow::Error) -> Option<String> {
    error.downcast_ref::<TabletError>().map(|error| Problem::from(error).code)
}

async fn under_tablet(
    room: &Room,
    folder: &Path,
    seed: u64,
    rounds: u32,
    story: &mut Vec<String>,
) -> Result<u32> {
    let day = Day::start()?;
    let mut chance = Random::new(seed, "full tablet");
    let me = std::process::id().to_string();
    let wal = folder.join("kjent.db-wal");
    let client = SyncClient::new()?;
    let witness = HeadlessTablet::enrol(&day.server, SARA, &day.clock, seed << 20 | 1).await?;
    witness.sync().await?;
    let address = format!("http://{}", day.server.address);
    let environment = day.clock.environment(seed << 20);
    let code_once = day.server.code(ANNE)?;
    let first = enrol(folder, &address, &code_once, &client, environment).await?;
    let mut open = Some(Mutex::new(first));
    sync(open.as_ref().context("closed")?, &client, |_| {}).await?;

    let (mut begun, mut acknowledged, mut full) = (0, Vec::new(), 0);
    let mut drafts: [Option<u32>; SLOTS] = [None; SLOTS];
    for round in 0..rounds {
        // Closed and opened, the tablet begins its log anew, and it needs room to grow again.
        open = None;
        let open_when_full = chance.chance(30);
        let environment = || day.clock.environment(seed << 20 | u64::from(round + 2));
        if !open_when_full {
            open = Some(Mutex::new(Tablet::open(folder, PIN, environment())?));
        }
        // Something of a colleague's to fetch when there is no room for it.
        acts::conversation(&mut witness.open(), 1_000_000 + round)?;
        witness.sync().await?;
        let pages = chance.below(if open_when_full { 20 } else { 120 });
        story.push(format!("round {round}: room for {pages} pages, opened then: {open_when_full}"));
        room.leave(pages, &me, &wal)?;
        if open_when_full {
            match Tablet::open(folder, PIN, environment()) {
                Ok(tablet) => open = Some(Mutex::new(tablet)),
                Err(error) => {
                    let code = Problem::from(&error).code;
                    story.push(format!("it opens with {code}"));
                    let is_named = room.is_named_by(&code, "storage_full", "storage_failed");
                    ensure!(is_named, "opening failed with {code}: {error:?}");
                    full += 1;
                    room.give_back(&me)?;
                    open = Some(Mutex::new(Tablet::open(folder, PIN, environment())?));
                }
            }
        }
        let tablet = open.as_ref().context("closed")?;
        for _ in 0..40 {
            let number = begun;
            begun += 1;
            let act = match chance.below(10) {
                0..4 => Act::Report(number),
                4..7 => Act::Conversation(number),
                7..9 => Act::Draft(chance.below(SLOTS), number),
                _ => Act::Sync,
            };
            let mut outcome = carry_out(act, tablet, &day, &client).await;
            story.push(format!("{act}: {:?}", outcome.as_ref().err().map(code)));
            let failed = outcome.is_err();
            if let Err(error) = &outcome {
                let code = code(error).with_context(|| format!("{error:?}"))?;
                let is_named = room.is_named_by(&code, "storage_full", "storage_failed");
                ensure!(is_named, "{act} failed with {code}: {error:?}");
                full += 1;
                // What she can read, she can read without room.
                tablet.lock().map_err(|_| anyhow::anyhow!("a panic"))?.read_today()?;
                if act == Act::Sync {
                    let view =
                        tablet.lock().map_err(|_| anyhow::anyhow!("a panic"))?.read_sync()?;
                    let said = view.problem.map(|problem| problem.code);
                    ensure!(said.is_some(), "the sync line says nothing of it");
                }
                room.give_back(&me)?;
                outcome = carry_out(act, tablet, &day, &client).await;
            }
            outcome.with_context(|| format!("{act}, with room"))?;
            match act {
                Act::Report(number) | Act::Conversation(number) => acknowledged.push(number),
                Act::Draft(slot, number) => drafts[slot] = Some(number),
                _ => {}
            }
            if failed {
                break;
            }
        }
        room.give_back(&me)?;
        let found = acts::drafts(&*tablet.lock().map_err(|_| anyhow::anyhow!("a panic"))?)?;
        ensure!(found == drafts, "the drafts are {found:?}, not {drafts:?}");
    }

    let tablet = open.as_ref().context("closed")?;
    sync(tablet, &client, |_| {}).await?;
    witness.sync().await?;
    let view = tablet.lock().map_err(|_| anyhow::anyhow!("a panic"))?.read_sync()?;
    ensure!(matches!(view.state, SyncState::UpToDate { .. }), "{view:?}");
    let database = audit::open_tablet(folder, &database_key(folder)?)?;
    audit::is_whole(&database, true)?;
    let found = audit::tablet_acts(&database)?;
    let mut own = found.clone();
    own.retain(|number, _| *number < 1_000_000);
    audit::holds(&own, &acknowledged, begun, "the tablet")?;
    let server = audit::server_acts(&audit::open_server(day.server.database())?)?;
    ensure!(server == found, "server and tablet differ");
    Ok(full)
}

async fn carry_out(act: Act, tablet: &Mutex<Tablet>, day: &Day, client: &SyncClient) -> Result<()> {
    let open = || tablet.lock().map_err(|_| anyhow::anyhow!("a panic"));
    match act {
        Act::Report(number) => acts::report(&mut *open()?, &day.clock, day.today, number),
        Act::Conversation(number) => acts::conversation(&mut *open()?, number),
        Act::Draft(slot, number) => acts::draft(&mut *open()?, slot, number),
        Act::Sync => Ok(sync(tablet, client, |_| {}).await?),
        Act::Drafts => Ok(()),
    }
}

async fn under_server(
    room: &Room,
    folder: &Path,
    seed: u64,
    rounds: u32,
    story: &mut Vec<String>,
) -> Result<u32> {
    let mut day = Day::start_in(folder)?;
    let mut chance = Random::new(seed, "full server");
    let wal = day.server.database().with_extension("db-wal");
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, seed << 20).await?;
    let witness = HeadlessTablet::enrol(&day.server, SARA, &day.clock, seed << 20 | 1).await?;
    for tablet in [&anne, &witness] {
        tablet.sync().await?;
    }
    let (mut begun, mut full) = (0, 0);
    for round in 0..rounds {
        if chance.chance(50) {
            // Ended in order, the server begins its log anew, and needs room for it to grow again.
            let database = day.server.database().to_owned();
            day.server.end()?;
            day.server = Server::start(&database)?;
            for tablet in [&anne, &witness] {
                tablet.network.lead_to(&day.server.address)?;
            }
        }
        let pages = chance.below(60);
        story.push(format!("round {round}: room for {pages} pages"));
        room.leave(pages, &day.server.process(), &wal)?;
        for _ in 0..20 {
            for _ in 0..chance.between(1, 4) {
                acts::conversation(&mut anne.open(), begun)?;
                begun += 1;
            }
            let stored = audit::count_changes(&audit::open_server(day.server.database())?)?;
            let Err(problem) = anne.sync().await else { continue };
            story.push(format!("the server says {}", problem.code));
            let is_named = room.is_named_by(&problem.code, "server_full", "server_error");
            ensure!(is_named, "the server said {}", problem.code);
            full += 1;
            let view = anne.open().read_sync()?;
            ensure!(!view.waiting.is_empty(), "nothing waits after a push that failed");
            ensure!(
                view.problem.is_some_and(|said| said.code == problem.code),
                "the line is silent"
            );
            let now = audit::count_changes(&audit::open_server(day.server.database())?)?;
            ensure!(now == stored, "{stored} changes before a push that failed, {now} after it");
            // Who only reads is served without room.
            witness.sync().await?;
            break;
        }
        room.give_back(&day.server.process())?;
        anne.sync().await?;
        let view = anne.open().read_sync()?;
        ensure!(matches!(view.state, SyncState::UpToDate { .. }), "{view:?}");
    }
    witness.sync().await?;
    let server = audit::open_server(day.server.database())?;
    audit::is_whole(&server, false)?;
    let all: Vec<u32> = (0..begun).collect();
    audit::holds(&audit::server_acts(&server)?, &all, begun, "the server")?;
    let key = database_key(witness.folder())?;
    let found = audit::tablet_acts(&audit::open_tablet(witness.folder(), &key)?)?;
    audit::holds(&found, &all, begun, "the witness")?;
    Ok(full)
}
