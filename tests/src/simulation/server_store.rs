//! The server's store in memory: the same tables and the same answers as the SQL in `sync-server`,
//! with transactions that are whole or not at all.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use kjent_core::access::chain::{AccessHead, AccessLink};
use kjent_core::document::packed::Prefix;
use kjent_core::document::{DocumentKind, DocumentRef, Heads, short_digest};
use kjent_core::ids::{AccessId, ClientId, DocumentId, FactId, TabletId, TeamId, WorkerId};
use kjent_core::lease::LEASE_DAYS;
use kjent_core::oslo;
use kjent_core::policy::Refusal;
use kjent_core::protocol::{GrantReport, GrantReview, LateWork, Listed, Receipt};
use kjent_core::sync::server::{
    ClientRow, DocumentRow, GrantRow, HeadsRow, InForce, News, NewsFrom, OneAtLeast, Quarantined,
    Records, Responsible, RestrictionRow, StoredChange, StoredSnapshot,
};
use kjent_core::team::{Member, Role, Team};
use kjent_core::time::{Month, Timestamp};

use super::fault::{Fault, Fuse};

/// A change's hash.
pub type Hash = [u8; 32];

/// A team without its clients.
#[derive(Clone, Debug)]
pub struct TeamRow {
    /// Everyone who is or was in it.
    pub members: Vec<Member>,
    /// The number of its newest change.
    pub last_number: u64,
    /// The number of its newest receipt.
    pub last_receipt: u64,
    /// How many whole months of journals tablets keep beside the present one.
    pub retention: u32,
}

/// A client.
#[derive(Clone, Debug)]
pub struct ClientEntry {
    /// The team that serves them.
    pub team: TeamId,
    /// The place in its list.
    pub position: u32,
    /// The primary contact and the service lead.
    pub responsible: Responsible,
    /// Those who were, each until a moment.
    pub were_responsible: Vec<(i64, Responsible)>,
    /// Whom they bar.
    pub restrictions: BTreeMap<FactId, InForce>,
}

/// A document.
#[derive(Clone, Debug)]
pub struct DocumentEntry {
    /// Which.
    pub reference: DocumentRef,
    /// Whose.
    pub team: TeamId,
    /// `Heads::to_bytes`.
    pub heads: Vec<u8>,
    /// How often something has been erased from it.
    pub generation: u32,
    /// The bytes of its changes.
    pub size: u64,
}

/// A change of the log.
#[derive(Debug)]
pub struct ChangeEntry {
    /// In which team's log.
    pub team: TeamId,
    /// Under which number.
    pub number: u64,
    /// Of which document.
    pub document: DocumentId,
    /// Its hash.
    pub hash: Hash,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the server has.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Teams.
    pub teams: BTreeMap<TeamId, TeamRow>,
    /// Clients.
    pub clients: BTreeMap<ClientId, ClientEntry>,
    /// Which team served a client until a moment.
    pub served: BTreeMap<(ClientId, i64), TeamId>,
    /// Documents.
    pub documents: BTreeMap<DocumentId, DocumentEntry>,
    /// The log, in the order of storing.
    pub changes: Vec<Arc<ChangeEntry>>,
    /// The numbers by hash.
    pub numbers: BTreeMap<(DocumentId, Hash), u64>,
    /// What was refused, and why.
    pub quarantine: BTreeMap<(DocumentId, Hash, TabletId), Refusal>,
    /// What came late.
    pub late: BTreeMap<(TeamId, u64), LateWork>,
    /// Receipts, each with its number.
    pub receipts: BTreeMap<(TeamId, WorkerId, Option<ClientId>), (u64, Receipt)>,
    /// The access log.
    pub access: Vec<AccessLink>,
    /// Documents whole, with their heads.
    pub snapshots: BTreeMap<DocumentId, (Vec<u8>, Arc<Vec<u8>>)>,
}

