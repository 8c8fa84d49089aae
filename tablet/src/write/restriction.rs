//! Whom the client bars, in the client's words.

use kjent_core::fact::{Restriction, RestrictionEnded};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::plan::{FieldFault, FieldProblem};
use kjent_core::view::ChangeSet;
use rusqlite::{OptionalExtension, params};

use crate::{Tablet, TabletError};

impl Tablet {
    /// Writes down whom the client bars: a worker or everyone in a role, one of the two.
    pub fn restrict(
        &mut self,
        client: ClientId,
        restriction: &Restriction,
    ) -> Result<ChangeSet, TabletError> {
        let words = restriction.words.trim().to_owned();
        if restriction.worker.is_some() == restriction.role.is_some() {
            return Err(field("restriction_whom", FieldFault::Needed));
        }
        if words.is_empty() {
            return Err(field("restriction_words", FieldFault::Needed));
        }
        let restriction = Restriction { words, ..restriction.clone() };
        let done =
            self.transact(|writing| writing.add_fact(client, writing.now, None, restriction))?;
        Ok(done.1)
    }

    /// Writes down that a bar is over, and why. Twice is as good as once.
    pub fn end_restriction(
        &mut self,
        client: ClientId,
        restriction: FactId,
        words: &str,
    ) -> Result<ChangeSet, TabletError> {
        let words = words.trim().to_owned();
        if words.is_empty() {
            return Err(field("restriction_words", FieldFault::Needed));
        }
        let done = self.transact(|writing| {
            let found: Option<i64> = writing
                .tx
                .prepare_cached(
                    "SELECT 1 FROM fact WHERE id = ?1 AND client = ?2 AND kind = 'restriction'",
                )?
                .query_row(params![restriction.bytes(), client.bytes()], |row| row.get(0))
                .optional()?;
            found.ok_or(TabletError::NotFound)?;
            let ended = RestrictionEnded { restriction, words };
            writing.add_fact(client, writing.now, None, ended)
        })?;
        Ok(done.1)
    }
}

fn field(field: &str, fault: FieldFault) -> TabletError {
    TabletError::Field(FieldProblem { field: field.to_owned(), fault })
}
