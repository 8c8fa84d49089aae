//! Changes as they travel: without what the other side can work out for itself.
//!
//! A stored change names each change that it builds on by 32 bytes that do not compress, begins with
//! a checksum of itself, and holds the ids of facts and objects as text. In a message a change that
//! it builds on is named by how far back in the list it stands, or else by the first eight bytes of
//! its hash; the checksum is left out; ids are sixteen bytes. The receiver builds the same bytes
//! again, so a change has the same hash on both sides or isn't the same change.

use std::collections::HashMap;

use automerge::ChangeHash;
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::RawChange;

/// What every chunk of Automerge's begins with.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The type of a chunk that is one uncompressed change.
const CHANGE: u8 = 1;
/// How many changes one may build on: many more than tablets that ever write to one document at
/// the same time, and few enough that a short message can't unpack to a long one.
const MOST_DEPENDENCIES: usize = 4096;
/// An id as text, such as `01a2026e-1ae0-7064-81a3-24990fdfe615`, and as bytes.
const TEXT_ID: usize = 36;
const ID: usize = 16;

/// The first eight bytes of a change's hash: within a document, they tell it from all others.
pub type Prefix = [u8; 8];

/// One change of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedChange(
    /// Changes of the same list that it builds on: 0 is the one just before it.
    Vec<u32>,
    /// Others that it builds on, by `Prefix`.
    Vec<ByteArray<8>>,
    /// Where ids stand in the rest, sixteen bytes each: how far after the end of the one before.
    Vec<u32>,
    /// The rest of the change's content.
    ByteBuf,
);

impl PackedChange {
    /// How many changes it says that it builds on.
    pub fn builds_on(&self) -> usize {
        self.0.len() + self.1.len()
    }
}

/// Why a change of a list can't be unpacked.
#[derive(Debug, PartialEq, Eq)]
pub enum NotPacked<'a> {
    /// These bytes are no change.
    Unreadable(&'a [u8]),
    /// It builds on one that the receiver doesn't have.
    MissingDependency(&'a PackedChange),
}

/// Packs a document's changes, each after those it builds on. Bytes that are no whole uncompressed
/// change are left as they are, to be refused where they arrive.
pub fn pack<'a>(changes: impl IntoIterator<Item = &'a [u8]>) -> Vec<PackedChange> {
    let mut places: HashMap<[u8; 32], usize> = HashMap::new();
    let mut packed: Vec<PackedChange> = Vec::new();
    for bytes in changes {
        let Some((hash, dependencies, rest)) = split(bytes) else {
            let as_it_is = ByteBuf::from(bytes);
            packed.push(PackedChange(vec![u32::MAX], Vec::new(), Vec::new(), as_it_is));
            continue;
        };
        let (mut back, mut others) = (Vec::new(), Vec::new());
        for dependency in dependencies {
            let distance = places.get(&dependency).map(|place| packed.len() - 1 - place);
            match distance.and_then(|distance| u32::try_from(distance).ok()) {
                Some(distance) => back.push(distance),
                None => others.push(ByteArray::new(prefix(&dependency))),
            }
        }
        places.insert(hash, packed.len());
        let (ids, rest) = shorten_ids(rest);
        packed.push(PackedChange(back, others, ids, ByteBuf::from(rest)));
    }
    packed
}

/// Unpacks a document's changes one by one. `find` gives the hash of a change that the receiver has
/// of the document.
pub fn unpack<'a, E>(
    packed: &'a [PackedChange],
    mut find: impl FnMut(Prefix) -> Result<Option<[u8; 32]>, E>,
) -> impl Iterator<Item = Result<Result<RawChange, NotPacked<'a>>, E>> {
    let mut hashes: Vec<[u8; 32]> = Vec::with_capacity(packed.len());
    packed.iter().map(move |change| {
        let unpacked = join(&hashes, change, &mut find)?;
        hashes.push(unpacked.as_ref().map_or([0; 32], |raw| raw.hash.0));
        Ok(unpacked)
    })
}

/// A change as if it built on nothing: its author, its time and what it wrote can be read from it
/// when what it builds on is not known. Never to be applied.
pub fn without_ground(PackedChange(_, _, ids, rest): &PackedChange) -> Option<RawChange> {
    lengthen_ids(ids, rest).and_then(|rest| build(Vec::new(), &rest))
}

/// The first eight bytes of a hash.
pub fn prefix(hash: &[u8; 32]) -> Prefix {
    hash.first_chunk().copied().unwrap_or_default()
}

