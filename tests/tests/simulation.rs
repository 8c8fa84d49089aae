//! Three hundred stories of tablets, a server and a bad network; `cargo xtask soak` plays more.

use anyhow::bail;
use kjent_tests::simulation;

#[test]
fn three_hundred_stories_lose_nothing_and_hide_nothing() -> anyhow::Result<()> {
    let (counts, failures) = simulation::run_all(1, 300, 3);
    if let Some((_, failure)) = failures.into_iter().next() {
        bail!("{failure}");
    }
    // Stories in which nothing goes wrong would show nothing.
    for what in [
        "works",
        "accepted",
        "refused",
        "late",
        "exchanges",
        "up to date",
        "crashes",
        "kills",
        "truncated",
        "stale answers",
        "forgeries",
        "restores",
        "outdated",
        "quiet points",
    ] {
        assert!(counts.0.get(what).is_some_and(|times| *times >= 20), "{what}: {counts:?}");
    }
    Ok(())
}
