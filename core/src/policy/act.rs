//! What a change does, in the product's terms.

use uuid::Uuid;

use crate::fact::{FactKind, IncidentState};
use crate::ids::{ClientId, FactId, WorkerId};
use crate::plan::Part;

/// One thing that a change does to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Adds a fact under an id that was free.
    AddFact {
        /// Its id.
        fact: FactId,
        /// Who the fact says wrote it.
        author: WorkerId,
        /// Whom the fact says it is about.
        about: ClientId,
        /// Whether its kind and month belong in this document.
        in_right_document: bool,
        /// What it is about.
        kind: FactKind,
        /// The state to which it takes an incident, when it does.
        step: Option<IncidentState>,
        /// What it corrects.
        amends: Option<Amended>,
        /// What it has to do with an entry that is restricted.
        moves: Move,
    },
    /// Makes a plan's object (`field` absent) or writes one of its fields.
    EditPlan {
        /// Which part.
        part: Part,
        /// Which object; nil for the client's profile.
        object: Uuid,
        /// Which field.
        field: Option<String>,
    },
    /// Writes over a fact.
    AlterFact {
        /// Which.
        fact: FactId,
    },
    /// Deletes a fact.
    RemoveFact {
        /// Which.
        fact: FactId,
    },
    /// Adds something that can't be read as a fact.
    UnreadableFact {
        /// Its id, when at least that can be read.
        fact: Option<FactId>,
    },
    /// Writes where nothing of the product's lies.
    Stray,
}

/// What a fact corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amended {
    /// Which fact.
    pub fact: FactId,
    /// Whose it is, as the document says; `None` when nothing stands there.
    pub by: Option<AmendedBy>,
}

/// Whose a corrected fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmendedBy {
    /// This worker's.
    Worker(WorkerId),
    /// It was erased, and its author with it.
    Erased,
    /// The client restricts it: what corrects it stands where it stands.
    Restricted,
}

/// What a fact has to do with an entry that moves into a document of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Nothing.
    No,
    /// It is, byte for byte, the one that stands in the common record, whoever wrote that.
    Moved,
    /// It is an entry that is written in a document of its own, and was never in the common record.
    Apart,
    /// It says that an entry is restricted, and the entry is in its own document with all of its
    /// corrections.
    Whole,
    /// It says so, and something of the entry isn't.
    Torn,
}
