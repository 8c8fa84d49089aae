//! What the exchange asks of the tablet's database. Plain questions and acts without a rule in
//! them, all within one transaction.

use crate::access::AccessRow;
use crate::access::chain::AccessHead;
use crate::document::{Actor, Document, DocumentError, DocumentRef, Edit, RawChange};
use crate::ids::{ClientId, FactId, TeamId};
use crate::policy::Refusal;
use crate::protocol::{Cursor, GrantReport, GrantReview, LateWork, Listed, ReadMark, Receipt};
use crate::team::Team;
use crate::time::{Month, Timestamp};

/// A change that is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Of which document.
    pub document: DocumentRef,
    /// Its hash.
    pub hash: [u8; 32],
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What has become of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits to be sent.
    Waiting,
    /// The server has it.
    OnServer,
    /// The server refused it; the code of the reason.
    Refused(String),
}

/// A stored change of a document.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its place in the order of arrival.
    pub position: i64,
    /// Its hash.
    pub hash: [u8; 32],
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What has become of it.
    pub state: State,
    /// When it was written, if on this tablet.
    pub made: Option<Timestamp>,
}

/// A document on the tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub document: DocumentRef,
    /// The team that had the client when it was last written to.
    pub team: TeamId,
    /// How often something has been erased from it.
    pub generation: u32,
    /// `Heads::to_bytes`.
    pub heads: Vec<u8>,
    /// Whether it must stay: something in it waits, or was refused and not settled, or a draft of
    /// the client's is not signed, or it was asked for and is being read.
    pub needed: bool,
}

/// The tablet's database within one transaction.
pub trait Records {
    /// What can go wrong with it.
    type Error: From<DocumentError>;

    /// Who writes on this tablet.
    fn actor(&self) -> Actor;

    /// What waits, oldest first, of at most so many bytes (a larger first one alone).
    fn waiting(&self, budget: usize) -> Result<Vec<Sent>, Self::Error>;
    /// Whether anything waits.
    fn has_waiting(&self) -> Result<bool, Self::Error>;
    /// How far the tablet has read, for each team.
    fn cursors(&self) -> Result<Vec<Cursor>, Self::Error>;
    /// Documents that are missing, at most so many: first those that the day is read from (care
    /// documents and journals from this month on), and only when none of them is missing any more
    /// the others, newest first.
    fn missing(&self, at_most: usize) -> Result<Vec<DocumentRef>, Self::Error>;
    /// Journals read that the server doesn't know of.
    fn unsent_reads(&self) -> Result<Vec<ReadMark>, Self::Error>;
    /// Notes that the server knows of these.
    fn sent_reads(&mut self, marks: &[ReadMark]) -> Result<(), Self::Error>;
    /// Rows of the access log that the server doesn't have, oldest first, at most so many.
    fn unsent_access(&self, at_most: usize) -> Result<Vec<AccessRow>, Self::Error>;
    /// Takes these rows off the tablet, for the server has them, and keeps the link that it gave.
    fn logged_access(&mut self, rows: &[AccessRow], head: &AccessHead) -> Result<(), Self::Error>;

    /// What a team lead has said of break-glass, and the server doesn't know of.
    fn unsent_reviews(&self) -> Result<Vec<GrantReview>, Self::Error>;
    /// Stores what there is of break-glass in a team, in the place of what there was. A review that
    /// waits stays.
    fn save_grants(&mut self, team: TeamId, grants: &[GrantReport]) -> Result<(), Self::Error>;

    /// Notes that a change is on the server, under a number when that is known; false when it isn't
    /// stored here.
    fn mark_on_server(
        &mut self,
        document: DocumentRef,
        hash: &[u8; 32],
        number: Option<u64>,
    ) -> Result<bool, Self::Error>;
    /// Notes that a change was refused; false when it isn't stored here.
    fn mark_refused(
        &mut self,
        document: DocumentRef,
        hash: &[u8; 32],
        refusal: &Refusal,
    ) -> Result<bool, Self::Error>;
    /// A document's stored changes in the order of arrival.
    fn stored(&self, document: DocumentRef) -> Result<Vec<Stored>, Self::Error>;
    /// Makes a stored change wait again, with other bytes when there are any.
    fn wait_again(&mut self, position: i64, with: Option<&RawChange>) -> Result<(), Self::Error>;
    /// Writes another change over a stored one; what has become of it stays as it is.
    fn rewrite(&mut self, position: i64, with: &RawChange) -> Result<(), Self::Error>;
    /// Makes what this tablet wrote in a document, and the server had, wait again.
    fn send_again(&mut self, document: DocumentRef) -> Result<(), Self::Error>;
    /// Takes a stored change out.
    fn remove(&mut self, position: i64) -> Result<(), Self::Error>;
    /// Stores a change that came from the server.
    fn add_received(
        &mut self,
        document: DocumentRef,
        change: &RawChange,
    ) -> Result<(), Self::Error>;

