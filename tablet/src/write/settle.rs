//! Taking care of what the server refused.

use kjent_core::view::ChangeSet;
use rusqlite::{OptionalExtension, params};

use crate::{Tablet, TabletError};

impl Tablet {
    /// Notes that the worker has taken care of refused work. The change stays as it is; twice is as
    /// good as once.
    pub fn settle_refused(&mut self, id: i64) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let settled: Option<Option<i64>> = writing
                .tx
                .prepare_cached("SELECT settled FROM change WHERE position = ?1 AND state = 2")?
                .query_row([id], |row| row.get(0))
                .optional()?;
            if settled.ok_or(TabletError::NotFound)?.is_none() {
                writing
                    .tx
                    .prepare_cached("UPDATE change SET settled = ?2 WHERE position = ?1")?
                    .execute(params![id, writing.now.millis()])?;
                writing.touched_sync();
            }
            Ok(())
        })?;
        Ok(done.1)
    }
}
