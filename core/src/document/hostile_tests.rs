//! Bytes that come to a tablet as a document or a change and are none: an error, and nothing else.

use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Actor, Document, DocumentError, DocumentRef, Edit, written};
use crate::fact::{FactBody, Note};
use crate::ids::{ClientId, FactId, TabletId, WorkerId};
use crate::plan::Part;
use crate::time::Timestamp;

fn reference() -> DocumentRef {
    DocumentRef::care(ClientId(Uuid::from_u128(1)))
}

/// A small document of two writers, with a fact, a goal and a field that both have written.
fn small() -> Result<Document, DocumentError> {
    let mut document = Document::new(reference());
    let actor = |number| Actor {
        worker: WorkerId(Uuid::from_u128(number)),
        tablet: TabletId(Uuid::from_u128(number)),
    };
    let title = |text: &str| Edit::SetField {
        part: Part::Goals,
        object: Uuid::from_u128(5),
        field: "title".into(),
        value: json!(text),
    };
    let at = Timestamp::from_millis(1_795_244_400_000);
    document.write(actor(1), at, &[title("Gå til postkassen")])?;
    let mut other = document.clone();
    let note = FactBody::Note(Note { observation: "Sov godt.".into(), ..Note::default() });
    let fact = super::Fact::new(reference().client, actor(1).worker, at, at, &note);
    let bytes = fact.and_then(|fact| fact.seal()).map_err(|_| DocumentError::NotAChange)?;
    let id = FactId::mint(at, [1; 10]);
    document.write(actor(1), at, &[title("Gå til butikken"), Edit::AddFact { id, bytes }])?;
    let theirs = other.write(actor(2), at, &[title("Gå på kafé")])?;
    let theirs = theirs.ok_or(DocumentError::NotAChange)?;
    document.apply_all(vec![Document::read_change(&theirs.bytes)?])?;
    Ok(document)
}

/// Reads all that a screen might.
fn read_all(document: &Document) -> usize {
    let facts = document.facts().iter().filter_map(|id| document.fact(*id)).count();
    let parts = Part::CARE.iter().flat_map(|part| {
        document.objects(*part).into_iter().filter_map(|object| document.fields(*part, object))
    });
    facts + parts.count() + document.heads().to_bytes().len()
}

fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let hash = Sha256::digest(&bytes[8..]);
    bytes[4..8].copy_from_slice(&hash[..4]);
    bytes
}

/// With the checksum that it came with, and with one that is right.
fn each_flip(bytes: &[u8], mut take: impl FnMut(usize, Vec<u8>)) {
    for at in 0..bytes.len() {
        for flip in [0x01, 0x02, 0x08, 0x40, 0x7f, 0x80, 0xff] {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= flip;
            if at >= 8 {
                take(at, with_checksum(flipped.clone()));
            }
            take(at, flipped);
        }
    }
}

#[test]
fn a_snapshot_with_any_byte_turned_over_is_an_error_or_a_document() -> Result<(), DocumentError> {
    let whole = small()?.snapshot();
    let (mut errors, mut read) = (0, 0);
    each_flip(&whole, |_, bytes| match Document::from_snapshot(reference(), &bytes) {
        Ok(document) => read += usize::from(read_all(&document) > 0),
        Err(_) => errors += 1,
    });
    for end in 0..whole.len() {
        assert!(Document::from_snapshot(reference(), &whole[..end]).is_err(), "{end}");
    }
    // A text with another letter is another document; nothing else gets through.
    assert!(errors > 10 * read, "{errors} {read}");
    Ok(())
}

#[test]
fn a_change_with_any_byte_turned_over_is_an_error_or_a_change() -> Result<(), DocumentError> {
    let document = small()?;
    for change in document.changes() {
        each_flip(&change.bytes, |_, bytes| {
            let _ = written(&bytes);
            let Ok(change) = Document::read_change(&bytes) else { return };
            // What it says of itself can be asked.
            assert!(change.deps().len() < 10 && change.len() < bytes.len());
        });
    }
    let sentences = written(&document.changes()[0].bytes).unwrap_or_default();
    assert!(sentences.iter().any(|one| one.value == json!("Gå til postkassen")), "{sentences:?}");
    Ok(())
}

#[test]
fn what_follows_a_document_or_stands_in_another_is_not_read() -> Result<(), DocumentError> {
    let document = small()?;
    let (whole, change) = (document.snapshot(), document.changes()[0].bytes.clone());
    let journal = DocumentRef::journal(
        reference().client,
        crate::oslo::month(Timestamp::from_millis(1_795_244_400_000)),
    );
    assert!(
        Document::from_snapshot(reference(), &[whole.clone(), change.clone()].concat()).is_err()
    );
    assert!(Document::from_snapshot(reference(), &change).is_err());
    assert!(Document::from_snapshot(journal, &whole).is_err());
    assert!(Document::read_change(&whole).is_err());
    assert!(Document::from_snapshot(reference(), &whole).is_ok());
    Ok(())
}
