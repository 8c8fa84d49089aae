//! A fact as an edit.

use kjent_core::document::{Edit, Fact};
use kjent_core::fact::FactBody;
use kjent_core::ids::{ClientId, FactId};
use kjent_core::time::Timestamp;

use super::GenerateError;
use super::ledger::Ledger;
use super::world::World;
use crate::random::Random;

/// Who wrote what about whom, and when.
pub struct Entry<'a> {
    /// About whom.
    pub client: ClientId,
    /// Who wrote it, by key.
    pub worker: &'a str,
    /// When it happened.
    pub happened: Timestamp,
    /// When it was written.
    pub written: Timestamp,
    /// What.
    pub body: FactBody,
}

impl Entry<'_> {
    /// Adds the fact to the document where it belongs.
    pub fn add(
        self,
        world: &World<'_>,
        random: &mut Random,
        ledger: &mut Ledger<'_>,
    ) -> Result<(), GenerateError> {
        let id = FactId::mint(self.written, random.bytes());
        self.add_as(id, world, ledger)
    }

    /// The same under an id that others point at.
    pub fn add_as(
        self,
        id: FactId,
        world: &World<'_>,
        ledger: &mut Ledger<'_>,
    ) -> Result<(), GenerateError> {
        let author = world.worker(self.worker);
        let fact = Fact::new(self.client, author, self.written, self.happened, &self.body)?;
        let edit = Edit::AddFact { id, bytes: fact.seal()? };
        ledger.add(fact.document(), self.written, self.worker, vec![edit]);
        Ok(())
    }
}
