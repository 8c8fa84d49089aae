//! Who makes a visit, and whether it is made: facts beside the plan, which stays as it is.

use kjent_core::fact::{
    CancelReason, FactBody, VisitCancelled, VisitGivenBack, VisitReinstated, VisitTakenOver,
};
use kjent_core::ids::VisitId;
use kjent_core::view::ChangeSet;
use rusqlite::{OptionalExtension, params};

use super::visit::client_of;
use crate::transact::Writing;
use crate::{Tablet, TabletError};

impl Tablet {
    /// This worker goes instead of the one who was to. A colleague who has taken it over too is no
    /// hindrance: both are shown. Twice is as good as once.
    pub fn take_over_visit(&mut self, visit: VisitId) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            refuse_reported(writing, visit)?;
            let is_hers: bool = writing
                .tx
                .prepare_cached("SELECT worker = ?2 FROM visit WHERE id = ?1")?
                .query_row(params![visit.bytes(), writing.identity.worker.bytes()], |row| {
                    row.get(0)
                })
                .optional()?
                .ok_or(TabletError::NotFound)?;
            if is_hers || has_taken_over(writing, visit)? {
                return Ok(());
            }
            add(writing, visit, VisitTakenOver { visit })
        })?;
        Ok(done.1)
    }

    /// This worker doesn't go after all.
    pub fn give_back_visit(&mut self, visit: VisitId) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            refuse_reported(writing, visit)?;
            if !has_taken_over(writing, visit)? {
                return Ok(());
            }
            add(writing, visit, VisitGivenBack { visit })
        })?;
        Ok(done.1)
    }

    /// The visit is not made, and why.
    pub fn cancel_visit(
        &mut self,
        visit: VisitId,
        reason: CancelReason,
        words: &str,
    ) -> Result<ChangeSet, TabletError> {
        let cancelled = VisitCancelled { visit, reason, words: words.trim().to_owned() };
        if cancelled.lacks_words() {
            return Err(TabletError::ReasonNeeded);
        }
        let done = self.transact(|writing| {
            refuse_reported(writing, visit)?;
            add(writing, visit, cancelled)
        })?;
        Ok(done.1)
    }

    /// A cancelled visit is made after all.
    pub fn reinstate_visit(&mut self, visit: VisitId) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            refuse_reported(writing, visit)?;
            add(writing, visit, VisitReinstated { visit })
        })?;
        Ok(done.1)
    }
}

fn add(
    writing: &mut Writing<'_>,
    visit: VisitId,
    body: impl Into<FactBody>,
) -> Result<(), TabletError> {
    let client = client_of(&writing.tx, visit)?;
    writing.add_fact(client, writing.now, None, body)?;
    Ok(())
}

/// A visit that somebody has reported was made: nothing about who goes is left to say.
fn refuse_reported(writing: &Writing<'_>, visit: VisitId) -> Result<(), TabletError> {
    let is_reported: bool = writing
        .tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM standing_fact
             WHERE visit = ?1 AND kind = 'visit_report')",
        )?
        .query_row([visit.bytes()], |row| row.get(0))?;
    if is_reported { Err(TabletError::VisitAlreadyFinished) } else { Ok(()) }
}

fn has_taken_over(writing: &Writing<'_>, visit: VisitId) -> Result<bool, TabletError> {
    let latest: Option<bool> = writing
        .tx
        .prepare_cached(
            "SELECT kind = 'visit_taken_over' FROM fact
             WHERE visit = ?1 AND author = ?2 AND kind IN ('visit_taken_over', 'visit_given_back')
             ORDER BY written DESC, id DESC LIMIT 1",
        )?
        .query_row(params![visit.bytes(), writing.identity.worker.bytes()], |row| row.get(0))
        .optional()?;
    Ok(latest.unwrap_or(false))
}
