//! The tablet's side of an exchange: make a request of what waits, and take the answer in.
//!
//! `prepare` only reads; `complete` runs within one transaction of the caller's, so an answer is
//! taken whole or not at all, and an interrupted sync goes on where it stopped.

mod arrive;
mod leave;
mod rebase;
mod records;
mod renew;

pub use records::{Held, Records, Sent, State, Stored};

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::document::{DocumentKind, DocumentRef, digest, packed};
use crate::ids::{ClientId, DocumentId, TeamId};
use crate::policy::Refusal;
use crate::protocol::{
    Listed, MAX_ACCESS, MAX_CHANGES, Outcome, PAGE, PROTOCOL, Pushed, SyncRequest, SyncResponse,
    TeamNews,
};
use crate::time::Timestamp;

/// How many documents a tablet asks for at once, at most. The server answers with as many as fit.
const WANTED_AT_ONCE: usize = 1024;

/// A request, and what it holds.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The message.
    pub request: SyncRequest,
    /// Each pushed change, in the order of the outcomes.
    pub sent: Vec<Sent>,
}

/// What an answer left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completed {
    /// Whether there is more to send or to fetch.
    pub more: bool,
    /// Whether tablet and server have exactly the same, by the digest over all heads, and nothing
    /// waits.
    pub equal: bool,
    /// Whether they differed although nothing waited, and the list of all documents is asked for.
    pub heals: bool,
    /// How many changes the server accepted.
    pub accepted: usize,
    /// How many it refused.
    pub refused: usize,
    /// How many it takes later only.
    pub later: usize,
}

/// Whether an exchange may ask for the list of all documents when the digests differ: once a sync,
/// so that two sides that can't agree don't talk for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heal {
    /// It may.
    Yes,
    /// It has been done.
    No,
}

/// What waits, as far as it fits in one request, and how far the tablet has read.
pub fn prepare<R: Records>(records: &R, now: Timestamp) -> Result<Prepared, R::Error> {
    let mut sent = records.waiting(PAGE)?;
    sent.truncate(MAX_CHANGES);
    let mut documents: BTreeMap<DocumentId, Vec<&Sent>> = BTreeMap::new();
    for change in &sent {
        documents.entry(change.document.id()).or_default().push(change);
    }
    let mut push = Vec::new();
    let mut in_order = Vec::new();
    // An entry is in its own document before it is said that it is there.
    let (entries, others): (Vec<_>, Vec<_>) = documents.into_values().partition(|changes| {
        changes.first().is_some_and(|it| matches!(it.document.kind, DocumentKind::Restricted(_)))
    });
    for changes in entries.into_iter().chain(others) {
        let Some(first) = changes.first() else { continue };
        push.push(Pushed {
            document: first.document,
            generation: records.held(first.document)?.map_or(0, |held| held.generation),
            changes: packed::pack(changes.iter().map(|change| change.bytes.as_slice())),
        });
        in_order.extend(changes.into_iter().cloned());
    }
    let request = SyncRequest {
        protocol: PROTOCOL,
        now,
        push,
        cursors: records.cursors()?,
        want: records.missing(WANTED_AT_ONCE)?,
        read: records.unsent_reads()?,
        reviewed: records.unsent_reviews()?,
        access: records.unsent_access(MAX_ACCESS)?,
    };
    Ok(Prepared { request, sent: in_order })
}

/// Takes an answer in, within the caller's transaction.
pub fn complete<R: Records>(
    records: &mut R,
    prepared: &Prepared,
    response: &SyncResponse,
    may_heal: Heal,
) -> Result<Completed, R::Error> {
    let mut done = Completed::default();
    let Settled { any: settled, lacks_ground } = outcomes(records, prepared, response, &mut done)?;
    records.sent_reads(&prepared.request.read)?;
    if let Some(receipt) = &response.access {
        records.logged_access(receipt.of(&prepared.request.access), &receipt.head)?;
    }
    leave::teams(records, &response.teams)?;
    let (mut asks_for_list, mut newly_missing) = (false, lacks_ground);
    for news in &response.teams {
        asks_for_list |= arrive::team(records, news)?;
        newly_missing |= news.list.is_some() || !news.renewed.is_empty();
    }
    for snapshot in &response.documents {
        arrive::snapshot(records, snapshot)?;
    }
    let mut rewritten = !response.documents.is_empty();
    for document in &response.absent {
        rewritten |= arrive::absent(records, *document)?;
    }
    for news in &response.teams {
        newly_missing |= arrive::changes(records, news)?;
        records.save_late(&news.late)?;
        records.save_receipts(news.team, &news.receipts, news.receipts_through)?;
        records.save_grants(news.team, &news.grants)?;
    }
    leave::documents(records, &response.teams)?;

    done.more = response.teams.iter().any(|news| news.more) || asks_for_list;
    let waits = records.has_waiting()?;
    let lacks = !records.missing(1)?.is_empty();
    // Work that can't be settled keeps nobody from fetching everything else.
    let is_stuck = waits && !settled && !prepared.sent.is_empty();
    if !done.more && (!waits || is_stuck) && !lacks {
        done.equal = !waits;
        for news in &response.teams {
            if heads_digest(records, news)? != *news.digest {
                done.equal = false;
                // Something was missed, on whichever side. The whole list is asked for and
                // compared; what differs is fetched, and what the server lost is sent again.
                if may_heal == Heal::Yes {
                    records.ask_for_list(news.team)?;
                    done.heals = true;
                }
            }
        }
    }
    // A server that settles nothing of what it was sent, and gives nothing of what it was asked for,
    // is not asked again at once.
    let fetched = !response.documents.is_empty() || !response.absent.is_empty();
    // What waits on a document that was fetched can be sent now.
    done.more |=
        done.heals || waits && (settled || rewritten) || lacks && (fetched || newly_missing);
    Ok(done)
}

