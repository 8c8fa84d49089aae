//! What must hold when the network is whole and nothing happens any more.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher};

use anyhow::{bail, ensure};
use kjent_core::access::chain::{AccessLink, Verifier};
use kjent_core::document::{Actor, Document, DocumentRef, RawChange};
use kjent_core::ids::{ClientId, DocumentId, WorkerId};
use kjent_core::policy::Refusal;
use kjent_core::sync::tablet::State;

use super::network::Link;
use super::server::Truth;
use super::server_store::{Hash, is_kept};
use super::tablet::Tablet;
use super::tablet_store::ChangeRow;
use super::world::World;

/// In how many rounds of everyone's syncing the world must come to rest.
const MOST_ROUNDS: u32 = 8;

impl World {
    /// Heals the network, lets everyone sync until nothing more happens, and looks at everything.
    pub fn quiet(&mut self) -> anyhow::Result<()> {
        self.tell("the network is whole".into());
        self.is_calm = true;
        self.links.fill(Link::Up);
        // Whoever waits gets an answer or gives up.
        self.pass(120_000)?;
        let mut last = self.state();
        for round in 1.. {
            if round > MOST_ROUNDS {
                bail!("the world does not come to rest within {MOST_ROUNDS} rounds");
            }
            let first = self.chance.index(self.tablets.len());
            for step in 0..self.tablets.len() {
                let tablet = (first + step) % self.tablets.len();
                self.begin_sync(tablet)?;
                // Milliseconds for each of many requests.
                while self.tablets[tablet].session.is_some() {
                    self.pass(100)?;
                }
            }
            let state = self.state();
            if state == last {
                break;
            }
            last = state;
        }
        self.tell("it is quiet".into());
        self.look()?;
        self.is_calm = false;
        Ok(())
    }

    /// A digest over everything that syncing may change.
    fn state(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for (id, entry) in &self.server.tables.documents {
            (id, &entry.heads).hash(&mut hasher);
        }
        self.server.tables.quarantine.len().hash(&mut hasher);
        for tablet in &self.tablets {
            for (id, row) in &tablet.tables.documents {
                (id, row).hash(&mut hasher);
            }
            let changes: BTreeSet<(Hash, String)> = tablet
                .tables
                .changes
                .values()
                .map(|row| (row.hash, format!("{:?}", row.state)))
                .collect();
            changes.hash(&mut hasher);
            tablet.tables.missing.keys().for_each(|id| id.hash(&mut hasher));
            for (id, row) in &tablet.tables.teams {
                (id, row.filled, row.is_left).hash(&mut hasher);
            }
            tablet.up_to_date.hash(&mut hasher);
        }
        hasher.finish()
    }

    fn look(&mut self) -> anyhow::Result<()> {
        self.counts.count("quiet points");
        self.look_at_server()?;
        self.look_at_access_log()?;
        for tablet in 0..self.tablets.len() {
            self.look_at_tablet(tablet)?;
        }
        self.look_at_entries()?;
        self.look_at_works()
    }

    /// What the server notes of its documents is what its log says, and what it refused is there.
    fn look_at_server(&self) -> anyhow::Result<()> {
        for entry in self.server.tables.documents.values() {
            let name = self.name_document(entry.reference);
            match self.server.load(entry.reference) {
                Ok(document) => ensure!(
                    document.heads().to_bytes() == entry.heads,
                    "the server notes other heads of {name} than it has stored"
                ),
                Err(error) => bail!("the server can't open {name}: {error}"),
            }
        }
        for refused in &self.refused {
            ensure!(
                self.server.tables.quarantine.contains_key(refused),
                "something that was refused is not in quarantine any more"
            );
        }
        Ok(())
    }

    /// Every opening is in the log once, the log is whole, and no tablet keeps what is in it. What a
    /// restored backup lost is lost.
    fn look_at_access_log(&self) -> anyhow::Result<()> {
        let log = &self.server.tables.access;
        let mut verifier = Verifier::new(None);
        log.iter().for_each(|link| verifier.row(link.head, &link.body, true));
        ensure!(verifier.end().1.is_none(), "the access log does not hang together");
        for (tablet, id) in &self.opened {
            let is_it =
                |link: &&AccessLink| link.entry.tablet == Some(*tablet) && link.entry.row.id == *id;
            let times = log.iter().filter(is_it).count();
            ensure!(
                times == 1 || times == 0 && self.is_restored,
                "an opening is in the access log {times} times"
            );
        }
        for (tablet, here) in self.tablets.iter().enumerate() {
            let left = here.tables.access.len();
            ensure!(left == 0, "tablet {tablet} still has {left} rows of the access log");
        }
        Ok(())
    }

