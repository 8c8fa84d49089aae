//! Power cuts, full disks, damaged pages, wrong clocks: nothing that was acknowledged is lost, and
//! the app says what happened. `cargo xtask soak` does the same for hours.

use anyhow::ensure;
use kjent_tests::faults::full_disk::{self, Under};
use kjent_tests::faults::kills;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_kills_lose_nothing() -> anyhow::Result<()> {
    let account = kills::run(1, 200).await?;
    ensure!(account.server + account.tablet == 200, "{account:?}");
    ensure!(
        account.tablet > 20 && account.unanswered > 0 && account.failed_syncs > 0,
        "{account:?}"
    );
    Ok(())
}

/// How often the disk was full, of a scenario's last words: `disk full 17 times`.
fn times_full(said: &str) -> u32 {
    said.split_whitespace().rev().nth(1).and_then(|times| times.parse().ok()).unwrap_or_default()
}

#[test]
fn a_tablet_without_room_says_so_and_loses_nothing() -> anyhow::Result<()> {
    let said = full_disk::run(Under::Tablet, 1, 20)?;
    ensure!(times_full(&said) >= 10, "{said}");
    Ok(())
}

#[test]
fn a_server_without_room_says_so_and_takes_the_same_push_later() -> anyhow::Result<()> {
    let said = full_disk::run(Under::Server, 1, 20)?;
    ensure!(times_full(&said) >= 10, "{said}");
    Ok(())
}
