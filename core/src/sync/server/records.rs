//! What the exchange asks of the server's store. Plain questions and acts without a rule in them,
//! all within one transaction.

use chrono::NaiveDate;

use crate::access::chain::{AccessHead, AccessLink};
use crate::document::packed::Prefix;
use crate::document::{DocumentRef, Heads};
use crate::fact::Restriction;
use crate::ids::{AccessId, ClientId, DocumentId, FactId, TabletId, TeamId, WorkerId};
use crate::people::Tenure;
use crate::policy::Refusal;
use crate::protocol::{GrantReport, GrantReview, LateWork, Listed, Receipt};
use crate::team::{Member, Role, Team};
use crate::time::{Month, Timestamp};

/// Something stored can't be read as what it should be: what, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database is damaged: {0}")]
pub struct Damaged(pub &'static str);

/// A tablet that is enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TabletRow {
    /// Which.
    pub tablet: TabletId,
    /// Whose.
    pub worker: WorkerId,
}

/// What the server must know of a client to judge a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRow {
    /// The team that serves the client.
    pub team: TeamId,
    /// The primary contact and the service lead, as the care document says.
    pub responsible: Responsible,
}

/// The primary contact and the service lead, each with the days.
pub type Responsible = [Option<Tenure>; 2];

/// A bar that a client's care document tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestrictionRow {
    /// The fact that says so.
    pub fact: FactId,
    /// Whom it keeps out.
    pub restriction: Restriction,
    /// Whether it is over.
    pub is_ended: bool,
}

/// That a worker is let in to a client by break-glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// To whom.
    pub client: ClientId,
    /// The team that serves the client now.
    pub team: TeamId,
    /// Until when.
    pub until: Timestamp,
}

/// A bar, with when it has kept whom out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// Whom it keeps out. Why is in the document alone.
    pub restriction: Restriction,
    /// From when on, by the server's clock.
    pub since: Timestamp,
    /// Until when; open when absent.
    pub until: Option<Timestamp>,
}

impl InForce {
    /// Whether it kept a worker in a role out at a moment.
    pub fn bars(&self, worker: WorkerId, role: &Role, at: Timestamp) -> bool {
        self.since <= at
            && self.until.is_none_or(|until| at < until)
            && self.restriction.bars(worker, Some(role))
    }
}

/// A document as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// The team that it is of.
    pub team: TeamId,
    /// `Heads::to_bytes`.
    pub heads: Vec<u8>,
    /// How often something has been erased from it.
    pub generation: u32,
}

/// Whose a document is, which, and `Heads::to_bytes` of it.
pub type HeadsRow = (ClientId, DocumentId, Vec<u8>);

/// A document whole, as it was when one was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSnapshot {
    /// `Heads::to_bytes` of what it holds.
    pub heads: Vec<u8>,
    /// `Document::snapshot`.
    pub bytes: Vec<u8>,
}

/// A change to store.
#[derive(Clone, Copy, Debug)]
pub struct StoredChange<'a> {
    /// Whose log it stands in.
    pub team: TeamId,
    /// Which document it is of.
    pub document: DocumentId,
    /// Its hash.
    pub hash: &'a [u8; 32],
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Who uploaded it; `None` for an administrator.
    pub tablet: Option<TabletId>,
    /// When it came.
    pub received: Timestamp,
}

/// A refused change.
#[derive(Clone, Copy, Debug)]
pub struct Quarantined<'a> {
    /// Which document it is of.
    pub document: DocumentRef,
    /// Its hash.
    pub hash: &'a [u8; 32],
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Who sent it.
    pub sender: TabletRow,
    /// Why it was refused.
    pub refusal: &'a Refusal,
    /// When it came.
    pub received: Timestamp,
}

/// From where on, and how much, a tablet reads.
#[derive(Clone, Copy, Debug)]
pub struct NewsFrom {
    /// Which log.
    pub team: TeamId,
    /// Behind which number.
    pub after: u64,
    /// Journals of earlier months are left out.
    pub since: Month,
    /// How many bytes of changes at most.
    pub budget: usize,
    /// Whether one change may go past the budget, when it would be the only one.
    pub one_at_least: OneAtLeast,
}

/// Whether an answer holds a change even if that one alone is larger than the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneAtLeast {
    /// It does: otherwise a large change would stop a tablet for good.
    Yes,
    /// It holds one already.
    No,
}

/// What there is to read.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// The changes by number, with their hashes.
    pub changes: Vec<(DocumentRef, [u8; 32], Vec<u8>)>,
    /// How far these go.
    pub through: u64,
    /// Whether there is more.
    pub more: bool,
    /// How many bytes the changes have.
    pub bytes: usize,
}

/// The server's store within one transaction.
pub trait Records {
    /// What can go wrong with the store.
    type Error: From<Damaged>;

    /// A client; `None` when no team has them.
    fn client(&self, client: ClientId) -> Result<Option<ClientRow>, Self::Error>;
    /// The team that served a client at a moment, when that is known.
    fn served_by(&self, client: ClientId, at: Timestamp) -> Result<Option<TeamId>, Self::Error>;
    /// Writes who is responsible for a client from now on; who was until now is kept.
    fn set_responsible(
        &self,
        client: ClientId,
        responsible: Responsible,
        now: Timestamp,
    ) -> Result<(), Self::Error>;
    /// Who was responsible for a client at a moment, as far as was known then.
    fn responsible_at(&self, client: ClientId, at: Timestamp) -> Result<Responsible, Self::Error>;
    /// Writes the national number by which a client is found who is named exactly.
    fn set_national_number(
        &self,
        client: ClientId,
        number: Option<&str>,
    ) -> Result<(), Self::Error>;
    /// Writes a client's bars: new ones are in force from now on, ended ones until now.
    fn set_restrictions(
        &self,
        client: ClientId,
        restrictions: &[RestrictionRow],
        now: Timestamp,
    ) -> Result<(), Self::Error>;
    /// A client's bars, those that are over among them.
    fn restrictions(&self, client: ClientId) -> Result<Vec<InForce>, Self::Error>;
    /// The bars of all clients of a team's that have any.
    fn restrictions_in(&self, team: TeamId) -> Result<Vec<(ClientId, InForce)>, Self::Error>;

