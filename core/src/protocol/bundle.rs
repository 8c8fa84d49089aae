//! A whole team in one file: what an administrator imports into an empty server.

use serde::{Deserialize, Serialize};

use serde_bytes::ByteBuf;

use crate::document::DocumentRef;
use crate::ids::WorkerId;
use crate::team::Team;

/// A team with its workers and documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// The team.
    pub team: Team,
    /// What the server must know of workers beyond their membership.
    pub workers: Vec<BundledWorker>,
    /// All documents with all their changes, each after those it builds on.
    pub documents: Vec<DocumentChanges>,
}

/// A worker as the administrator knows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundledWorker {
    /// Who.
    pub worker: WorkerId,
    /// The employee number: how an administrator names the worker on the command line. No national
    /// number.
    pub employee_number: String,
}

/// All changes of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentChanges {
    /// Which.
    pub document: DocumentRef,
    /// The changes' bytes, uncompressed: the file's zstd does better on them together.
    pub changes: Vec<ByteBuf>,
}