/// The hash of a change from its bytes alone; `None` when they aren't one whole, uncompressed
/// change.
///
/// The checksum is compared because Automerge doesn't when it reads a single change, and one hash
/// must mean one string of bytes. A compressed change could grow without bound while it is read.
pub fn hash(bytes: &[u8]) -> Option<[u8; 32]> {
    let (magic, rest) = bytes.split_at_checked(MAGIC.len())?;
    let (checksum, chunk) = rest.split_at_checked(4)?;
    let hash: [u8; 32] = Sha256::digest(chunk).into();
    let is_change = magic == MAGIC && chunk.first() == Some(&CHANGE) && *checksum == hash[..4];
    is_change.then_some(hash)
}

type Split<'a> = ([u8; 32], Vec<[u8; 32]>, &'a [u8]);

/// A change's hash, what it builds on, and the rest; `None` unless `join` gives the same bytes.
fn split(bytes: &[u8]) -> Option<Split<'_>> {
    let hash = hash(bytes)?;
    let mut rest = bytes.get(9..)?;
    let length = read_number(&mut rest)?;
    if usize::try_from(length).ok()? != rest.len() {
        return None;
    }
    let count = usize::try_from(read_number(&mut rest)?).ok()?;
    if count > MOST_DEPENDENCIES {
        return None;
    }
    let (dependencies, rest) = rest.split_at_checked(count.checked_mul(32)?)?;
    let dependencies: Vec<[u8; 32]> =
        dependencies.chunks_exact(32).filter_map(|hash| hash.try_into().ok()).collect();
    let same = build(dependencies.clone(), rest).is_some_and(|built| built.bytes == bytes);
    same.then_some((hash, dependencies, rest))
}

fn join<'a, E>(
    hashes: &[[u8; 32]],
    change: &'a PackedChange,
    find: &mut impl FnMut(Prefix) -> Result<Option<[u8; 32]>, E>,
) -> Result<Result<RawChange, NotPacked<'a>>, E> {
    let PackedChange(back, others, ids, rest) = change;
    let unreadable = Ok(Err(NotPacked::Unreadable(rest)));
    if change.builds_on() > MOST_DEPENDENCIES {
        return unreadable;
    }
    let mut dependencies = Vec::with_capacity(back.len() + others.len());
    for distance in back {
        let place = usize::try_from(*distance).ok().and_then(|back| back.checked_add(1));
        let place = place.and_then(|back| hashes.len().checked_sub(back));
        match place.and_then(|place| hashes.get(place)) {
            Some(hash) => dependencies.push(*hash),
            None => return unreadable,
        }
    }
    for prefix in others {
        match find(**prefix)? {
            Some(hash) => dependencies.push(hash),
            None => return Ok(Err(NotPacked::MissingDependency(change))),
        }
    }
    let built = lengthen_ids(ids, rest).and_then(|rest| build(dependencies, &rest));
    Ok(built.ok_or(NotPacked::Unreadable(rest)))
}

fn build(mut dependencies: Vec<[u8; 32]>, rest: &[u8]) -> Option<RawChange> {
    // As Automerge writes them.
    dependencies.sort_unstable();
    let mut content = Vec::with_capacity(dependencies.len() * 32 + rest.len() + 2);
    write_number(&mut content, u64::try_from(dependencies.len()).ok()?);
    content.extend(dependencies.iter().flatten());
    content.extend_from_slice(rest);
    let mut chunk = Vec::with_capacity(content.len() + 6);
    chunk.push(CHANGE);
    write_number(&mut chunk, u64::try_from(content.len()).ok()?);
    chunk.extend_from_slice(&content);
    let hash: [u8; 32] = Sha256::digest(&chunk).into();
    let bytes = [&MAGIC, &hash[..4], &chunk].concat();
    Some(RawChange { hash: ChangeHash(hash), bytes })
}

/// Writes ids that stand as text as bytes; says where.
fn shorten_ids(rest: &[u8]) -> (Vec<u32>, Vec<u8>) {
    let (mut places, mut short) = (Vec::new(), Vec::with_capacity(rest.len()));
    let mut left = rest;
    let mut after = 0;
    while let Some((byte, tail)) = left.split_first() {
        if let Some(id) = left.get(..TEXT_ID).and_then(text_id) {
            places.push(after);
            short.extend_from_slice(id.as_bytes());
            left = &left[TEXT_ID..];
            after = 0;
        } else {
            short.push(*byte);
            left = tail;
            after += 1;
        }
    }
    (places, short)
}

/// An id written just as `lengthen_ids` writes it.
fn text_id(text: &[u8]) -> Option<Uuid> {
    // Most places are none: look at one byte before parsing.
    if text.get(8) != Some(&b'-') {
        return None;
    }
    let id = Uuid::try_parse_ascii(text).ok()?;
    let same = id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes() == text;
    same.then_some(id)
}

