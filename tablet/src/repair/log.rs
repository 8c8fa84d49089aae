//! SQLite's write-ahead log, read without SQLite.
//!
//! SQLite takes the first frame whose sum is wrong for the end of the log, and drops what follows
//! without a word: after a power cut that is right, after damage it loses what was acknowledged. So
//! a log that a crash left is looked at before SQLite opens it. (<https://sqlite.org/fileformat2.html>)

use std::fs::{self, File};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;

/// SQLCipher's page, in bytes.
pub(super) const PAGE: usize = 4096;
const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// A log, up to its last commit.
pub(super) struct Log {
    bytes: Vec<u8>,
    /// Page numbers, and where the pages lie.
    frames: Vec<(u32, usize)>,
    /// Whether a frame is damaged that a commit follows, or is.
    pub damaged: bool,
}

impl Log {
    /// Reads the log; an empty one when there is none.
    pub fn read(file: &Path) -> io::Result<Self> {
        let bytes = match fs::read(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            outcome => outcome?,
        };
        Ok(Self::of(bytes))
    }

    fn of(bytes: Vec<u8>) -> Self {
        let mut log = Self { frames: Vec::new(), damaged: false, bytes };
        let bytes = &log.bytes;
        let Some(first) = bytes.get(HEADER..HEADER + FRAME_HEADER) else { return log };
        let is_big_endian = bytes[3] & 1 == 1;
        let mut sum = checksum((0, 0), &bytes[..24], is_big_endian);
        let mut is_sound = number(bytes, 0) & !1 == 0x377f_0682
            && number(bytes, 8) as usize == PAGE
            && sum == (number(bytes, 24), number(bytes, 28));
        // All frames of one filling of the log carry the same salt; older ones lie behind them.
        let salt = if is_sound { pair(bytes, 16) } else { pair(first, 8) };
        let (mut commits, mut first_damaged) = (0, (!is_sound).then_some(0));
        for start in (HEADER..).step_by(FRAME_HEADER + PAGE) {
            let Some(frame) = bytes.get(start..start + FRAME_HEADER + PAGE) else { break };
            // One bit may be damaged in the salt as anywhere else.
            if (pair(frame, 8) ^ salt).count_ones() > 1 {
                break;
            }
            sum = checksum(sum, &frame[..8], is_big_endian);
            sum = checksum(sum, &frame[FRAME_HEADER..], is_big_endian);
            is_sound &= pair(frame, 8) == salt && sum == (number(frame, 16), number(frame, 20));
            if !is_sound {
                first_damaged.get_or_insert(log.frames.len());
            }
            log.frames.push((number(frame, 0), start + FRAME_HEADER));
            if number(frame, 4) != 0 {
                commits = log.frames.len();
            }
        }
        log.frames.truncate(commits);
        log.damaged = first_damaged.is_some_and(|first| first < commits);
        log
    }

    /// Writes every page of the log where it belongs in a copy of the database: a damaged frame is
    /// then a damaged page, which SQLCipher knows by its own sum.
    pub fn apply(&self, database: &mut File) -> io::Result<()> {
        let pages = database.metadata()?.len().div_ceil(PAGE as u64) + self.frames.len() as u64;
        for (page, start) in &self.frames {
            // A damaged page number must not make the file endless.
            if *page == 0 || u64::from(*page) > pages {
                continue;
            }
            database.seek(SeekFrom::Start(u64::from(page - 1) * PAGE as u64))?;
            database.write_all(&self.bytes[*start..start + PAGE])?;
        }
        Ok(())
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let mut four = [0; 4];
    four.copy_from_slice(&bytes[at..at + 4]);
    u32::from_be_bytes(four)
}

fn pair(bytes: &[u8], at: usize) -> u64 {
    u64::from(number(bytes, at)) << 32 | u64::from(number(bytes, at + 4))
}

fn checksum(sum: (u32, u32), bytes: &[u8], is_big_endian: bool) -> (u32, u32) {
    bytes.chunks_exact(8).fold(sum, |(first, second), eight| {
        let (one, two) = (number(eight, 0), number(eight, 4));
        let (one, two) =
            if is_big_endian { (one, two) } else { (one.swap_bytes(), two.swap_bytes()) };
        let first = first.wrapping_add(one).wrapping_add(second);
        (first, second.wrapping_add(two).wrapping_add(first))
    })
}
