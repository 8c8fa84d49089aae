//! `kjent-server quarantine`: what was refused, listed without what it says, or exported with it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use kjent_core::access::AccessAct;
use kjent_core::cbor;
use kjent_core::document::{DocumentKind, DocumentRef, PackedChange, Written, packed, written};
use kjent_server::access::note_of_office;
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::store::{QuarantineRow, StoreError};
use serde_json::json;

use super::office::Office;
use super::{clock_time, say};

#[derive(Args)]
pub(super) struct Quarantine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List what was refused: when it came, the sender's employee number, the client's id, the
    /// document, the reason and the number of bytes, with tabs between.
    List(List),
    /// Export what was refused, with what it says, one JSON object a line. It stays in the database.
    Export(Export),
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    office: Office,
}

#[derive(Args)]
struct Export {
    #[command(flatten)]
    office: Office,
    /// The file, which must not be there yet; only its owner can read it.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl Quarantine {
    pub(super) fn run(self) -> Result<()> {
        match self.command {
            Command::List(list) => list.run(),
            Command::Export(export) => export.run(),
        }
    }
}

impl List {
    fn run(self) -> Result<()> {
        self.office.open("quarantine list")?.0.read(|records| {
            records.each_quarantined(|row| {
                let part = row.reason.args.get("part").map(|part| format!(" ({part})"));
                say(format_args!(
                    "{}\t{}\t{}\t{}\t{}{}\t{}",
                    clock_time(row.received),
                    row.employee_number,
                    row.document.client,
                    kind(&row.document),
                    row.reason.code,
                    part.unwrap_or_default(),
                    row.bytes.len(),
                ))
            })
        })
    }
}

impl Export {
    fn run(self) -> Result<()> {
        let name = self.to.display();
        let (mut store, operator) = self.office.open("quarantine export")?;
        let file = new_file(&self.to).with_context(|| format!("cannot make {name}"))?;
        let mut out = BufWriter::new(file);
        let (mut count, mut clients) = (0, BTreeSet::new());
        let result = store
            .write::<_, anyhow::Error>(|records| {
                records.each_quarantined(|row| -> Result<()> {
                    writeln!(out, "{}", entry(&row)).map_err(StoreError::from)?;
                    count += 1;
                    clients.insert(row.document.client);
                    Ok(())
                })?;
                // Everyone about whom something is in the file can see that it was made.
                let (act, now) = (AccessAct::QuarantineExported, SystemClock.now());
                for client in clients {
                    note_of_office(records, (act.clone(), ""), Some(client), operator, now)?;
                }
                Ok(())
            })
            .and_then(|()| Ok(finish(out)?))
            .with_context(|| format!("cannot write {name}"));
        if result.is_err() {
            // Half an export would look like a whole one.
            let _ = fs::remove_file(&self.to);
        }
        result?;
        say(format_args!("exported {count} refused changes to {name}"))
    }
}

/// A file that wasn't there, readable by its owner only.
fn new_file(path: &PathBuf) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn finish(out: BufWriter<File>) -> io::Result<()> {
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

fn entry(row: &QuarantineRow) -> serde_json::Value {
    json!({
        "received": row.received.utc().to_rfc3339(),
        "employee_number": row.employee_number,
        "tablet": row.tablet,
        "client": row.document.client,
        "document": kind(&row.document),
        "reason": row.reason,
        "hash": hex(&row.hash),
        "bytes": hex(&row.bytes),
        "wrote": wrote(&row.bytes),
    })
}

/// What the bytes write, when they can be read. What was refused because it builds on something that
/// isn't here came, and is kept, as a packed change.
fn wrote(bytes: &[u8]) -> Option<Vec<Written>> {
    written(bytes).or_else(|| {
        let change: PackedChange = cbor::read(bytes).ok()?;
        written(&packed::without_ground(&change)?.bytes)
    })
}

fn kind(document: &DocumentRef) -> String {
    match document.kind {
        DocumentKind::Care => "care".to_owned(),
        DocumentKind::Journal(month) => format!("journal/{month}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
