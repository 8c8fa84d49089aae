//! The exchange with a tablet, over this server's store. What it does is in
//! `kjent_core::sync::server`; here is only what the log says of it, and where storage answers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kjent_core::access::chain::{AccessHead, AccessLink};
use kjent_core::document::packed::Prefix;
use kjent_core::document::{DocumentRef, Heads};
use kjent_core::ids::{AccessId, ClientId, DocumentId, TabletId, TeamId, WorkerId};
use kjent_core::protocol::{
    GrantReport, GrantReview, LateWork, Listed, Outcome, Receipt, SyncResponse,
};
use kjent_core::sync::server::{self, GrantRow, HeadsRow, InForce, Responsible, RestrictionRow};
use kjent_core::team::{Member, Team};
use kjent_core::time::{Month, Timestamp};

use crate::store::{
    ClientRow, DocumentRow, News, NewsFrom, Quarantined, Records, StoreError, StoredChange,
    StoredSnapshot,
};

/// What an exchange was, for the log: counts and codes, nothing of what was written.
pub(crate) fn summary(response: &SyncResponse) -> String {
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let mut accepted = 0;
    for outcome in &response.outcomes {
        match outcome {
            Outcome::Accepted(_) => accepted += 1,
            Outcome::Refused(refusal) => *refused.entry(refusal.code()).or_default() += 1,
            Outcome::Outdated => *refused.entry("outdated").or_default() += 1,
            Outcome::Later => *refused.entry("later").or_default() += 1,
        }
    }
    let changes = response.teams.iter().flat_map(|team| &team.changes);
    let sent: usize = changes.map(|entry| entry.changes.len()).sum();
    let whole = response.documents.len();
    format!("accepted {accepted}, refused {refused:?}, sent {sent}, documents {whole}")
}

impl server::Records for Records<'_> {
    type Error = StoreError;

    fn client(&self, client: ClientId) -> Result<Option<ClientRow>, StoreError> {
        self.client(client)
    }

    fn served_by(&self, client: ClientId, at: Timestamp) -> Result<Option<TeamId>, StoreError> {
        self.served_by(client, at)
    }

    fn set_responsible(
        &self,
        client: ClientId,
        responsible: Responsible,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.set_responsible(client, responsible, now)
    }

    fn responsible_at(&self, client: ClientId, at: Timestamp) -> Result<Responsible, StoreError> {
        self.responsible_at(client, at)
    }

    fn set_national_number(
        &self,
        client: ClientId,
        number: Option<&str>,
    ) -> Result<(), StoreError> {
        self.set_national_number(client, number)
    }

    fn set_restrictions(
        &self,
        client: ClientId,
        restrictions: &[RestrictionRow],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.set_restrictions(client, restrictions, now)
    }

    fn restrictions(&self, client: ClientId) -> Result<Vec<InForce>, StoreError> {
        self.restrictions(client)
    }

    fn restrictions_in(&self, team: TeamId) -> Result<Vec<(ClientId, InForce)>, StoreError> {
        self.restrictions_in(team)
    }

    fn grants_of(&self, worker: WorkerId, at: Timestamp) -> Result<Vec<GrantRow>, StoreError> {
        self.grants_of(worker, at)
    }

    fn visitors(&self, team: TeamId) -> Result<Vec<Member>, StoreError> {
        self.visitors(team)
    }

    fn grants_in(&self, team: TeamId, since: Timestamp) -> Result<Vec<GrantReport>, StoreError> {
        self.grants_in(team, since)
    }

    fn review_grant(
        &self,
        team: TeamId,
        review: &GrantReview,
        by: WorkerId,
    ) -> Result<(), StoreError> {
        self.review_grant(team, review, by)
    }

    fn team(&self, team: TeamId) -> Result<Option<Team>, StoreError> {
        self.team(team)
    }

    fn teams_of(&self, worker: WorkerId, day: NaiveDate) -> Result<Vec<Team>, StoreError> {
        self.teams_of(worker, day)
    }

    fn retention(&self, team: TeamId) -> Result<u32, StoreError> {
        self.retention(team)
    }

    fn lease_days(&self) -> Result<u32, StoreError> {
        self.lease_days()
    }

    fn document(&self, document: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        self.document(document)
    }

    fn save_heads(
        &self,
        document: &DocumentRef,
        team: TeamId,
        heads: &Heads,
        grown: usize,
    ) -> Result<(), StoreError> {
        self.save_heads(document, team, heads, grown)
    }

    fn all_heads(&self, team: TeamId, since: Month) -> Result<Vec<HeadsRow>, StoreError> {
        self.all_heads(team, since)
    }

    fn list(&self, team: TeamId, since: Month) -> Result<Vec<Listed>, StoreError> {
        self.list(team, since)
    }

    fn snapshot(&self, document: DocumentId) -> Result<Option<StoredSnapshot>, StoreError> {
        self.snapshot(document)
    }

    fn save_snapshot(
        &self,
        document: DocumentId,
        heads: &[u8],
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        self.save_snapshot(document, heads, bytes)
    }

    fn number_of_change(
        &self,
        document: DocumentId,
        hash: &[u8; 32],
    ) -> Result<Option<u64>, StoreError> {
        self.number_of_change(document, hash)
    }

    fn hash_of_change(
        &self,
        document: DocumentId,
        prefix: Prefix,
    ) -> Result<Option<[u8; 32]>, StoreError> {
        self.hash_of_change(document, prefix)
    }

    fn add_change(&self, change: &StoredChange<'_>) -> Result<u64, StoreError> {
        self.add_change(change)
    }

    fn changes_of(&self, document: DocumentId) -> Result<Vec<Vec<u8>>, StoreError> {
        self.changes_of(document)
    }

    fn last_number(&self, team: TeamId) -> Result<u64, StoreError> {
        self.last_number(team)
    }

    fn news(&self, from: &NewsFrom) -> Result<News, StoreError> {
        self.news(from)
    }

    fn renewed(&self, team: TeamId, after: u64) -> Result<Vec<(DocumentRef, u32)>, StoreError> {
        self.renewed(team, after)
    }

    fn quarantined(
        &self,
        tablet: TabletId,
        since: Timestamp,
    ) -> Result<(usize, usize), StoreError> {
        self.quarantined(tablet, since)
    }

    fn quarantine(&self, refused: &Quarantined<'_>) -> Result<(), StoreError> {
        self.quarantine(refused)
    }

    fn add_late(&self, team: TeamId, number: u64, late: &LateWork) -> Result<(), StoreError> {
        self.add_late(team, number, late)
    }

    fn late(&self, team: TeamId, after: u64) -> Result<Vec<LateWork>, StoreError> {
        self.late(team, after)
    }

    fn add_receipt(&self, team: TeamId, receipt: &Receipt) -> Result<(), StoreError> {
        self.add_receipt(team, receipt)
    }

    fn receipts(
        &self,
        team: TeamId,
        worker: WorkerId,
        after: u64,
    ) -> Result<(Vec<Receipt>, u64), StoreError> {
        self.receipts(team, worker, after)
    }

    fn access_head(&self) -> Result<AccessHead, StoreError> {
        self.access_head()
    }

    fn has_access(&self, tablet: Option<TabletId>, row: AccessId) -> Result<bool, StoreError> {
        self.has_access(tablet, row)
    }

    fn add_access(&self, link: &AccessLink) -> Result<(), StoreError> {
        self.add_access(link)
    }
}
