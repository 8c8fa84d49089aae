//! A worker gets in with the account that the municipality gave her: in the system's browser, and back
//! by the link that the browser follows, as a desktop does it.

use anyhow::ensure;
use kjent_server::oidc::OidcSettings;
use serde_json::json;

use super::Stage;
use crate::day::{ANNE, SARA};
use crate::morning::Morning;
use crate::oidc::{Browser, Provider, Visitor};
use crate::tablet::PIN;
use crate::window::{Display, start_again};
use crate::worker::Worker;

/// An account at the municipality's that is no worker's.
const STRANGER: &str = "9999";
const NEW_PIN: &str = "905738";
/// What the system tells the page when the app comes to the front again.
const TO_THE_FRONT: &str =
    "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let provider = Provider::start_with(&json!({ "ahead": stage.morning.clock.millis() }))?;
    let oidc = OidcSettings::new(&provider.issuer(), "kjent")?;
    stage.morning = Morning::start_with(|settings| settings.oidc = Some(oidc)).await?;

    stage.say("On a new tablet Anne chooses her work account, and thinks better of it.");
    let mut tablet = stage.new_tablet().await?;
    tablet.window.type_into("server", &tablet.network.address).await?;
    tablet.window.type_into("code", &stage.morning.server.code(ANNE)?.code).await?;
    tablet.choose_pin(PIN).await?;
    stage.picture_both(&tablet, "the ways in").await?;
    let given_up = begin(stage, &tablet).await?;
    tablet.window.execute(TO_THE_FRONT).await?;
    // The server knows the tablet by now: no code is asked for.
    tablet.window.gone("code").await?;
    stage.picture_both(&tablet, "waiting for the browser").await?;
    tablet.window.tap_id("cancel-sign-in").await?;
    tablet.window.see("problem", "ble avbrutt").await?;
    tablet.window.gone("cancel-sign-in").await?;

    stage.say("The browser is still open. What comes from there is too late, and says so.");
    let too_late = Browser::new()?.sign_in(&given_up, ANNE).await?;
    tablet.follow(&too_late).await?;
    tablet.window.see("problem", "gjelder ikke lenger").await?;
    stage.picture(&tablet, "too late").await?;

    stage.say(
        "She cancels in the browser, and then logs in there with an account that is no worker's.",
    );
    tablet.choose_pin(PIN).await?;
    let url = begin(stage, &tablet).await?;
    tablet.follow(&Browser::new()?.open(&url, Visitor::Cancels).await?).await?;
    tablet.window.see("problem", "ble avbrutt").await?;
    stage.picture(&tablet, "cancelled in the browser").await?;
    sign_in(stage, &tablet, STRANGER, PIN).await?;
    tablet.window.see("problem", "ikke registrert som medarbeider").await?;
    stage.picture_both(&tablet, "not a worker").await?;

    stage.say("With her own account she is in.");
    sign_in(stage, &tablet, ANNE, PIN).await?;
    tablet.window.get("visit-card").await?;
    tablet.see_state("up_to_date").await?;
    stage.picture(&tablet, "back and signed in").await?;

    stage.say(
        "Followed once more, a link changes nothing; and nobody opens the folder a second time.",
    );
    let app = tablet.window.process()?;
    tablet.follow(&too_late).await?;
    // The app of another desktop can't ask for the first, and finds the folder taken.
    let elsewhere = Display::start()?;
    let second = start_again(&elsewhere, tablet.folder(), &[], &stage.morning.clock).await?;
    ensure!(!second.success(), "two apps had one data folder open");
    ensure!(tablet.window.process()? == app, "it is another app");
    tablet.window.tap_id("worker-menu").await?;
    tablet.window.tap_id("lock").await?;
    tablet.window.see("unlock-title", "AN").await?;

    stage.say("Anne has forgotten her PIN. Sara's account doesn't open her profile; her own does.");
    tablet.window.tap_id("again").await?;
    sign_in(stage, &tablet, SARA, NEW_PIN).await?;
    tablet.window.see("problem", "tilhører en annen ansatt").await?;
    stage.picture_both(&tablet, "somebody else's profile").await?;
    sign_in(stage, &tablet, ANNE, NEW_PIN).await?;
    tablet.window.get("visit-card").await?;

    stage.say("From now on the new PIN opens it, without the municipality.");
    drop(provider);
    tablet = tablet.restart().await?;
    tablet.type_pin(NEW_PIN).await?;
    tablet.window.get("visit-card").await.map(drop)
}

/// Taps the way through the browser; what the browser is asked to open.
async fn begin(stage: &Stage<'_>, tablet: &Worker<'_>) -> anyhow::Result<String> {
    tablet.window.tap_id("sign-in").await?;
    let url = stage.browser_opens().await?;
    tablet.window.see("sign-in-waits", "nettleseren").await?;
    Ok(url)
}

/// Logs in there as somebody, and comes back.
async fn sign_in(
    stage: &Stage<'_>,
    tablet: &Worker<'_>,
    name: &str,
    pin: &str,
) -> anyhow::Result<()> {
    tablet.choose_pin(pin).await?;
    let url = begin(stage, tablet).await?;
    tablet.follow(&Browser::new()?.sign_in(&url, name).await?).await
}
