//! The world: tablets, a server, the messages on their way, and what happens next.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use anyhow::{Context, bail};
use kjent_core::document::DocumentRef;
use kjent_core::ids::{AccessId, ClientId, DocumentId, FactId, GoalId, TabletId, TeamId, WorkerId};
use kjent_core::sync::server::TabletRow;

use super::chance::Chance;
use super::fault::Fault;
use super::network::{Link, Message};
use super::server::{Server, Truth};
use super::server_store::Hash;
use super::story::Story;
use super::tablet::{Tablet, Wish};
use super::tablet_store::Limits;
use super::town::Town;

/// What somebody wrote and was told is saved.
#[derive(Clone, Debug)]
pub struct Work {
    /// On which tablet.
    pub tablet: usize,
    /// In which document.
    pub document: DocumentRef,
    /// The fact with its bytes; absent for a goal's title.
    pub fact: Option<(FactId, Vec<u8>)>,
    /// When, by the true clock.
    pub at: i64,
    /// Whether the server has ever accepted it.
    pub accepted: bool,
    /// Whether it was written in a document that the tablet had let go, when it was last sent.
    pub is_outdated: bool,
    /// Whether a restored backup lost it.
    pub at_risk: bool,
    /// Whether a restored backup lost it when its tablet had let it go.
    pub lost_by_backup: bool,
}

/// How often what happened, over a run or many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub BTreeMap<&'static str, u64>);

impl Counts {
    /// One more of these.
    pub fn count(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    /// These and those.
    pub fn add(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            *self.0.entry(what).or_default() += times;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.iter().map(|(what, times)| format!("{times} {what}"));
        f.write_str(&all.collect::<Vec<_>>().join(", "))
    }
}

/// Something that will happen.
pub enum Event {
    /// A request reaches the server.
    Request(Message),
    /// An answer reaches a tablet; `None`: the server said that it can't read the request.
    Answer {
        /// Which tablet.
        tablet: usize,
        /// Which exchange it answers.
        exchange: u64,
        /// The life of the tablet in which that was begun.
        life: u32,
        /// As it travels.
        bytes: Option<Vec<u8>>,
        /// What the server had then.
        truth: Arc<Truth>,
    },
    /// A tablet waits no longer.
    GiveUp {
        /// Which tablet.
        tablet: usize,
        /// For which exchange.
        exchange: u64,
    },
}

/// The world.
pub struct World {
    /// Where chance comes from.
    pub chance: Chance,
    /// The true clock, in milliseconds.
    pub now: i64,
    /// What has happened.
    pub story: Story,
    /// How often.
    pub counts: Counts,
    /// The server.
    pub server: Server,
    /// The tablets.
    pub tablets: Vec<Tablet>,
    /// The links of the tablets.
    pub links: Vec<Link>,
    /// The teams.
    pub teams: [TeamId; 2],
    /// The clients.
    pub clients: [ClientId; 3],
    /// The goals that each has.
    pub goals: [GoalId; 2],
    /// A tablet whose app was patched, when there is one.
    pub patched: Option<TabletRow>,
    /// What was written and acknowledged.
    pub account: Vec<Work>,
    /// Openings of clients' records that were noted, and on which tablet.
    pub opened: Vec<(TabletId, AccessId)>,
    /// What the server has ever refused.
    pub refused: BTreeSet<(DocumentId, Hash, TabletId)>,
    /// Whether backups are made and restored.
    pub may_restore: bool,
    /// Whether clients restrict entries.
    pub may_restrict: bool,
    /// Whether one has been restored.
    pub is_restored: bool,
    /// Whether nothing goes wrong now.
    pub is_calm: bool,
    /// The last exchange begun.
    pub exchanges: u64,
    queue: BTreeMap<(i64, u64), Event>,
    sequence: u64,
}

impl World {
    /// The world of a seed.
    pub fn new(seed: u64) -> anyhow::Result<Self> {
        let mut chance = Chance::new(seed);
        let town = Town::build(&mut chance)?;
        let pages = [300, 1500, 8 << 20];
        let page = chance.pick(&pages).unwrap_or(300);
        let limits = Limits {
            push: chance.pick(&pages).unwrap_or(300),
            want: chance.pick(&[1, 3, 1024]).unwrap_or(1),
            open: chance.pick(&[0, 2, 32]).unwrap_or(0),
        };
        let mut tablets = Vec::new();
        for row in town.tablets {
            let ahead = match chance.below(4) {
                0 => chance.between(-2 * 86_400_000, 2 * 86_400_000),
                1 => chance.between(-120_000, 120_000),
                _ => 0,
            };
            tablets.push(Tablet::new(row, ahead, limits));
        }
        let links = tablets.iter().map(|_| Link::Up).collect();
        let patched = chance.one_in(3).then_some(town.patched);
        let may_restore = chance.one_in(4);
        let mut world = Self {
            chance,
            now: town.begins,
            story: Story::default(),
            counts: Counts::default(),
            server: Server::new(town.tables, page),
            tablets,
            links,
            teams: town.teams,
            clients: town.clients,
            goals: town.goals,
            patched,
            account: Vec::new(),
            opened: Vec::new(),
            refused: BTreeSet::new(),
            may_restore,
            may_restrict: false,
            is_restored: false,
            is_calm: true,
            exchanges: 0,
            queue: BTreeMap::new(),
            sequence: 0,
        };
        world.tell(format!("seed {seed}: page {page}, {limits:?}, restores {may_restore}"));
        for index in 0..world.tablets.len() {
            let tablet = &world.tablets[index];
            let (who, ahead) = (world.name_worker(tablet.row.worker), tablet.ahead / 1000);
            world.tell(format!("tablet {index} is {who}'s, its clock {ahead} s ahead"));
        }
        Ok(world)
    }

