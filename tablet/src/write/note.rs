//! A note outside a visit: to tell something, to answer a thread, or to correct an own entry.

use kjent_core::command::{NoteDraft, NoteTask};
use kjent_core::fact::{FactBody, FactKind, FollowUpFrom, Note};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_core::view::ChangeSet;
use rusqlite::{Connection, OptionalExtension, params};

use super::draft::{self, DraftKind};
use crate::transact::Writing;
use crate::{Tablet, TabletError};

/// An own entry as it stands, with its corrections.
pub(crate) struct OwnEntry {
    /// The entry as it was first written.
    pub root: FactId,
    pub happened: Timestamp,
    /// The note as it stands now.
    pub note: Note,
}

impl Tablet {
    /// Saves the note as far as it has been written.
    pub fn save_note_draft(
        &mut self,
        client: ClientId,
        task: NoteTask,
        draft: &NoteDraft,
    ) -> Result<ChangeSet, TabletError> {
        let (kind, about) = place(client, task);
        let done = self.transact(|writing| {
            writing.team_of(client)?;
            draft::save(&writing.tx, kind, &about, draft, writing.now)
        })?;
        Ok(done.1)
    }

    /// Throws the draft away.
    pub fn discard_note_draft(
        &mut self,
        client: ClientId,
        task: NoteTask,
    ) -> Result<ChangeSet, TabletError> {
        let (kind, about) = place(client, task);
        Ok(self.transact(|writing| draft::discard(&writing.tx, kind, &about))?.1)
    }

    /// Signs the note: it is in the journal, or in a document of its own where the client restricts it
    /// from the first; the draft is gone, in one transaction.
    pub fn finish_note(
        &mut self,
        client: ClientId,
        task: NoteTask,
        draft: &NoteDraft,
    ) -> Result<ChangeSet, TabletError> {
        // An answer is for whoever asked, and a correction stands where its entry stands.
        if draft.readers.is_some() && task != NoteTask::Tell {
            return Err(TabletError::NotRestrictable);
        }
        let mut note = draft.note.clone().trimmed();
        if note.is_empty() {
            return Err(match task {
                NoteTask::Answer(_) => TabletError::AnswerNeedsWords,
                _ => TabletError::NothingWritten,
            });
        }
        if let NoteTask::Answer(thread) = task
            && !note.closes.contains(&thread)
            && !note.answers.contains(&thread)
        {
            note.answers.push(thread);
        }
        check_note(&note)?;
        let (kind, about) = place(client, task);
        let done = self.transact(|writing| {
            let (happened, amends) = match task {
                NoteTask::Correct(fact) => {
                    let entry = own_entry(writing, client, fact)?;
                    (entry.happened, Some(entry.root))
                }
                NoteTask::Tell | NoteTask::Answer(_) => {
                    let happened = draft.happened.map(oslo::moment).unwrap_or(writing.now);
                    (happened, None)
                }
            };
            if happened > writing.now {
                return Err(TabletError::InTheFuture);
            }
            match &draft.readers {
                None => drop(writing.add_fact(client, happened, amends, note)?),
                Some(readers) => writing.add_note_apart(client, happened, note, readers)?,
            }
            draft::discard(&writing.tx, kind, &about)
        })?;
        Ok(done.1)
    }
}

/// Where the draft lies.
pub(crate) fn place(client: ClientId, task: NoteTask) -> (DraftKind, [u8; 16]) {
    match task {
        NoteTask::Tell => (DraftKind::Note, *client.bytes()),
        NoteTask::Answer(thread) => (DraftKind::Answer, *thread.bytes()),
        NoteTask::Correct(fact) => (DraftKind::Correction, *fact.bytes()),
    }
}

/// What a signed note must have, beside a word.
pub(super) fn check_note(note: &Note) -> Result<(), TabletError> {
    let touches = !note.closes.is_empty() || !note.answers.is_empty();
    if touches && !note.says_something() {
        return Err(TabletError::AnswerNeedsWords);
    }
    match &note.follow_up {
        Some(asked) if asked.what.trim().is_empty() => Err(TabletError::FollowUpNeedsWhat),
        Some(asked) if asked.from == FollowUpFrom::Worker && asked.worker.is_none() => {
            Err(TabletError::ColleagueNeeded)
        }
        None if note.concern.is_some() => Err(TabletError::ConcernNeedsFollowUp),
        _ => Ok(()),
    }
}

/// The own entry that is to be corrected.
pub(super) fn own_entry(
    writing: &Writing<'_>,
    client: ClientId,
    fact: FactId,
) -> Result<OwnEntry, TabletError> {
    entry_of(&writing.tx, writing.identity.worker, client, fact)
}

/// An entry of this worker's with its note as it stands.
pub(crate) fn entry_of(
    connection: &Connection,
    me: WorkerId,
    client: ClientId,
    fact: FactId,
) -> Result<OwnEntry, TabletError> {
    let found = |id: FactId| -> Result<Option<(WorkerId, Option<FactId>, Timestamp)>, TabletError> {
        let row: Option<(Vec<u8>, Option<Vec<u8>>, i64)> = connection
            .prepare_cached(include_str!("select_own_entry.sql"))?
            .query_row(params![id.bytes(), client.bytes()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let Some((author, amends, happened)) = row else { return Ok(None) };
        let author = WorkerId::from_bytes(&author).ok_or(TabletError::Unreadable)?;
        let amends = amends.and_then(|id| FactId::from_bytes(&id));
        Ok(Some((author, amends, Timestamp::from_millis(happened))))
    };
    let (author, amends, happened) = found(fact)?.ok_or(TabletError::NotFound)?;
    if author != me {
        return Err(TabletError::NotYourEntry);
    }
    let root = amends.unwrap_or(fact);
    let mut query = connection.prepare_cached(include_str!("select_own_versions.sql"))?;
    let rows = query.query_map(params![root.bytes(), client.bytes(), me.bytes()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?))
    })?;
    let mut note = None;
    for row in rows {
        let (kind, body) = row?;
        match FactBody::from_bytes(&FactKind::from_code(&kind), &body)? {
            FactBody::Note(newer) => note = Some(newer),
            FactBody::VisitReport(report) => note = Some(report.note),
            FactBody::WrongPerson(_) => return Err(TabletError::EntryOfWrongPerson),
            _ => {}
        }
    }
    Ok(OwnEntry { root, happened, note: note.ok_or(TabletError::NotFound)? })
}
