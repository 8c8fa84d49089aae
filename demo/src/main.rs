//! `kjent-demo`: check the demo data, or make a bundle of it for the server to import.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use kjent_core::protocol::body;
use kjent_demo::{Data, Options, bundle, load, source};

/// The demo team's data.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read all data files and report what is wrong where.
    Check {
        /// A folder of data files instead of those that are compiled in.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Make a bundle that the server imports.
    Bundle {
        /// The day that is today, such as 2026-11-21.
        #[arg(long, value_parser = day)]
        today: NaiveDate,
        /// Days of history before it. 365 for the benchmark: what decisions there were before
        /// today's is not told.
        #[arg(long, default_value_t = 30)]
        days: u32,
        /// The same seed gives the same history.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Where to write it.
        #[arg(long)]
        out: PathBuf,
        /// A folder of data files instead of those that are compiled in.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to tell it to when even this fails.
            let _ = writeln!(std::io::stderr(), "{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    match Arguments::parse().command {
        Command::Check { data } => {
            let data = read(data)?;
            let (workers, clients) = (data.team.workers.len(), data.clients.len());
            writeln!(out, "{}: {workers} workers, {clients} clients", data.team.name)?;
        }
        Command::Bundle { today, days, seed, out: path, data } => {
            let bundle = bundle(&read(data)?, Options { today, days, seed })?;
            let packed = body::pack(&bundle)?;
            std::fs::write(&path, &packed)
                .with_context(|| format!("can't write {}", path.display()))?;
            let changes: usize = bundle.documents.iter().map(|each| each.changes.len()).sum();
            let (documents, bytes) = (bundle.documents.len(), packed.len());
            writeln!(out, "{documents} documents, {changes} changes, {bytes} bytes")?;
        }
    }
    Ok(())
}

fn day(text: &str) -> Result<NaiveDate, String> {
    kjent_demo::data::date(text).ok_or_else(|| "a day is written as 2026-11-21".into())
}

fn read(folder: Option<PathBuf>) -> anyhow::Result<Data> {
    let files = match folder {
        Some(folder) => source::folder(&folder)?,
        None => source::embedded(),
    };
    Ok(load::load(&files)?)
}
