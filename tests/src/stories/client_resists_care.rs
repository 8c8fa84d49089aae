//! Line doesn't want her morning wash: the routine is followed, coercion can't be written without
//! what it rests on, and the visit knows what was said no to.

use super::Stage;
use crate::day::ANNE;

const CLIENT: &str = "line-danser";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;

    stage.say("Anne is with Line, who pushes the washcloth away.");
    anne.begin_visit(CLIENT).await?;
    anne.window.tap_id("resists").await?;
    anne.window.get("resisted").await?;
    stage.picture_both(&anne, "the routine").await?;
    anne.window.tap_id("resisted").await?;
    anne.window.type_into("resisted-what", "Skjøv kluten vekk og gråt.").await?;
    anne.window.tap_id("capacity-not_assessed").await?;
    anne.window.tap_id("decision-needed-no").await?;

    stage.say("What was tried is asked for: it can't be left out.");
    anne.window.tap_id("sign-routine").await?;
    anne.window.see("wrong-tried", "fylles ut").await?;
    stage.picture(&anne, "trust comes first").await?;
    anne.window.tap_id("tried-took_time").await?;
    anne.window.tap_id("tried-explained").await?;
    anne.window
        .type_into("resisted-harm", "Blir sår under brystene om det går flere dager.")
        .await?;
    anne.window.tap_id("notified-nobody").await?;
    anne.window.tap_id("notified-nurse").await?;
    anne.window.find("[data-testid='notified-nobody'][aria-pressed='false']").await?;
    anne.see_saved().await?;

    stage.say("A measure without a decision is refused, in words.");
    anne.window.tap_id("basis-decision").await?;
    anne.window.type_into("coercion-measure", "Holdt hånden hennes.").await?;
    anne.window.tap_id("sign-routine").await?;
    anne.window.see("wrong-coercion", "vedtak").await?;
    stage.picture_both(&anne, "no coercion without what it rests on").await?;

    stage.say("Nothing was done against her will. It is signed, and the visit knows.");
    anne.window.tap_id("basis-none").await?;
    anne.window.gone("coercion-measure").await?;
    stage.picture(&anne, "all of it").await?;
    anne.window.tap_id("sign-routine").await?;
    anne.window.find("[data-testid='intervention-not-done'][aria-pressed='true']").await?;
    stage.picture(&anne, "the visit says no to one").await?;
    anne.window.tap_id("open-client").await?;
    anne.window.tap_id("part-journal").await?;
    anne.window.see("entry-resisted", "Motsatte").await?;
    anne.window.see("entry-coercion", "Nei").await?;
    stage.picture(&anne, "the journal").await
}
