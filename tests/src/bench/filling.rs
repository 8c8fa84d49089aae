//! W2: a new tablet for a team with a year of forty clients, in a process of its own.

use std::path::Path;

use super::alone::{self, Errand, Filled, Task};
use super::figures::{self, mb, ms, say, times_floor};
use super::team::{self, Size, WORKERS};
use super::{floor, process, work};
use crate::network::Network;
use crate::server::Server;

/// How many days of history.
pub(super) const HISTORY: u32 = 365;

/// Measures and prints; leaves the tablet in the folder.
pub async fn measure(folder: &Path, tablet: &Path) -> anyhow::Result<figures::Filling> {
    say("W2 new tablet: a year of 40 clients, three visits a day each")?;
    let today = super::today();
    let bundle = team::bundle(Size { number: 0, workers: WORKERS, today, days: HISTORY })?;
    let server = Server::with_team(folder, &bundle)?;
    keep_all(&server)?;
    let network = Network::to(&server.address).await?;
    let fill =
        Task::Fill { server: network.address.clone(), access: server.code(&team::employee(0, 0))? };
    let errand =
        Errand { folder: tablet.to_owned(), now: work::morning(today)?, seed: 2000, task: fill };
    let before = process::cpu(&server.process())?;
    let filled: Filled = alone::send(&errand, &[]).await?;
    let server_cpu = process::cpu(&server.process())?.saturating_sub(before);
    let requests = network.requests();
    let (up, down) = network.bytes();
    let server_peak = process::peak_kb(&server.process())?;
    drop(server);

    // Slow, and hungry for memory: after what is measured.
    let (floor_json, floor_bytes) = floor::packed(&floor::content(&bundle)?)?;
    let figures = figures::Filling {
        first_list_ms: ms(filled.first_list),
        all_ms: ms(filled.all),
        bytes: up + down,
        floor_bytes,
        peak_rss_mb: mb(filled.peak_kb),
    };
    say(&format!("  today's list           {} ms", figures.first_list_ms))?;
    say(&format!(
        "  everything             {} ms, in {requests} requests; enrolment before it {} ms",
        figures.all_ms,
        ms(filled.enrolled)
    ))?;
    // Where these differ, the rest of the figures is not about a year.
    say(&format!(
        "  documents              {} of the team's {} came",
        filled.documents,
        bundle.documents.len()
    ))?;
    say(&format!(
        "  bytes                  {up} up, {down} down; {}",
        times_floor(figures.bytes, floor_bytes)
    ))?;
    say(&format!(
        "  floor                  {floor_bytes} bytes (all content is {floor_json} bytes of JSON)"
    ))?;
    say(&format!(
        "  memory                 tablet {} MB at most, server {} MB",
        figures.peak_rss_mb,
        mb(server_peak)
    ))?;
    say(&format!(
        "  server processor       {} ms; the tablet's database is {} MB",
        ms(server_cpu),
        filled.database / 1_000_000
    ))?;
    Ok(figures)
}

/// Lets the team's tablets keep journals of more than a year: by default they keep a few months.
pub(super) fn keep_all(server: &Server) -> anyhow::Result<()> {
    let database = rusqlite::Connection::open(server.database())?;
    database.execute("UPDATE team SET retention_months = 13", [])?;
    Ok(())
}
