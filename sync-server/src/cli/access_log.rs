//! `kjent-server access-log`: proves that nothing was taken out of the access log, lists it, and
//! makes a client's extract of it.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use kjent_core::access::AccessAct;
use kjent_core::access::chain::{AccessHead, Broken};
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::oslo;
use kjent_server::access::extract::extract;
use kjent_server::access::{Language, note_of_office};
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::store::{Records, Store, StoredAccess};

use super::office::Office;
use super::{Database, clock_time, say};

#[derive(Args)]
pub(super) struct AccessLog {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Go through the whole log, and say how many rows there are and the newest link, or the first
    /// row that is missing or changed. Reads only.
    Verify(Verify),
    /// List the log, with tabs between: the number, when it happened, when it came, the worker's
    /// employee number, the role, the client's id, what was done, how it went, how many times, why.
    List(List),
    /// Make a client's own extract: who has read in their record, in plain words. Making it is a row
    /// of the log.
    Extract(Extract),
}

#[derive(Args)]
struct Verify {
    #[command(flatten)]
    database: Database,
    /// A link that the log gave away earlier: `verify` printed it, or a lead's tablet shows it. With
    /// it shows also what was cut off at the end, and a chain that was made anew.
    #[arg(long, value_name = "LINK")]
    head: Option<AccessHead>,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    office: Office,
    /// Only rows about this client.
    #[arg(long, value_name = "ID")]
    client: Option<ClientId>,
    /// Only rows of the worker with this employee number.
    #[arg(long, value_name = "NUMBER")]
    worker: Option<String>,
    /// Only what happened on this day or later.
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<NaiveDate>,
}

#[derive(Args)]
struct Extract {
    #[command(flatten)]
    office: Office,
    /// The client's id.
    #[arg(long, value_name = "ID")]
    client: ClientId,
    /// nb, nn or en.
    #[arg(long, value_name = "LANGUAGE", default_value = "nb")]
    language: Language,
    /// As a text, or as a page to be printed.
    #[arg(long = "as", value_name = "FORM", default_value = "text")]
    form: Form,
    /// The file, which must not be there yet; only its owner can read it. Without it the extract
    /// goes to stdout.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Text,
    Html,
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    text.parse().map_err(|_| "a day is written as 2026-11-30")
}

impl AccessLog {
    pub(super) fn run(self) -> Result<()> {
        match self.command {
            Command::Verify(verify) => verify.run(),
            Command::List(list) => list.run(),
            Command::Extract(extract) => extract.run(),
        }
    }
}

impl Verify {
    fn run(self) -> Result<()> {
        let (head, broken) =
            self.database.open_to_read()?.read(|records| records.verify_access(self.head))?;
        let Some(broken) = broken else {
            return say(format_args!("{} rows, all of them whole: {head}", head.number));
        };
        let what = match broken {
            Broken::Missing(number) => format!("row {number} is missing"),
            Broken::Changed(number) => format!("row {number} was changed, moved or replaced"),
            Broken::CutOff(number) => format!("row {number} was here, and the log ends before it"),
            Broken::Rewritten(number) => {
                format!("the log up to row {number} is another than the one of that link")
            }
        };
        bail!(
            "the access log is broken: {what}; {} rows before it are whole",
            head.number.min(before(broken))
        )
    }
}

/// How many rows lie before what is broken.
fn before(broken: Broken) -> u64 {
    match broken {
        Broken::Missing(number) | Broken::Changed(number) | Broken::CutOff(number) => {
            number.saturating_sub(1)
        }
        // Nothing tells which of them is the first that differs.
        Broken::Rewritten(_) => 0,
    }
}

impl List {
    fn run(self) -> Result<()> {
        self.office.open("access-log list")?.0.read(|records| {
            let worker = match &self.worker {
                Some(number) => {
                    let found = records.worker_by_number(number.trim())?;
                    Some(found.context("there is no worker with that employee number")?)
                }
                None => None,
            };
            records.each_access(|stored| {
                if self.shows(&stored, worker) { say(listed(records, &stored)?) } else { Ok(()) }
            })
        })
    }

    fn shows(&self, stored: &StoredAccess, worker: Option<WorkerId>) -> bool {
        let entry = &stored.entry;
        let of_client = self.client.is_none() || entry.row.client == self.client;
        let of_worker = worker.is_none() || entry.worker == worker;
        of_client && of_worker && self.since.is_none_or(|since| oslo::day(entry.row.at) >= since)
    }
}

fn listed(records: &Records<'_>, stored: &StoredAccess) -> Result<String> {
    let (entry, row) = (&stored.entry, &stored.entry.row);
    let number = match entry.worker {
        Some(worker) => records.number_of(worker)?.unwrap_or_default(),
        None => entry.operator.clone(),
    };
    let why = row.why.as_ref().map(|why| why.code()).unwrap_or_default();
    let why = [why, &row.words].into_iter().filter(|part| !part.is_empty());
    let parts = [
        stored.number.to_string(),
        clock_time(row.at).to_string(),
        clock_time(entry.received).to_string(),
        number,
        entry.role.as_ref().map(ToString::to_string).unwrap_or_default(),
        row.client.map(|client| client.to_string()).unwrap_or_default(),
        row.act.to_string(),
        row.outcome.to_string(),
        row.count.to_string(),
        why.collect::<Vec<_>>().join(": "),
    ];
    // What was typed may have any sign in it; a line of the list is a line.
    Ok(parts.map(|part| part.replace(char::is_control, " ")).join("\t"))
}

impl Extract {
    fn run(self) -> Result<()> {
        let (client, now) = (self.client, SystemClock.now());
        let (mut store, operator) = self.office.open("access-log extract")?;
        let extract = store.write(|records| {
            let made = extract(records, client, self.language, now)?;
            let made = made.with_context(|| format!("there is no client {client}"))?;
            note_of_office(records, (AccessAct::ReadAccessLog, ""), Some(client), operator, now)?;
            Ok::<_, anyhow::Error>(made)
        })?;
        let words = match self.form {
            Form::Text => extract.as_text(),
            Form::Html => extract.as_html(),
        };
        match &self.to {
            None => say(words.trim_end()),
            Some(file) => {
                write(file, &words).with_context(|| format!("cannot write {}", file.display()))?;
                say(format_args!("{} rows to {}", extract.lines.len(), file.display()))
            }
        }
    }
}

/// Writes a file that wasn't there, readable by its owner only.
fn write(file: &Path, words: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file)?;
    out.write_all(words.as_bytes())?;
    out.sync_all()
}

impl Database {
    /// The store, which must be there, to look at it only.
    fn open_to_read(&self) -> Result<Store> {
        if !self.path().exists() {
            bail!("there is no database {}", self.path().display());
        }
        Store::open_to_read(self.path())
            .with_context(|| format!("cannot use the database {}", self.path().display()))
    }
}
