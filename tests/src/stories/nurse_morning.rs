//! A nurse's tablet from its first start to the first visit signed: as planned, nothing to remark.

use anyhow::ensure;

use super::Stage;
use crate::day::ANNE;

/// From the day's list to a signed report.
const MOST_TAPS: u32 = 5;
/// How the time begins, whatever the machine's clock shows.
const MORNING: &str = "07:4";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.say("Anne enrols her tablet with a one-time code.");
    let anne = stage.new_tablet().await?;
    stage.picture(&anne, "enrolment").await?;
    anne.enrol(&stage.morning.server.code(ANNE)?).await?;

    stage
        .say("She sees her day: the next visit stands out, and the tablet is ready without a net.");
    anne.see_state("up_to_date").await?;
    anne.window.find("[data-testid='readiness'][data-state='ready']").await?;
    // The tablet's own clock; at what is saved, the webview's.
    anne.window.see("sync-line", MORNING).await?;
    stage.picture_both(&anne, "the day").await?;

    stage.say("The next visit goes as planned, and there is nothing to remark.");
    let next = anne.next_card().await?;
    let before = anne.window.taps();
    anne.window.tap(&format!("{next} [data-testid='start-visit']")).await?;
    anne.window.get("review-and-sign").await?;
    stage.picture(&anne, "visit begun").await?;
    anne.window.tap_id("all-done").await?;
    anne.window.find("[data-testid='intervention-done'][aria-pressed='true']").await?;
    anne.see_saved().await?;
    anne.window.see("saved", MORNING).await?;
    stage.picture(&anne, "all done as planned").await?;
    anne.window.tap_id("review-and-sign").await?;
    anne.window.get("summary").await?;
    stage.picture(&anne, "read through before signing").await?;
    anne.window.tap_id("sign").await?;
    anne.window.find(&format!("{next}[data-state='finished']")).await?;
    let taps = anne.window.taps() - before;
    ensure!(taps <= MOST_TAPS, "a routine visit took {taps} taps");
    anne.see_state("up_to_date").await?;
    stage.say(&format!("It took her {taps} taps."));
    stage.picture(&anne, "signed and sent").await
}
