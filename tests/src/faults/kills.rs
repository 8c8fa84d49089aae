//! `kill -9` of the server and of a tablet, at moments that a seed chooses.
//!
//! Anne's tablet is a process that documents and syncs without pause; three times in four the server
//! is killed under it, otherwise the tablet itself. Sara's tablet is the witness who reads at the end
//! what came through.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use kjent_core::view::SyncState;
use kjent_demo::random::Random;
use kjent_tablet::SyncClient;
use kjent_tablet::vault::{self, DatabaseKey};

use super::acts::{Act, SLOTS};
use super::audit;
use super::process::{Answer, TabletProcess};
use super::told;
use crate::access::enrol;
use crate::day::{ANNE, Day, SARA};
use crate::network::Network;
use crate::server::Server;
use crate::tablet::{HeadlessTablet, PIN};

/// The most kills in one world: a worker has only so many visits to sign.
pub const MOST: u32 = 200;
/// How often everything is checked against everything, in kills.
const QUIET_EVERY: u32 = 50;
/// A kill comes at most so long after the orders: about what those take.
const MOST_MILLIS: i64 = 70;

/// What a run did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account {
    /// Kills of the server.
    pub server: u32,
    /// Kills of the tablet.
    pub tablet: u32,
    /// Reports, conversations and drafts that were acknowledged, all of them found.
    pub acknowledged: u32,
    /// Acts that the kill took the answer of.
    pub unanswered: u32,
    /// Syncs that failed, as they should while the server is dead.
    pub failed_syncs: u32,
}

impl Account {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Account) -> Account {
        Account {
            server: self.server + other.server,
            tablet: self.tablet + other.tablet,
            acknowledged: self.acknowledged + other.acknowledged,
            unanswered: self.unanswered + other.unanswered,
            failed_syncs: self.failed_syncs + other.failed_syncs,
        }
    }
}

/// Kills so many times; fails with the story when anything is lost.
pub async fn run(seed: u64, kills: u32) -> Result<Account> {
    let mut story = Vec::new();
    let outcome = world(seed, kills.min(MOST), &mut story).await;
    told(outcome, seed, &story)
}

async fn world(seed: u64, kills: u32, story: &mut Vec<String>) -> Result<Account> {
    let mut world = World::start(seed).await?;
    for kill in 1..=kills {
        world.give_orders(story)?;
        let millis = u64::try_from(world.chance.between(0, MOST_MILLIS)).unwrap_or_default();
        std::thread::sleep(Duration::from_millis(millis));
        if world.chance.chance(75) {
            story.push(format!("kill {kill}: the server, after {millis} ms"));
            world.kill_server()?;
        } else {
            story.push(format!("kill {kill}: the tablet, after {millis} ms"));
            world.kill_tablet(story)?;
        }
        if kill % QUIET_EVERY == 0 || kill == kills {
            story.push("a quiet point".to_owned());
            world.check_at_rest(story).await?;
        }
    }
    Ok(world.account)
}

struct World {
    chance: Random,
    day: Day,
    network: Network,
    folder: tempfile::TempDir,
    key: DatabaseKey,
    tablet: Option<TabletProcess>,
    witness: HeadlessTablet,
    starts: u64,
    begun: u32,
    acknowledged: Vec<u32>,
    /// What each draft may be: the last acknowledged first, then what was begun after it.
    drafts: [Vec<Option<u32>>; SLOTS],
    account: Account,
}

impl World {
    async fn start(seed: u64) -> Result<Self> {
        let day = Day::start()?;
        let network = Network::to(&day.server.address).await?;
        let folder = tempfile::tempdir()?;
        let code = day.server.code(ANNE)?;
        let environment = day.clock.environment(seed << 20);
        let client = SyncClient::new()?;
        let tablet = enrol(folder.path(), &network.address, &code, &client, environment).await?;
        drop(tablet);
        let key = vault::open(folder.path(), PIN)?;
        let witness = HeadlessTablet::enrol(&day.server, SARA, &day.clock, seed << 20 | 1).await?;
        let mut world = Self {
            chance: Random::new(seed, "kills"),
            day,
            network,
            folder,
            key,
            tablet: None,
            witness,
            starts: seed << 20 | 2,
            begun: 0,
            acknowledged: Vec::new(),
            drafts: std::array::from_fn(|_| vec![None]),
            account: Account::default(),
        };
        let synced = world.tablet()?.carry_out(Act::Sync)?;
        ensure!(synced == Answer::Done("up to date".into()), "the first sync: {synced:?}");
        Ok(world)
    }

    /// The tablet's process; started when it isn't there.
    fn tablet(&mut self) -> Result<&mut TabletProcess> {
        let open = match self.tablet.take() {
            Some(open) => open,
            None => {
                self.starts += 1;
                TabletProcess::open(self.folder.path(), self.day.today, self.starts)?
            }
        };
        Ok(self.tablet.insert(open))
    }

