//! What a worker meets whom no PIN lets in any more: after ten wrong ones, after too long without the
//! server, and when the office has shut the tablet out. What she wrote is there each time.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use kjent_tablet::lock::{self, Profiles};
use kjent_tablet::{TabletError, Timer};

use super::Stage;
use crate::day::{ANNE, SARA};
use crate::environment::TestClock;
use crate::tablet::PIN;
use crate::worker::Worker;

const CLIENT: &str = "line-danser";
const OTHER: &str = "olav-berge";
const NOTE: &str = "Hun lo da vi danset til kjøk";
const WRONG: &str = "739164";
const NEW_PIN: &str = "905738";
/// A day more than a tablet opens without the server.
const TOO_LONG: i64 = 15;

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.say("Anne has signed one visit and half written another, without a network.");
    let anne = stage.worker(ANNE).await?;
    anne.network.cut();
    let signed = anne.begin_visit(OTHER).await?;
    anne.window.tap_id("all-done").await?;
    anne.window.tap_id("review-and-sign").await?;
    anne.window.tap_id("sign").await?;
    anne.window.find(&format!("{signed}[data-state='finished']")).await?;
    anne.begin_visit(CLIENT).await?;
    anne.window.type_into("note-observation", NOTE).await?;
    anne.see_saved().await?;
    anne.window.tap_id("lock-now").await?;
    anne.window.see("unlock-title", "AN").await?;

    stage.say("Somebody has guessed for hours. The tenth wrong PIN is the last.");
    guess(&anne, &TestClock::at(stage.morning.clock.now()), 9)?;
    anne.type_pin(WRONG).await?;
    anne.window.see("locked-out", "virker ikke lenger").await?;
    stage.picture_both(&anne, "ten wrong PINs").await?;
    let access = stage.morning.server.code(ANNE)?;
    anne.log_in_again(&access, NEW_PIN).await?;
    anne.window.see("problem", "når ikke serveren").await?;
    stage.picture_both(&anne, "not without a network").await?;

    stage.say("With the network she logs in again, and every word is where it was.");
    anne.network.restore();
    anne.log_in_once_more(NEW_PIN).await?;
    anne.window.see("note-observation", NOTE).await?;
    stage.picture(&anne, "back where she was").await?;
    anne.window.tap_id("back").await?;
    anne.see_state("up_to_date").await?;
    anne.window.find(&format!("{signed}[data-state='finished']")).await?;

    stage.say("The office shuts her tablet out in the middle of the day.");
    let shut_out = stage.morning.clock.now().millis();
    shut_out_since(stage, Some(shut_out))?;
    anne.sync_locks().await?;
    anne.window.see("locked-out", "ikke lenger tilgang").await?;
    stage.picture_both(&anne, "shut out").await?;
    anne.log_in_again(&access, NEW_PIN).await?;
    anne.window.see("problem", "ikke lenger tilgang").await?;
    stage.picture(&anne, "shut out, and tries").await?;
    shut_out_since(stage, None)?;
    anne.log_in_once_more(NEW_PIN).await?;
    anne.begin_visit(CLIENT).await?;
    anne.window.see("note-observation", NOTE).await?;

    stage.say("Sara's tablet has lain in a drawer for more than a fortnight.");
    let mut sara = stage.worker(SARA).await?;
    stage.morning.clock.pass_days(TOO_LONG);
    sara = sara.restart().await?;
    sara.type_pin(PIN).await?;
    sara.window.see("problem", "for lenge siden").await?;
    stage.picture_both(&sara, "too long without the server").await?;
    sara.log_in_again(&stage.morning.server.code(SARA)?, PIN).await?;
    sara.see_state("up_to_date").await
}

/// Lets nobody's tablet in since a moment, or everybody's.
fn shut_out_since(stage: &Stage<'_>, moment: Option<i64>) -> anyhow::Result<()> {
    stage.morning.server.office()?.execute("UPDATE device SET revoked = ?1", [moment])?;
    Ok(())
}

/// Guesses so many times at the lock of a tablet, and waits each time as long as it takes.
fn guess(worker: &Worker<'_>, clock: &TestClock, times: u32) -> anyhow::Result<()> {
    let passed = Arc::new(AtomicU64::new(0));
    let environment = clock.environment(1).with_timer(Passing(Arc::clone(&passed)));
    let profiles = Profiles::of(worker.folder())?;
    let profile = profiles.list(&environment)?.pop().context("no profile")?.profile;
    let folder = profiles.folder(&profile)?;
    for guess in 1..=times {
        if let Err(TabletError::PinWaits { wait }) = lock::open(&folder, WRONG, &environment) {
            passed.fetch_add(wait.as_secs() + 1, Ordering::SeqCst);
            let refused = lock::open(&folder, WRONG, &environment);
            ensure!(matches!(refused, Err(TabletError::WrongPin { .. })), "guess {guess}");
        }
    }
    let wait = lock::standing(&folder, &environment)?.wait;
    passed.fetch_add(wait.as_secs() + 1, Ordering::SeqCst);
    ensure!(lock::standing(&folder, &environment)?.tries_left == 1, "not one try is left");
    Ok(())
}

/// Time that passes when it is told to.
struct Passing(Arc<AtomicU64>);

impl Timer for Passing {
    fn elapsed(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::ready(()))
    }
}
