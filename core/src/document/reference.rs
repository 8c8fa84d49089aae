//! What a document is: whose, and which of the client's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{ClientId, DocumentId};
use crate::plan::Part;
use crate::time::Month;

/// The kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Profile, plan and long-lived facts.
    Care,
    /// One month's visits and facts.
    Journal(Month),
}

/// Names a document. Its id follows from it, so that two offline tablets that both create a month's
/// journal create the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentRef {
    /// Whose.
    pub client: ClientId,
    /// Which.
    pub kind: DocumentKind,
}

impl DocumentRef {
    /// A client's care document.
    pub const fn care(client: ClientId) -> Self {
        Self { client, kind: DocumentKind::Care }
    }

    /// A client's journal of a month.
    pub const fn journal(client: ClientId, month: Month) -> Self {
        Self { client, kind: DocumentKind::Journal(month) }
    }

    /// UUID v5 of the client's id and `care` or `journal/2026-11`.
    pub fn id(&self) -> DocumentId {
        let name = match self.kind {
            DocumentKind::Care => "care".to_owned(),
            DocumentKind::Journal(month) => format!("journal/{month}"),
        };
        DocumentId(Uuid::new_v5(&self.client.0, name.as_bytes()))
    }
}

impl DocumentKind {
    /// The parts of the plan that such a document holds.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            DocumentKind::Care => &Part::CARE,
            DocumentKind::Journal(_) => &Part::JOURNAL,
        }
    }
}