    /// Lives through so many happenings, with a quiet point after each of `rounds` parts.
    pub fn live(&mut self, happenings: u32, rounds: u32) -> anyhow::Result<()> {
        self.quiet()?;
        for _ in 0..rounds {
            for _ in 0..happenings / rounds.max(1) {
                let pause = match self.chance.below(10) {
                    0..=3 => self.chance.between(1, 5_000),
                    4..=6 => self.chance.between(5_000, 600_000),
                    7 | 8 => self.chance.between(600_000, 6 * 3_600_000),
                    _ => self.chance.between(6 * 3_600_000, 40 * 3_600_000),
                };
                self.pass(pause)?;
                self.happen()?;
            }
            self.quiet()?;
        }
        Ok(())
    }

    /// Lets time pass, and what was on its way arrive.
    pub fn pass(&mut self, pause: i64) -> anyhow::Result<()> {
        let until = self.now + pause;
        while let Some(entry) = self.queue.first_entry() {
            let at = entry.key().0;
            if at > until {
                break;
            }
            let event = entry.remove();
            self.now = self.now.max(at);
            self.arrive(event)?;
        }
        self.now = until;
        Ok(())
    }

    /// Puts something ahead.
    pub fn later(&mut self, delay: i64, event: Event) {
        self.sequence += 1;
        self.queue.insert((self.now + delay, self.sequence), event);
    }

    fn open_client(&mut self, tablet: usize, client: ClientId) -> anyhow::Result<()> {
        let here = &mut self.tablets[tablet];
        let id = AccessId::mint(here.clock(self.now), self.chance.ten());
        let noted = here.open_client(self.now, client, id);
        noted.map_err(|fault| anyhow::anyhow!("an opening can't be noted: {fault:?}"))?;
        self.opened.push((here.row.tablet, id));
        self.counts.count("openings");
        Ok(())
    }

    fn happen(&mut self) -> anyhow::Result<()> {
        let tablet = self.chance.index(self.tablets.len());
        match self.chance.below(100) {
            0..=34 => {
                for _ in 0..=self.chance.below(3) {
                    self.write(tablet)?;
                }
                Ok(())
            }
            35..=66 => self.begin_sync(tablet),
            67..=71 => {
                self.tell(format!("tablet {tablet} is killed"));
                self.counts.count("kills");
                self.tablets[tablet].restart();
                Ok(())
            }
            72..=75 => {
                let client = self.a_client();
                self.tell(format!("tablet {tablet} reads about {}", self.name_client(client)));
                self.open_client(tablet, client)?;
                match self.tablets[tablet].mark_read(self.now, client) {
                    Ok(()) | Err(Fault::Refused(_)) => Ok(()),
                    Err(fault) => bail!("a read mark can't be stored: {fault:?}"),
                }
            }
            76..=77 => {
                let client = self.a_client();
                self.tablets[tablet].begin_draft(client);
                Ok(())
            }
            78..=85 => {
                self.office();
                Ok(())
            }
            86..=88 => {
                self.tell("the server is killed".into());
                self.counts.count("kills");
                self.server.restart();
                Ok(())
            }
            89..=94 => {
                let link = self.chance.pick(&Link::ALL).unwrap_or(Link::Up);
                self.tell(format!("the network of tablet {tablet} is {link:?}"));
                self.links[tablet] = link;
                Ok(())
            }
            _ => match self.patched {
                Some(patched) => self.attack(patched),
                None => self.begin_sync(tablet),
            },
        }
    }

