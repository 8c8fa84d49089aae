//! Taking what a tablet pushes: each change is accepted and stored, or refused and quarantined.

use std::collections::HashMap;

use serde_bytes::ByteArray;

use super::access::note_restriction;
use super::beside::BesideDocuments;
use super::judge::{self, Verdict};
use super::open::{self, OpenDocuments};
use super::readers::keep_readers;
use super::standing::{self, Standing};
use super::{Damaged, Quarantined, Records, StoredChange, TabletRow};
use crate::cbor;
use crate::document::packed::{self, NotPacked, PackedChange, Prefix};
use crate::document::{Actor, Document, DocumentKind, DocumentRef};
use crate::ids::{DocumentId, TeamId};
use crate::lease::LEASE_DAYS;
use crate::oslo;
use crate::people::is_responsible;
use crate::policy::{Act, Refusal, Writer};
use crate::protocol::{LateReason, LateWork, Outcome, Pushed, SyncRequest};
use crate::team::Role;
use crate::time::Timestamp;

/// How many bytes of refused changes are kept of one tablet and day: a tablet that does nothing
/// wrong never gets there, and one that does can't fill the disk.
const QUARANTINE_A_DAY: usize = 16 << 20;
/// About what it takes to keep a refused change, beside its bytes.
const KEEPING_ONE: usize = 256;
/// How many changes of one request may spoil their document, which is loaded anew after each.
const MOST_SPOILED: usize = 16;

/// A day, in milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// What pushing left.
pub(super) struct PushedAll {
    /// What became of each change, in the request's order.
    pub(super) outcomes: Vec<Outcome>,
    /// The hashes of those that were accepted.
    pub(super) hashes: Vec<[u8; 32]>,
    /// The documents as they are now.
    pub(super) documents: OpenDocuments,
}

/// A document under work, with what the sender may do in it.
struct Desk {
    document: Document,
    team: TeamId,
    generation: u32,
    writer: Writer,
    /// Whether the client bars the sender.
    is_barred: bool,
    /// By how many bytes it has grown since its stored heads.
    grown: usize,
}

/// What the sender is in a document now.
struct Present {
    team: TeamId,
    writer: Writer,
    is_barred: bool,
}

/// What the sender was when a change was written.
struct Then {
    /// When that was, by the sender's clock.
    written: Timestamp,
    /// When what counts was, by the server's: that, or what the change tells of.
    at: Timestamp,
    /// The team that served the client.
    team: TeamId,
    role: Role,
}

/// What became of a change: its number and what it did, or why not.
type Judged = Result<(u64, Vec<Act>), Refusal>;

/// A push under way.
struct Push<'a, R> {
    records: &'a R,
    open: &'a mut OpenDocuments,
    sender: TabletRow,
    now: Timestamp,
    /// The sender's clock.
    sent: Timestamp,
    desks: HashMap<DocumentId, Desk>,
    hashes: Vec<[u8; 32]>,
    /// How many changes have spoiled their document.
    spoiled: usize,
    /// How many bytes the quarantine still takes from the sender today; asked for with the first
    /// refusal.
    room: Option<usize>,
}

pub(super) fn run<R: Records>(
    records: &R,
    open: &mut OpenDocuments,
    sender: TabletRow,
    request: &SyncRequest,
    now: Timestamp,
) -> Result<PushedAll, R::Error> {
    let (desks, hashes) = (HashMap::new(), Vec::new());
    let sent = request.now;
    let mut work = Push { records, open, sender, now, sent, desks, hashes, spoiled: 0, room: None };
    let mut outcomes = Vec::new();
    for Pushed { document, generation, changes } in &request.push {
        for change in packed::unpack(changes, |prefix| find(records, *document, prefix)) {
            outcomes.push(match change? {
                Ok(raw) => work.take(*document, *generation, &raw.bytes, raw.hash.0)?,
                Err(NotPacked::Unreadable(bytes)) => {
                    let hash = judge::hash_of_unreadable(bytes);
                    work.refuse(*document, hash, bytes, Refusal::ChangeUnreadable)?
                }
                Err(NotPacked::MissingDependency(change)) => {
                    work.without_ground(*document, *generation, change)?
                }
            });
        }
    }
    let mut documents = OpenDocuments::default();
    for desk in work.desks.into_values() {
        if desk.grown > 0 {
            let document = &desk.document;
            let heads = document.heads();
            records.save_heads(&document.reference(), desk.team, &heads, desk.grown)?;
        }
        documents.keep(desk.document);
    }
    Ok(PushedAll { outcomes, hashes: work.hashes, documents })
}

