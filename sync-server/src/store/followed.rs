//! Accounts at the identity provider that sessions end with.

use kjent_core::ids::TabletId;
use kjent_core::time::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError};

impl Records<'_> {
    /// Lets a profile's session follow an account: the sealed refresh token by which to ask.
    pub fn follow_account(
        &self,
        tablet: TabletId,
        sealed: &[u8],
        asked: Timestamp,
    ) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO followed_account (tablet, refresh, asked) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![tablet.bytes(), sealed, asked.millis()])?;
        Ok(())
    }

    /// Lets a profile's session follow no account: it began in another way.
    pub fn follow_no_account(&self, tablet: TabletId) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("DELETE FROM followed_account WHERE tablet = ?1")?
            .execute([tablet.bytes()])?;
        Ok(())
    }

    /// The sealed refresh token of a profile whose account was last asked for before a moment.
    pub fn account_due(
        &self,
        tablet: TabletId,
        before: Timestamp,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .transaction
            .prepare_cached(
                "SELECT refresh FROM followed_account
                 WHERE tablet = ?1 AND asked < ?2 AND ended IS NULL",
            )?
            .query_row(params![tablet.bytes(), before.millis()], |row| row.get(0))
            .optional()?)
    }

    /// The same, and says that it is asked for now: of two requests at once one gets it.
    pub fn take_account_due(
        &self,
        tablet: TabletId,
        before: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let sealed = self.account_due(tablet, before)?;
        if sealed.is_some() {
            self.transaction
                .prepare_cached("UPDATE followed_account SET asked = ?2 WHERE tablet = ?1")?
                .execute(params![tablet.bytes(), now.millis()])?;
        }
        Ok(sealed)
    }

    /// Notes that a profile's account is no more. What could be asked with is thrown away.
    pub fn end_account(&self, tablet: TabletId, at: Timestamp) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached(
                "UPDATE followed_account SET ended = ?2, refresh = x'' WHERE tablet = ?1",
            )?
            .execute(params![tablet.bytes(), at.millis()])?;
        Ok(())
    }

    /// Whether a profile's account is no more.
    pub fn account_has_ended(&self, tablet: TabletId) -> Result<bool, StoreError> {
        Ok(self
            .transaction
            .prepare_cached(
                "SELECT count(*) > 0 FROM followed_account
                 WHERE tablet = ?1 AND ended IS NOT NULL",
            )?
            .query_row([tablet.bytes()], |row| row.get(0))?)
    }
}
