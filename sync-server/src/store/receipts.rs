//! Receipts: how far each worker's tablet has come, and how far the worker has read.

use kjent_core::ids::{ClientId, TeamId, WorkerId};
use kjent_core::protocol::Receipt;
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

impl Records<'_> {
    /// Stores a receipt that reaches further than the one of the same worker and client, under the
    /// team's next number of receipts.
    pub fn add_receipt(&self, team: TeamId, receipt: &Receipt) -> Result<(), StoreError> {
        let client = receipt.client.map(|client| client.bytes().to_vec()).unwrap_or_default();
        let through = i64::try_from(receipt.through).unwrap_or(i64::MAX);
        let known: Option<i64> = self
            .transaction
            .prepare_cached(
                "SELECT through FROM receipt WHERE team = ?1 AND worker = ?2 AND client = ?3",
            )?
            .query_row(params![team.bytes(), receipt.worker.bytes(), client], |row| row.get(0))
            .optional()?;
        if known.is_some_and(|known| known >= through) {
            return Ok(());
        }
        let number: i64 = self
            .transaction
            .prepare_cached(
                "UPDATE team SET last_receipt = last_receipt + 1 WHERE id = ?1
                 RETURNING last_receipt",
            )?
            .query_row([team.bytes()], |row| row.get(0))?;
        self.transaction.prepare_cached(include_str!("add_receipt.sql"))?.execute(params![
            team.bytes(),
            receipt.worker.bytes(),
            client,
            through,
            receipt.at.millis(),
            number,
        ])?;
        Ok(())
    }

    /// Receipts of other workers after this number, and the last number that there is.
    pub fn receipts(
        &self,
        team: TeamId,
        worker: WorkerId,
        after: u64,
    ) -> Result<(Vec<Receipt>, u64), StoreError> {
        let last: i64 = self
            .transaction
            .prepare_cached("SELECT last_receipt FROM team WHERE id = ?1")?
            .query_row([team.bytes()], |row| row.get(0))?;
        let last = columns::number(last)?;
        // Further than the log goes: of a log that is lost.
        let after = if after > last { 0 } else { after };
        let mut statement = self.transaction.prepare_cached(include_str!("list_receipts.sql"))?;
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![team.bytes(), after, worker.bytes()])?;
        let mut receipts = Vec::new();
        while let Some(row) = rows.next()? {
            let client: Vec<u8> = row.get(1)?;
            receipts.push(Receipt {
                worker: columns::id(WorkerId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?,
                client: ClientId::from_bytes(&client),
                through: columns::number(row.get(2)?)?,
                at: Timestamp::from_millis(row.get(3)?),
            });
        }
        Ok((receipts, last))
    }
}