fn lengthen_ids(places: &[u32], short: &[u8]) -> Option<Vec<u8>> {
    let mut long = Vec::with_capacity(short.len() + places.len() * (TEXT_ID - ID));
    let mut left = short;
    for after in places {
        let (plain, tail) = left.split_at_checked(usize::try_from(*after).ok()?)?;
        let (id, tail) = tail.split_at_checked(ID)?;
        long.extend_from_slice(plain);
        let id = Uuid::from_slice(id).ok()?;
        long.extend_from_slice(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        left = tail;
    }
    long.extend_from_slice(left);
    Some(long)
}

/// A number in LEB128.
fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, tail) = rest.split_first()?;
        *rest = tail;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::cbor;
    use crate::document::{Actor, Document, DocumentError, DocumentRef, Edit};
    use crate::ids::{ClientId, TabletId, WorkerId};
    use crate::plan::Part;
    use crate::time::Timestamp;

    fn edit(number: u128) -> [Edit; 1] {
        [Edit::SetField {
            part: Part::Goals,
            object: Uuid::from_u128(number),
            field: "title".into(),
            value: "Å danse igjen".into(),
        }]
    }

    #[test]
    fn what_is_packed_comes_out_the_same_and_smaller() -> Result<(), DocumentError> {
        let reference = DocumentRef::care(ClientId(Uuid::from_u128(1)));
        let actor = |number| Actor {
            worker: WorkerId(Uuid::from_u128(number)),
            tablet: TabletId(Uuid::from_u128(number)),
        };
        let mut document = Document::new(reference);
        let mut other = Document::new(reference);
        for number in 0..20 {
            document.write(actor(1), Timestamp::default(), &edit(number))?;
            other.write(actor(2), Timestamp::default(), &edit(100 + number))?;
        }
        let theirs = other.changes().iter().map(|raw| Document::read_change(&raw.bytes)).collect();
        document.apply_all({
            let theirs: Result<_, _> = theirs;
            theirs?
        })?;
        // This one builds on both.
        document.write(actor(1), Timestamp::default(), &edit(300))?;

        let changes = document.changes();
        let packed = pack(changes.iter().map(|raw| raw.bytes.as_slice()));
        let empty = Document::new(reference);
        let find = |prefix| Ok::<_, DocumentError>(empty.find(prefix));
        let mut unpacked = Vec::new();
        for change in unpack(&packed, find) {
            unpacked.extend(change?);
        }
        assert_eq!(unpacked, changes);
        let plain: usize = changes.iter().map(|raw| raw.bytes.len()).sum();
        let travels = cbor::write(&packed).map_or(usize::MAX, |bytes| bytes.len());
        assert!(travels + 50 * changes.len() < plain, "{travels} of {plain}");

        // One who has not the ground that the last one builds on.
        let nothing = |_| Ok::<_, DocumentError>(None);
        let last = pack(changes.last().map(|raw| raw.bytes.as_slice()));
        let unpacked: Vec<_> = unpack(&last, nothing).collect::<Result<_, _>>()?;
        assert_eq!(unpacked, [Err(NotPacked::MissingDependency(&last[0]))]);
        Ok(())
    }

    #[test]
    fn bytes_that_are_no_change_arrive_as_they_were() {
        let junk: [&[u8]; 4] = [b"", b"junk", &[0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1], &[7; 64]];
        let packed = pack(junk);
        let nothing = |_| Ok::<_, DocumentError>(None);
        let back: Vec<_> = unpack(&packed, nothing).filter_map(Result::ok).collect();
        assert_eq!(back, junk.map(|bytes| Err(NotPacked::Unreadable(bytes))));
        // Places that aren't in the list, or in the bytes.
        for (distances, ids) in [(vec![0], vec![]), (vec![1], vec![]), (vec![], vec![0])] {
            let packed = [PackedChange(distances, Vec::new(), ids, ByteBuf::from([1]))];
            let unpacked = unpack(&packed, nothing).next();
            assert!(matches!(unpacked, Some(Ok(Err(NotPacked::Unreadable([1]))))));
        }
    }

    #[test]
    fn ids_are_sixteen_bytes_and_come_back_as_they_were() {
        let id = "01a2026e-1ae0-7064-81a3-24990fdfe615";
        let upper = id.to_uppercase();
        for text in ["", id, &upper, &id[1..], &format!("{id}{id}"), &format!("-{id}x{id}-{upper}")]
        {
            let (places, short) = shorten_ids(text.as_bytes());
            assert_eq!(short.len() + 20 * places.len(), text.len());
            assert_eq!(places.len(), text.matches(id).count());
            assert_eq!(lengthen_ids(&places, &short).as_deref(), Some(text.as_bytes()));
        }
    }
}