    /// A document that is on the tablet.
    fn held(&self, document: DocumentRef) -> Result<Option<Held>, Self::Error>;
    /// All documents on the tablet.
    fn all_held(&self) -> Result<Vec<Held>, Self::Error>;
    /// The heads of a team's documents, without journals of months before `since`, in the order of
    /// the documents' ids.
    fn heads(&self, team: TeamId, since: Month)
    -> Result<Vec<(DocumentRef, Vec<u8>)>, Self::Error>;
    /// A document's snapshot, when it came as one.
    fn snapshot(&self, document: DocumentRef) -> Result<Option<Vec<u8>>, Self::Error>;
    /// Stores a snapshot in the place of any earlier one. The changes that came from the server
    /// before are in it, and are taken out; this tablet's own stay.
    fn save_snapshot(
        &mut self,
        document: DocumentRef,
        generation: u32,
        bytes: &[u8],
    ) -> Result<(), Self::Error>;
    /// A document as it is, without what was refused; an empty one when it isn't on the tablet.
    fn open(&mut self, document: DocumentRef) -> Result<Document, Self::Error>;
    /// Stores a document's heads and what screens read of it; returns the facts that were not on
    /// the tablet before.
    fn put(&mut self, team: TeamId, document: Document) -> Result<Vec<FactId>, Self::Error>;
    /// `put`, when no more than these edits came in since the document was stored last.
    fn put_edited(
        &mut self,
        team: TeamId,
        document: Document,
        edits: &[Edit],
    ) -> Result<Vec<FactId>, Self::Error>;
    /// Stores a document whose content was replaced: everything that screens read of it is made
    /// anew.
    fn put_anew(&mut self, document: Document) -> Result<(), Self::Error>;
    /// Takes a document off the tablet, with everything that was made from it.
    fn forget(&mut self, document: DocumentRef) -> Result<(), Self::Error>;
    /// Takes off the tablet what is known about clients of no team of the worker's: who came late to a
    /// document that isn't here, and who has read about a client of whom none is.
    fn forget_strangers(&mut self) -> Result<(), Self::Error>;
    /// Notes that facts have come in by sync, as news to the worker.
    fn arrived(&mut self, facts: &[FactId]) -> Result<(), Self::Error>;

    /// The worker's teams.
    fn teams(&self) -> Vec<Team>;
    /// The team of the worker's that serves a client.
    fn team_serving(&self, client: ClientId) -> Option<TeamId>;
    /// Stores a team as it is now; documents of its clients are its own from now on.
    fn save_team(&mut self, team: &Team) -> Result<(), Self::Error>;
    /// Stores how far a team has been read, and from which month on its journals are kept.
    fn save_cursor(&mut self, team: TeamId, through: u64, since: Month) -> Result<(), Self::Error>;
    /// Notes that all documents of a team's list have come once.
    fn save_filled(&mut self, team: TeamId) -> Result<(), Self::Error>;
    /// Whether all documents of a team's list have come once.
    fn is_filled(&self, team: TeamId) -> Result<bool, Self::Error>;
    /// Makes the next request ask for the list of all documents.
    fn ask_for_list(&mut self, team: TeamId) -> Result<(), Self::Error>;
    /// Forgets a team; its clients' documents leave by `forget`.
    fn forget_team(&mut self, team: TeamId) -> Result<(), Self::Error>;

    /// Notes that a document is missing.
    fn add_missing(&mut self, team: TeamId, listed: &Listed) -> Result<(), Self::Error>;
    /// Notes that a team's list has been compared: what is missing now is what a progress bar counts
    /// from.
    fn list_compared(&mut self, team: TeamId) -> Result<(), Self::Error>;
    /// Whether a document is missing.
    fn is_missing(&self, document: DocumentRef) -> Result<bool, Self::Error>;
    /// Notes that a document is missing no more.
    fn found(&mut self, document: DocumentRef) -> Result<(), Self::Error>;
    /// Whether any document of a team is missing.
    fn lacks_any(&self, team: TeamId) -> Result<bool, Self::Error>;

    /// Stores what came late.
    fn save_late(&mut self, late: &[LateWork]) -> Result<(), Self::Error>;
    /// Stores receipts, and how far they have been read.
    fn save_receipts(
        &mut self,
        team: TeamId,
        receipts: &[Receipt],
        through: u64,
    ) -> Result<(), Self::Error>;
    /// Notes that something was erased from a document, so that nothing of it stays in free pages
    /// or the log of writes once this transaction is on the disk.
    fn wipe_after(&mut self, document: DocumentRef) -> Result<(), Self::Error>;
}
