//! What comes in: the team, the list of documents, documents whole, and changes.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_bytes::ByteBuf;

use super::{Held, Records, State, rebase, renew};
use crate::document::packed::{self, NotPacked};
use crate::document::{Actor, Document, DocumentError, DocumentRef, RawChange, short_digest};
use crate::ids::{FactId, TeamId};
use crate::protocol::{Changes, Listed, Snapshot, TeamNews};

/// Stores a team, its cursor and what is missing of its documents. Tells whether the next request
/// has to ask for the list of all documents.
pub(super) fn team<R: Records>(records: &mut R, news: &TeamNews) -> Result<bool, R::Error> {
    let id = news.team;
    let known = records.teams().into_iter().find(|team| team.id == id);
    // A client who joins the team brings documents that are in no change after the cursor.
    let mut joined = false;
    if let Some(roster) = &news.roster {
        let old = known.map(|team| team.clients).unwrap_or_default();
        joined = roster.clients.iter().any(|client| !old.contains(client));
        records.save_team(roster)?;
    }
    records.save_cursor(id, news.through, news.since)?;
    for (document, generation) in &news.renewed {
        // One that isn't here would otherwise be begun from its changes, in no generation.
        let is_old = match records.held(*document)? {
            Some(held) => held.generation < *generation,
            None => document.kind.is_since(news.since),
        };
        if is_old {
            let listed =
                Listed { document: *document, generation: *generation, bytes: 0, heads: 0 };
            records.add_missing(id, &listed)?;
        }
    }
    let Some(list) = &news.list else {
        if joined {
            records.ask_for_list(id)?;
        }
        return Ok(joined);
    };
    for listed in list {
        compare(records, id, listed)?;
    }
    find_unlisted(records, news, list)?;
    records.list_compared(id)?;
    if !records.lacks_any(id)? {
        records.save_filled(id)?;
    }
    Ok(false)
}

/// Notes a listed document as missing unless it is here just so. What this tablet wrote in one that
/// differs is sent again: a server that was restored from a backup may have lost it.
fn compare<R: Records>(records: &mut R, team: TeamId, listed: &Listed) -> Result<(), R::Error> {
    let document = listed.document;
    let Some(held) = records.held(document)? else {
        return records.add_missing(team, listed);
    };
    let is_same = short_digest(document.id(), &held.heads) == listed.heads;
    if is_same && held.generation >= listed.generation {
        return records.found(document);
    }
    records.send_again(document)?;
    records.add_missing(team, listed)
}

/// Notes what the server had of a team's, and has no more, as missing: what this tablet wrote in it
/// is sent again. So is what it wrote in a journal that is too old to be listed, and still here: only
/// so does a tablet see that a server restored from a backup has lost it.
fn find_unlisted<R: Records>(
    records: &mut R,
    news: &TeamNews,
    list: &[Listed],
) -> Result<(), R::Error> {
    let team = records.teams().into_iter().find(|team| team.id == news.team);
    let clients = team.map(|team| team.clients).unwrap_or_default();
    let listed: HashSet<DocumentRef> = list.iter().map(|listed| listed.document).collect();
    for held in records.all_held()? {
        let document = held.document;
        let is_told_of = listed.contains(&document) || news.closed.contains(&document);
        if !clients.contains(&document.client) || is_told_of {
            continue;
        }
        if !document.kind.is_since(news.since) {
            records.send_again(document)?;
            continue;
        }
        let stored = records.stored(document)?;
        let was_there = stored.iter().any(|stored| stored.state == State::OnServer);
        if was_there || records.snapshot(document)?.is_some() {
            let generation = held.generation;
            records.send_again(document)?;
            let listed = Listed { document, generation, bytes: 0, heads: 0 };
            records.add_missing(news.team, &listed)?;
        }
    }
    Ok(())
}

/// Takes note that the server has no such document for this worker. One of the worker's own team it
/// has lost: what is here of it goes on from an empty one. Tells whether that was so.
pub(super) fn absent<R: Records>(records: &mut R, document: DocumentRef) -> Result<bool, R::Error> {
    let held = records.held(document)?.filter(|_| records.team_serving(document.client).is_some());
    let Some(Held { generation, .. }) = held else {
        records.found(document)?;
        return Ok(false);
    };
    let bytes = ByteBuf::from(Document::new(document).snapshot());
    snapshot(records, &Snapshot { document, generation, bytes })?;
    Ok(true)
}

/// Takes a whole document in, beneath what this tablet wrote in it and the server doesn't have.
pub(super) fn snapshot<R: Records>(records: &mut R, new: &Snapshot) -> Result<(), R::Error> {
    let reference = new.document;
    // The client has left in between.
    let Some(team) = records.team_serving(reference.client) else {
        return records.found(reference);
    };
    let held = records.held(reference)?;
    let mut document = Document::from_snapshot(reference, &new.bytes)?;
    match held {
        Some(held) if held.generation < new.generation => {
            let renewed = renew::onto(records, reference, document)?;
            records.save_snapshot(reference, new.generation, &new.bytes)?;
            records.put_anew(renewed.document)?;
            records.arrived(&renewed.fresh)?;
            records.wipe_after(reference)?;
        }
        Some(_) => {
            let before = records.open(reference)?;
            merge_own(records, &before, &mut document)?;
            let lost = lost(&before, &document, records.actor());
            records.save_snapshot(reference, new.generation, &new.bytes)?;
            for change in &lost {
                // One that its author has written anew since doesn't follow any more, nor does
                // what was built on it.
                if document.follow(Document::read_change(&change.bytes)?)? {
                    records.add_received(reference, change)?;
                }
            }
            let fresh = records.put(team, document)?;
            records.arrived(&fresh)?;
        }
        // What fills a new tablet is not news to anybody.
        None => {
            records.save_snapshot(reference, new.generation, &new.bytes)?;
            records.put(team, document)?;
        }
    }
    records.found(reference)?;
    if !records.lacks_any(team)? {
        records.save_filled(team)?;
    }
    Ok(())
}