/// The hash of a document's change that begins so.
fn find<R: Records>(
    records: &R,
    document: DocumentRef,
    prefix: Prefix,
) -> Result<Option<[u8; 32]>, R::Error> {
    let genesis = document.genesis();
    if packed::prefix(&genesis) == prefix {
        return Ok(Some(genesis));
    }
    records.hash_of_change(document.id(), prefix)
}

impl<R: Records> Push<'_, R> {
    /// Refuses a change that builds on one that isn't here, as it came; on an old generation, the
    /// other side is told of the new one instead.
    fn without_ground(
        &mut self,
        reference: DocumentRef,
        generation: u32,
        change: &PackedChange,
    ) -> Result<Outcome, R::Error> {
        let row = self.records.document(reference.id())?;
        if row.is_some_and(|row| generation < row.generation) {
            return Ok(Outcome::Outdated);
        }
        let bytes = cbor::write(change).map_err(|_| Damaged("a packed change"))?;
        let hash = judge::hash_of_unreadable(&bytes);
        // A stranger learns nothing of what is here. Whoever might write then is no stranger.
        let mut is_theirs = self.present(reference)?.is_some_and(|it| it.writer.role.is_some());
        if !is_theirs && let Some(raw) = packed::without_ground(change) {
            is_theirs = self.role_then(reference, &raw.bytes)?.is_some();
        }
        let refusal =
            if is_theirs { Refusal::MissingDependency } else { self.shut_out(reference)? };
        self.refuse(reference, hash, &bytes, refusal)
    }

    /// Takes one change.
    fn take(
        &mut self,
        reference: DocumentRef,
        generation: u32,
        bytes: &[u8],
        hash: [u8; 32],
    ) -> Result<Outcome, R::Error> {
        // Sent again because the answer was lost, perhaps by somebody who has left since.
        if let Some(number) = self.records.number_of_change(reference.id(), &hash)? {
            self.hashes.push(hash);
            return Ok(Outcome::Accepted(number));
        }
        // Made to look like another: eight bytes of a hash don't come out the same by chance.
        if find(self.records, reference, packed::prefix(&hash))?.is_some() {
            return self.refuse(reference, hash, bytes, Refusal::ChangeUnreadable);
        }
        if self.spoiled >= MOST_SPOILED {
            return Ok(Outcome::Later);
        }
        let Some(desk) = self.desk(reference, bytes)? else {
            let refusal = self.shut_out(reference)?;
            return self.refuse(reference, hash, bytes, refusal);
        };
        if generation < desk.generation {
            return Ok(Outcome::Outdated);
        }
        let writer = desk.writer.clone();
        let refusal = match self.judge(reference, bytes, hash, &writer)? {
            Ok((number, _)) => return Ok(Outcome::Accepted(number)),
            Err(refusal) => refusal,
        };
        if !refusal.is_for_lack_of_right() {
            return self.refuse(reference, hash, bytes, refusal);
        }
        let refusal = match self.take_late(reference, bytes, hash, &writer)? {
            Some(Ok(number)) => return Ok(Outcome::Accepted(number)),
            // Whoever had the right then is told what is really in the way.
            Some(Err(then)) => then,
            None => refusal,
        };
        self.refuse(reference, hash, bytes, refusal)
    }

    /// Judges a change that isn't here by what a writer may do, and stores it when it is allowed.
    fn judge(
        &mut self,
        reference: DocumentRef,
        bytes: &[u8],
        hash: [u8; 32],
        writer: &Writer,
    ) -> Result<Judged, R::Error> {
        let Some(desk) = self.desks.get_mut(&reference.id()) else {
            return Ok(Err(Refusal::NotYourTeam));
        };
        let TabletRow { tablet, worker } = self.sender;
        let actor = Actor { worker, tablet };
        let is_entry = matches!(reference.kind, DocumentKind::Restricted(_));
        let before = is_entry.then(|| desk.document.readers()).flatten();
        let beside = BesideDocuments::new(self.records);
        let look = |reference, fact| beside.fact(reference, fact);
        let verdict = judge::apply(&mut desk.document, bytes, hash, actor, writer, &look);
        beside.finish()?;
        match verdict {
            Verdict::Applied { acts } => {
                desk.grown += bytes.len();
                self.hashes.push(hash);
                let number = self.records.add_change(&StoredChange {
                    team: desk.team,
                    document: reference.id(),
                    hash: &hash,
                    bytes,
                    tablet: Some(tablet),
                    received: self.now,
                })?;
                match reference.kind {
                    DocumentKind::Care => self.project(reference, &acts)?,
                    DocumentKind::Restricted(_) => {
                        self.project_readers(reference)?;
                        let written = judge::times(bytes).map_or(self.now, |(written, _)| written);
                        let (told, at) = ((before.as_ref(), &*acts), (written, self.now));
                        note_restriction(self.records, self.sender, reference.client, told, at)?;
                    }
                    DocumentKind::Journal(_) => {
                        for entry in judge::restricted(&acts) {
                            self.records.erase_moved(&reference, entry, worker)?;
                        }
                    }
                }
                Ok(Ok((number, acts)))
            }
            Verdict::Refused(refusal) => Ok(Err(refusal)),
            Verdict::Spoiled(refusal) => {
                desk.document = open::load(self.records, reference)?;
                self.spoiled += 1;
                Ok(Err(refusal))
            }
        }
    }

    /// Keeps beside a care document what every change of the client's is judged by.
    fn project(&mut self, reference: DocumentRef, acts: &[Act]) -> Result<(), R::Error> {
        let Some(desk) = self.desks.get(&reference.id()) else { return Ok(()) };
        let (profile, bars) = (judge::touches_profile(acts), judge::touches_restrictions(acts));
        if profile {
            let responsible = judge::responsible(&desk.document);
            self.records.set_responsible(reference.client, responsible, self.now)?;
            let number = judge::national_number(&desk.document);
            self.records.set_national_number(reference.client, number.as_deref())?;
        }
        if bars {
            let restrictions = judge::restrictions(&desk.document);
            self.records.set_restrictions(reference.client, &restrictions, self.now)?;
        }
        if profile || bars { self.reread_writers(reference) } else { Ok(()) }
    }

    /// Keeps beside a restricted entry's document whom it is open to.
    fn project_readers(&mut self, reference: DocumentRef) -> Result<(), R::Error> {
        let Some(desk) = self.desks.get(&reference.id()) else { return Ok(()) };
        keep_readers(self.records, &desk.document, self.sender.worker, self.now)?;
        self.reread_writers(reference)
    }

    /// Takes a change by what the sender might do when it was written. What somebody wrote in good
    /// faith is never refused because they have left since, or the client has. `None` when the sender
    /// might not write it then either.
    fn take_late(
        &mut self,
        reference: DocumentRef,
        bytes: &[u8],
        hash: [u8; 32],
        writer: &Writer,
    ) -> Result<Option<Result<u64, Refusal>>, R::Error> {
        let Some(Then { written, at, team, role }) = self.role_then(reference, bytes)? else {
            return Ok(None);
        };
        let Some(desk) = self.desks.get(&reference.id()) else { return Ok(None) };
        let now_in = desk.team;
        let reason = if team != now_in {
            LateReason::ClientMoved
        } else if role == Role::BreakGlass {
            LateReason::GrantOver
        } else if desk.is_barred {
            LateReason::Restricted
        } else if writer.role.is_none() {
            LateReason::LeftTeam
        } else {
            LateReason::OtherRole
        };
        let worker = self.sender.worker;
        let tenures = self.records.responsible_at(reference.client, at)?;
        let responsible = is_responsible(&tenures, worker, oslo::day(at));
        let then = Writer { worker, role: Some(role), responsible };
        let (number, acts) = match self.judge(reference, bytes, hash, &then)? {
            Ok(judged) => judged,
            Err(refusal) if refusal.is_for_lack_of_right() => return Ok(None),
            Err(refusal) => return Ok(Some(Err(refusal))),
        };
        let late = LateWork {
            document: reference,
            hash: ByteArray::new(hash),
            worker: self.sender.worker,
            fact: acts.iter().find_map(|act| match act {
                Act::AddFact { fact, .. } => Some(*fact),
                _ => None,
            }),
            part: acts.iter().find_map(|act| match act {
                Act::EditPlan { part, .. } => Some(*part),
                _ => None,
            }),
            written,
            sent: self.sent,
            received: self.now,
            reason,
        };
        self.records.add_late(now_in, number, &late)?;
        Ok(Some(Ok(number)))
    }

    /// When a change was written, the team that served the client then, and the sender's role in it.
    /// A report that was begun then and signed after counts as of then, for as long as a tablet opens
    /// without contact.
    fn role_then(&self, reference: DocumentRef, bytes: &[u8]) -> Result<Option<Then>, R::Error> {
        let Some((written, happened)) = judge::times(bytes) else { return Ok(None) };
        let since = |happened: &Timestamp| written.millis().saturating_sub(happened.millis());
        // A lease that was shortened of late may still be longer on the sender's tablet.
        let longest_after = DAY * i64::from(self.records.lease_days()?.max(LEASE_DAYS));
        let happened = happened.filter(|happened| (0..=longest_after).contains(&since(happened)));
        for moment in [Some(written), happened].into_iter().flatten() {
            let at = self.by_own_clock(moment);
            let worker = self.sender.worker;
            let standing = standing::standing(self.records, worker, reference, at)?;
            if let Some(Standing { team, role: Some(role), .. }) = standing {
                return Ok(Some(Then { written, at, team, role }));
            }
        }
        Ok(None)
    }

    /// A moment of the sender's clock by the server's, as far as the tablet's is off now.
    fn by_own_clock(&self, at: Timestamp) -> Timestamp {
        let ahead = self.sent.millis().saturating_sub(self.now.millis());
        Timestamp::from_millis(at.millis().saturating_sub(ahead)).min(self.now)
    }

    /// Opens the document of a change for the sender; `None` for a stranger, for whom no document
    /// is loaded.
    fn desk(&mut self, reference: DocumentRef, bytes: &[u8]) -> Result<Option<&Desk>, R::Error> {
        let id = reference.id();
        if !self.desks.contains_key(&id) {
            let Some(Present { team, writer, is_barred }) = self.present(reference)? else {
                return Ok(None);
            };
            if writer.role.is_none() && self.role_then(reference, bytes)?.is_none() {
                return Ok(None);
            }
            let generation = self.records.document(id)?.map_or(0, |row| row.generation);
            let document = self.open.take(self.records, reference)?;
            let desk = Desk { document, team, generation, writer, is_barred, grown: 0 };
            self.desks.insert(id, desk);
        }
        Ok(self.desks.get(&id))
    }

    /// What the sender is in a document now.
    fn present(&self, reference: DocumentRef) -> Result<Option<Present>, R::Error> {
        let Some(client) = self.records.client(reference.client)? else { return Ok(None) };
        let worker = self.sender.worker;
        let standing = standing::standing(self.records, worker, reference, self.now)?;
        let Standing { team, role, is_barred, .. } =
            standing.ok_or(Damaged("a client of no team"))?;
        let responsible = is_responsible(&client.responsible, worker, oslo::day(self.now));
        Ok(Some(Present { team, writer: Writer { worker, role, responsible }, is_barred }))
    }

    /// Why somebody who may do nothing in a document may not. A stranger learns nothing of it.
    fn shut_out(&self, reference: DocumentRef) -> Result<Refusal, R::Error> {
        let standing = standing::standing(self.records, self.sender.worker, reference, self.now)?;
        let is_closed = standing.is_some_and(|standing| standing.is_closed);
        Ok(if is_closed { Refusal::NotAReader } else { Refusal::NotYourTeam })
    }

    /// How much room there is in the quarantine for the sender today. A change larger than all of it
    /// is kept when it is the day's first.
    fn room_today(&self) -> Result<usize, R::Error> {
        let today = oslo::start_of(oslo::day(self.now));
        let (count, bytes) = self.records.quarantined(self.sender.tablet, today)?;
        Ok(QUARANTINE_A_DAY.saturating_sub(bytes + count * KEEPING_ONE))
    }

    /// Asks anew what the sender is to the client, for every open document of the client's.
    fn reread_writers(&mut self, changed: DocumentRef) -> Result<(), R::Error> {
        let open: Vec<DocumentRef> =
            self.desks.values().map(|desk| desk.document.reference()).collect();
        for reference in open.into_iter().filter(|it| it.client == changed.client) {
            let Some(Present { writer, is_barred, .. }) = self.present(reference)? else {
                continue;
            };
            if let Some(desk) = self.desks.get_mut(&reference.id()) {
                (desk.writer, desk.is_barred) = (writer, is_barred);
            }
        }
        Ok(())
    }

    /// Refuses a change and keeps it, as long as there is room for what this tablet is refused.
    fn refuse(
        &mut self,
        document: DocumentRef,
        hash: [u8; 32],
        bytes: &[u8],
        refusal: Refusal,
    ) -> Result<Outcome, R::Error> {
        let room = match self.room {
            Some(room) => room,
            None => self.room_today()?,
        };
        let size = bytes.len() + KEEPING_ONE;
        // Beyond it all of the request's wait: what builds on one that waits must not be refused.
        self.room = Some(room.saturating_sub(size));
        if room < size && room < QUARANTINE_A_DAY {
            return Ok(Outcome::Later);
        }
        self.records.quarantine(&Quarantined {
            document,
            hash: &hash,
            bytes,
            sender: self.sender,
            refusal: &refusal,
            received: self.now,
        })?;
        Ok(Outcome::Refused(refusal))
    }
}