    /// A tablet has its teams' documents just as the server has them, and nothing of another's.
    fn look_at_tablet(&mut self, tablet: usize) -> anyhow::Result<()> {
        let here = &mut self.tablets[tablet];
        here.touched = here.tables.documents.keys().copied().collect();
        self.compare_stored(tablet)?;
        let here = &self.tablets[tablet];
        let truth = self.server.truth(here.row.worker, self.now);
        let mut is_whole = true;
        if let Some(mut document) = self.difference(tablet, &truth) {
            is_whole = false;
            if self.is_restored {
                document = self.unexplained(tablet, &truth)?.unwrap_or_default();
            }
            ensure!(document.is_empty(), "it is quiet, and tablet {tablet} differs in {document}");
        }
        if here.tables.changes.values().any(|row| row.state == State::Waiting) {
            // In so small a batch, work that can't be settled keeps what is behind it waiting too.
            let mut rows = here.tables.changes.values();
            let any = rows.any(|row| self.is_stranded(here, row));
            ensure!(any, "it is quiet, and work still waits on tablet {tablet}");
            self.counts.count("stranded");
            is_whole = false;
        }
        let here = &self.tablets[tablet];
        ensure!(
            here.up_to_date == is_whole,
            "it is quiet, and tablet {tablet} says that it is {}up to date",
            if here.up_to_date { "" } else { "not " }
        );
        let theirs: BTreeSet<ClientId> =
            truth.values().flat_map(|team| team.clients.iter().copied()).collect();
        let tables = &here.tables;
        for row in tables.documents.values() {
            let client = row.reference.client;
            ensure!(
                theirs.contains(&client) || tables.needs(client),
                "tablet {tablet} still has {}",
                self.name_document(row.reference)
            );
        }
        let is_held = |id: &DocumentId| tables.documents.contains_key(id);
        let parts = tables.changes.values().map(|row| row.document);
        for id in parts.chain(tables.snapshots.keys().copied()) {
            ensure!(is_held(&id), "tablet {tablet} still has parts of a document that has left it");
        }
        for late in tables.late.values() {
            let document = late.document;
            ensure!(
                is_held(&document.id()) || theirs.contains(&document.client),
                "tablet {tablet} still knows who came late to {}",
                self.name_document(document)
            );
        }
        let has_client = |client: &ClientId| {
            theirs.contains(client)
                || tables.documents.values().any(|row| row.reference.client == *client)
        };
        let marks = tables.read_marks.keys().copied();
        let about = tables.receipts.keys().filter_map(|(_, _, client)| *client);
        for client in marks.chain(about) {
            ensure!(
                has_client(&client),
                "tablet {tablet} still knows who read about {}",
                self.name_client(client)
            );
        }
        Ok(())
    }

    /// Where a tablet has something else than the server, other than what a restored backup lost and
    /// nobody can give back any more.
    fn unexplained(&self, tablet: usize, truth: &Truth) -> anyhow::Result<Option<String>> {
        let here = &self.tablets[tablet].tables;
        // `look_at_tablet` asks whether it may.
        let waits = |change: &RawChange| {
            let mut rows = here.changes.values();
            rows.any(|row| row.hash == change.hash.0 && row.state == State::Waiting)
        };
        let rows = &here.documents;
        for team in truth.values() {
            if team.heads.keys().any(|id| !rows.contains_key(id)) {
                return Ok(Some("a document that it lacks".into()));
            }
            let ours = rows.values().filter(|row| {
                let client = &row.reference.client;
                team.clients.contains(client)
                    && is_kept(row.reference, team.since)
                    && !team.closed.contains(&row.reference.id())
            });
            for row in ours {
                let Ok(ours) = self.tablets[tablet].tables.load(row.reference) else { continue };
                let (ours, theirs) = (ours.changes(), self.server.load(row.reference)?.changes());
                let more = theirs.iter().any(|change| !ours.contains(change));
                let mut less = ours.iter().filter(|change| !theirs.contains(change));
                if more
                    || less.any(|change| self.has_author(row.reference, change) && !waits(change))
                {
                    return Ok(Some(self.name_document(row.reference)));
                }
            }
        }
        Ok(None)
    }

