//! What a document is: whose, and which of the client's.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{ClientId, DocumentId, FactId};
use crate::oslo;
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
    /// A single entry that the client restricts, with its corrections and who reads it.
    Restricted(FactId),
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

    /// The document of an entry that the client restricts.
    pub const fn restricted(client: ClientId, entry: FactId) -> Self {
        Self { client, kind: DocumentKind::Restricted(entry) }
    }

    /// UUID v5 of the client's id and `care`, `journal/2026-11` or `restricted/` and the entry's id.
    pub fn id(&self) -> DocumentId {
        DocumentId(Uuid::new_v5(&self.client.0, self.kind.to_string().as_bytes()))
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentKind::Care => f.write_str(self.name()),
            DocumentKind::Journal(month) => write!(f, "{}/{month}", self.name()),
            DocumentKind::Restricted(entry) => write!(f, "{}/{entry}", self.name()),
        }
    }
}

impl DocumentKind {
    /// What its kind is called.
    pub const fn name(self) -> &'static str {
        match self {
            DocumentKind::Care => "care",
            DocumentKind::Journal(_) => "journal",
            DocumentKind::Restricted(_) => "restricted",
        }
    }

    /// The parts of the plan that such a document holds.
    pub const fn parts(self) -> &'static [Part] {
        match self {
            DocumentKind::Care => &Part::CARE,
            DocumentKind::Journal(_) => &Part::JOURNAL,
            DocumentKind::Restricted(_) => &[],
        }
    }

    /// The month with which it leaves the tablets; `None` for what stays. An entry's is the one in
    /// which it was written.
    pub fn month(self) -> Option<Month> {
        match self {
            DocumentKind::Care => None,
            DocumentKind::Journal(month) => Some(month),
            DocumentKind::Restricted(entry) => Some(oslo::month(entry.written())),
        }
    }

    /// Whether it is of this month or a later one, or stays.
    pub fn is_since(self, since: Month) -> bool {
        self.month().is_none_or(|month| month >= since)
    }

    /// Which of a client's documents it is, as databases hold it: nothing, `2026-11`, or `2026-11/` and
    /// the entry's id. In the order of the months.
    pub fn column(self) -> Option<String> {
        let month = self.month()?;
        Some(match self {
            DocumentKind::Restricted(entry) => format!("{month}/{entry}"),
            _ => month.to_string(),
        })
    }

    /// Reads the column; `None` for anything that `column` doesn't write.
    pub fn from_column(column: Option<&str>) -> Option<Self> {
        let Some(column) = column else { return Some(DocumentKind::Care) };
        let kind = match column.split_once('/') {
            Some((_, entry)) => DocumentKind::Restricted(entry.parse().ok()?),
            None => DocumentKind::Journal(column.parse().ok()?),
        };
        (kind.column().as_deref() == Some(column)).then_some(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn a_column_names_a_document_and_sorts_by_month() {
        let entry = FactId::mint(Timestamp::from_millis(1_795_255_200_000), [7; 10]);
        let made_up = FactId(Uuid::from_u128(7));
        let november = "2026-11".parse().unwrap_or_else(|_| unreachable!());
        let december: Month = "2026-12".parse().unwrap_or_else(|_| unreachable!());
        for kind in [
            DocumentKind::Care,
            DocumentKind::Journal(november),
            DocumentKind::Restricted(entry),
            DocumentKind::Restricted(made_up),
        ] {
            assert_eq!(DocumentKind::from_column(kind.column().as_deref()), Some(kind));
        }
        let column = DocumentKind::Restricted(entry).column().unwrap_or_default();
        assert!(column >= november.to_string() && column < december.to_string(), "{column}");
        assert!(DocumentKind::Restricted(entry).is_since(november));
        assert!(!DocumentKind::Restricted(entry).is_since(december));
        for bad in ["", "2026", "2026-10/x", &format!("2026-10/{entry}"), &column[..20]] {
            assert_eq!(DocumentKind::from_column(Some(bad)), None, "{bad}");
        }
    }
}
