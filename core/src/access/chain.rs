//! The server's log: rows that hang together, so that none can be changed, taken out or moved
//! without its showing.
//!
//! Each row's hash is over the hash before it, the row's number and the row. Who can write in the
//! database can also compute a whole chain anew; therefore tablets are given the newest link when
//! they hand rows in, and one that was given once must be in the log for ever.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_bytes::ByteArray;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{AccessAct, AccessRow};
use crate::cbor::{self, NotCbor};
use crate::ids::{AccessId, ClientId, FactId, TabletId, TeamId, WorkerId};
use crate::team::Role;
use crate::time::Timestamp;

/// What the hashes begin with: a hash of this log is nothing else's.
const FORM: &[u8] = b"kjent access log 1";

/// A row as the server keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessEntry {
    /// The row.
    pub row: AccessRow,
    /// Who; absent for the office, before it named workers and before a team has a lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<WorkerId>,
    /// In which role that day; absent for somebody who was in no team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// For which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// On which tablet; absent for what was not done on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablet: Option<TabletId>,
    /// Who in the office, as they called themselves, in rows from before it named workers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub operator: String,
    /// When it came, by the server's clock.
    pub received: Timestamp,
}

impl AccessEntry {
    /// Something that the office does now. `number` is that of the newest row.
    pub fn of_office(
        act: AccessAct,
        client: Option<ClientId>,
        number: u64,
        now: Timestamp,
    ) -> Self {
        let id = AccessId(Uuid::new_v5(&Uuid::nil(), &number.to_be_bytes()));
        Self {
            row: AccessRow { client, ..AccessRow::new(id, act, now) },
            worker: None,
            role: None,
            team: None,
            tablet: None,
            operator: String::new(),
            received: now,
        }
    }
}

/// The id of the row that says that something was refused to a tablet on a day (counted from the
/// common era): however often it tries, that is one row.
pub fn id_of_refused(tablet: TabletId, what: &[u8], day: i32) -> AccessId {
    let name = [what, &day.to_be_bytes()].concat();
    AccessId(Uuid::new_v5(&tablet.0, &name))
}

/// The id of the row that says what a fact did: the same however often the fact is taken.
pub fn id_of_fact(tablet: TabletId, fact: FactId) -> AccessId {
    AccessId(Uuid::new_v5(&tablet.0, fact.bytes()))
}

/// A link of the chain: how many rows there are up to it, and the hash over all of them.
///
/// As text: the number, a hyphen, and the hash in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessHead {
    /// The row's number, from 1.
    pub number: u64,
    /// The hash.
    pub hash: ByteArray<32>,
}

impl AccessHead {
    /// Before the first row.
    pub const NONE: Self = Self { number: 0, hash: ByteArray::new([0; 32]) };

    /// The link that follows with a row, whose bytes are `body`.
    #[must_use]
    pub fn then(self, body: &[u8]) -> Self {
        let number = self.number + 1;
        let mut hasher = Sha256::new();
        hasher.update(FORM);
        hasher.update(*self.hash);
        hasher.update(number.to_be_bytes());
        hasher.update(body);
        Self { number, hash: ByteArray::new(hasher.finalize().into()) }
    }
}

impl fmt::Display for AccessHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-", self.number)?;
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A text that is no link.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a link of the access log: a number, a hyphen and 64 hexadecimal digits")]
pub struct NotAHead;

impl FromStr for AccessHead {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (number, digits) = text.trim().split_once('-').ok_or(NotAHead)?;
        let number = number.parse().map_err(|_| NotAHead)?;
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAHead);
        }
        let mut hash = [0; 32];
        for (place, byte) in hash.iter_mut().enumerate() {
            let pair = digits.get(2 * place..2 * place + 2).ok_or(NotAHead)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NotAHead)?;
        }
        Ok(Self { number, hash: ByteArray::new(hash) })
    }
}

/// A row that is about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLink {
    /// Its place and hash.
    pub head: AccessHead,
    /// The entry.
    pub entry: AccessEntry,
    /// Its bytes: what the hash is over.
    pub body: Vec<u8>,
}

impl AccessLink {
    /// The link of an entry after the newest row.
    pub fn after(head: AccessHead, entry: AccessEntry) -> Result<Self, NotCbor> {
        let entry = AccessEntry { row: entry.row.bounded(), ..entry };
        let body = cbor::write(&entry)?;
        Ok(Self { head: head.then(&body), entry, body })
    }
}

/// What was found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// There is no row of this number, and there are later ones.
    Missing(u64),
    /// The row of this number is not the one that was written there.
    Changed(u64),
    /// There is no row of this number any more, although its link was given away.
    CutOff(u64),
    /// All rows fit together, and up to this number they are others than when its link was given
    /// away: the chain was computed anew.
    Rewritten(u64),
}

