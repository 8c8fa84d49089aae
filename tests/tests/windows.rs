//! The real app in real windows, with the real server. Needs the feature `window`.

#![cfg(feature = "window")]

use kjent_tests::programs::workspace;
use kjent_tests::{journey, stories};
use tokio::sync::Mutex;

/// Windows need the whole machine: one test at a time.
static MACHINE: Mutex<()> = Mutex::const_new(());

#[tokio::test(flavor = "multi_thread")]
async fn every_story() -> anyhow::Result<()> {
    let _machine = MACHINE.lock().await;
    let mut told = Vec::new();
    let played = stories::play(&[], &mut |line| told.push(line.to_owned())).await;
    played.map_err(|error| error.context(format!("after: {told:#?}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_two_windows() -> anyhow::Result<()> {
    let _machine = MACHINE.lock().await;
    let pictures = workspace().join("target/screenshots");
    let mut told = Vec::new();
    let played = journey::play(&pictures, &mut |line| told.push(line.to_owned())).await;
    played.map_err(|error| error.context(format!("after: {told:#?}")))
}
