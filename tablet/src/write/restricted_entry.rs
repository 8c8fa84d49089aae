//! Restricting a single entry, one that stands or one that is being written: who reads it, in the
//! client's words.

use kjent_core::document::{DocumentRef, Edit, Fact};
use kjent_core::fact::{
    EntryReaders, EntryRestricted, EntryRestrictionEnded, FactBody, FactKind, Note,
};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::plan::{FieldFault, FieldProblem};
use kjent_core::time::Timestamp;
use kjent_core::view::{ChangeSet, WorkView};
use rusqlite::{OptionalExtension, params};

use crate::documents::reference;
use crate::transact::Writing;
use crate::{Tablet, TabletError};

impl Tablet {
    /// Restricts an entry to these readers and its author. It moves with its corrections into a
    /// document of its own, and the journal says that it is restricted. Of one that is restricted, who
    /// reads it from now on.
    pub fn restrict_entry(
        &mut self,
        client: ClientId,
        entry: FactId,
        readers: &[WorkerId],
        words: &str,
    ) -> Result<ChangeSet, TabletError> {
        let words = needed(words)?;
        let readers = EntryReaders { readers: readers.to_vec(), words };
        let done = self.transact(|writing| match writing.own_document(entry)? {
            Some(own) => writing.say_readers(own, readers.into()),
            None => writing.move_entry(client, entry, readers),
        })?;
        Ok(done.1)
    }

    /// Writes down that the client restricts an entry no more: everyone whom the client lets in reads it.
    pub fn end_entry_restriction(
        &mut self,
        client: ClientId,
        entry: FactId,
        words: &str,
    ) -> Result<ChangeSet, TabletError> {
        let words = needed(words)?;
        let done = self.transact(|writing| {
            let own = writing.own_document(entry)?.filter(|own| own.client == client);
            let own = own.ok_or(TabletError::NotFound)?;
            writing.say_readers(own, EntryRestrictionEnded { words }.into())
        })?;
        Ok(done.1)
    }
}

impl Writing<'_> {
    /// Moves an entry out of its journal.
    fn move_entry(
        &mut self,
        client: ClientId,
        entry: FactId,
        readers: EntryReaders,
    ) -> Result<(), TabletError> {
        let (entry, journal) = self.root_in_journal(client, entry)?;
        let document = self.take_document(journal)?;
        let parts = document.entry(entry);
        self.keep_document(document);
        // One that was refused is in no journal.
        let (_, first) = parts.first().ok_or(TabletError::NotFound)?;
        let fact = Fact::open(first)?;
        if !fact.kind.may_be_restricted() {
            return Err(TabletError::NotRestrictable);
        }
        let own = DocumentRef::restricted(client, entry);
        let (kind, says) = self.readers_edit(own, readers.into())?;
        let moved = parts.into_iter().map(|(id, bytes)| Edit::AddFact { id, bytes });
        let edits: Vec<Edit> = std::iter::once(says).chain(moved).collect();
        self.write(own, &edits, &WorkView::Fact(kind))?;
        self.say_restricted(journal, entry, &fact)
    }

    /// Writes a note in a document of its own, which these read: the journal says that there is one,
    /// and never had it.
    pub(super) fn add_note_apart(
        &mut self,
        client: ClientId,
        happened: Timestamp,
        note: Note,
        readers: &EntryReaders,
    ) -> Result<(), TabletError> {
        let words = needed(&readers.words)?;
        let readers = EntryReaders { readers: readers.readers.clone(), words };
        let (entry, written) = self.fact_edit(client, happened, None, &note.into())?;
        let Edit::AddFact { bytes, .. } = &written else { return Err(TabletError::Unreadable) };
        let fact = Fact::open(bytes)?;
        let own = DocumentRef::restricted(client, entry);
        let (_, says) = self.readers_edit(own, readers.into())?;
        // By the entry, which is first, the journal shows how far it has come.
        self.write(own, &[written, says], &WorkView::Fact(FactKind::Note))?;
        self.say_restricted(fact.document(), entry, &fact)
    }

    /// Says in a journal that an entry is restricted, and whom to ask.
    fn say_restricted(
        &mut self,
        journal: DocumentRef,
        entry: FactId,
        fact: &Fact,
    ) -> Result<(), TabletError> {
        let said = EntryRestricted { ask: fact.author };
        let (_, edit) = self.fact_edit(fact.client, fact.happened, Some(entry), &said.into())?;
        self.write(journal, &[edit], &WorkView::Fact(FactKind::EntryRestricted))
    }

    /// Says in an entry's own document who reads it from now on.
    fn say_readers(&mut self, own: DocumentRef, body: FactBody) -> Result<(), TabletError> {
        let (kind, edit) = self.readers_edit(own, body)?;
        self.write(own, &[edit], &WorkView::Fact(kind))
    }

    /// What says in an entry's own document who reads it, after whatever was said before.
    fn readers_edit(
        &self,
        own: DocumentRef,
        body: FactBody,
    ) -> Result<(FactKind, Edit), TabletError> {
        let last: Option<i64> = self
            .tx
            .prepare_cached(
                "SELECT MAX(written) FROM fact
                 WHERE client = ?1 AND kind IN ('entry_readers', 'entry_restriction_ended')
                     AND document = ?2",
            )?
            .query_row(params![own.client.bytes(), own.id().bytes()], |row| row.get(0))?;
        // A clock that is behind a colleague's must not make this the earlier word.
        let after = last.map_or(i64::MIN, |last| last.saturating_add(1));
        let at = Timestamp::from_millis(self.now.millis().max(after));
        let fact = Fact::new(own.client, self.identity.worker, at, at, &body)?;
        let bytes = fact.seal()?;
        Ok((fact.kind, Edit::AddFact { id: self.fact_id()?, bytes }))
    }

    /// The entry that a fact is or corrects, and its journal.
    fn root_in_journal(
        &self,
        client: ClientId,
        fact: FactId,
    ) -> Result<(FactId, DocumentRef), TabletError> {
        let found: Option<(Option<Vec<u8>>, Option<String>)> = self
            .tx
            .prepare_cached(
                "SELECT fact.amends, document.month FROM fact
                 JOIN document ON document.id = fact.document
                 WHERE fact.id = ?1 AND fact.client = ?2",
            )?
            .query_row(params![fact.bytes(), client.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (amends, month) = found.ok_or(TabletError::NotFound)?;
        let root = amends.and_then(|id| FactId::from_bytes(&id)).unwrap_or(fact);
        Ok((root, reference(client.bytes(), month.as_deref())?))
    }
}

fn needed(words: &str) -> Result<String, TabletError> {
    match words.trim() {
        "" => Err(TabletError::Field(FieldProblem {
            field: "restriction_words".to_owned(),
            fault: FieldFault::Needed,
        })),
        words => Ok(words.to_owned()),
    }
}
