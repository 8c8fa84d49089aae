//! Marking a client's journal as seen by this worker. Stays on the tablet.

use kjent_core::ids::ClientId;
use kjent_core::view::ChangeSet;

use crate::{Tablet, TabletError};

impl Tablet {
    /// The worker has seen the client's journal as it is now.
    pub fn mark_read(&mut self, client: ClientId) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let marked = writing
                .tx
                .prepare_cached(
                    "INSERT OR IGNORE INTO seen (fact) SELECT id FROM fact WHERE client = ?1",
                )?
                .execute([client.bytes()])?;
            if marked > 0 {
                writing.touched(client);
            }
            Ok(())
        })?;
        Ok(done.1)
    }
}
