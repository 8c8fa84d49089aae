//! The command line: `serve`, and what the office does beside it. What a command answers goes to
//! stdout, the log and errors to stderr.

mod access_log;
mod account;
mod code;
mod end_membership;
mod erase;
mod import;
mod late;
mod lease;
mod move_client;
mod office;
mod oidc;
mod policy;
mod provider_name;
mod quarantine;
mod retention;
mod serve;
mod tablets;
mod team;
mod tls;
mod workers;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_server::store::Store;
use tracing::level_filters::LevelFilter;

/// Kjent's sync server.
#[derive(Parser)]
#[command(name = "kjent-server", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve tablets.
    Serve(serve::Serve),
    /// Import a team from a bundle, all of it or nothing.
    Import(import::Import),
    /// Print a one-time code with which a device is enrolled; it is good for fifteen minutes.
    Code(code::Code),
    /// Set what a worker logs in with.
    Account(account::Account),
    /// List the workers: employee number, role and name, with tabs between.
    Workers(workers::Workers),
    /// List the tablets: employee number, profile, device, its name, since when, last contact, how
    /// many clients are on it, and its state, with tabs between.
    Tablets(tablets::Tablets),
    /// Let a lost tablet in no more.
    Revoke(tablets::Revoke),
    /// Say what was on a lost device: which clients, since when, and its last contact.
    LostReport(tablets::LostReport),
    /// Erase a fact, or what a plan's field held once, by decision, on every replica.
    Erase(erase::Erase),
    /// Get what was erased out of the database's file, when `erase` said that it couldn't.
    Sweep(erase::Sweep),
    /// Move a client, with everything about them, to another team.
    MoveClient(move_client::MoveClient),
    /// Say which day is a worker's last in a team.
    EndMembership(end_membership::EndMembership),
    /// Say how many months of journals a team's tablets keep.
    Retention(retention::Retention),
    /// Say for how many days tablets open without contact with the server.
    Lease(lease::Lease),
    /// List the work that came late: when it came, when it was written, the author's employee
    /// number, the client's id and the reason, with tabs between.
    Late(late::Late),
    /// Print who may do what: one row a right, one column a role, the office last.
    Policy(policy::Policy),
    /// Read what the identity provider calls a worker, where that isn't the employee number.
    ProviderName(provider_name::ProviderName),
    /// List or export what was refused.
    Quarantine(quarantine::Quarantine),
    /// Prove that the access log is whole, list it, or make a client's extract of it.
    AccessLog(access_log::AccessLog),
}

/// Which database a command works on.
#[derive(Args)]
struct Database {
    /// The database's file.
    #[arg(long, value_name = "FILE")]
    database: PathBuf,
}

impl Database {
    fn path(&self) -> &Path {
        &self.database
    }

    /// The store, made when it isn't there.
    fn open(&self) -> Result<Store> {
        Store::open(&self.database)
            .with_context(|| format!("cannot use the database {}", self.database.display()))
    }

    /// The store, which must be there.
    fn open_existing(&self) -> Result<Store> {
        if !self.database.exists() {
            bail!("there is no database {}", self.database.display());
        }
        Store::open_existing(&self.database)
            .with_context(|| format!("cannot use the database {}", self.database.display()))
    }
}

/// Runs the command that was typed. Exits with 0 when it is done, 1 when it can't be, 2 when what
/// was typed isn't a command.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr();
    let result = match cli.command {
        Command::Serve(serve) => serve.run(),
        Command::Import(import) => import.run(),
        Command::Code(code) => code.run(),
        Command::Account(account) => account.run(),
        Command::Workers(workers) => workers.run(),
        Command::Tablets(tablets) => tablets.run(),
        Command::Revoke(revoke) => revoke.run(),
        Command::LostReport(report) => report.run(),
        Command::Erase(erase) => erase.run(),
        Command::Sweep(sweep) => sweep.run(),
        Command::MoveClient(moving) => moving.run(),
        Command::EndMembership(end) => end.run(),
        Command::Retention(retention) => retention.run(),
        Command::Lease(lease) => lease.run(),
        Command::Late(late) => late.run(),
        Command::Policy(policy) => policy.run(),
        Command::ProviderName(name) => name.run(),
        Command::Quarantine(quarantine) => quarantine.run(),
        Command::AccessLog(log) => log.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nowhere is left to complain when stderr is closed.
            let _ = writeln!(io::stderr().lock(), "kjent-server: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error and what caused it, in one sentence. What lies beneath an error of SQLite's says the
/// same again.
fn sentence(error: &anyhow::Error) -> String {
    let mut causes = Vec::new();
    for cause in error.chain() {
        causes.push(cause.to_string());
        if cause.is::<rusqlite::Error>() {
            break;
        }
    }
    causes.join(": ")
}

/// Logs to stderr. A panic is logged with its place only: its message may hold what was written
/// about a client.
fn log_to_stderr() {
    tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_max_level(LevelFilter::INFO)
        .init();
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}

/// A moment as the office's clock shows it.
fn clock_time(at: Timestamp) -> impl Display {
    oslo::local(at).format("%Y-%m-%d %H:%M")
}

/// Writes a line to stdout at once.
fn say(line: impl Display) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).context("cannot write to stdout")
}
