//! A helper takes over a visit to somebody whom she has never met: who that is stands before the door by
//! itself. Then the alarm goes at another client's, and nobody had planned that visit.

use anyhow::{Context, ensure};
use serde_json::Value;

use super::Stage;

/// An apprentice among the helpers.
const HELPER: &str = "1009";
/// The team's first visit to a client where the reader has never been.
const STRANGER: &str = "window.__TAURI__.core.invoke('read_today', { request: {} }).then(today =>
    today.visits.find(it => it.last_here === null && !it.mine && it.state.state === 'planned')?.visit)";
const WHY: &str = "Ville heller sitte";
const INSTEAD: &str = "Sittende på kanten av senga";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let helper = stage.worker(HELPER).await?;
    let window = &helper.window;

    stage.say("A colleague is ill. She opens a visit to somebody whom she has never met.");
    let visit = window.ask(STRANGER, Value::Null).await?;
    let visit = visit.as_str().context("the helper has met everybody")?;
    let card = format!("[data-testid='visit-card'][data-visit='{visit}']");
    window.tap_id("show-team").await?;
    window.tap(&format!("{card} [data-testid='open-visit']")).await?;
    let open = "[data-testid='first-time'][open]";
    window.find(open).await?;
    helper.network.cut();
    stage.picture_both(&helper, "who this is, before the door").await?;
    window.tap_id("take-over-visit").await?;
    window.get("taken-over").await?;
    window.tap_id("start-visit").await?;
    window.get("review-and-sign").await?;
    // To her it stays open; she is at the door.
    window.find(open).await?;
    stage.picture(&helper, "begun, with the card above").await?;

    stage.say("All goes as planned, she taps; and takes it back, since one thing did not.");
    window.tap_id("all-done").await?;
    window.find("[data-testid='intervention-done'][aria-pressed='true']").await?;
    window.get("undo").await?;
    stage.picture(&helper, "all done, and a way back").await?;
    window.tap_id("undo").await?;
    window.gone("undo").await?;
    let pressed = "[data-testid='intervention-done'][aria-pressed='true']";
    ensure!(window.count(pressed).await? == 0, "undone, nothing is answered");
    window.tap_id("otherwise").await?;
    window.type_into("otherwise-reason", WHY).await?;
    window.type_into("otherwise-instead", INSTEAD).await?;
    helper.see_saved().await?;
    stage.picture_both(&helper, "done in another way").await?;

    stage.say("The app is killed and started again: what she wrote is there, and she signs.");
    let helper = helper.kill_and_restart().await?;
    helper.type_pin(crate::tablet::PIN).await?;
    let window = &helper.window;
    window.tap(&format!("{card} [data-testid='continue-visit']")).await?;
    window.get("otherwise-fields").await?;
    window.tap_id("all-done").await?;
    window.tap_id("review-and-sign").await?;
    window.see("summary-otherwise", INSTEAD).await?;
    window.settle().await?;
    stage.picture(&helper, "what is signed").await?;
    window.tap_id("sign").await?;
    window.get("visit-card").await?;

    stage.say("The alarm goes: a visit that nobody had planned, on the client's page.");
    window.tap_id("show-team").await?;
    window.tap(&format!("{card} [data-testid='open-client']")).await?;
    window.tap_id("part-journal").await?;
    window.see_where("[data-testid='journal-entry']", INSTEAD).await?;
    window.tap_id("new-visit").await?;
    window.tap_id("unplanned-alarm").await?;
    window.settle().await?;
    stage.picture_both(&helper, "a visit that nobody planned").await?;
    window.tap_id("start-unplanned").await?;
    window.get("review-and-sign").await?;
    window.get("unplanned").await?;
    // Now she has been here: nothing is new since.
    window.get("since-nothing").await?;
    window.type_into("note-observation", "Satt på gulvet. Ingen smerter.").await?;
    helper.see_saved().await?;
    stage.picture(&helper, "under way").await?;
    window.tap_id("back").await?;
    window.get("unplanned").await?;
    stage.picture(&helper, "on the day's list").await
}
