//! Two who give a goal another title at once, neither knowing of the other: both titles are kept and
//! shown, and it is settled with a reason.

use anyhow::ensure;

use super::Stage;
use crate::day::{ANNE, SARA};

const CLIENT: &str = "line-danser";
const ANNES: &str = "Danse hele kvelden";
const SARAS: &str = "Danse to danser";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;
    let sara = stage.worker(SARA).await?;

    stage.say("Anne and Sara lose the network, and each gives Line's goal another title.");
    for (worker, title) in [(&anne, ANNES), (&sara, SARAS)] {
        worker.network.cut();
        worker.open_client(CLIENT).await?;
        worker.retitle_goal(title).await?;
    }
    stage.picture(&sara, "her own title without a network").await?;

    stage.say("The network is back: both see both titles, and who wrote them.");
    for worker in [&sara, &anne, &sara] {
        worker.network.restore();
        worker.sync_unseen().await?;
        worker.see_state("up_to_date").await?;
    }
    for worker in [&anne, &sara] {
        for words in [ANNES, SARAS, "Anne Nordli", "Sara Lien"] {
            worker.window.see_where("[data-testid='conflict']", words).await?;
        }
    }
    sara.window.bring("[data-testid='conflict']").await?;
    stage.picture_both(&sara, "both titles").await?;

    stage.say("Sara chooses, says why with a tap, and Anne's tablet follows.");
    let before = sara.window.taps();
    sara.window.tap_id("choose-value").await?;
    sara.window.get("settle-wish").await?;
    stage.picture(&sara, "why this one").await?;
    sara.window.tap_id("settle-wish").await?;
    sara.window.gone("conflict").await?;
    ensure!(sara.window.taps() - before == 2, "two taps settle it, the reason among them");
    let chosen = sara.window.shown("goal-heading").await?;
    sara.see_state("up_to_date").await?;
    stage.picture(&sara, "settled").await?;
    anne.sync_unseen().await?;
    anne.window.gone("conflict").await?;
    anne.window.see("goal-heading", &chosen).await?;
    stage.picture(&anne, "settled on the other tablet too").await
}
