//! What a nurse hands over stays hers until a colleague has taken it over, seen in the shift report of
//! both.

use super::Stage;
use crate::day::{ANNE, SARA};

const CLIENT: &str = "line-danser";
const TEXT: &str = "Ring fastlegen om blodtrykket før klokka ti.";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;
    let sara = stage.worker(SARA).await?;
    let mine = |step: &str| {
        format!(
            "[data-testid='handed'][data-mine='true'] [data-testid='handed-step'][data-step='{step}']"
        )
    };

    stage.say("Anne reads what changed since her last shift.");
    anne.window.tap_id("open-handover").await?;
    anne.window.get("client-report").await?;
    stage.picture_both(&anne, "the shift report").await?;

    stage.say("Without a network she hands something over. It stays hers.");
    anne.network.cut();
    anne.window.tap_id("open-hand-over").await?;
    anne.window.get("hand-over-dialog").await?;
    let line = kjent_demo::names::client(CLIENT).to_string();
    anne.window.choose("hand-over-client", &line).await?;
    anne.window.type_into("hand-over-text", TEXT).await?;
    anne.window.settle().await?;
    stage.picture(&anne, "to whom and what").await?;
    anne.window.tap_id("send-handover").await?;
    anne.window.find(&mine("here")).await?;
    stage.picture(&anne, "not sent yet").await?;
    anne.network.restore();
    anne.sync_unseen().await?;
    anne.window.gone_where(&mine("here"), "").await?;

    stage.say("Sara takes it over, and Anne's list says so.");
    sara.sync_unseen().await?;
    sara.window.see_where("[data-testid='open-handover']", "1").await?;
    sara.window.tap_id("open-handover").await?;
    sara.window.see("handed", TEXT).await?;
    stage.picture(&sara, "handed over to her").await?;
    sara.window.tap_id("accept-handover").await?;
    sara.window.find("[data-testid='handed'][data-accepted='true']").await?;
    sara.sync_unseen().await?;
    anne.sync_unseen().await?;
    anne.window.find(&mine("accepted")).await?;
    stage.picture(&anne, "taken over").await?;

    stage.say("Anne has read the report.");
    anne.window.tap_id("mark-all-read").await?;
    anne.window.gone("mark-all-read").await
}
