//! The fuzzer's targets in the normal test run: with its seeds, and with seeded mutations of them.

#![cfg(feature = "transport")]

use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

use kjent_core::cbor;
use kjent_core::document::{Document, DocumentError, packed};
use kjent_core::hostile::{ACTOR, TARGETS, Target, goal, ground};
use kjent_core::ids::TabletId;
use kjent_core::protocol::body;
use kjent_core::time::Timestamp;
use serde_json::json;

/// How many mutations of its seeds each target is fed.
const MUTATIONS: u64 = 4_000;

fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target)
}

/// The seeds of a target, in the order of their names.
fn seeds(target: &str) -> Result<Vec<(String, Vec<u8>)>, std::io::Error> {
    let mut seeds = Vec::new();
    for entry in fs::read_dir(corpus(target))? {
        let entry = entry?;
        seeds.push((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?));
    }
    seeds.sort();
    Ok(seeds)
}

/// Numbers that are the same in every run: splitmix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// Bytes that mean much in CBOR, in LEB128 and in Automerge's columns.
const TELLING: [u8; 12] = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x1b, 0x5b, 0x9b, 0x9f, 0xbf, 0xf6, 0x08];

/// Changes bytes in one to four places.
fn mutate(bytes: &mut Vec<u8>, other: &[u8], numbers: &mut Numbers) {
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let count = 1 + numbers.below(8);
        let end = (at + count).min(bytes.len());
        match numbers.below(7) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << numbers.below(8),
            1 if !bytes.is_empty() => bytes[at] = TELLING[numbers.below(TELLING.len())],
            2 if !bytes.is_empty() => bytes[at] = bytes[at].wrapping_add(1),
            3 => drop(bytes.drain(at..end)),
            4 => bytes.insert(at, TELLING[numbers.below(TELLING.len())]),
            5 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            _ => {
                let from = numbers.below(other.len());
                let part = &other[from..(from + count).min(other.len())];
                bytes.splice(at..end, part.iter().copied());
            }
        }
    }
}

/// Feeds a target; gives back what it found a fault with.
fn feed((name, check): Target, seeds: &[(String, Vec<u8>)]) -> Result<(), String> {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let survives = |bytes: &[u8]| panic::catch_unwind(|| check(bytes)).is_ok();
    for (seed, bytes) in seeds {
        if !survives(bytes) {
            return Err(format!("{name}: the seed {seed}"));
        }
    }
    let mut numbers = Numbers(1);
    for number in 0..MUTATIONS {
        let mut bytes = seeds[numbers.below(seeds.len())].1.clone();
        let other = &seeds[numbers.below(seeds.len())].1;
        mutate(&mut bytes, other, &mut numbers);
        if !survives(&bytes) {
            return Err(format!("{name}: mutation {number}, {}", hex(&bytes)));
        }
    }
    Ok(())
}

#[test]
fn no_decoder_is_brought_down_by_the_seeds_or_by_mutations_of_them() -> Result<(), std::io::Error> {
    // Automerge's own panics are caught where they are expected; a thousand backtraces of them would
    // only hide the one that isn't.
    let loud = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let mut faults = Vec::new();
    for target in TARGETS {
        let seeds = seeds(target.0)?;
        assert!(!seeds.is_empty(), "{}", target.0);
        faults.extend(feed(*target, &seeds).err());
    }
    panic::set_hook(loud);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// A seed by its target and name.
type Seed = (&'static str, &'static str, Vec<u8>);

/// The seeds that code makes. Found ones lie beside them.
fn made() -> Result<Vec<Seed>, DocumentError> {
    let pinned = |name: &str| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/protocol/pinned").join(name);
        let hex = fs::read_to_string(file).unwrap_or_default();
        let digits: Vec<u8> =
            hex.chars().filter_map(|digit| Some(digit.to_digit(16)? as u8)).collect();
        digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect::<Vec<u8>>()
    };
    let at = Timestamp::from_millis(1_795_248_000_000);
    let mut document = ground()?;
    let mut other = document.clone();
    let overwrite = [goal("title", json!("Gå til butikken")), goal("own_part", json!("går ut"))];
    let overwrite = document.write(ACTOR, at, &overwrite)?.ok_or(DocumentError::NotAChange)?;
    let clear = document.write(ACTOR, at, &[goal("own_part", json!(null))])?;
    let clear = clear.ok_or(DocumentError::NotAChange)?;
    let beside =
        kjent_core::document::Actor { tablet: TabletId(uuid::Uuid::from_u128(10)), ..ACTOR };
    let beside = other.write(beside, at, &[goal("due", json!("2026-12-24"))])?;
    let beside = beside.ok_or(DocumentError::NotAChange)?;
    let all = document.changes();
    let list = packed::pack(all.iter().map(|change| change.bytes.as_slice()));
    let list = cbor::write(&list).map_err(|_| DocumentError::NotAChange)?;
    let short = packed::pack([clear.bytes.as_slice(), b"no change"]);
    let short = cbor::write(&short).map_err(|_| DocumentError::NotAChange)?;
    let packed = |name: &str| {
        let message: Result<kjent_core::protocol::SyncRequest, _> = cbor::read(&pinned(name));
        message.ok().and_then(|message| body::pack(&message).ok()).unwrap_or_default()
    };
    let fresh = Document::new(document.reference());
    Ok(vec![
        ("body", "sync_request", packed("sync_request.hex")),
        ("body", "empty", vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x70, 1, 0, 0]),
        ("body", "wide", vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x88, 1, 0, 0]),
        ("change", "overwrite", overwrite.bytes),
        ("change", "beside", beside.bytes),
        ("enrolment", "request", pinned("enrol_request.hex")),
        ("enrolment", "response", pinned("enrol_response.hex")),
        ("enrolment", "log_in", pinned("log_in_request.hex")),
        ("enrolment", "logged_in", pinned("log_in_response.hex")),
        ("fact", "note", pinned("note.hex")),
        ("fact", "visit_report", pinned("visit_report.hex")),
        ("fact", "goal_progress", pinned("goal_progress.hex")),
        ("fact", "what_matters", pinned("what_matters.hex")),
        ("message", "bundle", pinned("bundle.hex")),
        ("message", "sync_request", pinned("sync_request.hex")),
        ("message", "sync_response", pinned("sync_response.hex")),
        ("packed", "list", list),
        ("packed", "short", short),
        ("snapshot", "goal", document.snapshot()),
        ("snapshot", "fresh", fresh.snapshot()),
    ])
}

/// The committed seeds are of the present formats. After a change of one, run the test below.
#[test]
fn the_seeds_are_what_code_makes_today() -> Result<(), DocumentError> {
    for (target, name, bytes) in made()? {
        let file = fs::read(corpus(target).join(name)).unwrap_or_default();
        assert!(!bytes.is_empty() && file == bytes, "{target}/{name}");
    }
    Ok(())
}

#[test]
#[ignore = "writes the seeds; run by hand after a format has changed"]
fn write_the_seeds() -> Result<(), Box<dyn std::error::Error>> {
    for (target, name, bytes) in made()? {
        fs::create_dir_all(corpus(target))?;
        fs::write(corpus(target).join(name), bytes)?;
    }
    Ok(())
}
