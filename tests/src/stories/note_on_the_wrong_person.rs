//! A nurse writes about a phone call in the wrong journal, says so, and the note goes to the right
//! one; then she corrects it there, and what stood before can still be read.

use super::Stage;
use crate::day::{ANNE, SARA};

const WRONG: &str = "line-danser";
const RIGHT: &str = "solveig-aune";
const HEARD: &str = "Datteren ringte: mor har vært svimmel i natt.";
const REASON: &str = "Åpnet feil kort etter telefonen.";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;
    let sara = stage.worker(SARA).await?;

    stage.say("Anne writes about a phone call in the wrong journal.");
    anne.open_client(WRONG).await?;
    anne.window.tap_id("part-journal").await?;
    anne.window.get("journal-entry").await?;
    stage.picture_both(&anne, "the journal").await?;
    anne.window.tap_id("new-note").await?;
    anne.window.tap_id("note-occasion").await?;
    anne.window.tap_id("note-when-earlier").await?;
    anne.window.type_into("note-observation", HEARD).await?;
    anne.see_saved().await?;
    stage.picture_both(&anne, "a note outside a visit").await?;
    anne.window.tap_id("note-when-now").await?;
    anne.window.tap_id("finish-note").await?;
    let own = "[data-testid='journal-entry']:has([data-testid='wrong-entry'])";
    anne.window.see_where(own, HEARD).await?;

    stage.say("She sees it, says what happened, and whom the note is about.");
    anne.window.tap(&format!("{own} [data-testid='wrong-entry']")).await?;
    anne.window.type_into("wrong-reason", REASON).await?;
    let right = kjent_demo::names::client(RIGHT).to_string();
    anne.window.find(&format!("#wrong-right option[value='{right}']")).await?;
    anne.window.choose("wrong-right", &right).await?;
    anne.window.settle().await?;
    stage.picture(&anne, "what happened and whom it is about").await?;
    anne.window.tap_id("mark-wrong").await?;
    anne.window.see_where("[data-testid='wrong-person']", REASON).await?;
    anne.window.tap_id("show-wrong").await?;
    anne.window.settle().await?;
    stage.picture(&anne, "marked and struck").await?;

    stage.say("In the right journal it stands as a new note. She corrects a word.");
    anne.window.tap_id("back").await?;
    anne.open_client(RIGHT).await?;
    anne.window.tap_id("part-journal").await?;
    anne.window.see_where("[data-testid='journal-entry']", HEARD).await?;
    anne.window.tap_id("correct-entry").await?;
    anne.window.see("note-observation", HEARD).await?;
    anne.window.retype("note-observation", &HEARD.replace("Datteren", "Sønnen")).await?;
    anne.see_saved().await?;
    stage.picture(&anne, "the correction").await?;
    anne.window.tap_id("finish-note").await?;
    let corrected = "[data-testid='journal-entry'][data-corrected='true']";
    anne.window.see_where(corrected, "Sønnen").await?;

    stage.say("Sara reads what stands, and what stood before.");
    anne.sync_unseen().await?;
    anne.see_state("up_to_date").await?;
    sara.sync_unseen().await?;
    sara.open_client(RIGHT).await?;
    sara.window.tap_id("part-journal").await?;
    sara.window.see_where(corrected, "Sønnen").await?;
    sara.window.tap_id("show-earlier").await?;
    sara.window.see_where("[data-testid='earlier-version']", "Datteren").await?;
    sara.window.settle().await?;
    stage.picture(&sara, "corrected, with what stood before").await?;
    sara.window.tap_id("show-marked").await?;
    sara.window.settle().await?;
    stage.picture(&sara, "important and follow-up only").await
}
