//! An own entry that was written about the wrong person.

use kjent_core::command::NoteTask;
use kjent_core::fact::{Note, WrongPerson};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::view::ChangeSet;

use super::draft;
use super::note::{own_entry, place};
use crate::{Tablet, TabletError};

impl Tablet {
    /// Says that an own entry is about the wrong person, and signs its note anew in the journal of
    /// the right one, in one transaction. What the note was linked to belongs to the wrong person
    /// and stays behind; whose journal it came from is not told.
    pub fn mark_wrong_person(
        &mut self,
        client: ClientId,
        fact: FactId,
        reason: &str,
        right: Option<ClientId>,
    ) -> Result<ChangeSet, TabletError> {
        if reason.trim().is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        let done = self.transact(|writing| {
            let entry = own_entry(writing, client, fact)?;
            let wrong = WrongPerson { reason: reason.trim().to_owned() };
            writing.add_fact(client, entry.happened, Some(entry.root), wrong)?;
            if let Some(right) = right.filter(|right| *right != client)
                && !entry.note.is_empty()
            {
                let note = Note {
                    goals: Vec::new(),
                    interventions: Vec::new(),
                    answers: Vec::new(),
                    closes: Vec::new(),
                    ..entry.note
                };
                writing.add_fact(right, entry.happened, None, note)?;
            }
            let (kind, about) = place(client, NoteTask::Correct(entry.root));
            draft::discard(&writing.tx, kind, &about)
        })?;
        Ok(done.1)
    }
}
