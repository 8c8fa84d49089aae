//! What was erased from a client's record: that it was, when and on what ground.

use kjent_core::ids::{ClientId, FactId};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_core::view::ErasedView;

use super::plan::id;
use crate::{Tablet, TabletError};

impl Tablet {
    /// A client's erased facts, those erased last first.
    pub(super) fn erased(&self, client: ClientId) -> Result<Vec<ErasedView>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, at, ground FROM erased_fact WHERE client = ?1 ORDER BY at DESC, id",
        )?;
        let rows = query.query_map([client.bytes()], |row| {
            Ok(ErasedView {
                fact: id(row, 0, FactId::from_bytes)?,
                at: oslo::local(Timestamp::from_millis(row.get(1)?)),
                ground: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
