//! Two workers share a tablet. It locks by itself in the middle of a visit; one mistypes her PIN, the
//! other is back where she was, with every word.

use super::Stage;
use crate::day::{ANNE, SARA};
use crate::tablet::PIN;

const CLIENT: &str = "line-danser";
const NOTE: &str = "Såret er tørt. Hun lo da vi danset til kjøk";
const WRONG: &str = "739164";

/// The webview's clock stands an hour and a second later, as after a sleep in the bag.
const AN_HOUR_LATER: &str = "const before = Date, later = 3601000;
    window.Date = new Proxy(before, {
        construct: (date, given) => given.length ? new date(...given) : new date(date.now() + later),
        get: (date, name) => name === 'now' ? () => date.now() + later : Reflect.get(date, name),
    })";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.say("Anne locks the tablet, and Sara logs in on it too.");
    let tablet = stage.worker(ANNE).await?;
    let screen = &tablet.window;
    screen.tap_id("lock-now").await?;
    screen.see("unlock-title", "AN").await?;
    stage.picture_both(&tablet, "one worker's lock").await?;
    screen.tap_id("other-profile").await?;
    screen.tap_id("another-worker").await?;
    screen.get("back").await?;
    tablet.log_in(&stage.morning.server.code(SARA)?).await?;
    tablet.see_state("up_to_date").await?;
    screen.tap_id("lock-now").await?;
    screen.tap_id("other-profile").await?;
    let both = screen.all("profile").await?.len();
    anyhow::ensure!(both == 2, "{both} profiles");
    stage.picture_both(&tablet, "two profiles").await?;

    stage.say("Anne opens hers, and is in the middle of a word when the tablet locks by itself.");
    screen.tap("li:first-child > [data-testid='profile']").await?;
    screen.see("unlock-title", "AN").await?;
    tablet.type_pin(PIN).await?;
    tablet.begin_visit(CLIENT).await?;
    screen.type_into("note-observation", NOTE).await?;
    screen.execute(AN_HOUR_LATER).await?;
    screen.see("unlock-title", "AN").await?;
    let seen = screen.text().await?;
    anyhow::ensure!(!seen.contains("Line") && !seen.contains("Såret"), "the lock tells: {seen}");

    stage.say("Sara mistypes her PIN. The fifth time it costs a minute.");
    screen.tap_id("other-profile").await?;
    screen.tap("li:last-child > [data-testid='profile']").await?;
    for left in [9, 8, 7, 6, 5] {
        tablet.type_pin(WRONG).await?;
        screen.see("problem", &left.to_string()).await?;
    }
    screen.see("pin-waits", "Prøv igjen om").await?;
    stage.picture_both(&tablet, "five wrong PINs").await?;

    stage.say("Anne's lock knows nothing of it. She is where she was, with every word.");
    screen.tap_id("other-profile").await?;
    screen.tap("li:first-child > [data-testid='profile']").await?;
    tablet.type_pin(WRONG).await?;
    screen.see("problem", "9").await?;
    stage.picture(&tablet, "a wrong PIN").await?;
    tablet.type_pin(PIN).await?;
    screen.see("note-observation", NOTE).await?;
    stage.picture(&tablet, "back where she was").await
}