    /// Orders a few acts and a sync. Not more than a few are ever under way.
    fn give_orders(&mut self, story: &mut Vec<String>) -> Result<()> {
        while self.tablet()?.under_way() > 2 {
            self.take_answer(story)?;
        }
        for _ in 0..self.chance.between(1, 3) {
            let number = self.begun;
            self.begun += 1;
            let act = match self.chance.below(10) {
                0..5 => Act::Report(number),
                5..8 => Act::Conversation(number),
                _ => {
                    let slot = self.chance.below(SLOTS);
                    self.drafts[slot].push(Some(number));
                    Act::Draft(slot, number)
                }
            };
            self.tablet()?.order(act)?;
        }
        self.tablet()?.order(Act::Sync)
    }

    fn take_answer(&mut self, story: &mut Vec<String>) -> Result<()> {
        let (act, answer) = self.tablet()?.answer()?;
        self.note(act, &answer, story)
    }

    fn note(&mut self, act: Act, answer: &Answer, story: &mut Vec<String>) -> Result<()> {
        story.push(format!("{act}: {answer:?}"));
        match (act, answer) {
            (Act::Report(number) | Act::Conversation(number), Answer::Done(_)) => {
                self.acknowledged.push(number);
                self.account.acknowledged += 1;
            }
            (Act::Draft(slot, number), Answer::Done(_)) => {
                self.drafts[slot].retain(|one| *one >= Some(number));
                self.account.acknowledged += 1;
            }
            (Act::Sync, Answer::Failed(code)) => {
                self.account.failed_syncs += 1;
                // A server that died in the middle of its answer leaves one that can't be read.
                let is_outage = matches!(code.as_str(), "server_unreachable" | "answer_unreadable");
                ensure!(is_outage, "the sync failed with {code}");
            }
            (_, Answer::Failed(code)) => ensure!(false, "{act} failed with {code}"),
            _ => {}
        }
        Ok(())
    }

    fn kill_server(&mut self) -> Result<()> {
        let database = self.day.server.database().to_owned();
        self.day.server.kill()?;
        self.day.server = Server::start(&database)?;
        self.account.server += 1;
        for network in [&self.network, &self.witness.network] {
            network.lead_to(&self.day.server.address)?;
        }
        Ok(())
    }

    fn kill_tablet(&mut self, story: &mut Vec<String>) -> Result<()> {
        let tablet = self.tablet.take().context("no tablet to kill")?;
        let ordered = tablet.under_way();
        let answered = tablet.kill()?;
        self.account.tablet += 1;
        self.account.unanswered += u32::try_from(ordered - answered.len())?;
        for (act, answer) in answered {
            self.note(act, &answer, story)?;
        }
        // Opened by the app first: mending what the kill left is the app's work.
        self.check_drafts()?;
        let database = audit::open_tablet(self.folder.path(), &self.key)?;
        let found = audit::tablet_acts(&database)?;
        audit::holds(&found, &self.acknowledged, self.begun, "the tablet")
    }

    fn check_drafts(&mut self) -> Result<()> {
        let answer = self.tablet()?.carry_out(Act::Drafts)?;
        let Answer::Done(found) = answer else { anyhow::bail!("the drafts: {answer:?}") };
        for (possible, found) in self.drafts.iter_mut().zip(found.split(' ')) {
            let found = found.parse::<u32>().ok();
            ensure!(possible.contains(&found), "the draft is {found:?}, none of {possible:?}");
            // Nothing is under way: this is the draft from now on.
            *possible = vec![found];
        }
        Ok(())
    }

    /// Lets everything come to rest, and compares everything with everything.
    async fn check_at_rest(&mut self, story: &mut Vec<String>) -> Result<()> {
        while self.tablet()?.under_way() > 0 {
            self.take_answer(story)?;
        }
        self.check_drafts()?;
        let synced = self.tablet()?.carry_out(Act::Sync)?;
        ensure!(synced == Answer::Done("up to date".into()), "the tablet's last sync: {synced:?}");
        self.witness.sync().await?;
        let state = self.witness.open().read_sync()?.state;
        ensure!(matches!(state, SyncState::UpToDate { .. }), "the witness is {state:?}");

        let tablet = audit::open_tablet(self.folder.path(), &self.key)?;
        let server = audit::open_server(self.day.server.database())?;
        let witness_key = vault::open(self.witness.folder(), PIN)?;
        let witness = audit::open_tablet(self.witness.folder(), &witness_key)?;
        audit::is_whole(&tablet, true)?;
        audit::is_whole(&server, false)?;
        audit::is_whole(&witness, true)?;
        let found = audit::tablet_acts(&tablet)?;
        for (place, there) in [
            ("the tablet", &found),
            ("the server", &audit::server_acts(&server)?),
            ("the witness", &audit::tablet_acts(&witness)?),
        ] {
            audit::holds(there, &self.acknowledged, self.begun, place)?;
            ensure!(*there == found, "{place} has other acts than the tablet");
        }
        let heads = audit::heads(&tablet)?;
        ensure!(heads == audit::heads(&server)?, "tablet and server have other heads");
        ensure!(heads == audit::heads(&witness)?, "tablet and witness have other heads");
        Ok(())
    }
}