    fn write(&mut self, tablet: usize) -> anyhow::Result<()> {
        if self.may_restrict && self.chance.one_in(3) {
            return self.restrict(tablet);
        }
        let client = self.a_client();
        let goal = self.chance.pick(&self.goals).context("a goal")?;
        let wish = match self.chance.below(5) {
            0 | 1 => Wish::Note(client),
            2 => Wish::Report(client, self.chance.between(5, 3 * 24 * 60)),
            _ => Wish::Goal(client, goal),
        };
        let (number, fuse) = (self.account.len(), self.fuse());
        let (now, chance) = (self.now, &mut self.chance);
        let outcome = self.tablets[tablet].write(now, fuse, &wish, number, chance)?;
        let who = self.name_client(client);
        let what = if matches!(wish, Wish::Goal(..)) { "a goal" } else { "a fact" };
        match outcome {
            Ok(Some(written)) => {
                self.tell(format!("tablet {tablet} writes {what} about {who}: work {number}"));
                self.counts.count("works");
                self.account.push(Work {
                    tablet,
                    document: written.document,
                    fact: written.fact,
                    at: now,
                    accepted: false,
                    is_outdated: false,
                    at_risk: false,
                    lost_by_backup: false,
                });
            }
            Ok(None) => {}
            Err(_) => {
                self.counts.count("crashes");
                self.tell(format!("tablet {tablet} dies while it writes about {who}"));
            }
        }
        self.compare_stored(tablet)
    }

    /// When the next transaction dies, if it does.
    pub fn fuse(&mut self) -> Option<u32> {
        let dies = !self.is_calm && self.chance.one_in(12);
        dies.then(|| u32::try_from(self.chance.below(60)).unwrap_or(0))
    }

    /// Tells the story on.
    pub fn tell(&mut self, event: String) {
        self.story.tell(self.now, event);
    }

    /// What the restored server lost that nobody can give back is not held against it.
    pub(super) fn restored(&mut self) {
        self.is_restored = true;
        self.counts.count("restores");
        self.refused = self.server.tables.quarantine.keys().copied().collect();
        let tables = &self.server.tables;
        for (number, work) in self.account.iter_mut().enumerate().filter(|(_, it)| it.accepted) {
            let rows = &self.tablets[work.tablet].tables.changes;
            let row = rows.values().find(|row| row.work == Some(number));
            let has = row.is_some_and(|row| tables.numbers.contains_key(&(row.document, row.hash)));
            work.accepted = has;
            work.at_risk |= !has;
            work.lost_by_backup |= row.is_none();
        }
    }

    fn a_client(&mut self) -> ClientId {
        self.clients[self.chance.index(self.clients.len())]
    }

    /// The workers, each once.
    pub fn workers(&self) -> Vec<WorkerId> {
        let workers: BTreeSet<WorkerId> =
            self.tablets.iter().map(|tablet| tablet.row.worker).collect();
        workers.into_iter().collect()
    }

    /// A client's name.
    pub fn name_client(&self, client: ClientId) -> String {
        let at = self.clients.iter().position(|one| *one == client);
        format!("client {}", at.map_or_else(|| "?".into(), |at| at.to_string()))
    }

    /// A worker's name.
    pub fn name_worker(&self, worker: WorkerId) -> String {
        let at = self.tablets.iter().position(|tablet| tablet.row.worker == worker);
        format!("worker {}", at.map_or_else(|| "?".into(), |at| at.to_string()))
    }

    /// A team's name.
    pub fn name_team(&self, team: TeamId) -> String {
        if team == self.teams[0] { "team A".into() } else { "team B".into() }
    }

    /// A document's name.
    pub fn name_document(&self, document: DocumentRef) -> String {
        use kjent_core::document::DocumentKind;
        let whose = self.name_client(document.client);
        match document.kind {
            DocumentKind::Restricted(entry) => format!("{whose}'s restricted entry {entry}"),
            DocumentKind::Care => format!("{whose}'s care document"),
            DocumentKind::Journal(month) => format!("{whose}'s journal of {month}"),
        }
    }
}
