//! Quarantine: what was refused, kept with its reason.

use kjent_core::document::DocumentRef;
use kjent_core::ids::TabletId;
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use rusqlite::{Row, params};

use super::{Quarantined, Records, StoreError, columns};

/// A refused change as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarantineRow {
    /// Of which document.
    pub document: DocumentRef,
    /// Its hash.
    pub hash: [u8; 32],
    /// The tablet that sent it.
    pub tablet: TabletId,
    /// The employee number of the tablet's worker.
    pub employee_number: String,
    /// Why it was refused.
    pub reason: Problem,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it came.
    pub received: Timestamp,
}

impl Records<'_> {
    /// Hands over every refused change, one at a time, in the order in which they came.
    pub fn each_quarantined<E: From<StoreError>>(
        &self,
        mut take: impl FnMut(QuarantineRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let query = include_str!("list_quarantine.sql");
        let mut statement = self.transaction.prepare_cached(query).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            take(read(row)?)?;
        }
        Ok(())
    }

    /// How many refused changes of a tablet's have been kept since a moment, and their bytes.
    pub fn quarantined(
        &self,
        tablet: TabletId,
        since: Timestamp,
    ) -> Result<(usize, usize), StoreError> {
        Ok(self
            .transaction
            .prepare_cached(
                "SELECT COUNT(*), COALESCE(SUM(LENGTH(bytes)), 0) FROM quarantine
                 WHERE tablet = ?1 AND received >= ?2",
            )?
            .query_row(params![tablet.bytes(), since.millis()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?)
    }

    /// Keeps a refused change. Sent again, it stays as it came first.
    pub fn quarantine(&self, refused: &Quarantined<'_>) -> Result<(), StoreError> {
        let (kind, month) = columns::kind_columns(&refused.document);
        let reason = serde_json::to_string(&Problem::from(refused.refusal))
            .map_err(|_| StoreError::Damaged("a reason"))?;
        self.transaction.prepare_cached(include_str!("quarantine.sql"))?.execute(params![
            refused.document.id().bytes(),
            refused.hash,
            refused.sender.tablet.bytes(),
            refused.sender.worker.bytes(),
            refused.document.client.bytes(),
            kind,
            month,
            reason,
            refused.bytes,
            refused.received.millis(),
        ])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<QuarantineRow, StoreError> {
    let (client, kind): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
    let month: Option<String> = row.get(2)?;
    Ok(QuarantineRow {
        document: columns::document(&client, &kind, month.as_deref())?,
        hash: row.get(3)?,
        tablet: columns::id(TabletId::from_bytes(&row.get::<_, Vec<u8>>(4)?))?,
        employee_number: row.get(5)?,
        reason: serde_json::from_str(&row.get::<_, String>(6)?)
            .map_err(|_| StoreError::Damaged("a reason"))?,
        bytes: row.get(7)?,
        received: Timestamp::from_millis(row.get(8)?),
    })
}
