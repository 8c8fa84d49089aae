//! A routine visit by keyboard alone: from the day's list to signed, and a look into the journal.

use anyhow::ensure;
use fantoccini::key::Key;

use super::Stage;
use crate::day::ANNE;

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;
    let window = &anne.window;
    let next = anne.next_card().await?;
    let before = window.taps();

    stage.say("Anne begins, documents and signs a visit without touching the screen.");
    window.enter(&format!("{next} [data-testid='start-visit']")).await?;
    window.get("review-and-sign").await?;
    window.enter("[data-testid='all-done']").await?;
    window.find("[data-testid='intervention-done'][aria-pressed='true']").await?;
    stage.picture(&anne, "all done by keyboard").await?;
    window.enter("[data-testid='review-and-sign']").await?;
    window.get("summary").await?;
    window.enter("[data-testid='sign']").await?;
    window.find(&format!("{next}[data-state='finished']")).await?;

    stage.say("The sync line opens, and Escape closes it.");
    window.enter("[data-testid='sync-line']").await?;
    window.find("dialog[open]").await?;
    window.press(Key::Escape).await?;
    ensure!(window.count("dialog[open]").await? == 0, "Escape left the dialog open");

    stage.say("She reads what she wrote.");
    window.enter(&format!("{next} [data-testid='open-client']")).await?;
    window.enter("[data-testid='part-journal']").await?;
    window.find("[data-testid='journal-entry']").await?;
    ensure!(window.taps() == before, "the screen was touched");
    stage.picture(&anne, "the journal by keyboard").await
}
