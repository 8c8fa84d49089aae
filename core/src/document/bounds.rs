//! How much a change or a whole document unrolls to, read from its bytes without unrolling it.
//!
//! Automerge's columns are run-length coded: sixty bytes can say "ten thousand million operations",
//! and whoever iterates over them never comes back. A change of ours has a key of its own for every
//! operation, and a document at least a byte for each, so neither ever has more of anything than it
//! has bytes. Compressed columns are let through nowhere.

/// How many bytes of text a byte may unroll to: keys that repeat, such as one field of many objects,
/// are written once.
const TEXT_PER_BYTE: u64 = 16;

/// Column types, the low three bits of a column's specification.
const GROUP: u64 = 0;
const DELTA: u64 = 3;
const BOOLEAN: u64 = 4;
const TEXT: u64 = 5;
const RAW: u64 = 7;
/// The bit of a specification that says that the column is compressed.
const DEFLATED: u64 = 8;

/// What a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A whole document.
    Document = 0,
    /// One uncompressed change.
    Change = 1,
}

/// Whether bytes are one chunk of this kind that unrolls to no more than its length allows; false
/// too for what can't be read.
pub(super) fn is_bounded(bytes: &[u8], kind: Kind) -> bool {
    // Magic and checksum stand before the chunk.
    let chunk = bytes.get(8..).unwrap_or_default();
    let limit = chunk.len() as u64;
    measure(chunk, kind).is_some_and(|size| {
        size.entries <= limit && size.text <= limit.saturating_mul(TEXT_PER_BYTE)
    })
}

#[derive(Default)]
struct Size {
    /// Of the longest column.
    entries: u64,
    /// Bytes of text, with repetitions.
    text: u64,
}

