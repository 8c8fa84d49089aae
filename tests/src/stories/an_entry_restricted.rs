//! A client tells a nurse something that only one more may know; a colleague sees that there is a note,
//! and whom to ask.

use super::Stage;
use crate::day::{ANNE, FATIMA, SARA};

const CLIENT: &str = "line-danser";
const TOLD: &str = "Broren kom på døra i går. Hun vil ikke at det snakkes om.";
const TOLD_FIRST: &str = "Hun har skiftet lås. Nøkkelen ligger hos naboen.";
const WORDS: &str = "Bare du og Fatima skal vite det.";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;
    let fatima = stage.worker(FATIMA).await?;
    let sara = stage.worker(SARA).await?;

    stage.say(
        "Anne writes what Line told her; Sara has it before Line says that she wants it kept.",
    );
    anne.open_client(CLIENT).await?;
    anne.window.tap_id("part-journal").await?;
    anne.window.tap_id("new-note").await?;
    anne.window.type_into("note-observation", TOLD).await?;
    anne.see_saved().await?;
    anne.window.tap_id("finish-note").await?;
    let own = "[data-testid='journal-entry']:has([data-testid='wrong-entry'])";
    anne.window.see_where(own, TOLD).await?;
    anne.sync_unseen().await?;
    anne.see_state("up_to_date").await?;
    sara.sync_unseen().await?;
    sara.open_client(CLIENT).await?;
    sara.window.tap_id("part-journal").await?;
    sara.window.see_where("[data-testid='journal-entry']", TOLD).await?;

    stage.say("Line lets Fatima read it, and nobody else. Anne writes that down without network.");
    anne.network.cut();
    anne.window.tap(&format!("{own} [data-testid='restrict-entry']")).await?;
    let reader = format!("reader-{}", kjent_demo::names::worker(FATIMA));
    anne.window.tap_id(&reader).await?;
    anne.window.type_into("restrict-words", WORDS).await?;
    anne.window.settle().await?;
    stage.picture_both(&anne, "whom the client lets read it").await?;
    anne.window.tap_id("confirm-restrict").await?;
    anne.window.see("restricted-mark", "Fatima Haidari").await?;
    anne.network.restore();
    anne.sync_unseen().await?;
    anne.see_state("up_to_date").await?;
    stage.picture_both(&anne, "read by").await?;

    stage.say("Fatima reads it. Sara sees that there is a note, and whom to ask.");
    fatima.sync_unseen().await?;
    fatima.open_client(CLIENT).await?;
    fatima.window.tap_id("part-journal").await?;
    fatima.window.see("restricted-mark", "Anne").await?;
    sara.sync_unseen().await?;
    sara.window.see("restricted-entry", "Anne").await?;
    sara.window.settle().await?;
    stage.picture_both(&sara, "one calm line").await?;

    stage.say("The next time Line says so first: the note is written for Fatima alone.");
    anne.window.tap_id("new-note").await?;
    anne.window.type_into("note-observation", TOLD_FIRST).await?;
    anne.window.tap_id("note-restrict").await?;
    anne.window.tap_id(&reader).await?;
    anne.window.type_into("restrict-words", WORDS).await?;
    anne.see_saved().await?;
    anne.window.settle().await?;
    stage.picture_both(&anne, "restricted as it is written").await?;
    // A draft that was left is a restricted one when it is taken up again.
    anne.window.tap_id("back").await?;
    anne.window.tap_id("new-note").await?;
    anne.window.see("finish-note", "skjerm").await?;
    anne.window.tap_id("finish-note").await?;
    anne.window.see_where("[data-testid='journal-entry']", TOLD_FIRST).await?;
    anne.sync_unseen().await?;
    anne.see_state("up_to_date").await?;
    fatima.sync_unseen().await?;
    fatima.window.see_where("[data-testid='journal-entry']", TOLD_FIRST).await
}
