//! A tablet whose app was patched: it sends what the rules forbid, and none of it takes.

use anyhow::{bail, ensure};
use kjent_core::document::{Actor, Document, DocumentRef, Edit, Fact, packed};
use kjent_core::fact::{FactBody, Note};
use kjent_core::ids::{FactId, TabletId};
use kjent_core::oslo;
use kjent_core::protocol::{Cursor, Outcome, PROTOCOL, Pushed, SyncRequest, body};
use kjent_core::sync::server::TabletRow;
use kjent_core::time::Timestamp;

use super::server::Handled;
use super::world::World;

/// What it tries.
#[derive(Clone, Copy, Debug)]
enum Forgery {
    /// A change by somebody else's hand.
    OthersActor,
    /// A fact that names somebody else.
    OthersName,
    /// Something else in the place of a fact that is there.
    Altered,
    /// Bytes that are no change.
    Garbage,
    /// A change that builds on one that it keeps to itself.
    Groundless,
}

const FORGERIES: [Forgery; 5] = [
    Forgery::OthersActor,
    Forgery::OthersName,
    Forgery::Altered,
    Forgery::Garbage,
    Forgery::Groundless,
];

impl World {
    /// The patched tablet tries something.
    pub(super) fn attack(&mut self, patched: TabletRow) -> anyhow::Result<()> {
        let now = Timestamp::from_millis(self.now);
        let client = self.clients[self.chance.index(self.clients.len())];
        let reference = DocumentRef::journal(client, oslo::month(now));
        let victim = self.tablets[self.chance.index(self.tablets.len())].row;
        let forgery = self.chance.pick(&FORGERIES).unwrap_or(Forgery::Garbage);
        let mut document = self.server.load(reference)?;
        let own = Actor { worker: patched.worker, tablet: patched.tablet };
        let other = Actor { worker: victim.worker, tablet: victim.tablet };
        let new = FactId::mint(now, self.chance.ten());
        let add = |id: FactId, author: Actor| -> anyhow::Result<Vec<Edit>> {
            let note = Note { observation: "Forged".into(), ..Note::default() };
            let fact = Fact::new(client, author.worker, now, now, &FactBody::Note(note))?;
            Ok(vec![Edit::AddFact { id, bytes: fact.seal()? }])
        };
        let (bytes, code) = match forgery {
            Forgery::OthersActor if other.tablet != own.tablet => {
                (document.write(other, now, &add(new, other)?)?, "not_your_actor")
            }
            Forgery::OthersName if other.worker != own.worker => {
                (document.write(own, now, &add(new, other)?)?, "wrong_author")
            }
            Forgery::Altered => {
                let Some(there) = document.facts().first().copied() else { return Ok(()) };
                (Document::new(reference).write(own, now, &add(there, own)?)?, "fact_altered")
            }
            Forgery::Groundless => {
                document.write(own, now, &add(new, own)?)?;
                let second = FactId::mint(now, self.chance.ten());
                (document.write(own, now, &add(second, own)?)?, "missing_dependency")
            }
            _ => (None, "change_unreadable"),
        };
        let bytes = bytes.map_or_else(|| self.chance.ten().to_vec(), |change| change.bytes);
        let request = SyncRequest {
            reviewed: Vec::new(),
            protocol: PROTOCOL,
            now,
            push: vec![Pushed {
                document: reference,
                generation: 0,
                changes: packed::pack([bytes.as_slice()]),
            }],
            cursors: self.teams.map(all_of).to_vec(),
            want: self.clients.map(DocumentRef::care).to_vec(),
            read: Vec::new(),
            access: Vec::new(),
        };
        self.tell(format!(
            "the patched tablet tries {forgery:?} in {}",
            self.name_document(reference)
        ));
        self.counts.count("forgeries");
        let teams = self.server.tables.open_teams_of(patched.worker, self.now);
        let is_theirs = teams.iter().any(|team| team.clients.contains(&client));
        let fuse = self.fuse();
        let bytes = body::pack(&request)?;
        match self.server.handle(patched, &bytes, self.now, fuse)? {
            Handled::Died => {
                self.counts.count("crashes");
                Ok(())
            }
            Handled::Unreadable => bail!("the server can't read the patched tablet's request"),
            Handled::Answered(answer) => {
                self.judge_answer(patched, &answer)?;
                let [Outcome::Refused(refusal)] = answer.response.outcomes.as_slice() else {
                    bail!("a forgery is not refused: {:?}", answer.response.outcomes);
                };
                ensure!(
                    refusal.code() == code || !is_theirs,
                    "{forgery:?} is refused for another reason: {}",
                    refusal.code()
                );
                ensure!(
                    answer.before.changes.len() == self.server.tables.changes.len(),
                    "a forgery left something in the log"
                );
                let refused = |tablet: &TabletId| {
                    self.server.tables.quarantine.keys().any(|(_, _, of)| of == tablet)
                };
                ensure!(refused(&patched.tablet), "a forgery is not in quarantine");
                Ok(())
            }
        }
    }
}

/// A cursor that asks for everything of a team's.
fn all_of(team: kjent_core::ids::TeamId) -> Cursor {
    Cursor { team, through: 0, receipts: 0, filled: false, roster: 0 }
}
