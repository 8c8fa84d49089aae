//! One exchange: what I have that you may not, and how far I have read; what became of each
//! change, and what is new.

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use crate::document::DocumentRef;
use crate::ids::TeamId;
use crate::policy::Refusal;
use crate::team::Team;
use crate::time::Timestamp;

/// A tablet's half of an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// The tablet's clock.
    pub now: Timestamp,
    /// What waits, each document's changes after those they build on.
    pub push: Vec<DocumentChanges>,
    /// How far the tablet has read, for each team that it knows.
    pub cursors: Vec<Cursor>,
}

/// Changes of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentChanges {
    /// Which.
    pub document: DocumentRef,
    /// The changes' bytes, uncompressed: the body's zstd does better on them together.
    pub changes: Vec<ByteBuf>,
}

/// How far a tablet has read a team's numbered changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The team.
    pub team: TeamId,
    /// The last number that the tablet has stored; 0 before the first.
    pub through: u64,
}

/// The server's half.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncResponse {
    /// The server's clock.
    pub now: Timestamp,
    /// What became of each pushed change, in the request's order.
    pub outcomes: Vec<ChangeOutcome>,
    /// News of every team that the worker is in, and of no other.
    pub teams: Vec<TeamNews>,
}

/// What became of a pushed change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeOutcome {
    /// In which document.
    pub document: DocumentRef,
    /// The SHA-256 by which Automerge knows the change; of unreadable bytes, their SHA-256.
    pub hash: ByteArray<32>,
    /// What became of it.
    pub outcome: Outcome,
}

/// Accepted or refused. An accepted change that is sent again is accepted again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored, and on its way to the team.
    Accepted,
    /// Kept in quarantine.
    Refused(Refusal),
}

/// What is new in a team since the tablet's cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamNews {
    /// The team as it is now.
    pub team: Team,
    /// Other tablets' changes since the cursor, by number.
    pub changes: Vec<NewChange>,
    /// The cursor from now on.
    pub through: u64,
    /// Whether there is more to fetch after `through`.
    pub more: bool,
    /// `document::digest` over the heads of all the team's documents, as of the last number. With
    /// `more` false, a tablet whose own digest is the same is up to date; nothing else is.
    pub digest: ByteArray<32>,
}

/// A change that the tablet doesn't have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewChange {
    /// In which document.
    pub document: DocumentRef,
    /// Its bytes, uncompressed.
    pub bytes: ByteBuf,
}