/// What the outcomes came to.
struct Settled {
    /// Whether anything became of any change.
    any: bool,
    /// Whether a document has to be fetched before what waits in it can be taken.
    lacks_ground: bool,
}

/// Stores what became of each change.
fn outcomes<R: Records>(
    records: &mut R,
    prepared: &Prepared,
    response: &SyncResponse,
    done: &mut Completed,
) -> Result<Settled, R::Error> {
    let mut lacks_ground = BTreeSet::new();
    let mut refused: BTreeMap<DocumentId, (DocumentRef, HashSet<[u8; 32]>)> = BTreeMap::new();
    for (sent, outcome) in prepared.sent.iter().zip(&response.outcomes) {
        match outcome {
            Outcome::Accepted(number) => {
                done.accepted += 1;
                records.mark_on_server(sent.document, &sent.hash, Some(*number))?;
            }
            // This tablet had let the document go, and began it anew.
            Outcome::Refused(Refusal::ActorReused)
                if team_serving(records, response, sent.document.client).is_some() =>
            {
                lacks_ground.insert(sent.document);
            }
            Outcome::Refused(refusal) => {
                // Written anew in the meantime, it isn't there any more under this hash.
                if records.mark_refused(sent.document, &sent.hash, refusal)? {
                    done.refused += 1;
                    let entry = refused.entry(sent.document.id());
                    entry.or_insert_with(|| (sent.document, HashSet::new())).1.insert(sent.hash);
                }
            }
            Outcome::Outdated => {
                lacks_ground.insert(sent.document);
            }
            Outcome::Later => done.later += 1,
        }
    }
    let mut unmoved = 0;
    for (document, hashes) in refused.into_values() {
        let as_before = rebase::past_refusal(records, document, &hashes)?;
        if as_before > 0 {
            lacks_ground.insert(document);
        }
        unmoved += as_before;
    }
    let any = done.accepted + done.refused > unmoved;
    let mut asks = false;
    for document in lacks_ground {
        // Without a team there is nobody to fetch it from.
        let Some(team) = team_serving(records, response, document.client) else { continue };
        let generation = records.held(document)?.map_or(0, |held| held.generation);
        records.add_missing(team, &Listed { document, generation, bytes: 0, heads: 0 })?;
        asks |= !prepared.request.want.contains(&document);
    }
    Ok(Settled { any, lacks_ground: asks })
}

/// The team of the worker's that serves a client, by an answer that is about to be taken: the worker
/// may have come back with it.
fn team_serving<R: Records>(
    records: &R,
    response: &SyncResponse,
    client: ClientId,
) -> Option<TeamId> {
    let mut rosters = response.teams.iter().filter_map(|news| news.roster.as_ref());
    let new = rosters.find(|roster| roster.clients.contains(&client)).map(|roster| roster.id);
    new.or_else(|| records.team_serving(client))
}

/// The digest over the documents of a team's that its tablets keep. Those of a client who has left
/// may still be here, for what is not finished of them; they are the team's no more.
fn heads_digest<R: Records>(records: &R, news: &TeamNews) -> Result<[u8; 32], R::Error> {
    let team = records.teams().into_iter().find(|team| team.id == news.team);
    let clients: HashSet<ClientId> =
        team.map(|team| team.clients).unwrap_or_default().into_iter().collect();
    let mut heads: Vec<(DocumentId, Vec<u8>)> = records
        .heads(news.team, news.since)?
        .into_iter()
        .filter(|(document, _)| clients.contains(&document.client))
        .filter(|(document, _)| !news.closed.contains(document))
        // Of a document in which everything was refused, the server has nothing.
        .filter(|(document, heads)| !document.is_untouched(heads))
        .map(|(document, heads)| (document.id(), heads))
        .collect();
    heads.sort_unstable_by_key(|(id, _)| *id);
    Ok(digest(heads.iter().map(|(id, heads)| (*id, heads.as_slice()))))
}
