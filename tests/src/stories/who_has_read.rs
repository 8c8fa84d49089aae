//! A client doesn't want a helper in her record, the helper lets herself in all the same in an emergency,
//! and everybody who should know of it does.

use super::Stage;
use crate::day::{ANNE, FATIMA, INGVILD};

const CLIENT: &str = "line-danser";
/// Of the synthetic series, as in the client's file.
const NUMBER: &str = "12834132018";
const WORDS: &str = "Hun er naboen min. Jeg vil ikke at hun leser om meg.";
const REASON: &str = "Fant henne på gulvet i oppgangen, må vite om allergi.";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.say("Line doesn't want Fatima to read about her, and tells Anne why.");
    let fatima = stage.worker(FATIMA).await?;
    let anne = stage.worker(ANNE).await?;
    anne.open_client(CLIENT).await?;
    anne.window.tap_id("part-people").await?;
    anne.window.tap_id("add-restriction").await?;
    let whom = kjent_demo::names::worker(FATIMA).to_string();
    anne.window.choose("restriction-whom", &whom).await?;
    anne.window.type_into("restriction-words", WORDS).await?;
    stage.picture_both(&anne, "barring somebody").await?;
    anne.window.bring("[data-testid='restriction-form']").await?;
    stage.picture(&anne, "whom and why").await?;
    anne.window.tap_id("save-restriction").await?;
    anne.window.see("restriction", "Fatima Haidari").await?;
    anne.see_state("up_to_date").await?;

    stage.say("Line is gone from Fatima's tablet. Fatima finds her on the floor, and says why she must in.");
    fatima.see_state("up_to_date").await?;
    fatima.window.tap_id("open-clients").await?;
    fatima.window.tap_id("break-glass").await?;
    fatima.window.type_into("break-glass-number", NUMBER).await?;
    fatima.window.type_into("break-glass-reason", "må inn").await?;
    fatima.window.tap_id("open-by-break-glass").await?;
    fatima.window.see("problem", "Skriv hvorfor").await?;
    fatima.window.retype("break-glass-reason", REASON).await?;
    // What was said of the last try is over with the first key of the next.
    fatima.window.gone("problem").await?;
    stage.picture_both(&fatima, "letting herself in").await?;
    fatima.window.tap_id("open-by-break-glass").await?;
    fatima.window.get("let-in").await?;
    fatima.window.gone("why-here").await?;
    stage.picture(&fatima, "let in until").await?;
    fatima.see_state("up_to_date").await?;

    stage.say("The team lead hears of it, and says that it was right.");
    let lead = stage.worker(INGVILD).await?;
    lead.window.tap_id("grants-line").await?;
    lead.window.see("grant", REASON).await?;
    lead.window.type_into("grant-review", "Riktig. Snakket med Line og Fatima.").await?;
    stage.picture_both(&lead, "going through it").await?;
    lead.window.tap_id("save-grant-review").await?;
    lead.window.see("grant-comment", "Riktig.").await?;
    lead.see_state("up_to_date").await?;

    stage.say("Line asks who has read about her. Anne asks the server, and there it stands.");
    anne.window.tap_id("ask-access-log").await?;
    anne.window.see("access-line", "Fatima Haidari").await?;
    anne.window.bring("[data-testid='access-log']").await?;
    stage.picture_both(&anne, "who has read").await
}
