//! A daughter rings: the client's consent decides what may be said, and what was said is written down.

use anyhow::ensure;

use super::Stage;
use crate::day::ANNE;

const SAID: &str = "Tone spurte om såret. Fortalte at det er tørt og snart grodd.";
const RECEIVED: &str = "Vergen spurte om hun spiser. Svarte ikke på det.";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;

    stage.say("Anne looks at who Line is, and who is around her.");
    anne.open_client("line-danser").await?;
    anne.window.get("about-me").await?;
    stage.picture_both(&anne, "who line is").await?;
    let scroll = "document.querySelector('[data-testid=\"needs\"]').scrollIntoView()";
    anne.window.execute(scroll).await?;
    stage.picture(&anne, "needs and strengths").await?;
    anne.window.tap_id("part-people").await?;
    anne.window.see_where("[data-testid='may-hear']", "helse og behandling").await?;
    stage.picture_both(&anne, "people").await?;

    stage.say("The daughter rings. What she may be told stands first; Anne has no network.");
    anne.network.cut();
    let tone = kjent_demo::names::contact("line-danser", "Tone Danser Lie");
    anne.window.tap(&format!("a[href$='with={tone}']")).await?;
    anne.window.see("talk-scope", "Kan få vite om: helse og behandling").await?;
    stage.picture_both(&anne, "what the daughter may be told").await?;
    anne.window.tap_id("talk-ground-consent").await?;
    anne.window.type_into("talk-content", SAID).await?;
    anne.see_saved().await?;
    stage.say("The tablet dies in the middle of it, and the talk is there.");
    let anne = anne.kill_and_restart().await?;
    anne.type_pin(crate::tablet::PIN).await?;
    anne.open_client("line-danser").await?;
    anne.window.tap_id("part-people").await?;
    anne.window.tap(&format!("a[href$='with={tone}']")).await?;
    anne.window.see("talk-content", SAID).await?;
    anne.window.tap_id("finish-contact").await?;
    anne.window.see_where("[data-testid='talk']", SAID).await?;
    anne.window.tap_id("part-journal").await?;
    anne.window.see_where("[data-testid='journal-entry']", SAID).await?;
    stage.picture(&anne, "in the journal").await?;

    stage.say("Solveig's guardian of money rings: nothing about health, and only what he says is written.");
    anne.window.tap_id("back").await?;
    anne.open_client("solveig-aune").await?;
    anne.window.tap_id("part-people").await?;
    let guardian = kjent_demo::names::contact("solveig-aune", "Liv Torunn Aasheim");
    anne.window.tap(&format!("a[href$='with={guardian}']")).await?;
    anne.window.see("talk-scope", "ingenting om helse").await?;
    let grounds = "[data-testid^='talk-ground-']";
    ensure!(anne.window.count(grounds).await? == 1, "the guardian has one ground only");
    stage.picture(&anne, "the guardian may be told nothing").await?;
    anne.window.type_into("talk-content", RECEIVED).await?;
    anne.window.tap_id("finish-contact").await?;
    anne.window.see_where("[data-testid='talk']", RECEIVED).await?;
    stage.picture(&anne, "solveigs people").await?;

    stage.say("A new consent, with its end, beside the neighbour's name.");
    anne.window.tap_id("new-consent").await?;
    anne.window.get("consent-form").await?;
    stage.picture(&anne, "a new consent").await?;
    anne.window.tap_id("cancel-consent").await
}
