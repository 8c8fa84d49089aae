//! What the identity provider calls workers.

use kjent_core::ids::WorkerId;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{Records, StoreError, columns};

impl Records<'_> {
    /// Ties a name at the identity provider to a worker, and unties what was tied to either.
    pub fn tie_provider_name(&self, name: &str, worker: WorkerId) -> Result<(), StoreError> {
        self.untie_provider_name(worker)?;
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO provider_name (name_hash, worker) VALUES (?1, ?2)",
            )?
            .execute(params![hash(name), worker.bytes()])?;
        Ok(())
    }

    /// Unties a worker from their name at the identity provider, if they have one.
    pub fn untie_provider_name(&self, worker: WorkerId) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM provider_name WHERE worker = ?1")?
            .execute([worker.bytes()])?;
        Ok(())
    }

    /// The worker whom the identity provider calls so: by the name that was tied to them, or by
    /// their employee number.
    pub fn worker_by_provider_name(&self, name: &str) -> Result<Option<WorkerId>, StoreError> {
        let tied = self
            .transaction
            .prepare_cached("SELECT worker FROM provider_name WHERE name_hash = ?1")?
            .query_row([hash(name)], |row| row.get::<_, Vec<u8>>(0))
            .optional()?;
        match tied {
            Some(worker) => columns::id(WorkerId::from_bytes(&worker)).map(Some),
            None => self.worker_by_number(name),
        }
    }
}

fn hash(name: &str) -> [u8; 32] {
    Sha256::digest(name.trim().as_bytes()).into()
}