fn measure(chunk: &[u8], kind: Kind) -> Option<Size> {
    let mut chunk = Reader(chunk);
    if chunk.take(1)? != [kind as u8] {
        return None;
    }
    let length = chunk.unsigned()?;
    let mut rest = Reader(chunk.take(length)?);
    if !chunk.0.is_empty() {
        return None;
    }
    let columns = match kind {
        Kind::Document => {
            rest.many_prefixed()?; // actors
            let heads = rest.unsigned()?;
            rest.take(heads.checked_mul(32)?)?;
            let (changes, operations) = (rest.columns()?, rest.columns()?);
            [changes, operations].concat()
        }
        Kind::Change => {
            let dependencies = rest.unsigned()?;
            rest.take(dependencies.checked_mul(32)?)?;
            rest.prefixed()?; // actor
            for _ in ["sequence", "start", "time"] {
                rest.unsigned()?;
            }
            rest.prefixed()?; // message
            rest.many_prefixed()?; // other actors
            rest.columns()?
        }
    };
    let mut size = Size::default();
    for (kind, length) in columns {
        let column = Reader(rest.take(length)?);
        if kind != BOOLEAN && kind != RAW {
            let (entries, text) = column.unroll(kind)?;
            size.entries = size.entries.max(entries);
            size.text = size.text.saturating_add(text);
        }
    }
    Some(size)
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn prefixed(&mut self) -> Option<&'a [u8]> {
        let length = self.unsigned()?;
        self.take(length)
    }

    fn many_prefixed(&mut self) -> Option<()> {
        for _ in 0..self.unsigned()? {
            self.prefixed()?;
        }
        Some(())
    }

    /// The types and lengths of columns.
    fn columns(&mut self) -> Option<Vec<(u64, u64)>> {
        let mut columns = Vec::new();
        for _ in 0..self.unsigned()? {
            let specification = self.unsigned()?;
            if specification & DEFLATED != 0 {
                return None;
            }
            columns.push((specification & 7, self.unsigned()?));
        }
        Some(columns)
    }

    /// A number in LEB128, with how many bits it was written in. The time is a signed one, which is
    /// as long; only its end counts.
    fn leb128(&mut self) -> Option<(u64, u32)> {
        let mut number = 0;
        for shift in (0..70).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte & 0x80 == 0 {
                return Some((number, shift + 7));
            }
        }
        None
    }

    fn unsigned(&mut self) -> Option<u64> {
        self.leb128().map(|(number, _)| number)
    }

    fn signed(&mut self) -> Option<i64> {
        let (number, bits) = self.leb128()?;
        let unused = 64_u32.saturating_sub(bits);
        Some((number << unused).cast_signed() >> unused)
    }

    /// How many entries a run-length coded column has, and of how many bytes of text. The entries of
    /// a group are the members that its numbers promise.
    fn unroll(mut self, kind: u64) -> Option<(u64, u64)> {
        let (mut entries, mut text) = (0_u64, 0_u64);
        while !self.0.is_empty() {
            let count = self.signed()?;
            let run = count.unsigned_abs();
            if count == 0 {
                entries = entries.saturating_add(self.unsigned()?);
                continue;
            }
            entries = entries.saturating_add(run);
            // Where each is written out, this ends with the bytes.
            let (values, times) = if count > 0 { (1, run) } else { (run, 1) };
            for _ in 0..values {
                let (bytes, members) = self.value(kind)?;
                text = text.saturating_add(bytes.saturating_mul(times));
                entries = entries.saturating_add(members.saturating_mul(times));
            }
        }
        Some((entries, text))
    }

    /// Skips a value: how many bytes of text it has, and how many members of a group.
    fn value(&mut self, kind: u64) -> Option<(u64, u64)> {
        match kind {
            TEXT => self.prefixed().map(|text| (text.len() as u64, 0)),
            DELTA => self.signed().map(|_| (0, 0)),
            GROUP => self.unsigned().map(|members| (0, members)),
            _ => self.unsigned().map(|_| (0, 0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::document::{Actor, Document, DocumentError, DocumentRef, Edit};
    use crate::ids::{ClientId, TabletId, WorkerId};
    use crate::plan::Part;
    use crate::time::Timestamp;

    /// One field of many goals, written in one change: as repetitive as a change of ours gets.
    #[test]
    fn our_own_changes_and_documents_are_bounded() -> Result<(), DocumentError> {
        let mut document = Document::new(DocumentRef::care(ClientId(Uuid::nil())));
        let actor = Actor { worker: WorkerId(Uuid::nil()), tablet: TabletId(Uuid::max()) };
        for (count, value) in [(1, "active"), (1000, "active"), (1000, ""), (1000, "ended")] {
            let edits: Vec<Edit> = (0..count)
                .map(|object| Edit::SetField {
                    part: Part::Goals,
                    object: Uuid::from_u128(object),
                    field: "a_field_with_a_rather_long_name".into(),
                    value: value.into(),
                })
                .collect();
            let at = Timestamp::from_millis(-5_000);
            let change = document.write(actor, at, &edits)?.ok_or(DocumentError::NotAChange)?;
            let size =
                measure(&change.bytes[8..], Kind::Change).ok_or(DocumentError::NotAChange)?;
            assert!(u128::from(size.entries) >= count, "{count} {value}");
            let is_change = is_bounded(&change.bytes, Kind::Change);
            assert!(is_change, "{count} {value}: {} {}", size.entries, size.text);
            let whole = document.snapshot();
            assert!(is_bounded(&whole, Kind::Document), "{count} {value}");
            assert!(!is_bounded(&whole, Kind::Change) && !is_bounded(&whole[1..], Kind::Document));
        }
        Ok(())
    }

    /// A change with one column of these bytes and nothing else.
    fn change(kind: u64, column: &[u8]) -> Vec<u8> {
        let head = [0, 0, 1, 1, 0, 0, 0, 1, 0x40 | kind as u8, column.len() as u8];
        chunk(Kind::Change, &[&head, column])
    }

    /// A document with one column of changes, or of operations.
    fn documents(kind: u64, column: &[u8]) -> [Vec<u8>; 2] {
        let specification = [0x40 | kind as u8, column.len() as u8];
        [
            chunk(Kind::Document, &[&[0, 0, 1], &specification, &[0], column]),
            chunk(Kind::Document, &[&[0, 0, 0, 1], &specification, column]),
        ]
    }

    fn chunk(kind: Kind, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        [&[0; 8], &[kind as u8, content.len() as u8][..], &content].concat()
    }

    #[test]
    fn runs_that_unroll_to_more_than_there_are_bytes_are_not() {
        let is_bounded = |kind, column: &[u8]| {
            let whole = documents(kind, column).map(|bytes| is_bounded(&bytes, Kind::Document));
            let change = is_bounded(&change(kind, column), Kind::Change);
            assert_eq!(whole, [change, change], "{kind} {column:?}");
            change
        };
        let ten_thousand_million = [0x80, 0xc8, 0xaf, 0xa0, 0x25];
        let run = [&ten_thousand_million[..], &[1]].concat();
        let nulls = [&[0][..], &ten_thousand_million].concat();
        for kind in [GROUP, 1, 2, DELTA, 6] {
            assert!(!is_bounded(kind, &run));
            assert!(!is_bounded(kind, &nulls));
            assert!(is_bounded(kind, &[3, 1]));
            assert!(is_bounded(kind, &[0x7d, 1, 2, 1]));
            assert!(!is_bounded(kind, &[0x7d, 1, 2]), "cut off");
            assert!(!is_bounded(kind | DEFLATED, &[3, 1]), "compressed");
        }
        // One entry that promises as many members.
        let members = [&[1][..], &ten_thousand_million].concat();
        assert!(!is_bounded(GROUP, &members) && is_bounded(1, &members));
        let text = |count: u8| [&[count, 100][..], &[b'a'; 100]].concat();
        assert!(is_bounded(TEXT, &text(2)));
        assert!(!is_bounded(TEXT, &text(40)));
        assert!(is_bounded(BOOLEAN, &run));
    }
}
