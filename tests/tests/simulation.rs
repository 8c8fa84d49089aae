//! Three hundred stories of tablets, a server and a bad network; `cargo xtask soak` plays more.

use anyhow::bail;
use kjent_tests::simulation;

#[test]
fn three_hundred_stories_lose_nothing_and_hide_nothing() -> anyhow::Result<()> {
    let (counts, failures) = simulation::run_all(1, 300, 3, simulation::run);
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

#[test]
fn whoever_does_not_read_a_restricted_entry_holds_nothing_of_it() -> anyhow::Result<()> {
    let (counts, failures) = simulation::run_all(1, 150, 3, simulation::run_restricting);
    if let Some((_, failure)) = failures.into_iter().next() {
        bail!("{failure}");
    }
    for what in ["restrictions", "restricted entries looked for", "accepted", "crashes", "restores"]
    {
        assert!(counts.0.get(what).is_some_and(|times| *times >= 20), "{what}: {counts:?}");
    }
    Ok(())
}

/// Each of these once ended in something lost, something left behind or a tablet that stood still.
#[test]
fn stories_that_went_wrong_once_do_not_any_more() -> anyhow::Result<()> {
    for seed in [1063, 1111, 1148, 1242, 1290, 1449, 1668, 1966, 2375] {
        simulation::run(seed)?;
    }
    Ok(())
}
