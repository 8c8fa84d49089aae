//! W1: forty clients with ninety days of history, ten tablets that were filled in the morning. Each
//! documents twelve visits offline, one edits three goals too; nine sync, and then the tenth
//! reconnects. It alone is measured, in a process of its own.

use std::sync::Arc;

use anyhow::{Context, ensure};
use serde_json::Value;
use tokio::task::JoinSet;

use super::alone::{self, Errand, Filled, Reconnected, Task};
use super::figures::{self, mb, ms, say, times_floor};
use super::team::{self, SHIFTS_A_DAY, Size, WORKERS};
use super::text::Pen;
use super::{floor, process, work};
use crate::environment::TestClock;
use crate::network::Network;
use crate::server::Server;
use crate::tablet::HeadlessTablet;

/// How many days of history.
const HISTORY: u32 = 90;
/// Whose tablet is the tenth: a nurse, who may edit goals.
const TENTH: usize = 0;

/// Measures and prints.
pub async fn measure() -> anyhow::Result<figures::Shift> {
    say("W1 shift: 90 days of history on 40 clients, ten tablets with 12 visits each; the tenth")?;
    let today = super::today();
    let folder = tempfile::tempdir()?;
    let bundle = team::bundle(Size { number: 0, workers: WORKERS, today, days: HISTORY })?;
    let server = Server::with_team(folder.path(), &bundle)?;
    drop(bundle);
    let now = work::morning(today)?;

    let network = Network::to(&server.address).await?;
    let tenth = folder.path().join("tenth");
    let access = server.code(&team::employee(0, TENTH))?;
    let errand = |seed, task| Errand { folder: tenth.clone(), now, seed, task };
    let fill = Task::Fill { server: network.address.clone(), access };
    let _: Filled = alone::send(&errand(1000, fill), &[]).await?;

    // All of them are filled before anybody writes.
    let server = Arc::new(server);
    let mut filling = JoinSet::new();
    for share in 1..SHIFTS_A_DAY {
        let server = server.clone();
        filling.spawn(async move {
            let clock = TestClock::at(now);
            let employee = team::employee(0, share);
            let seed = u64::try_from(share)?;
            let tablet = HeadlessTablet::enrol(&server, &employee, &clock, seed).await?;
            tablet.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
            anyhow::Ok((share, clock, tablet))
        });
    }
    let tablets: Vec<_> = filling.join_all().await.into_iter().collect::<anyhow::Result<_>>()?;

    let pen = Pen::new(&kjent_demo::embedded()?, "");
    let mut content: Vec<Value> = Vec::new();
    for (share, clock, tablet) in &tablets {
        let shift = work::Shift { day: today, share: *share };
        let mut open = tablet.open();
        let mut pen = pen.named(&format!("share {share}"));
        let signed = work::document(&mut open, clock, shift, &mut pen)?;
        content.extend(work::content(&open, signed)?);
    }
    let shift = work::Shift { day: today, share: 0 };
    let own: Vec<Value> = alone::send(&errand(1001, Task::Document(shift)), &[]).await?;
    content.extend(own);
    let expected = team::VISITS_A_DAY + 3;
    ensure!(content.len() == expected, "{} new pieces, not {expected}", content.len());

    for (_, _, tablet) in &tablets {
        tablet.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    }
    let before = (network.requests(), network.bytes());
    let server_before = process::cpu(&server.process())?;
    let told: Reconnected = alone::send(&errand(1002, Task::Reconnect), &[]).await?;
    let server_cpu = process::cpu(&server.process())?.saturating_sub(server_before);
    let (up, down) = network.bytes();
    let (floor_json, floor_bytes) = floor::packed(&content)?;
    let figures = figures::Shift {
        requests: network.requests() - before.0,
        bytes_up: up - before.1.0,
        bytes_down: down - before.1.1,
        floor_bytes,
        ms: ms(told.time),
    };
    let both = figures.bytes_up + figures.bytes_down;
    say(&format!("  requests               {}", figures.requests))?;
    say(&format!(
        "  bytes                  {} up, {} down; {}",
        figures.bytes_up,
        figures.bytes_down,
        times_floor(both, floor_bytes),
    ))?;
    say(&format!(
        "  floor                  {floor_bytes} bytes (the new content is {floor_json} bytes of \
         JSON in {} pieces)",
        content.len()
    ))?;
    say(&format!("  time                   {} ms", figures.ms))?;
    say(&format!(
        "  processor              tablet {} ms, server {} ms (counted in tens)",
        ms(told.cpu),
        ms(server_cpu)
    ))?;
    say(&format!(
        "  the tablet's memory    {} MB at most; {} MB before, from unlocking",
        mb(told.peak_kb),
        mb(told.unlocked_kb)
    ))?;
    let (_, _, first) = tablets.first().context("no tablets")?;
    ensure!(first.sync().await.is_ok(), "a tablet of the nine can't sync after the tenth");
    Ok(figures)
}
