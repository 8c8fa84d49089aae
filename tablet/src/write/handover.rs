//! Handing over: to a colleague or the next shift, until somebody accepts.

use kjent_core::cbor;
use kjent_core::fact::{Handover, HandoverAccepted, HandoverTo};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::view::ChangeSet;
use rusqlite::{OptionalExtension, params};

use crate::{Tablet, TabletError};

impl Tablet {
    /// Hands something over. It stays the sender's until somebody has accepted it.
    pub fn hand_over(
        &mut self,
        client: ClientId,
        handover: &Handover,
    ) -> Result<ChangeSet, TabletError> {
        let handover = Handover { text: handover.text.trim().to_owned(), ..handover.clone() };
        if handover.text.is_empty() {
            return Err(TabletError::NothingWritten);
        }
        if handover.to == HandoverTo::Worker && handover.worker.is_none() {
            return Err(TabletError::ColleagueNeeded);
        }
        let done =
            self.transact(|writing| writing.add_fact(client, writing.now, None, handover))?;
        Ok(done.1)
    }

    /// Takes over what a colleague handed over.
    pub fn accept_handover(
        &mut self,
        client: ClientId,
        handover: FactId,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let author: Option<Vec<u8>> = writing
                .tx
                .prepare_cached(
                    "SELECT author FROM fact WHERE id = ?1 AND client = ?2 AND kind = 'handover'",
                )?
                .query_row(params![handover.bytes(), client.bytes()], |row| row.get(0))
                .optional()?;
            let author = author.and_then(|id| WorkerId::from_bytes(&id));
            if author.ok_or(TabletError::NotFound)? == writing.identity.worker {
                return Err(TabletError::ColleagueNeeded);
            }
            let is_accepted = {
                let mut query = writing.tx.prepare_cached(
                    "SELECT body FROM fact WHERE client = ?1 AND kind = 'handover_accepted'",
                )?;
                let rows = query.query_map([client.bytes()], |row| row.get::<_, Vec<u8>>(0))?;
                let bodies = rows.collect::<Result<Vec<_>, _>>()?;
                bodies.iter().any(|body| {
                    cbor::read::<HandoverAccepted>(body).is_ok_and(|it| it.handover == handover)
                })
            };
            if is_accepted {
                return Err(TabletError::AlreadyAnswered);
            }
            writing.add_fact(client, writing.now, None, HandoverAccepted { handover })
        })?;
        Ok(done.1)
    }
}
