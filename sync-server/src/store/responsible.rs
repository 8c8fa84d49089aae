//! Who is responsible for a client, and who was.

use chrono::NaiveDate;
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::people::Tenure;
use kjent_core::sync::server::Responsible;
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::{Records, StoreError, columns};

/// Until when those are responsible who are.
const NOW: i64 = i64::MAX;

impl Records<'_> {
    /// Writes who is responsible for a client from now on; who was until now is kept.
    pub fn set_responsible(
        &self,
        client: ClientId,
        responsible: Responsible,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if self.responsible_before(client, NOW - 1)? == responsible {
            return Ok(());
        }
        // Changed again within the same millisecond: nobody has been responsible in between.
        self.transaction
            .prepare_cached(
                "UPDATE OR IGNORE responsible SET until_time = ?2
                 WHERE client = ?1 AND until_time = ?3",
            )?
            .execute(params![client.bytes(), now.millis(), NOW])?;
        let [primary_contact, service_lead] = responsible;
        let worker = |tenure: Option<Tenure>| tenure.map(|it| *it.worker.bytes());
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        self.transaction.prepare_cached(include_str!("set_responsible.sql"))?.execute(params![
            client.bytes(),
            NOW,
            worker(primary_contact),
            day(primary_contact.and_then(|it| it.from)),
            day(primary_contact.and_then(|it| it.to)),
            worker(service_lead),
            day(service_lead.and_then(|it| it.from)),
            day(service_lead.and_then(|it| it.to)),
        ])?;
        Ok(())
    }

    /// Who is responsible for a client, on whatever days.
    pub(super) fn responsible(&self, client: ClientId) -> Result<Responsible, StoreError> {
        self.responsible_before(client, NOW - 1)
    }

    /// Who was responsible for a client at a moment, as far as was known then.
    pub fn responsible_at(
        &self,
        client: ClientId,
        at: Timestamp,
    ) -> Result<Responsible, StoreError> {
        self.responsible_before(client, at.millis())
    }

    fn responsible_before(&self, client: ClientId, at: i64) -> Result<Responsible, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("responsible_at.sql"))?;
        let mut rows = statement.query(params![client.bytes(), at])?;
        match rows.next()? {
            Some(row) => Ok([tenure(row, 0)?, tenure(row, 3)?]),
            None => Ok([None, None]),
        }
    }

    /// Writes the national number by which a client is found who is named exactly.
    pub fn set_national_number(
        &self,
        client: ClientId,
        number: Option<&str>,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("UPDATE client SET national_number = ?2 WHERE id = ?1")?
            .execute(params![client.bytes(), number])?;
        Ok(())
    }

    /// The client with a national number.
    pub fn client_by_number(&self, number: &str) -> Result<Option<ClientId>, StoreError> {
        let id: Option<Vec<u8>> = self
            .transaction
            .prepare_cached("SELECT id FROM client WHERE national_number = ?1 LIMIT 1")?
            .query_row([number], |row| row.get(0))
            .optional()?;
        id.map(|id| columns::id(ClientId::from_bytes(&id))).transpose()
    }
}

fn tenure(row: &Row<'_>, at: usize) -> Result<Option<Tenure>, StoreError> {
    let worker: Option<Vec<u8>> = row.get(at)?;
    let day = |column: usize| -> Result<Option<NaiveDate>, StoreError> {
        let text: Option<String> = row.get(column)?;
        text.as_deref().map(columns::day).transpose()
    };
    let Some(worker) = worker else { return Ok(None) };
    let worker = columns::id(WorkerId::from_bytes(&worker))?;
    Ok(Some(Tenure { worker, from: day(at + 1)?, to: day(at + 2)? }))
}
