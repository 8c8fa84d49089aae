//! The figures of the app, as `--json` writes them and as they are printed.

use std::time::Duration;

use serde::Serialize;

use super::pass::Pass;
use super::weight::{Part, Wasm};
use crate::bench::figures::{Times, mb, say};

/// All of them, at the machine's own speed.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// The memory of all the app's processes after all screens, the webview's too, in MB (10⁶ bytes):
    /// pages that several processes share are counted once.
    memory_mb: u64,
    /// Of that the app's own process.
    own_memory_mb: u64,
    /// The wasm after `gzip -9`.
    wasm_gz_bytes: u64,
    /// The taps of an ordinary visit, from the day's list to the signature.
    routine_visit_taps: u64,
    /// How long what a worker waits for takes.
    #[serde(flatten)]
    waits: Waits,
    /// The same with a processor a quarter as fast, where that was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    slowed: Option<Waits>,
}

/// What a worker waits for.
#[derive(Debug, Serialize)]
struct Waits {
    /// From the start of the process to the lock screen, and from the tap that ends the PIN to the
    /// day's list: the two medians together.
    start_ms: f64,
    /// Each screen.
    screens: Vec<Screen>,
    /// The tablet's search, as the page waits for it.
    search_p95_ms: f64,
}

/// From the tap to the paint.
#[derive(Debug, Serialize)]
struct Screen {
    name: &'static str,
    p50_ms: f64,
    p95_ms: f64,
}

/// The figures of a pass, and of a slowed-down one where there is one.
pub fn figures(pass: &Pass, slowed: Option<&Pass>, wasm: &Wasm) -> Figures {
    Figures {
        memory_mb: total(&pass.memory),
        own_memory_mb: pass.memory.first().map(|part| mb(part.pss_kb)).unwrap_or_default(),
        wasm_gz_bytes: wasm.gz_bytes,
        routine_visit_taps: pass.routine_visit_taps,
        waits: waits(pass),
        slowed: slowed.map(waits),
    }
}

fn waits(pass: &Pass) -> Waits {
    let screens = pass.screens.iter().map(|(name, times)| Screen {
        name,
        p50_ms: ms(times.at(50)),
        p95_ms: ms(times.at(95)),
    });
    Waits {
        start_ms: ms(pass.to_lock.at(50) + pass.to_list.at(50)),
        screens: screens.collect(),
        search_p95_ms: ms(pass.search.at(95)),
    }
}

/// Prints how large the wasm is.
pub fn say_wasm(wasm: &Wasm) -> anyhow::Result<()> {
    let brotli = match wasm.br_bytes {
        Some(bytes) => format!("{} kB with brotli, as the app holds it", bytes / 1000),
        None => "not tried with brotli".to_owned(),
    };
    let Wasm { bytes, gz_bytes, .. } = wasm;
    say(&format!(
        "  wasm                     {} kB with gzip -9, {brotli}, {} kB as it is",
        gz_bytes / 1000,
        bytes / 1000
    ))
}

/// Prints how long a start takes.
pub fn say_start(to_lock: &Times, to_list: &Times) -> anyhow::Result<()> {
    let both = ms(to_lock.at(50) + to_list.at(50));
    say(&format!("    start to day's list    {both} ms: the next two medians"))?;
    say_times("process to PIN pad", to_lock)?;
    say_times("last tap to day's list", to_list)
}

/// Prints what is not printed while it is measured.
pub fn say_rest(pass: &Pass) -> anyhow::Result<()> {
    say_times("key to paint in note", &pass.typing)?;
    say_times("tablet's day", &pass.today)?;
    say_times("tablet's client", &pass.client)?;
    say_times("tablet's search", &pass.search)?;
    say_times("last letter to hits", &pass.search_screen)?;
    say(&format!("    ordinary visit         {} taps", pass.routine_visit_taps))?;
    say_memory("memory at first", &pass.memory_at_start)?;
    say_memory("memory after all this", &pass.memory)
}

/// Prints times.
pub fn say_times(name: &str, times: &Times) -> anyhow::Result<()> {
    say(&format!(
        "    {name:<22} p50 {:>7.1} ms   p95 {:>7.1} ms   n {}",
        ms(times.at(50)),
        ms(times.at(95)),
        times.count(),
    ))
}

fn say_memory(name: &str, parts: &[Part]) -> anyhow::Result<()> {
    let each = parts
        .iter()
        .map(|part| format!("{} {} ({} its own)", part.name, mb(part.pss_kb), mb(part.own_kb)));
    let each = each.collect::<Vec<_>>().join(", ");
    say(&format!("    {name:<22} {} MB: {each}", total(parts)))
}

fn total(parts: &[Part]) -> u64 {
    mb(parts.iter().map(|part| part.pss_kb).sum())
}

/// Milliseconds to a tenth.
fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}