    /// To whom a worker was let in by break-glass at a moment.
    fn grants_of(&self, worker: WorkerId, at: Timestamp) -> Result<Vec<GrantRow>, Self::Error>;
    /// Everybody who is or was let in to a client of a team's, with the days, as its tablets name
    /// them.
    fn visitors(&self, team: TeamId) -> Result<Vec<Member>, Self::Error>;
    /// The grants to a team's clients that nobody has reviewed, or that are newer than a moment.
    fn grants_in(&self, team: TeamId, since: Timestamp) -> Result<Vec<GrantReport>, Self::Error>;
    /// Stores a review of a grant to a client of the team's. What was said first stands.
    fn review_grant(
        &self,
        team: TeamId,
        review: &GrantReview,
        by: WorkerId,
    ) -> Result<(), Self::Error>;

    /// A team as it is now.
    fn team(&self, team: TeamId) -> Result<Option<Team>, Self::Error>;
    /// The teams that a worker is in on a day, in the order of their ids.
    fn teams_of(&self, worker: WorkerId, day: NaiveDate) -> Result<Vec<Team>, Self::Error>;
    /// How many whole months of journals a team's tablets keep beside the present one.
    fn retention(&self, team: TeamId) -> Result<u32, Self::Error>;

    /// For how many days tablets open without contact.
    fn lease_days(&self) -> Result<u32, Self::Error>;

    /// A document; `None` before its first change.
    fn document(&self, document: DocumentId) -> Result<Option<DocumentRow>, Self::Error>;
    /// Writes a document's heads and that its changes have grown by so many bytes; the first time,
    /// the document with them.
    fn save_heads(
        &self,
        document: &DocumentRef,
        team: TeamId,
        heads: &Heads,
        grown: usize,
    ) -> Result<(), Self::Error>;
    /// The heads of all a team's documents with their clients, in the order of the documents' ids,
    /// without journals of months before `since`.
    fn all_heads(&self, team: TeamId, since: Month) -> Result<Vec<HeadsRow>, Self::Error>;
    /// A team's documents, without journals of months before `since`.
    fn list(&self, team: TeamId, since: Month) -> Result<Vec<Listed>, Self::Error>;
    /// The document's snapshot that was stored last.
    fn snapshot(&self, document: DocumentId) -> Result<Option<StoredSnapshot>, Self::Error>;
    /// Stores a document's snapshot, with its heads.
    fn save_snapshot(
        &self,
        document: DocumentId,
        heads: &[u8],
        bytes: &[u8],
    ) -> Result<(), Self::Error>;

    /// The number of a document's change, when it is here.
    fn number_of_change(
        &self,
        document: DocumentId,
        hash: &[u8; 32],
    ) -> Result<Option<u64>, Self::Error>;
    /// The hash of a document's change that begins so.
    fn hash_of_change(
        &self,
        document: DocumentId,
        prefix: Prefix,
    ) -> Result<Option<[u8; 32]>, Self::Error>;
    /// Stores a change under the team's next number, and returns that.
    fn add_change(&self, change: &StoredChange<'_>) -> Result<u64, Self::Error>;
    /// A document's changes, each after those it builds on.
    fn changes_of(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, Self::Error>;
    /// The number of a team's newest change.
    fn last_number(&self, team: TeamId) -> Result<u64, Self::Error>;
    /// Numbered changes of a team's documents.
    fn news(&self, from: &NewsFrom) -> Result<News, Self::Error>;
    /// Documents of a team from which something was erased under a number after this one.
    fn renewed(&self, team: TeamId, after: u64) -> Result<Vec<(DocumentRef, u32)>, Self::Error>;
    /// How many refused changes of a tablet's have been kept since a moment, and their bytes.
    fn quarantined(
        &self,
        tablet: TabletId,
        since: Timestamp,
    ) -> Result<(usize, usize), Self::Error>;
    /// Keeps a refused change. Sent again, it stays as it came first.
    fn quarantine(&self, refused: &Quarantined<'_>) -> Result<(), Self::Error>;

    /// Notes that the change under a number of the team's came late.
    fn add_late(&self, team: TeamId, number: u64, late: &LateWork) -> Result<(), Self::Error>;
    /// What came late under a number after this one.
    fn late(&self, team: TeamId, after: u64) -> Result<Vec<LateWork>, Self::Error>;

    /// Stores a receipt that reaches further than the one of the same worker and client, under the
    /// team's next number of receipts.
    fn add_receipt(&self, team: TeamId, receipt: &Receipt) -> Result<(), Self::Error>;
    /// Receipts of other workers after this number, and the last number that there is.
    fn receipts(
        &self,
        team: TeamId,
        worker: WorkerId,
        after: u64,
    ) -> Result<(Vec<Receipt>, u64), Self::Error>;

    /// The newest link of the access log; `AccessHead::NONE` of an empty one.
    fn access_head(&self) -> Result<AccessHead, Self::Error>;
    /// Whether a tablet's row is in the access log; without a tablet, one of the server's own.
    fn has_access(&self, tablet: Option<TabletId>, row: AccessId) -> Result<bool, Self::Error>;
    /// Stores the next link of the access log.
    fn add_access(&self, link: &AccessLink) -> Result<(), Self::Error>;
}
