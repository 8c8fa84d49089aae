//! A team lead's review of break-glass.

use kjent_core::ids::GrantId;
use kjent_core::view::ChangeSet;
use rusqlite::params;

use crate::{Tablet, TabletError};

impl Tablet {
    /// Says what was found when a grant was gone through. It reaches the server with the next sync.
    pub fn review_grant(
        &mut self,
        grant: GrantId,
        comment: &str,
    ) -> Result<ChangeSet, TabletError> {
        let comment = comment.trim().to_owned();
        if comment.is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        let listed = self.read_grants()?;
        let known = listed.iter().find(|it| it.grant == grant).ok_or(TabletError::NotFound)?;
        if known.reviewed.is_some() {
            return Err(TabletError::AlreadyAnswered);
        }
        let done = self.transact(|writing| {
            writing
                .tx
                .prepare_cached("UPDATE break_glass SET comment = ?2, reviewed = ?3 WHERE id = ?1")?
                .execute(params![grant.bytes(), comment, writing.now.millis()])?;
            writing.touched_days();
            Ok(())
        })?;
        Ok(done.1)
    }
}
