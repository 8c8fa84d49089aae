//! One flipped bit in a tablet's database, or in the log that a crash left beside it.
//!
//! Each flip meets the same tablet: filled, with work that the server has, work that waits, and
//! drafts. What was acknowledged must be there after the repair without the server, and everything
//! must be equal with it after.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, ensure};
use kjent_core::problem::Problem;
use kjent_core::view::SyncState;
use kjent_demo::random::Random;
use kjent_tablet::lock::DatabaseKey;
use kjent_tablet::{SyncClient, Tablet, TabletError, repair, sync};

use super::acts::{self, SLOTS};
use super::{audit, told};
use crate::access::enrol;
use crate::day::{ANNE, Day};
use crate::network::Network;
use crate::server::Server;
use crate::tablet::{PIN, database_key};

/// Where the bit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a page of this table or index, the database closed in order.
    Of(&'static str),
    /// Anywhere in the database.
    Anywhere,
    /// Anywhere in the log of a tablet that was killed.
    InLog,
    /// In the first bytes of that log.
    AtHeadOfLog,
}

/// What became of a flip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing noticed it, and every page's sum is right: the bit was in no page that is in use.
    Unnoticed,
    /// The page was not read by anything that a worker does; it was found by asking for every
    /// page's sum, and mended.
    Asleep,
    /// It was told and mended.
    Mended,
}

/// What became of a flip in the server's database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerOutcome {
    /// The server says what is wrong, and doesn't start.
    WontStart,
    /// It answers that something is wrong, or the tablet doesn't call itself up to date.
    Told,
    /// Every change came through as it was.
    Right,
}

/// The tablet and the server that every flip begins with.
pub struct Flips {
    day: Day,
    network: Network,
    folder: tempfile::TempDir,
    key: DatabaseKey,
    begun: u32,
    acknowledged: Vec<u32>,
    unsent: usize,
    drafts: Vec<Option<u32>>,
    flips: u64,
}

impl Flips {
    /// Makes them.
    pub async fn prepare() -> Result<Self> {
        let day = Day::start()?;
        let network = Network::to(&day.server.address).await?;
        let folder = tempfile::tempdir()?;
        let home = folder.path().join("home");
        let client = SyncClient::new()?;
        let code = day.server.code(ANNE)?;
        let tablet =
            enrol(&home, &network.address, &code, &client, day.clock.environment(1)).await?;
        let key = database_key(&home)?;
        let tablet = Mutex::new(tablet);
        sync(&tablet, &client, |_| {}).await?;
        let mut begun = 0;
        let mut write = |tablet: &mut Tablet, count: u32| -> Result<()> {
            for number in begun..begun + count {
                match number % 3 {
                    0 => acts::conversation(tablet, number)?,
                    _ => acts::report(tablet, &day.clock, day.today, number)?,
                }
            }
            begun += count;
            Ok(())
        };
        write(&mut *open(&tablet)?, 20)?;
        sync(&tablet, &client, |_| {}).await?;
        write(&mut *open(&tablet)?, 20)?;
        day.clock.set(acts::morning(day.today)?);
        for slot in 0..SLOTS {
            acts::draft(&mut *open(&tablet)?, slot, begun)?;
            begun += 1;
        }
        let drafts = acts::drafts(&*open(&tablet)?)?;
        let unsent = open(&tablet)?.read_sync()?.waiting.len();
        ensure!(unsent == 20 && drafts.iter().all(Option::is_some), "{unsent} {drafts:?}");
        // As a kill leaves it, with a log; and as it is closed, without.
        copy_folder(&home, &folder.path().join("killed"))?;
        drop(tablet);
        let acknowledged = (0..begun - 3).collect();
        Ok(Self { day, network, folder, key, begun, acknowledged, unsent, drafts, flips: 0 })
    }

    /// Flips a bit that the seed chooses, and sees what comes of it.
    pub async fn flip(&mut self, place: &Place, seed: u64) -> Result<Outcome> {
        let mut story = vec![format!("{place:?}")];
        let outcome = self.flip_one(place, seed, &mut story).await;
        told(outcome, seed, &story)
    }