/// Goes through a log, row after row.
#[derive(Clone, Debug)]
pub struct Verifier {
    head: AccessHead,
    broken: Option<Broken>,
    known: Option<AccessHead>,
    has_met_known: bool,
}

impl Verifier {
    /// Begins; `known` is a link that the log gave away earlier.
    pub const fn new(known: Option<AccessHead>) -> Self {
        Self { head: AccessHead::NONE, broken: None, known, has_met_known: false }
    }

    /// Looks at the next row as it is stored: its place and hash, its bytes, and whether what stands
    /// beside the bytes says the same as they.
    pub fn row(&mut self, stored: AccessHead, body: &[u8], is_consistent: bool) {
        if self.broken.is_some() {
            return;
        }
        let next = self.head.then(body);
        if stored.number > next.number {
            self.broken = Some(Broken::Missing(next.number));
        } else if stored != next || !is_consistent {
            self.broken = Some(Broken::Changed(stored.number));
        } else {
            self.head = next;
            if let Some(known) = self.known.filter(|known| known.number == next.number) {
                self.has_met_known = true;
                if known != next {
                    self.broken = Some(Broken::Rewritten(next.number));
                }
            }
        }
    }

    /// The newest good link, and the first thing that is wrong.
    pub fn end(self) -> (AccessHead, Option<Broken>) {
        let known = self.known.filter(|known| known.number > 0 && !self.has_met_known);
        let cut = known.map(|known| Broken::CutOff(known.number));
        (self.head, self.broken.or(cut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(rows: u64) -> Vec<(AccessHead, Vec<u8>)> {
        let now = Timestamp::from_millis(1_795_255_200_123);
        let mut head = AccessHead::NONE;
        let mut all = Vec::new();
        for number in 0..rows {
            let entry = AccessEntry::of_office(AccessAct::Moved, None, number, now);
            let Ok(link) = AccessLink::after(head, entry) else { continue };
            head = link.head;
            all.push((link.head, link.body));
        }
        all
    }

    fn verify(rows: &[(AccessHead, Vec<u8>)], known: Option<AccessHead>) -> Option<Broken> {
        let mut verifier = Verifier::new(known);
        rows.iter().for_each(|(head, body)| verifier.row(*head, body, true));
        verifier.end().1
    }

    #[test]
    fn every_meddling_shows_and_where() {
        let whole = log(5);
        assert_eq!(whole.len(), 5);
        let head = whole.last().map(|(head, _)| *head);
        assert_eq!(verify(&whole, head), None);
        assert_eq!(verify(&[], None), None);

        let mut changed = whole.clone();
        changed[2].1[10] ^= 1;
        assert_eq!(verify(&changed, None), Some(Broken::Changed(3)));

        let mut removed = whole.clone();
        removed.remove(2);
        assert_eq!(verify(&removed, None), Some(Broken::Missing(3)));
        // The gap closed by giving the others its numbers.
        for (place, (head, _)) in removed.iter_mut().enumerate() {
            head.number = place as u64 + 1;
        }
        assert_eq!(verify(&removed, None), Some(Broken::Changed(3)));

        let mut swapped = whole.clone();
        let (one, other) = (swapped[1].1.clone(), swapped[3].1.clone());
        (swapped[1].1, swapped[3].1) = (other, one);
        assert_eq!(verify(&swapped, None), Some(Broken::Changed(2)));

        let cut = &whole[..3];
        assert_eq!(verify(cut, None), None);
        assert_eq!(verify(cut, head), Some(Broken::CutOff(5)));
        assert_eq!(verify(cut, Some(whole[1].0)), None);

        // A whole chain computed anew without the first row.
        let mut anew = Vec::new();
        let mut last = AccessHead::NONE;
        for (_, body) in &whole[1..] {
            last = last.then(body);
            anew.push((last, body.clone()));
        }
        assert_eq!(verify(&anew, None), None);
        assert_eq!(verify(&anew, Some(whole[1].0)), Some(Broken::Rewritten(2)));

        let mut verifier = Verifier::new(None);
        verifier.row(whole[0].0, &whole[0].1, false);
        assert_eq!(verifier.end().1, Some(Broken::Changed(1)));
    }

    #[test]
    fn a_link_can_be_written_down_and_read_again() {
        let head = log(2).last().map_or(AccessHead::NONE, |(head, _)| *head);
        assert_eq!(head.to_string().parse(), Ok(head));
        for bad in ["", "2", "2-", "2-ab", "x-00", &format!("2-{}", "å".repeat(32))] {
            assert_eq!(bad.parse::<AccessHead>(), Err(NotAHead), "{bad}");
        }
    }
}
