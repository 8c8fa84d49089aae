//! A single entry that the client restricts (skjermet notat): who reads it, in the client's words.
//!
//! The entry stands in a document of its own, moved out of the journal. What says who reads it stands
//! there with it; what says that there is one stands in the journal, without a word of the entry.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Content;
use crate::ids::WorkerId;

/// Who reads an entry, in the entry's own document. Its author always does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryReaders {
    /// Who, beside the author.
    pub readers: Vec<WorkerId>,
    /// Why, as the client puts it.
    pub words: String,
}

impl Content for EntryReaders {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words]
    }
}

/// That an entry is restricted, in the journal: it amends the entry, which is erased there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRestricted {
    /// Whom to ask for what one has to know: the entry's author.
    pub ask: WorkerId,
}

impl Content for EntryRestricted {
    fn texts(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// That an entry is restricted no more: everyone whom the client lets in reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRestrictionEnded {
    /// Why, as the client puts it.
    pub words: String,
}

impl Content for EntryRestrictionEnded {
    fn texts(&self) -> Vec<&str> {
        vec![&self.words]
    }
}

/// Whom an entry with a document of its own is open to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readers {
    /// These, its author among them.
    These(BTreeSet<WorkerId>),
    /// Everyone whom the client lets in.
    Everyone,
}

impl Readers {
    /// Whether a worker whom the client lets in is one of them.
    pub fn holds(&self, worker: WorkerId) -> bool {
        match self {
            Readers::These(readers) => readers.contains(&worker),
            Readers::Everyone => true,
        }
    }
}
