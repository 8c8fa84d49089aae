//! Commands about notes outside visits: writing, answering, correcting, and the wrong person.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::fact::{EntryReaders, Note};
use crate::ids::{ClientId, FactId};
use crate::view::{CountsView, FollowUpsView, NoteView};

commands! {
    /// A note's form with its draft.
    ReadNote = "read_note" -> NoteView {
        /// About whom.
        client: ClientId,
        /// What the note is for.
        task: NoteTask,
    }

    /// Save the note so far.
    SaveNoteDraft = "save_note_draft" -> () {
        /// About whom.
        client: ClientId,
        /// What the note is for.
        task: NoteTask,
        /// Everything so far.
        draft: NoteDraft,
    }

    /// Throw the draft away.
    DiscardNoteDraft = "discard_note_draft" -> () {
        /// About whom.
        client: ClientId,
        /// What the note was for.
        task: NoteTask,
    }

    /// Sign the note.
    FinishNote = "finish_note" -> () {
        /// About whom.
        client: ClientId,
        /// What the note is for.
        task: NoteTask,
        /// What is signed.
        draft: NoteDraft,
    }

    /// Say that an own entry is about the wrong person, and carry its note to the right one.
    MarkWrongPerson = "mark_wrong_person" -> () {
        /// Whose journal it stands in.
        client: ClientId,
        /// The entry.
        fact: FactId,
        /// How it came about; not empty.
        reason: String,
        /// Whom it is about; absent when it is about nobody here.
        right: Option<ClientId>,
    }

    /// What waits for an answer, of all clients.
    ReadFollowUps = "read_follow_ups" -> FollowUpsView {}

    /// How much is to be seen to, for the navigation.
    ReadCounts = "read_counts" -> CountsView {}
}

/// What a note is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", content = "fact", rename_all = "snake_case")]
pub enum NoteTask {
    /// To tell something.
    Tell,
    /// To answer a thread.
    Answer(FactId),
    /// To correct an own entry.
    Correct(FactId),
}

/// A note outside a visit as far as it has been written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteDraft {
    /// The note.
    #[serde(default)]
    pub note: Note,
    /// When it happened, by the wall clock; now when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<NaiveDateTime>,
    /// Who reads it, when the client restricts it from the first; of one that is to tell something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readers: Option<EntryReaders>,
}