impl Tables {
    /// A team as tablets get it.
    pub fn team(&self, id: TeamId) -> Option<Team> {
        let row = self.teams.get(&id)?;
        let mut clients: Vec<(u32, ClientId)> = self
            .clients
            .iter()
            .filter(|(_, entry)| entry.team == id)
            .map(|(client, entry)| (entry.position, *client))
            .collect();
        clients.sort_unstable();
        let clients = clients.into_iter().map(|(_, client)| client).collect();
        Some(Team {
            id,
            name: "Team".into(),
            members: row.members.clone(),
            clients,
            granted: Vec::new(),
        })
    }

    /// The teams that a worker is in on a day, with the clients who let them in at a moment.
    pub fn open_teams_of(&self, worker: WorkerId, now: i64) -> Vec<Team> {
        let day = oslo::day(Timestamp::from_millis(now));
        let mut teams = self.teams_of(worker, day);
        for team in &mut teams {
            team.clients.retain(|client| self.role_at(worker, *client, now).is_some());
        }
        teams
    }

    /// The teams that a worker is in on a day.
    pub fn teams_of(&self, worker: WorkerId, day: NaiveDate) -> Vec<Team> {
        let teams = self.teams.keys().filter_map(|id| self.team(*id));
        teams.filter(|team| team.role_on(worker, day).is_some()).collect()
    }

    /// The team that served a client at a moment.
    pub fn served_by(&self, client: ClientId, at: i64) -> Option<TeamId> {
        let earlier = self.served.range((client, at + 1)..=(client, i64::MAX)).next();
        earlier.map(|(_, team)| *team).or_else(|| Some(self.clients.get(&client)?.team))
    }

    /// A worker's role towards a client at a moment.
    pub fn role_at(&self, worker: WorkerId, client: ClientId, at: i64) -> Option<Role> {
        let team = self.served_by(client, at)?;
        let at = Timestamp::from_millis(at);
        let role = self.team(team)?.role_on(worker, oslo::day(at))?;
        let mut bars = self.clients.get(&client)?.restrictions.values();
        (!bars.any(|bar| bar.bars(worker, &role, at))).then_some(role)
    }

    /// From which month on a team's journals are on tablets.
    pub fn since(&self, team: TeamId, now: i64) -> Option<Month> {
        let retention = self.teams.get(&team)?.retention;
        Some(oslo::month(Timestamp::from_millis(now)).earlier(retention))
    }

    /// The documents of a team's that its tablets keep.
    pub fn kept(&self, team: TeamId, since: Month) -> impl Iterator<Item = &DocumentEntry> {
        let documents = self.documents.values();
        documents.filter(move |entry| entry.team == team && is_kept(entry.reference, since))
    }

    /// The team's next number.
    pub fn add(
        &mut self,
        team: TeamId,
        document: DocumentId,
        hash: Hash,
        bytes: &[u8],
    ) -> Option<u64> {
        let row = self.teams.get_mut(&team)?;
        row.last_number += 1;
        let number = row.last_number;
        if self.numbers.insert((document, hash), number).is_some() {
            return None;
        }
        let bytes = bytes.to_vec();
        self.changes.push(Arc::new(ChangeEntry { team, number, document, hash, bytes }));
        Some(number)
    }
}

/// Whether tablets keep a document.
pub fn is_kept(document: DocumentRef, since: Month) -> bool {
    match document.kind {
        DocumentKind::Care => true,
        DocumentKind::Journal(month) => month >= since,
    }
}

/// A transaction under way.
pub struct Transaction {
    tables: RefCell<Tables>,
    fuse: Fuse,
}

impl Transaction {
    /// Begins one.
    pub fn begin(tables: &Tables, fuse: Fuse) -> Self {
        Self { tables: RefCell::new(tables.clone()), fuse }
    }

    /// What it would leave.
    pub fn commit(self) -> Result<Tables, Fault> {
        self.fuse.burn()?;
        Ok(self.tables.into_inner())
    }