    /// Whether the tablet on which a change was written can send it again.
    fn has_author(&self, document: DocumentRef, change: &RawChange) -> bool {
        let actor = Document::read_change(&change.bytes).ok().and_then(|it| Actor::of(&it));
        let Some(actor) = actor else { return false };
        let author = self.tablets.iter().find(|it| it.row.tablet == actor.tablet);
        author.is_some_and(|author| {
            let is_here = |row: &ChangeRow| {
                row.hash == change.hash.0
                    && row.made.is_some()
                    && !matches!(row.state, State::Refused(_))
            };
            author.tables.changes.values().any(is_here)
                && self.serves(author.row.worker, document.client)
        })
    }

    /// Whether work waits that was written on what a backup lost, or the tablet had let go, and by
    /// somebody who can't fetch what there is now.
    fn is_stranded(&self, here: &Tablet, row: &ChangeRow) -> bool {
        let work = row.work.and_then(|work| self.account.get(work));
        row.state == State::Waiting
            && work.is_some_and(|work| {
                (self.is_restored || work.is_outdated)
                    && !self.serves(here.row.worker, work.document.client)
            })
    }

    /// Whether a worker is in the team of a client.
    fn serves(&self, worker: WorkerId, client: ClientId) -> bool {
        self.server.tables.role_at(worker, client, self.now).is_some()
    }

    /// Nothing that was acknowledged is lost.
    fn look_at_works(&self) -> anyhow::Result<()> {
        for (number, work) in self.account.iter().enumerate() {
            let tables = &self.tablets[work.tablet].tables;
            let rows = tables.changes.values();
            let mut rows = rows.filter(|row| row.work == Some(number));
            let (row, other) = (rows.next(), rows.next());
            ensure!(other.is_none(), "work {number} is on its tablet twice");
            let what = self.name_document(work.document);
            let is_on_server = match row.map(|row| &row.state) {
                // `look_at_tablet` has said whether it may.
                Some(State::Waiting) => false,
                Some(State::Refused(code)) => {
                    let key = row
                        .map(|row| (row.document, row.hash, self.tablets[work.tablet].row.tablet));
                    // One whose ground isn't there either is kept as it came, under another hash.
                    let sender = self.tablets[work.tablet].row.tablet;
                    let as_it_came = code == Refusal::NotYourTeam.code()
                        && self.server.tables.quarantine.keys().any(|(document, _, by)| {
                            *document == work.document.id() && *by == sender
                        });
                    let kept = as_it_came
                        || key.is_some_and(|key| self.server.tables.quarantine.contains_key(&key));
                    ensure!(
                        kept || self.is_restored,
                        "work {number} in {what} was refused ({code}), and isn't in quarantine"
                    );
                    ensure!(
                        code != Refusal::MissingDependency.code(),
                        "work {number} in {what} was refused because of another, and stays so"
                    );
                    false
                }
                // Whoever has left the team hears nothing of what the server lost.
                Some(State::OnServer) => {
                    let worker = self.tablets[work.tablet].row.worker;
                    !self.is_restored || self.serves(worker, work.document.client)
                }
                None => {
                    let is_gone = tables.removed.contains(&number) && work.fact.is_none();
                    if work.at_risk && !work.accepted {
                        // Let go after a backup was restored and before that was seen: the tablet
                        // took it to be on the server.
                        continue;
                    }
                    ensure!(
                        is_gone || work.accepted || work.lost_by_backup,
                        "work {number} in {what} is gone from its tablet, and was never accepted"
                    );
                    !is_gone && !work.lost_by_backup
                }
            };
            let Some((fact, bytes)) = work.fact.as_ref().filter(|_| is_on_server) else { continue };
            let stored = self.server.load(work.document).ok().and_then(|it| it.fact(*fact));
            ensure!(
                stored.as_ref() == Some(bytes),
                "work {number} in {what} should be on the server, and is not as it was written"
            );
        }
        Ok(())
    }
}
