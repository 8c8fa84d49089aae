//! The real app in two real windows, with the real server. Needs the feature `window`.

#![cfg(feature = "window")]

use kjent_tests::journey;
use kjent_tests::programs::workspace;

#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_two_windows() -> anyhow::Result<()> {
    let pictures = workspace().join("target/screenshots");
    let mut told = Vec::new();
    let played = journey::play(&pictures, &mut |line| told.push(line.to_owned())).await;
    played.map_err(|error| error.context(format!("after: {told:#?}")))
}