    fn read<T>(&self, question: impl FnOnce(&Tables) -> T) -> Result<T, Fault> {
        self.fuse.burn()?;
        Ok(question(&self.tables.borrow()))
    }

    fn write<T>(&self, act: impl FnOnce(&mut Tables) -> T) -> Result<T, Fault> {
        self.fuse.burn()?;
        Ok(act(&mut self.tables.borrow_mut()))
    }
}

impl Records for Transaction {
    type Error = Fault;

    fn client(&self, client: ClientId) -> Result<Option<ClientRow>, Fault> {
        self.read(|tables| {
            tables
                .clients
                .get(&client)
                .map(|entry| ClientRow { team: entry.team, responsible: entry.responsible })
        })
    }

    fn served_by(&self, client: ClientId, at: Timestamp) -> Result<Option<TeamId>, Fault> {
        self.read(|tables| tables.served_by(client, at.millis()))
    }

    fn set_responsible(
        &self,
        client: ClientId,
        responsible: Responsible,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.write(|tables| {
            if let Some(entry) = tables.clients.get_mut(&client) {
                entry.were_responsible.push((now.millis(), entry.responsible));
                entry.responsible = responsible;
            }
        })
    }

    fn responsible_at(&self, client: ClientId, at: Timestamp) -> Result<Responsible, Fault> {
        self.read(|tables| {
            let Some(entry) = tables.clients.get(&client) else { return [None, None] };
            let mut were = entry.were_responsible.iter();
            let then = were.find(|(until, _)| *until > at.millis());
            then.map_or(entry.responsible, |(_, responsible)| *responsible)
        })
    }

    fn set_national_number(&self, _: ClientId, _: Option<&str>) -> Result<(), Fault> {
        self.read(|_| ())
    }

    fn set_restrictions(
        &self,
        client: ClientId,
        restrictions: &[RestrictionRow],
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.write(|tables| {
            let Some(entry) = tables.clients.get_mut(&client) else { return };
            for row in restrictions {
                let bar = entry.restrictions.entry(row.fact).or_insert_with(|| InForce {
                    restriction: row.restriction.clone(),
                    since: now,
                    until: None,
                });
                if row.is_ended {
                    bar.until.get_or_insert(now);
                }
            }
        })
    }

    fn restrictions(&self, client: ClientId) -> Result<Vec<InForce>, Fault> {
        self.read(|tables| {
            let entry = tables.clients.get(&client);
            entry.map_or_else(Vec::new, |it| it.restrictions.values().cloned().collect())
        })
    }

    fn restrictions_in(&self, team: TeamId) -> Result<Vec<(ClientId, InForce)>, Fault> {
        self.read(|tables| {
            let clients = tables.clients.iter().filter(|(_, entry)| entry.team == team);
            clients
                .flat_map(|(id, entry)| entry.restrictions.values().map(|bar| (*id, bar.clone())))
                .collect()
        })
    }

    /// Nobody is let in by break-glass here.
    fn grants_of(&self, _: WorkerId, _: Timestamp) -> Result<Vec<GrantRow>, Fault> {
        Ok(Vec::new())
    }

    fn visitors(&self, _: TeamId) -> Result<Vec<Member>, Fault> {
        Ok(Vec::new())
    }

    fn grants_in(&self, _: TeamId, _: Timestamp) -> Result<Vec<GrantReport>, Fault> {
        Ok(Vec::new())
    }

    fn review_grant(&self, _: TeamId, _: &GrantReview, _: WorkerId) -> Result<(), Fault> {
        Ok(())
    }

    fn team(&self, team: TeamId) -> Result<Option<Team>, Fault> {
        self.read(|tables| tables.team(team))
    }

    fn teams_of(&self, worker: WorkerId, day: NaiveDate) -> Result<Vec<Team>, Fault> {
        self.read(|tables| tables.teams_of(worker, day))
    }

