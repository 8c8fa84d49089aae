//! Asking for a month of the journal that is older than what the tablet keeps.

use kjent_core::document::{DocumentKind, DocumentRef};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::time::Month;
use kjent_core::view::ChangeSet;
use rusqlite::{OptionalExtension, params};

use crate::transact::Writing;
use crate::{Tablet, TabletError};

/// How long it stays: a shift and the next morning's questions.
const STAYS_MINUTES: i64 = 24 * 60;

impl Tablet {
    /// Asks for the month's journal: the next sync fetches it, and it stays for a day.
    pub fn ask_for_older(
        &mut self,
        client: ClientId,
        month: Month,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let journal = DocumentRef::journal(client, month);
            let until = writing.now.plus_minutes(STAYS_MINUTES).millis();
            if writing.ask_for(journal, until)? {
                writing.ask_for_entries(journal, until)?;
            }
            Ok(())
        })?;
        Ok(done.1)
    }
}

impl Writing<'_> {
    /// Asks with a month's journal that has come for the entries that it says are restricted: what the
    /// worker doesn't read of them, the server doesn't have for her.
    pub(crate) fn follow_asked(&self, journal: DocumentRef) -> Result<(), TabletError> {
        if !matches!(journal.kind, DocumentKind::Journal(_)) {
            return Ok(());
        }
        let mut asked =
            self.tx.prepare_cached("SELECT stays_until FROM missing WHERE document = ?1")?;
        let until = asked.query_row([journal.id().bytes()], |row| row.get::<_, Option<i64>>(0));
        match until.optional()?.flatten() {
            Some(until) => self.ask_for_entries(journal, until),
            None => Ok(()),
        }
    }

    fn ask_for_entries(&self, journal: DocumentRef, until: i64) -> Result<(), TabletError> {
        let mut query =
            self.tx.prepare_cached("SELECT entry FROM restricted_entry WHERE document = ?1")?;
        let entries = query.query_map([journal.id().bytes()], |row| row.get::<_, Vec<u8>>(0))?;
        for entry in entries.collect::<Result<Vec<_>, _>>()? {
            let entry = FactId::from_bytes(&entry).ok_or(TabletError::Unreadable)?;
            self.ask_for(DocumentRef::restricted(journal.client, entry), until)?;
        }
        Ok(())
    }

    /// Asks for a document until a moment; tells whether it is here.
    fn ask_for(&self, document: DocumentRef, until: i64) -> Result<bool, TabletError> {
        let id = document.id();
        let here = self
            .tx
            .prepare_cached("UPDATE document SET stays_until = ?2 WHERE id = ?1")?
            .execute(params![id.bytes(), until])?;
        if here == 0 {
            let team = self.team_of(document.client)?;
            self.tx.prepare_cached(include_str!("upsert_asked.sql"))?.execute(params![
                id.bytes(),
                document.client.bytes(),
                document.kind.column(),
                team.bytes(),
                until
            ])?;
        }
        Ok(here > 0)
    }
}
