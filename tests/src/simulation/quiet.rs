//! What must hold when the network is whole and nothing happens any more.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{bail, ensure};
use kjent_core::ids::{ClientId, DocumentId};
use kjent_core::sync::tablet::State;

use super::network::Link;
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
            for (position, row) in &tablet.tables.changes {
                (position, row.hash, format!("{:?}", row.state)).hash(&mut hasher);
            }
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
        for tablet in 0..self.tablets.len() {
            self.look_at_tablet(tablet)?;
        }
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

    /// A tablet has its teams' documents just as the server has them, and nothing of another's.
    fn look_at_tablet(&mut self, tablet: usize) -> anyhow::Result<()> {
        let here = &mut self.tablets[tablet];
        here.touched = here.tables.documents.keys().copied().collect();
        self.compare_stored(tablet)?;
        let here = &self.tablets[tablet];
        let truth = self.server.truth(here.row.worker, self.now);
        let difference = self.difference(tablet, &truth);
        if let Some(document) = difference {
            bail!("it is quiet, and tablet {tablet} differs in {document}");
        }
        let waits = here.tables.changes.values().any(|row| row.state == State::Waiting);
        ensure!(!waits, "it is quiet, and work still waits on tablet {tablet}");
        ensure!(here.up_to_date, "it is quiet, and tablet {tablet} is not up to date");
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
        let parts = parts.chain(tables.snapshots.keys().copied());
        for id in parts.chain(tables.late.keys().map(|(id, _)| *id)) {
            ensure!(is_held(&id), "tablet {tablet} still has parts of a document that has left it");
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
                Some(State::Waiting) => bail!("work {number} in {what} waits for ever"),
                Some(State::Refused(code)) => {
                    let key = row
                        .map(|row| (row.document, row.hash, self.tablets[work.tablet].row.tablet));
                    let kept =
                        key.is_some_and(|key| self.server.tables.quarantine.contains_key(&key));
                    ensure!(
                        kept || self.is_restored,
                        "work {number} in {what} was refused ({code}), and isn't in quarantine"
                    );
                    ensure!(
                        code != "missing_dependency",
                        "work {number} in {what} was refused because of another, and stays so"
                    );
                    false
                }
                Some(State::OnServer) => true,
                None => {
                    let is_gone = tables.removed.contains(&number) && work.fact.is_none();
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