    fn lease_days(&self) -> Result<u32, Fault> {
        Ok(LEASE_DAYS)
    }

    fn retention(&self, team: TeamId) -> Result<u32, Fault> {
        self.read(|tables| tables.teams.get(&team).map_or(0, |row| row.retention))
    }

    fn document(&self, document: DocumentId) -> Result<Option<DocumentRow>, Fault> {
        self.read(|tables| {
            tables.documents.get(&document).map(|entry| DocumentRow {
                team: entry.team,
                heads: entry.heads.clone(),
                generation: entry.generation,
            })
        })
    }

    fn save_heads(
        &self,
        document: &DocumentRef,
        team: TeamId,
        heads: &Heads,
        grown: usize,
    ) -> Result<(), Fault> {
        self.write(|tables| {
            let entry = tables.documents.entry(document.id()).or_insert(DocumentEntry {
                reference: *document,
                team,
                heads: Vec::new(),
                generation: 0,
                size: 0,
            });
            entry.heads = heads.to_bytes();
            entry.size += grown as u64;
        })
    }

    fn all_heads(&self, team: TeamId, since: Month) -> Result<Vec<HeadsRow>, Fault> {
        self.read(|tables| {
            let heads = |entry: &DocumentEntry| {
                (entry.reference.client, entry.reference.id(), entry.heads.clone())
            };
            tables.kept(team, since).map(heads).collect()
        })
    }

    fn list(&self, team: TeamId, since: Month) -> Result<Vec<Listed>, Fault> {
        self.read(|tables| {
            let listed = |entry: &DocumentEntry| Listed {
                document: entry.reference,
                generation: entry.generation,
                bytes: entry.size,
                heads: short_digest(entry.reference.id(), &entry.heads),
            };
            tables.kept(team, since).map(listed).collect()
        })
    }

    fn snapshot(&self, document: DocumentId) -> Result<Option<StoredSnapshot>, Fault> {
        self.read(|tables| {
            let (heads, bytes) = tables.snapshots.get(&document)?;
            Some(StoredSnapshot { heads: heads.clone(), bytes: bytes.to_vec() })
        })
    }

    fn save_snapshot(&self, document: DocumentId, heads: &[u8], bytes: &[u8]) -> Result<(), Fault> {
        self.write(|tables| {
            let whole = (heads.to_vec(), Arc::new(bytes.to_vec()));
            tables.snapshots.insert(document, whole);
        })
    }

    fn number_of_change(&self, document: DocumentId, hash: &Hash) -> Result<Option<u64>, Fault> {
        self.read(|tables| tables.numbers.get(&(document, *hash)).copied())
    }

    fn hash_of_change(&self, document: DocumentId, prefix: Prefix) -> Result<Option<Hash>, Fault> {
        self.read(|tables| {
            let mut theirs = tables.numbers.keys().filter(|(of, _)| *of == document);
            theirs.find(|(_, hash)| hash.starts_with(&prefix)).map(|(_, hash)| *hash)
        })
    }

    fn add_change(&self, change: &StoredChange<'_>) -> Result<u64, Fault> {
        self.write(|tables| tables.add(change.team, change.document, *change.hash, change.bytes))?
            .ok_or(Fault::Store("a change that is there already, or of no team"))
    }

