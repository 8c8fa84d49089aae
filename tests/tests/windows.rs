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
    stories::play(&[], &mut |line| println!("{line}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_two_windows() -> anyhow::Result<()> {
    let _machine = MACHINE.lock().await;
    let pictures = workspace().join("target/screenshots");
    journey::play(&pictures, &mut |line| println!("{line}")).await
}
