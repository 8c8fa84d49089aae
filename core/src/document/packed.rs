//! Changes as they travel: without what the other side can work out for itself.
//!
//! A stored change names each change that it builds on by 32 bytes that do not compress, and begins
//! with a checksum of itself. In a message most changes build on one that stands just before them:
//! that one is named by how far back it stands, and the checksum is left out. The receiver builds
//! the same bytes again, so a change has the same hash on both sides or isn't the same change.

use automerge::ChangeHash;
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteArray, ByteBuf};
use sha2::{Digest, Sha256};

use super::RawChange;

/// What every chunk of Automerge's begins with.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The type of a chunk that is one uncompressed change.
const CHANGE: u8 = 1;
/// How many changes one may build on: many more than tablets that ever write to one document at
/// the same time, and few enough that a short message can't unpack to a long one.
const MOST_DEPENDENCIES: usize = 4096;

/// One change of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedChange(
    /// Changes of the same list that it builds on: 0 is the one just before it.
    Vec<u32>,
    /// Others that it builds on.
    Vec<ByteArray<32>>,
    /// The rest of the change's content.
    ByteBuf,
);

/// Bytes in a list that are no change, as they came: the caller refuses them.
#[derive(Debug, PartialEq, Eq)]
pub struct NotPacked<'a>(pub &'a [u8]);

/// Packs a document's changes, each after those it builds on. Bytes that are no whole uncompressed
/// change are left as they are, to be refused where they arrive.
pub fn pack<'a>(changes: impl IntoIterator<Item = &'a [u8]>) -> Vec<PackedChange> {
    let mut hashes: Vec<[u8; 32]> = Vec::new();
    let mut packed = Vec::new();
    for bytes in changes {
        let Some((hash, dependencies, rest)) = split(bytes) else {
            packed.push(PackedChange(vec![u32::MAX], Vec::new(), ByteBuf::from(bytes)));
            hashes.push([0; 32]);
            continue;
        };
        let (mut back, mut others) = (Vec::new(), Vec::new());
        for dependency in dependencies {
            let found = hashes.iter().rev().position(|hash| hash == dependency.as_slice());
            match found.and_then(|distance| u32::try_from(distance).ok()) {
                Some(distance) => back.push(distance),
                None => others.push(dependency),
            }
        }
        hashes.push(hash);
        packed.push(PackedChange(back, others, ByteBuf::from(rest)));
    }
    packed
}

/// Unpacks a document's changes one by one.
pub fn unpack(packed: &[PackedChange]) -> impl Iterator<Item = Result<RawChange, NotPacked<'_>>> {
    let mut hashes: Vec<[u8; 32]> = Vec::with_capacity(packed.len());
    packed.iter().map(move |change| {
        let unpacked = join(&hashes, change);
        hashes.push(unpacked.as_ref().map_or([0; 32], |raw| raw.hash.0));
        unpacked.ok_or(NotPacked(&change.2))
    })
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

type Split<'a> = ([u8; 32], Vec<ByteArray<32>>, &'a [u8]);

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
    let dependencies: Vec<ByteArray<32>> = dependencies
        .chunks_exact(32)
        .filter_map(|hash| hash.try_into().ok().map(ByteArray::new))
        .collect();
    let same = build(&dependencies, rest).is_some_and(|built| built.bytes == bytes);
    same.then_some((hash, dependencies, rest))
}

fn join(hashes: &[[u8; 32]], PackedChange(back, others, rest): &PackedChange) -> Option<RawChange> {
    if back.len() + others.len() > MOST_DEPENDENCIES {
        return None;
    }
    let mut dependencies = others.clone();
    for distance in back {
        let index = hashes.len().checked_sub(1 + usize::try_from(*distance).ok()?)?;
        dependencies.push(ByteArray::new(*hashes.get(index)?));
    }
    // As Automerge writes them.
    dependencies.sort_unstable_by(|one, other| one.as_slice().cmp(other.as_slice()));
    build(&dependencies, rest)
}

fn build(dependencies: &[ByteArray<32>], rest: &[u8]) -> Option<RawChange> {
    let mut content = Vec::with_capacity(dependencies.len() * 32 + rest.len() + 2);
    write_number(&mut content, u64::try_from(dependencies.len()).ok()?);
    for dependency in dependencies {
        content.extend_from_slice(dependency.as_slice());
    }
    content.extend_from_slice(rest);
    let mut chunk = Vec::with_capacity(content.len() + 6);
    chunk.push(CHANGE);
    write_number(&mut chunk, u64::try_from(content.len()).ok()?);
    chunk.extend_from_slice(&content);
    let hash: [u8; 32] = Sha256::digest(&chunk).into();
    let bytes = [&MAGIC, &hash[..4], &chunk].concat();
    Some(RawChange { hash: ChangeHash(hash), bytes })
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
        let unpacked: Vec<RawChange> = unpack(&packed).filter_map(Result::ok).collect();
        assert_eq!(unpacked, changes);
        let size = |changes: usize| changes;
        let plain: usize = changes.iter().map(|raw| raw.bytes.len()).sum();
        let travels = cbor::write(&packed).map_or(usize::MAX, |bytes| size(bytes.len()));
        assert!(travels + 35 * changes.len() < plain, "{travels} of {plain}");
        Ok(())
    }

    #[test]
    fn bytes_that_are_no_change_arrive_as_they_were() {
        let junk: [&[u8]; 4] = [b"", b"junk", &[0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1], &[7; 64]];
        let packed = pack(junk);
        let back: Vec<_> = unpack(&packed).map(|one| one.map_err(|junk| junk.0)).collect();
        assert_eq!(back, junk.map(Err));
        // A place that isn't in the list.
        for distance in [0, 1, u32::MAX] {
            let packed = [PackedChange(vec![distance], Vec::new(), ByteBuf::from([1]))];
            assert_eq!(unpack(&packed).next(), Some(Err(NotPacked(&[1]))));
        }
    }
}