    fn changes_of(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, Fault> {
        self.read(|tables| {
            let theirs = tables.changes.iter().filter(|change| change.document == document);
            theirs.map(|change| change.bytes.clone()).collect()
        })
    }

    fn last_number(&self, team: TeamId) -> Result<u64, Fault> {
        self.read(|tables| tables.teams.get(&team).map_or(0, |row| row.last_number))
    }

    fn news(&self, from: &NewsFrom) -> Result<News, Fault> {
        self.read(|tables| {
            let mut news = News { through: from.after, ..News::default() };
            let theirs = tables
                .changes
                .iter()
                .filter(|change| change.team == from.team && change.number > from.after);
            for change in theirs {
                let Some(entry) = tables.documents.get(&change.document) else { continue };
                if entry.team != from.team || !is_kept(entry.reference, from.since) {
                    continue;
                }
                let fits = news.bytes + change.bytes.len() <= from.budget
                    || (news.changes.is_empty() && from.one_at_least == OneAtLeast::Yes);
                if !fits {
                    news.more = true;
                    return news;
                }
                news.through = change.number;
                news.bytes += change.bytes.len();
                news.changes.push((entry.reference, change.hash, change.bytes.clone()));
            }
            news.through = tables.teams.get(&from.team).map_or(0, |row| row.last_number);
            news
        })
    }

    fn renewed(&self, _team: TeamId, _after: u64) -> Result<Vec<(DocumentRef, u32)>, Fault> {
        self.read(|_| Vec::new())
    }

    fn quarantine(&self, refused: &Quarantined<'_>) -> Result<(), Fault> {
        let key = (refused.document.id(), *refused.hash, refused.sender.tablet);
        self.write(|tables| {
            tables.quarantine.entry(key).or_insert_with(|| refused.refusal.clone());
        })
    }

    /// Nobody's quota is ever used up here.
    fn quarantined(&self, _: TabletId, _: Timestamp) -> Result<(usize, usize), Fault> {
        Ok((0, 0))
    }

    fn add_late(&self, team: TeamId, number: u64, late: &LateWork) -> Result<(), Fault> {
        self.write(|tables| {
            tables.late.insert((team, number), late.clone());
        })
    }

    fn late(&self, team: TeamId, after: u64) -> Result<Vec<LateWork>, Fault> {
        self.read(|tables| {
            let later = tables.late.range((team, after.saturating_add(1))..=(team, u64::MAX));
            let is_theirs = |late: &&LateWork| {
                let document = tables.documents.get(&late.document.id());
                document.is_some_and(|entry| entry.team == team)
            };
            later.map(|(_, late)| late).filter(is_theirs).cloned().collect()
        })
    }

    fn add_receipt(&self, team: TeamId, receipt: &Receipt) -> Result<(), Fault> {
        self.write(|tables| {
            let key = (team, receipt.worker, receipt.client);
            let known = tables.receipts.get(&key);
            if known.is_some_and(|(_, known)| known.through >= receipt.through) {
                return;
            }
            if let Some(row) = tables.teams.get_mut(&team) {
                row.last_receipt += 1;
                tables.receipts.insert(key, (row.last_receipt, *receipt));
            }
        })
    }

    fn receipts(
        &self,
        team: TeamId,
        worker: WorkerId,
        after: u64,
    ) -> Result<(Vec<Receipt>, u64), Fault> {
        self.read(|tables| {
            let last = tables.teams.get(&team).map_or(0, |row| row.last_receipt);
            let after = if after > last { 0 } else { after };
            let mut newer: Vec<(u64, Receipt)> = tables
                .receipts
                .iter()
                .filter(|((of, who, _), (number, _))| {
                    *of == team && *who != worker && *number > after
                })
                .map(|(_, row)| *row)
                .collect();
            newer.sort_unstable_by_key(|(number, _)| *number);
            (newer.into_iter().map(|(_, receipt)| receipt).collect(), last)
        })
    }

    fn access_head(&self) -> Result<AccessHead, Fault> {
        self.read(|tables| tables.access.last().map_or(AccessHead::NONE, |link| link.head))
    }

    fn has_access(&self, tablet: Option<TabletId>, row: AccessId) -> Result<bool, Fault> {
        let is_it = |link: &AccessLink| link.entry.tablet == tablet && link.entry.row.id == row;
        self.read(|tables| tables.access.iter().any(is_it))
    }

    fn add_access(&self, link: &AccessLink) -> Result<(), Fault> {
        self.write(|tables| tables.access.push(link.clone()))
    }
}
