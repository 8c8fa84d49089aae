//! How much a change unrolls to, read from its bytes without unrolling it.
//!
//! Automerge's columns are run-length coded: sixty bytes can say "ten thousand million operations",
//! and whoever iterates over them never comes back. A change of ours has a key of its own for every
//! operation, so it never has more of anything than it has bytes.

/// How many bytes of text a byte of a change may unroll to: keys that repeat, such as one field of
/// many objects, are written once.
const TEXT_PER_BYTE: u64 = 16;

/// Column types, the low three bits of a column's specification.
const DELTA: u64 = 3;
const BOOLEAN: u64 = 4;
const TEXT: u64 = 5;
const RAW: u64 = 7;

/// Whether a change's chunk (what follows magic and checksum) unrolls to no more than its length
/// allows; false too for what can't be read.
pub(super) fn is_bounded(chunk: &[u8]) -> bool {
    let limit = chunk.len() as u64;
    measure(chunk).is_some_and(|size| {
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

fn measure(chunk: &[u8]) -> Option<Size> {
    let mut rest = Reader(chunk);
    rest.take(1)?; // the chunk's type
    let length = rest.unsigned()?;
    let mut rest = Reader(rest.take(length)?);
    let dependencies = rest.unsigned()?;
    rest.take(dependencies.checked_mul(32)?)?;
    rest.prefixed()?; // actor
    for _ in ["sequence", "start", "time"] {
        rest.unsigned()?;
    }
    rest.prefixed()?; // message
    for _ in 0..rest.unsigned()? {
        rest.prefixed()?; // other actors
    }
    let mut columns = Vec::new();
    for _ in 0..rest.unsigned()? {
        columns.push((rest.unsigned()? & 7, rest.unsigned()?));
    }
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

    /// How many entries a run-length coded column has, and of how many bytes of text.
    fn unroll(mut self, kind: u64) -> Option<(u64, u64)> {
        let (mut entries, mut text) = (0_u64, 0_u64);
        while !self.0.is_empty() {
            let count = self.signed()?;
            let run = count.unsigned_abs();
            if count == 0 {
                entries = entries.saturating_add(self.unsigned()?);
            } else if count > 0 {
                text = text.saturating_add(self.value(kind)?.saturating_mul(run));
                entries = entries.saturating_add(run);
            } else {
                // Each is written out, so this ends with the bytes.
                for _ in 0..run {
                    text = text.saturating_add(self.value(kind)?);
                }
                entries = entries.saturating_add(run);
            }
        }
        Some((entries, text))
    }

    /// Skips a value; how many bytes of text it has.
    fn value(&mut self, kind: u64) -> Option<u64> {
        match kind {
            TEXT => self.prefixed().map(|text| text.len() as u64),
            DELTA => self.signed().map(|_| 0),
            _ => self.unsigned().map(|_| 0),
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
    fn our_own_changes_are_bounded() -> Result<(), DocumentError> {
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
            let chunk = &change.bytes[8..];
            let size = measure(chunk).ok_or(DocumentError::NotAChange)?;
            assert!(u128::from(size.entries) >= count, "{count} {value}");
            assert!(is_bounded(chunk), "{count} {value}: {} {}", size.entries, size.text);
        }
        Ok(())
    }

    /// A chunk with one column of these bytes and nothing else.
    fn chunk(kind: u8, column: &[u8]) -> Vec<u8> {
        let head = [0, 0, 1, 1, 0, 0, 0, 1, 0x40 | kind, column.len() as u8];
        let mut chunk = vec![1, (head.len() + column.len()) as u8];
        chunk.extend(head);
        chunk.extend(column);
        chunk
    }

    #[test]
    fn runs_that_unroll_to_more_than_there_are_bytes_are_not() {
        let ten_thousand_million = [0x80, 0xc8, 0xaf, 0xa0, 0x25];
        let run = [&ten_thousand_million[..], &[1]].concat();
        let nulls = [&[0][..], &ten_thousand_million].concat();
        for kind in [0, 1, 2, DELTA as u8, 6] {
            assert!(!is_bounded(&chunk(kind, &run)));
            assert!(!is_bounded(&chunk(kind, &nulls)));
            assert!(is_bounded(&chunk(kind, &[3, 1])));
            assert!(is_bounded(&chunk(kind, &[0x7d, 1, 2, 3])));
            assert!(!is_bounded(&chunk(kind, &[0x7d, 1, 2])), "cut off");
        }
        let text = |count: u8| [&[count, 100][..], &[b'a'; 100]].concat();
        assert!(is_bounded(&chunk(TEXT as u8, &text(2))));
        assert!(!is_bounded(&chunk(TEXT as u8, &text(40))));
        assert!(is_bounded(&chunk(BOOLEAN as u8, &run)));
    }
}