    async fn flip_one(
        &mut self,
        place: &Place,
        seed: u64,
        story: &mut Vec<String>,
    ) -> Result<Outcome> {
        self.flips += 1;
        let mut chance = Random::new(seed, "flips");
        let is_killed = matches!(place, Place::InLog | Place::AtHeadOfLog);
        let from = self.folder.path().join(if is_killed { "killed" } else { "home" });
        let folder = self.folder.path().join(format!("tablet-{}", self.flips));
        copy_folder(&from, &folder)?;
        // Another server that knows no more than at first.
        let database = self.folder.path().join(format!("server-{}.db", self.flips));
        let origin = audit::open_server(self.day.server.database())?;
        origin.execute("VACUUM INTO ?1", [database.to_string_lossy()])?;
        let server = Server::start(&database)?;
        self.network.lead_to(&server.address)?;

        let (file, start, length) = self.range(place, &folder, &mut chance)?;
        let at = start + chance.below(usize::try_from(length)?) as u64;
        let bit = chance.below(8);
        story.push(format!("bit {bit} of byte {at} of {}", file.display()));
        flip_bit(&file, at, bit)?;

        let noticed = self.notice(&folder, story).await?;
        let asleep = !noticed && {
            let database = audit::open_tablet(&folder, &self.key)?;
            audit::is_whole(&database, true).is_err()
        };
        if noticed || asleep {
            let repaired = repair(&folder, PIN, &self.day.clock.environment(6000))?;
            story.push(format!("{repaired:?}"));
            ensure!(repaired.own_work_is_whole, "work was lost");
        }
        self.check(&folder, &server, story).await?;
        drop(server);
        fs::remove_dir_all(&folder)?;
        Ok(match (noticed, asleep) {
            (true, _) => Outcome::Mended,
            (_, true) => Outcome::Asleep,
            _ => Outcome::Unnoticed,
        })
    }

    /// A repair that was cut off while the new database took the old one's place, before anything
    /// was moved or when the old log and the old database had gone aside: opening the profile ends
    /// it, and no old log meets the new database.
    pub async fn cut_off_repair(&mut self, moved: usize) -> Result<()> {
        self.flips += 1;
        let killed = self.folder.path().join("killed");
        let other = self.folder.path().join(format!("other-{}", self.flips));
        let folder = self.folder.path().join(format!("tablet-{}", self.flips));
        copy_folder(&killed, &other)?;
        copy_folder(&killed, &folder)?;
        repair(&other, PIN, &self.day.clock.environment(6001))?;
        fs::rename(other.join("kjent.db"), folder.join("kjent.repaired.db"))?;
        let aside =
            [("kjent.db-wal", "kjent.damaged-1.db-wal"), ("kjent.db", "kjent.damaged-1.db")];
        for (from, to) in aside.into_iter().take(moved) {
            fs::rename(folder.join(from), folder.join(to))?;
        }
        let database = self.folder.path().join(format!("server-{}.db", self.flips));
        let origin = audit::open_server(self.day.server.database())?;
        origin.execute("VACUUM INTO ?1", [database.to_string_lossy()])?;
        let server = Server::start(&database)?;
        self.network.lead_to(&server.address)?;
        drop(Tablet::open(&folder, PIN, self.day.clock.environment(5000 + self.flips))?);
        ensure!(folder.join("kjent.damaged-1.db").exists(), "nothing was kept aside");
        self.check(&folder, &server, &mut Vec::new()).await
    }

    /// Flips a bit of the server's database, and lets the tablet sync. SQLite keeps no sums of its
    /// pages: what a flip does is either told, by a server that won't start or answers that
    /// something is wrong, or the tablet doesn't call itself up to date, or everything is right.
    pub async fn flip_server(&mut self, seed: u64) -> Result<ServerOutcome> {
        let mut story = Vec::new();
        let outcome = self.flip_server_once(seed, &mut story).await;
        told(outcome, seed, &story)
    }

