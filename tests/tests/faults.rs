//! Power cuts, full disks, damaged pages, wrong clocks: nothing that was acknowledged is lost, and
//! the app says what happened. `cargo xtask soak` does the same for hours.

use anyhow::ensure;
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