/// What colleagues wrote, and a server that was restored from a backup has no more: it stays here.
fn lost(before: &Document, document: &Document, own: Actor) -> Vec<RawChange> {
    let is_theirs = |raw: &RawChange| {
        let change = Document::read_change(&raw.bytes);
        change.is_ok_and(|change| Actor::of(&change) != Some(own))
    };
    // A damaged snapshot may have been taken for a document: what it has is in no form to be kept.
    let changes = catch_unwind(AssertUnwindSafe(|| before.changes()));
    changes
        .unwrap_or_default()
        .into_iter()
        .filter(|raw| !document.holds(&raw.hash) && is_theirs(raw))
        .collect()
}

/// Applies what this tablet wrote in a document to what the server has of it. `before` is the
/// document as it was here: once a change that was refused, and is on the server after all, has been
/// marked so, what is stored may hold two under one number of this tablet's.
fn merge_own<R: Records>(
    records: &mut R,
    before: &Document,
    document: &mut Document,
) -> Result<(), R::Error> {
    let reference = document.reference();
    // What the server had, and has no more, is to be sent again.
    records.send_again(reference)?;
    let mut lacks_ground = false;
    for stored in records.stored(reference)?.iter().filter(|stored| stored.made.is_some()) {
        let change = Document::read_change(&stored.bytes)?;
        if document.holds(&change.hash()) {
            records.mark_on_server(reference, &stored.hash, None)?;
        } else if !matches!(stored.state, State::Refused(_)) {
            lacks_ground |= !document.follow(change)?;
        }
    }
    // What it was built on is on no server any more: it is written anew on what there is.
    if lacks_ground { rebase::onto(records, before, document) } else { Ok(()) }
}

/// Takes changes in. Those of documents that are missing, or on their way in a newer generation,
/// come with the document. Tells whether a document turned out to be missing.
pub(super) fn changes<R: Records>(records: &mut R, news: &TeamNews) -> Result<bool, R::Error> {
    let is_news = records.is_filled(news.team)?;
    let mut newly_missing = false;
    for entry in &news.changes {
        let reference = entry.document;
        if records.is_missing(reference)? || records.team_serving(reference.client).is_none() {
            continue;
        }
        let Some(facts) = changes_of(records, news.team, entry)? else {
            let held = records.held(reference)?;
            let generation = held.map_or(0, |held| held.generation);
            let listed = Listed { document: reference, generation, bytes: 0, heads: 0 };
            records.add_missing(news.team, &listed)?;
            newly_missing = true;
            continue;
        };
        if is_news {
            records.arrived(&facts)?;
        }
    }
    Ok(newly_missing)
}

/// Takes one document's changes in; `None`, and nothing is stored, when they don't follow what is
/// here: something that they build on isn't, or their author has written another in their place.
fn changes_of<R: Records>(
    records: &mut R,
    team: TeamId,
    entry: &Changes,
) -> Result<Option<Vec<FactId>>, R::Error> {
    let reference = entry.document;
    let mut document = records.open(reference)?;
    let mut fresh = Vec::new();
    let (mut known, mut follow) = (Vec::new(), Vec::new());
    let find = |prefix| Ok::<_, R::Error>(document.find(prefix));
    for change in packed::unpack(&entry.changes, find) {
        let raw = match change? {
            Ok(raw) => raw,
            Err(NotPacked::MissingDependency(_)) => return Ok(None),
            Err(NotPacked::Unreadable(_)) => return Err(DocumentError::NotAChange.into()),
        };
        if document.holds(&raw.hash) {
            known.push(raw.hash.0);
            continue;
        }
        follow.push(Document::read_change(&raw.bytes)?);
        fresh.push(raw);
    }
    if !document.follow_all(follow.clone())? {
        return Ok(None);
    }
    for hash in &known {
        records.mark_on_server(reference, hash, None)?;
    }
    if fresh.is_empty() {
        return Ok(Some(Vec::new()));
    }
    for raw in &fresh {
        // One of this tablet's own that was refused, and accepted after all, is stored already.
        if !records.mark_on_server(reference, &raw.hash.0, None)? {
            records.add_received(reference, raw)?;
        }
    }
    // A month of visits need not be read again for a note.
    let edits: Option<Vec<_>> = follow.iter().map(|change| document.edits_of(change)).collect();
    match edits {
        Some(edits) => records.put_edited(team, document, &edits.concat()).map(Some),
        None => records.put(team, document).map(Some),
    }
}
