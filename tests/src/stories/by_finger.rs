//! A worker lets her finger open the tablet. It takes her PIN to say so, and ends when a colleague moves
//! in. The finger is a stand-in of debug builds: the screens are played, and no device's hardware.

use super::Stage;
use crate::day::{ANNE, SARA};
use crate::tablet::PIN;

const WRONG: &str = "739164";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.say("Anne's tablet knows her finger. At the lock nothing is said of it yet.");
    let tablet = stage.new_tablet_with_finger().await?;
    let screen = &tablet.window;
    tablet.enrol(&stage.morning.server.code(ANNE)?).await?;
    screen.tap_id("lock-now").await?;
    screen.see("unlock-title", "AN").await?;
    screen.gone("by-biometry").await?;
    tablet.type_pin(PIN).await?;
    screen.get("visit-card").await?;

    stage.say("She switches it on in her menu, and mistypes her PIN at first.");
    screen.tap_id("worker-menu").await?;
    screen.tap_id("biometry-ask").await?;
    screen.type_into("biometry-pin", WRONG).await?;
    screen.tap_id("biometry-on").await?;
    screen.see("field-error", "9").await?;
    stage.picture_both(&tablet, "a wrong PIN in the menu").await?;
    screen.type_into("biometry-pin", PIN).await?;
    screen.tap_id("biometry-on").await?;
    screen.get("biometry-off").await?;
    stage.picture(&tablet, "switched on").await?;

    stage.say("From now on her finger opens it.");
    screen.tap_id("lock").await?;
    screen.get("by-biometry").await?;
    stage.picture_both(&tablet, "face or finger at the lock").await?;
    screen.tap_id("by-biometry").await?;
    screen.get("visit-card").await?;

    stage.say("Sara moves in, and the tablet doesn't know whose finger it is.");
    screen.tap_id("lock-now").await?;
    screen.tap_id("other-profile").await?;
    screen.tap_id("another-worker").await?;
    screen.get("back").await?;
    tablet.log_in(&stage.morning.server.code(SARA)?).await?;
    tablet.see_state("up_to_date").await?;
    screen.tap_id("lock-now").await?;
    screen.tap_id("other-profile").await?;
    screen.tap("li:first-child > [data-testid='profile']").await?;
    screen.see("unlock-title", "AN").await?;
    screen.gone("by-biometry").await?;
    tablet.type_pin(PIN).await?;
    screen.get("visit-card").await?;
    screen.tap_id("worker-menu").await?;
    screen.get("lock").await?;
    screen.gone("biometry-ask").await?;
    stage.picture(&tablet, "a menu that says nothing of it").await
}
