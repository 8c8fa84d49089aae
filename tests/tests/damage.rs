//! One flipped bit, wherever it is: told by name, and mended without losing what was acknowledged.

use anyhow::{Result, ensure};
use kjent_tests::faults::flips::{Flips, Outcome, Place, ServerOutcome};

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_takes_nothing_that_was_acknowledged() -> Result<()> {
    let mut flips = Flips::prepare().await?;
    // Every kind of page that alone would be missed, and then some by chance.
    let always = [
        "sqlite_schema",
        "change",
        "snapshot",
        "own_copy",
        "document",
        "draft",
        "setting",
        "team",
        "fact",
        "sqlite_autoindex_change_1",
    ];
    let places = always.map(Place::Of).into_iter().chain([
        Place::AtHeadOfLog,
        Place::InLog,
        Place::InLog,
        Place::Anywhere,
        Place::Anywhere,
    ]);
    let mut mended = 0;
    for (seed, place) in (1..).zip(places) {
        let outcome = flips.flip(&place, seed).await?;
        let must_be_seen = matches!(place, Place::Of("sqlite_schema" | "change" | "own_copy"));
        ensure!(!must_be_seen || outcome == Outcome::Mended, "{place:?} was not noticed");
        mended += u32::from(outcome == Outcome::Mended);
    }
    ensure!(mended >= 8, "only {mended} flips were noticed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_on_the_server_is_never_served_as_a_change() -> Result<()> {
    let mut flips = Flips::prepare().await?;
    let mut told = 0;
    for seed in 1..=12 {
        told += u32::from(flips.flip_server(seed).await? != ServerOutcome::Right);
    }
    ensure!(told >= 3, "only {told} flips were told about");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repair_that_is_cut_off_is_ended_by_the_next_opening() -> Result<()> {
    let mut flips = Flips::prepare().await?;
    for moved in 0..=2 {
        flips.cut_off_repair(moved).await?;
    }
    Ok(())
}
