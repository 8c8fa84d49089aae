//! Line doesn't open: what is agreed, a tap for each step, and how it ended; later somebody can still
//! visit her.

use anyhow::ensure;

use super::Stage;
use crate::day::ANNE;

const CLIENT: &str = "line-danser";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;

    stage.say("Anne stands at Line's door, and nobody opens.");
    let card = anne.begin_visit(CLIENT).await?;
    stage.picture(&anne, "the way to the routine").await?;
    let before = anne.window.taps();
    anne.window.tap_id("not-home").await?;
    anne.window.see("agreed", "Ring datteren Tone").await?;
    stage.picture_both(&anne, "what is agreed, and the steps").await?;

    stage.say("She rings again, phones Line and her daughter. Each tap notes its time.");
    anne.window.tap_id("step-rang").await?;
    anne.window.tap_id("step-phoned_client").await?;
    anne.window.tap_id("step-phoned_contact").await?;
    anne.window.tap_id("step-went_in").await?;
    anne.window.see("step-went_in", "Gjort").await?;

    stage.say("She hasn't gone in after all: another tap takes it back.");
    anne.window.tap_id("step-went_in").await?;
    anne.window.find("[data-testid='step-went_in'][aria-pressed='false']").await?;
    anne.see_saved().await?;
    stage.picture(&anne, "three steps with their times").await?;

    stage.say("How it ended is asked for.");
    anne.window.tap_id("sign-routine").await?;
    anne.window.see("wrong-outcome", "fylles ut").await?;
    anne.window.tap_id("outcome-not_found").await?;
    anne.window.get("alarm-to").await?;
    stage.picture_both(&anne, "not found asks who looks on").await?;
    anne.window.tap_id("outcome-well").await?;
    anne.window.type_into("missed-words", "Sov tungt. Tone kom med nøkkel.").await?;
    anne.window.tap_id("sign-routine").await?;
    anne.window.find(&format!("{card}[data-state='not_met']")).await?;
    stage.say(&format!("It took her {} taps.", anne.window.taps() - before));
    anne.see_state("up_to_date").await?;
    stage.picture(&anne, "the day's list says so").await?;
    ensure!(
        anne.window.count(&format!("{card}[data-next='true']")).await? == 0,
        "a visit that is answered for is not the next one"
    );

    stage.say("The visit says it too, and the journal has every step.");
    anne.window.tap(&format!("{card} [data-testid='open-visit']")).await?;
    anne.window.see("not-met", "god behold").await?;
    stage.picture_both(&anne, "nobody opened").await?;
    anne.window.tap_id("open-journal").await?;
    anne.window.see("entry-not-home", "god behold").await?;
    stage.picture_both(&anne, "the journal").await?;

    stage.say("She comes back later, and begins the visit after all.");
    anne.window.tap_id("back").await?;
    anne.window.tap_id("start-visit").await?;
    anne.window.get("review-and-sign").await?;
    stage.picture(&anne, "under way after all").await
}
