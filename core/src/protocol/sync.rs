//! One exchange: what I have that you may not, and how far I have read; what became of each
//! change, and what is new.

use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};

use super::AccessReceipt;
use super::break_glass::{GrantReport, GrantReview};
use super::log_in::{is_usual_lease, usual_lease};
use crate::access::AccessRow;
use crate::document::{DocumentRef, PackedChange};
use crate::ids::{ClientId, FactId, TeamId, WorkerId};
use crate::plan::Part;
use crate::policy::{LateReason, Refusal};
use crate::team::Team;
use crate::time::{Month, Timestamp};

/// A tablet's half of an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRequest {
    /// `PROTOCOL` of the tablet.
    pub protocol: u16,
    /// The tablet's clock.
    pub now: Timestamp,
    /// What waits.
    pub push: Vec<Pushed>,
    /// How far the tablet has read, for each team that it knows.
    pub cursors: Vec<Cursor>,
    /// Documents that it lacks and wants whole, the most needed first.
    pub want: Vec<DocumentRef>,
    /// Which journals its worker has read, and how far.
    pub read: Vec<ReadMark>,
    /// What a team lead has said of break-glass.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviewed: Vec<GrantReview>,
    /// What was opened, searched and tried, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub access: Vec<AccessRow>,
}

impl SyncRequest {
    /// How many things the server has to look at: changes, each change that one builds on,
    /// documents (which it opens: each counts for several), cursors, journals read, rows of the access
    /// log. A request of few bytes can name millions.
    pub fn parts(&self) -> usize {
        let changes = self.push.iter().flat_map(|pushed| &pushed.changes);
        let named: usize = changes.map(|change| 1 + change.builds_on()).sum();
        let told = self.read.len() + self.reviewed.len() + self.access.len();
        named + 8 * self.push.len() + self.cursors.len() + self.want.len() + told
    }
}

/// A document's changes that wait on a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// Which.
    pub document: DocumentRef,
    /// The generation that they were made on.
    pub generation: u32,
    /// Each after those it builds on.
    pub changes: Vec<PackedChange>,
}

/// How far a tablet has read a team's numbered changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The team.
    pub team: TeamId,
    /// The last number that the tablet has stored; 0 asks for a list of all documents instead of
    /// changes.
    pub through: u64,
    /// The last receipt that the tablet has stored.
    pub receipts: u64,
    /// Whether all documents of the list have arrived: only then does `through` say that a
    /// colleague's note is on this tablet.
    pub filled: bool,
    /// `Team::fingerprint` of the team as the tablet knows it.
    pub roster: u64,
}

/// A worker has read a client's journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMark {
    /// Whose journal.
    pub client: ClientId,
    /// As far as this number of the team's.
    pub through: u64,
    /// When, by the tablet's clock.
    pub at: Timestamp,
}

/// The server's half.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncResponse {
    /// The server's clock.
    pub now: Timestamp,
    /// What became of each pushed change, in the request's order.
    pub outcomes: Vec<Outcome>,
    /// News of every team that the worker is in, and of no other.
    pub teams: Vec<TeamNews>,
    /// Wanted documents, in the order in which they were asked for, as many as fit.
    pub documents: Vec<Snapshot>,
    /// Wanted documents that there are none of for this worker.
    pub absent: Vec<DocumentRef>,
    /// That the rows of the access log are in the server's; absent when none were sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<AccessReceipt>,
    /// For how many days the tablet opens without contact from now on.
    #[serde(default = "usual_lease", skip_serializing_if = "is_usual_lease")]
    pub lease_days: u32,
}

/// What became of a pushed change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored under this number, now or earlier, and on its way to the team.
    #[serde(rename = "a")]
    Accepted(u64),
    /// Kept in quarantine.
    Refused(Refusal),
    /// Not looked at, because something has been erased from the document since: the tablet fetches
    /// the new generation, and sends what it rewrote on that.
    Outdated,
    /// Not taken: the server keeps no more of what it refuses, or looks at no more of it, for now.
    /// The change stays on the tablet, and is sent again.
    Later,
}

impl Outcome {
    /// Whether the change is stored.
    pub const fn is_accepted(&self) -> bool {
        matches!(self, Outcome::Accepted(_))
    }
}

/// What is new in a team since the tablet's cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamNews {
    /// Which team.
    pub team: TeamId,
    /// The team as it is now, when the tablet knows another.
    pub roster: Option<Team>,
    /// Journals of earlier months than this one are not on tablets, unless asked for.
    pub since: Month,
    /// Changes since the cursor but for those of this request.
    pub changes: Vec<Changes>,
    /// The cursor from now on.
    pub through: u64,
    /// Whether there is more to fetch after `through`.
    pub more: bool,
    /// All documents, when the cursor was 0 or of another log: the tablet asks for those that it
    /// lacks.
    pub list: Option<Vec<Listed>>,
    /// Documents from which something was erased since the cursor, with their generation.
    pub renewed: Vec<(DocumentRef, u32)>,
    /// Work that came late since the cursor.
    pub late: Vec<LateWork>,
    /// What is on whose tablet and read by whom, since the cursor.
    pub receipts: Vec<Receipt>,
    /// The receipts' cursor from now on.
    pub receipts_through: u64,
    /// `document::digest` over the heads of all the team's documents, as of the last number. With
    /// `more` false, a tablet whose own digest is the same is up to date; nothing else is.
    pub digest: ByteArray<32>,
    /// To a team lead: who was let in to the team's clients by break-glass; those grants that are
    /// not reviewed, and those of late.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantReport>,
}

/// Changes of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Which.
    pub document: DocumentRef,
    /// Each after those it builds on.
    pub changes: Vec<PackedChange>,
}

/// A document of a team's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Which.
    pub document: DocumentRef,
    /// Its generation.
    pub generation: u32,
    /// About how many bytes it is to fetch, for the progress bar.
    pub bytes: u64,
    /// `document::digest` of its heads, the first eight bytes of it: whether the tablet has it.
    pub heads: u64,
}

/// A whole document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Which.
    pub document: DocumentRef,
    /// How often something has been erased from it.
    pub generation: u32,
    /// `Document::snapshot`.
    pub bytes: ByteBuf,
}

/// Work that was accepted although its author had no access any more when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateWork {
    /// In which document.
    pub document: DocumentRef,
    /// The hash of the change.
    pub hash: ByteArray<32>,
    /// Whose.
    pub worker: WorkerId,
    /// The fact that it added, when it did.
    pub fact: Option<FactId>,
    /// The part of the plan that it edited, when it did.
    pub part: Option<Part>,
    /// When it was written, by the tablet's clock.
    pub written: Timestamp,
    /// The tablet's clock when it was sent.
    pub sent: Timestamp,
    /// The server's clock when it came.
    pub received: Timestamp,
    /// What had changed in between.
    pub reason: LateReason,
}

/// How far a worker's tablet has come, or how far the worker has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Who.
    pub worker: WorkerId,
    /// Whose journal was read; absent: everything of the team's is on the worker's tablet.
    pub client: Option<ClientId>,
    /// Through this number of the team's.
    pub through: u64,
    /// When, by the clock of the one who says so.
    pub at: Timestamp,
}
