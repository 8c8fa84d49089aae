//! What a change does, in the product's terms.

use uuid::Uuid;

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

#[cfg(feature = "documents")]
impl Act {
    /// What an own edit in a document of a client does.
    pub fn of(edit: &crate::document::Edit, writer: WorkerId, client: ClientId) -> Self {
        use crate::document::Edit;
        match edit {
            Edit::AddFact { id, .. } => {
                Self::AddFact { fact: *id, author: writer, about: client, in_right_document: true }
            }
            Edit::SetField { part, object, field, .. } => {
                Self::EditPlan { part: *part, object: *object, field: Some(field.clone()) }
            }
        }
    }
}
