//! Workers: their employee numbers.

use chrono::NaiveDate;
use kjent_core::ids::WorkerId;
use kjent_core::team::Role;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

/// A worker's membership as the administrator's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkerRow {
    /// The employee number.
    pub employee_number: String,
    /// The role's code.
    pub role: String,
    /// The name that colleagues see.
    pub name: String,
}

impl Records<'_> {
    /// Adds a worker; the number must be free.
    pub fn add_worker(&self, worker: WorkerId, employee_number: &str) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("INSERT INTO worker (id, employee_number) VALUES (?1, ?2)")?
            .execute(params![worker.bytes(), employee_number])?;
        Ok(())
    }

    /// The worker with an employee number.
    pub fn worker_by_number(&self, number: &str) -> Result<Option<WorkerId>, StoreError> {
        self.transaction
            .prepare_cached("SELECT id FROM worker WHERE employee_number = ?1")?
            .query_row([number], |row| row.get::<_, Vec<u8>>(0))
            .optional()?
            .map(|id| columns::id(WorkerId::from_bytes(&id)))
            .transpose()
    }

    /// The employee number of a worker.
    pub fn number_of(&self, worker: WorkerId) -> Result<Option<String>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT employee_number FROM worker WHERE id = ?1")?
            .query_row([worker.bytes()], |row| row.get(0))
            .optional()?)
    }

    /// Whether a worker leads a team on a day; without one, whether anybody does.
    pub fn leads(&self, worker: Option<WorkerId>, day: NaiveDate) -> Result<bool, StoreError> {
        let mut query = self.transaction.prepare_cached(include_str!("leads.sql"))?;
        let worker = worker.as_ref().map(WorkerId::bytes);
        let bounds = params![Role::TeamLead.code(), day.to_string(), worker];
        Ok(query.query_row(bounds, |row| row.get(0))?)
    }

    /// Everyone who is in a team on a day, by employee number.
    pub fn workers(&self, day: NaiveDate) -> Result<Vec<WorkerRow>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_workers.sql"))?;
        let rows = statement.query_map([day.to_string()], |row| {
            Ok(WorkerRow { employee_number: row.get(0)?, role: row.get(1)?, name: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
