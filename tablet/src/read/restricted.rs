//! Entries that the client restricts, as their readers see them.

use kjent_core::document::DocumentKind;
use kjent_core::fact::{FactBody, FactKind};
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::oslo;
use kjent_core::policy::{Deed, Right, may};
use kjent_core::team::Role;
use kjent_core::view::{EntryState, RestrictedView, WorkerView};
use rusqlite::params;

use super::journal::EntryRow;
use crate::documents::reference;
use crate::{Tablet, TabletError};

/// What the reader is to the client, as far as it decides who restricts an entry.
pub(super) struct Restricting {
    me: WorkerId,
    role: Option<Role>,
    responsible: bool,
}

impl Restricting {
    /// Whether the reader may say who reads an entry. Who reads a restricted one may.
    pub fn may(&self, row: &EntryRow, state: &EntryState) -> bool {
        let Some(role) = &self.role else { return false };
        let is_mine = row.author == self.me;
        let deed = if is_mine { Deed::RestrictOwn } else { Deed::RestrictOthers };
        let stands = row.kind.may_be_restricted() && !matches!(state, EntryState::Refused { .. });
        let may = |right| may(&right, role, self.responsible);
        let is_own_document = row.month.as_ref().is_some_and(|column| column.contains('/'));
        let right = if is_own_document {
            Right::WriteFact(FactKind::EntryReaders)
        } else {
            Right::Do(deed)
        };
        stands && may(right)
    }

    /// The reader, when she may restrict what she is about to write.
    pub fn writes_apart(&self) -> Option<WorkerId> {
        let role = self.role.as_ref()?;
        may(&Right::Do(Deed::RestrictOwn), role, self.responsible).then_some(self.me)
    }
}

impl Tablet {
    /// Whom of the client's team an entry of this kind can be opened to: those whose role reads such
    /// entries, and whom the client lets in.
    pub fn read_entry_readers(
        &self,
        client: ClientId,
        kind: &FactKind,
    ) -> Result<Vec<WorkerView>, TabletError> {
        self.check_reads_record(client)?;
        let today = oslo::day(self.now());
        let profile = self.profile(client)?.value;
        let bars = self.bars(client)?;
        let reads = Right::ReadFact(kind.clone());
        Ok(self.members(client, today, |member| {
            let responsible = profile.is_responsible(member.worker, today);
            may(&reads, &member.role, responsible) && !bars.keep_out(member.worker)
        }))
    }

    pub(super) fn restricting(&self, client: ClientId) -> Result<Restricting, TabletError> {
        let me = self.identity.worker;
        let today = oslo::day(self.now());
        let responsible = self.profile(client)?.value.is_responsible(me, today);
        Ok(Restricting { me, role: self.role_for(client), responsible })
    }

    /// Who reads an entry that stands in a document of its own.
    pub(super) fn restricted(
        &self,
        client: ClientId,
        row: &EntryRow,
    ) -> Result<Option<RestrictedView>, TabletError> {
        let document = reference(client.bytes(), row.month.as_deref())?;
        if !matches!(document.kind, DocumentKind::Restricted(_)) {
            return Ok(None);
        }
        let mut query = self.connection.prepare_cached(
            "SELECT kind, body FROM fact
             WHERE client = ?1 AND kind IN ('entry_readers', 'entry_restriction_ended')
                 AND document = ?2
             ORDER BY written DESC, id DESC LIMIT 1",
        )?;
        let id = document.id();
        let by = params![client.bytes(), id.bytes()];
        let (kind, body) =
            query.query_row(by, |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        Ok(match FactBody::from_bytes(&FactKind::from_code(&kind), &body)? {
            FactBody::EntryReaders(mut it) => {
                it.readers.retain(|reader| *reader != row.author);
                let all = [row.author].into_iter().chain(it.readers.iter().copied());
                let names = all.map(|worker| self.worker_name(worker)).collect();
                let (readers, words) = (it.readers, it.words);
                Some(RestrictedView { names, readers, words, is_ended: false })
            }
            FactBody::EntryRestrictionEnded(it) => Some(RestrictedView {
                names: Vec::new(),
                readers: Vec::new(),
                words: it.words,
                is_ended: true,
            }),
            _ => None,
        })
    }
}
