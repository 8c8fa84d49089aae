//! Telling a tablet what is new in its worker's teams, and giving it documents whole.

use std::collections::{BTreeMap, HashSet};

use serde_bytes::{ByteArray, ByteBuf};

use super::standing::Closed;
use super::{News, NewsFrom, OneAtLeast, OpenDocuments, Records, TabletRow, review};
use crate::document::{DocumentRef, digest, packed};
use crate::ids::ClientId;
use crate::oslo;
use crate::protocol::{Changes, Cursor, Snapshot, TeamNews};
use crate::team::Team;
use crate::time::Timestamp;

/// An answer under way.
pub(super) struct Pull<'a, R> {
    pub records: &'a R,
    pub tablet: TabletRow,
    /// The teams that the tablet's worker is in today.
    pub teams: &'a [Team],
    /// The documents of restricted entries that the worker doesn't read.
    pub closed: &'a Closed,
    pub now: Timestamp,
    /// How many bytes the answer may still grow.
    pub left: usize,
    /// Changes of this request: the tablet has them.
    pub sent: &'a HashSet<[u8; 32]>,
}

impl<R: Records> Pull<'_, R> {
    /// The news of every team that the tablet's worker is in, and of no other, whatever the cursors
    /// name. All teams together share the page.
    pub fn news(&mut self, cursors: &[Cursor]) -> Result<Vec<TeamNews>, R::Error> {
        let mut one_at_least = OneAtLeast::Yes;
        let mut all = Vec::new();
        for team in self.teams {
            let cursor = cursors.iter().find(|cursor| cursor.team == team.id);
            let news = self.news_of(team, cursor, one_at_least)?;
            if !news.changes.is_empty() {
                one_at_least = OneAtLeast::No;
            }
            all.push(news);
        }
        Ok(all)
    }

    fn news_of(
        &mut self,
        team: &Team,
        cursor: Option<&Cursor>,
        one_at_least: OneAtLeast,
    ) -> Result<TeamNews, R::Error> {
        let id = team.id;
        let since = oslo::month(self.now).earlier(self.records.retention(id)?);
        let last = self.records.last_number(id)?;
        // A tablet that has read further than the log goes has read a log that is lost, for
        // instance by a restored backup: it is told all that there is, and compares.
        let after = cursor.map_or(0, |cursor| cursor.through);
        let after = if after > last { 0 } else { after };
        // The team's clients here are those who let the worker in.
        let clients: HashSet<ClientId> = team.clients.iter().copied().collect();
        let shown = |document: &DocumentRef| {
            clients.contains(&document.client) && !self.closed.ids.contains(&document.id())
        };
        let (mut news, list) = if after == 0 {
            let mut list = self.records.list(id, since)?;
            list.retain(|listed| shown(&listed.document));
            (News { through: last, ..News::default() }, Some(list))
        } else {
            let budget = self.left;
            (self.records.news(&NewsFrom { team: id, after, since, budget, one_at_least })?, None)
        };
        self.left = self.left.saturating_sub(news.bytes);
        news.changes.retain(|(document, ..)| shown(document));
        let heads = self.records.all_heads(id, since)?;
        let heads = heads.iter().filter(|(client, document, _)| {
            clients.contains(client) && !self.closed.ids.contains(document)
        });
        let digest = digest(heads.map(|(_, id, heads)| (*id, heads.as_slice())));
        let known = cursor.map(|cursor| cursor.roster);
        let after_receipt = cursor.map_or(0, |cursor| cursor.receipts);
        let (mut receipts, receipts_through) =
            self.records.receipts(id, self.tablet.worker, after_receipt)?;
        // Who read about a client who has moved is the next team's business.
        receipts.retain(|it| it.client.is_none_or(|client| clients.contains(&client)));
        let mut renewed = self.records.renewed(id, after)?;
        renewed.retain(|(document, _)| shown(document));
        let mut late = self.records.late(id, after)?;
        late.retain(|late| shown(&late.document));
        Ok(TeamNews {
            team: id,
            roster: (known != Some(team.fingerprint())).then(|| team.clone()),
            since,
            changes: self.changes(news.changes),
            through: news.through,
            more: news.more,
            list,
            renewed,
            late,
            receipts,
            receipts_through,
            digest: ByteArray::new(digest),
            grants: review::told(self.records, self.tablet, team, self.now)?,
            closed: self.closed.lost.iter().filter(|it| it.0 == id).map(|it| it.1).collect(),
        })
    }

    /// Changes by document, without those that the tablet sent just now.
    fn changes(&self, changes: Vec<(DocumentRef, [u8; 32], Vec<u8>)>) -> Vec<Changes> {
        let mut by_document: BTreeMap<DocumentRef, Vec<Vec<u8>>> = BTreeMap::new();
        for (document, hash, bytes) in changes {
            if !self.sent.contains(&hash) {
                by_document.entry(document).or_default().push(bytes);
            }
        }
        let pack = |(document, changes): (DocumentRef, Vec<Vec<u8>>)| Changes {
            document,
            changes: packed::pack(changes.iter().map(Vec::as_slice)),
        };
        by_document.into_iter().map(pack).collect()
    }

    /// Wanted documents, as many as fit, and those that the tablet can't have.
    pub fn wanted(
        &mut self,
        want: &[DocumentRef],
        open: &mut OpenDocuments,
        worked_on: &mut OpenDocuments,
    ) -> Result<(Vec<Snapshot>, Vec<DocumentRef>), R::Error> {
        let (mut documents, mut absent) = (Vec::new(), Vec::new());
        for reference in want {
            let theirs = self.teams.iter().any(|team| team.clients.contains(&reference.client))
                && !self.closed.ids.contains(&reference.id());
            let row = self.records.document(reference.id())?;
            let Some(row) = row.filter(|_| theirs) else {
                absent.push(*reference);
                continue;
            };
            if self.left == 0 && !documents.is_empty() {
                break;
            }
            let bytes = match self.records.snapshot(reference.id())? {
                Some(stored) if stored.heads == row.heads => stored.bytes,
                _ => {
                    let document = match worked_on.take_open(reference.id(), &row.heads) {
                        Some(document) => document,
                        None => open.take(self.records, *reference)?,
                    };
                    let bytes = document.snapshot();
                    self.records.save_snapshot(reference.id(), &row.heads, &bytes)?;
                    // A past month is not written in any more.
                    if reference.kind.is_since(oslo::month(self.now)) {
                        worked_on.keep(document);
                    }
                    bytes
                }
            };
            self.left = self.left.saturating_sub(bytes.len());
            documents.push(Snapshot {
                document: *reference,
                generation: row.generation,
                bytes: ByteBuf::from(bytes),
            });
        }
        Ok((documents, absent))
    }
}