    async fn flip_server_once(
        &mut self,
        seed: u64,
        story: &mut Vec<String>,
    ) -> Result<ServerOutcome> {
        self.flips += 1;
        let mut chance = Random::new(seed, "server flips");
        let folder = self.folder.path().join(format!("tablet-{}", self.flips));
        copy_folder(&self.folder.path().join("home"), &folder)?;
        let database = self.folder.path().join(format!("server-{}.db", self.flips));
        let origin = audit::open_server(self.day.server.database())?;
        origin.execute("VACUUM INTO ?1", [database.to_string_lossy()])?;
        let changes = |database: &Path| -> Result<Vec<Vec<u8>>> {
            let connection = audit::open_server(database)?;
            let mut query = connection.prepare("SELECT bytes FROM change ORDER BY hash")?;
            let rows = query.query_map([], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        // Every third time the server has whole documents at hand, otherwise it makes them of its
        // changes.
        if !seed.is_multiple_of(3) {
            audit::open_server(&database)?.execute_batch("DELETE FROM snapshot; VACUUM;")?;
        }
        let truth = changes(&database)?;
        let at = chance.below(usize::try_from(fs::metadata(&database)?.len())?) as u64;
        let bit = chance.below(8);
        story.push(format!("bit {bit} of byte {at}"));
        flip_bit(&database, at, bit)?;

        let Ok(server) = Server::start(&database) else { return Ok(ServerOutcome::WontStart) };
        self.network.lead_to(&server.address)?;
        // Another tablet's first filling reads everything that the server has.
        let environment = self.day.clock.environment(3000 + self.flips);
        let fresh = self.folder.path().join(format!("fresh-{}", self.flips));
        let client = SyncClient::new()?;
        let mut outcome = ServerOutcome::Right;
        let tablet =
            Mutex::new(Tablet::open(&folder, PIN, self.day.clock.environment(4000 + self.flips))?);
        let first = sync(&tablet, &client, |_| {}).await.map_err(|error| Problem::from(&error));
        let filled = match server.code(ANNE) {
            Ok(code) => {
                let address = &self.network.address;
                let enrolled = enrol(&fresh, address, &code, &client, environment).await;
                match enrolled {
                    Ok(fresh) => {
                        let fresh = Mutex::new(fresh);
                        let synced = sync(&fresh, &client, |_| {}).await;
                        let state = open(&fresh)?.read_sync()?.state;
                        synced.map(|()| state).map_err(|error| Problem::from(&error))
                    }
                    Err(error) => Err(Problem::from(&error)),
                }
            }
            Err(_) => Err(Problem::new("server_error")),
        };
        story.push(format!("{first:?} {filled:?}"));
        for problem in [first.err(), filled.as_ref().err().cloned()].into_iter().flatten() {
            // A change that the server no longer finds: what builds on it can't be read.
            let codes = ["server_error", "document_unreadable"];
            ensure!(codes.contains(&problem.code.as_str()), "it was told as {}", problem.code);
            outcome = ServerOutcome::Told;
        }
        if let Ok(state) = filled {
            if matches!(state, SyncState::UpToDate { .. }) {
                // It says that it has everything, so it must: each change, byte for byte.
                let connection = audit::open_tablet(&fresh, &database_key(&fresh)?)?;
                let documents = audit::tablet_documents(&connection)?;
                let there: HashSet<Vec<u8>> =
                    documents.iter().flat_map(|one| one.changes()).map(|one| one.bytes).collect();
                ensure!(
                    truth.iter().all(|bytes| there.contains(bytes)),
                    "a tablet calls itself up to date without a change"
                );
            } else {
                outcome = ServerOutcome::Told;
            }
        }
        // Whatever became of the server, the tablet has its own.
        let found = audit::tablet_acts(&audit::open_tablet(&folder, &self.key)?)?;
        audit::holds(&found, &self.acknowledged, self.begun, "the tablet")?;
        Ok(outcome)
    }

    /// Where in which file the bit is to be sought.
    fn range(
        &self,
        place: &Place,
        folder: &Path,
        chance: &mut Random,
    ) -> Result<(PathBuf, u64, u64)> {
        let (database, log) = (folder.join("kjent.db"), folder.join("kjent.db-wal"));
        Ok(match place {
            Place::Of(name) => {
                let connection = audit::open_tablet(folder, &self.key)?;
                let mut query = connection.prepare("SELECT pageno FROM dbstat WHERE name = ?1")?;
                let pages =
                    query
                        .query_map([name], |row| row.get::<_, u64>(0))?
                        .collect::<Result<Vec<_>, _>>()?;
                ensure!(!pages.is_empty(), "no page of {name}");
                (database, (pages[chance.below(pages.len())] - 1) * 4096, 4096)
            }
            Place::Anywhere => {
                let length = fs::metadata(&database)?.len();
                (database, 0, length)
            }
            Place::InLog => {
                let length = fs::metadata(&log)?.len();
                (log, 0, length)
            }
            Place::AtHeadOfLog => (log, 0, 32),
        })
    }

    /// Works on the tablet until something is noticed, as a worker would. Nothing but the damage may
    /// go wrong.
    async fn notice(&self, folder: &Path, story: &mut Vec<String>) -> Result<bool> {
        let worked = async {
            let tablet = Mutex::new(Tablet::open(
                folder,
                PIN,
                self.day.clock.environment(1000 + self.flips),
            )?);
            let read = || -> Result<()> {
                let tablet = open(&tablet)?;
                let today = tablet.read_today()?;
                for card in &today.visits {
                    tablet.read_client(card.client)?;
                    tablet.read_journal(card.client, 60)?;
                    tablet.read_visit(card.visit)?;
                }
                acts::drafts(&tablet)?;
                tablet.read_sync()?;
                Ok(())
            };
            let outcome = read();
            open(&tablet)?.check_sound()?;
            outcome?;
            sync(&tablet, &SyncClient::new()?, |_| {}).await?;
            anyhow::Ok(())
        };
        let Err(error) = worked.await else { return Ok(false) };
        let found = error.downcast_ref::<TabletError>().map(|error| Problem::from(error).code);
        story.push(format!("{found:?}"));
        ensure!(
            found.as_deref() == Some("database_damaged"),
            "it was told as {found:?}: {error:?}"
        );
        Ok(true)
    }

    async fn check(&self, folder: &Path, server: &Server, story: &mut Vec<String>) -> Result<()> {
        let environment = self.day.clock.environment(2000 + self.flips);
        let tablet = Mutex::new(Tablet::open(folder, PIN, environment)?);
        let client = SyncClient::new()?;
        // Before any contact: the drafts, and a list of all that waits.
        let drafts = acts::drafts(&*open(&tablet)?)?;
        // Without her list a draft isn't found by its client; the list comes with the first sync.
        let waiting = open(&tablet)?.read_sync()?.waiting.len();
        let on_server = audit::server_acts(&audit::open_server(server.database())?)?;
        let sent = self.acknowledged.iter().filter(|number| on_server.contains_key(number)).count();
        story.push(format!("{waiting} wait, the server has {sent}, drafts {drafts:?}"));
        ensure!(waiting + sent >= self.unsent + 20, "{waiting} wait, {sent} are sent");
        for _ in 0..3 {
            sync(&tablet, &client, |_| {}).await?;
        }
        let state = open(&tablet)?.read_sync()?.state;
        ensure!(matches!(state, SyncState::UpToDate { .. }), "after three syncs it is {state:?}");
        let drafts = acts::drafts(&*open(&tablet)?)?;
        ensure!(drafts == self.drafts, "the drafts are {drafts:?}, not {:?}", self.drafts);
        // She goes on working, and her next change is taken.
        let next = self.begun;
        acts::report(&mut *open(&tablet)?, &self.day.clock, self.day.today, next)?;
        acts::conversation(&mut *open(&tablet)?, next + 1)?;
        self.day.clock.set(acts::morning(self.day.today)?);
        sync(&tablet, &client, |_| {}).await?;
        let view = open(&tablet)?.read_sync()?;
        ensure!(matches!(view.state, SyncState::UpToDate { .. }), "{view:?}");
        ensure!(!folder.join("kjent.damaged-1.db").exists(), "the damaged file is still there");

        let database = audit::open_tablet(folder, &self.key)?;
        audit::is_whole(&database, true)?;
        let kept = audit::open_server(server.database())?;
        let mut all = self.acknowledged.clone();
        all.extend([next, next + 1]);
        let found = audit::tablet_acts(&database)?;
        audit::holds(&found, &all, next + 2, "the tablet")?;
        ensure!(audit::server_acts(&kept)? == found, "server and tablet have other acts");
        ensure!(audit::heads(&database)? == audit::heads(&kept)?, "the heads differ");
        Ok(())
    }
}

fn open(tablet: &Mutex<Tablet>) -> Result<std::sync::MutexGuard<'_, Tablet>> {
    tablet.lock().map_err(|_| anyhow::anyhow!("an act panicked"))
}

fn flip_bit(file: &Path, at: u64, bit: usize) -> Result<()> {
    let mut file = File::options().read(true).write(true).open(file)?;
    let mut byte = [0];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut byte)?;
    file.seek(SeekFrom::Start(at))?;
    Ok(file.write_all(&[byte[0] ^ 1 << bit])?)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()))?;
        // SQLite makes it anew; nothing in it outlives a process.
        } else if !entry.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(entry.path(), to.join(entry.file_name())).context("copying")?;
        }
    }
    Ok(())
}
