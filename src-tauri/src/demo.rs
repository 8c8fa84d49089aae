//! Debug builds only: `cargo xtask run` opens the app on today's list as one of the demo workers,
//! enrolled and unlocked by the ordinary ways with what these variables hold. Tests in windows set
//! the clock, so that it is the same morning whenever they run.

use std::env::var;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use kjent_core::command::{Enrol, PromptWords};
use kjent_core::problem::Problem;
use kjent_core::time::Timestamp;
use kjent_core::view::SessionView;
use kjent_tablet::lock::{Biometry, BiometryError, FileKeyStore, KeyStore};
use kjent_tablet::{Clock, Environment};
use tauri::{Builder, Wry, plugin};
use zeroize::Zeroizing;

use crate::session::Session;

/// Enrols with `KJENT_SERVER` and `KJENT_DEMO_CODE` and logs in with `KJENT_DEMO_WORKER` and
/// `KJENT_DEMO_PASSWORD` when nobody has, unlocks with `KJENT_DEMO_PIN` when locked; does nothing
/// without a PIN.
pub async fn prepare(session: &Session) -> Result<(), Problem> {
    let Ok(pin) = var("KJENT_DEMO_PIN") else { return Ok(()) };
    match session.view()? {
        SessionView::NotEnrolled | SessionView::LoggedOut => {
            let given = |name| var(name).unwrap_or_default();
            let [server, code] = ["KJENT_SERVER", "KJENT_DEMO_CODE"].map(given);
            let [employee_number, password] =
                ["KJENT_DEMO_WORKER", "KJENT_DEMO_PASSWORD"].map(given);
            let (password, pin) = (password.into(), pin.into());
            session.enrol(Enrol { server, code, employee_number, password, pin }).await
        }
        SessionView::Locked { profiles, .. } => match profiles.first() {
            Some(first) => session.unlock(&first.profile, &pin),
            None => Ok(()),
        },
        SessionView::Open { .. } | SessionView::HandedIn => Ok(()),
    }
}

/// After how long without a touch the screen locks, when `KJENT_DEMO_IDLE_SECONDS` says so.
pub fn idle() -> anyhow::Result<Option<Duration>> {
    let Ok(seconds) = var("KJENT_DEMO_IDLE_SECONDS") else { return Ok(None) };
    let seconds = seconds.parse().context("KJENT_DEMO_IDLE_SECONDS is no number")?;
    Ok(Some(Duration::from_secs(seconds)))
}

/// In the place of a telephone's hardware: a key store, and a finger that is always known, whose secrets
/// lie in the folder `KJENT_DEMO_FINGER`. It shows the screens, and proves nothing of any device.
pub fn lay_finger(environment: Environment) -> Environment {
    let Ok(folder) = var("KJENT_DEMO_FINGER") else { return environment };
    let keys = || FileKeyStore::beside(Path::new(&folder));
    environment.with_key_store(Arc::new(keys())).with_biometry(Arc::new(Finger(keys())))
}

/// A finger that is always known.
struct Finger(FileKeyStore);

impl Finger {
    fn name(name: &str) -> String {
        format!("finger-{name}")
    }
}

impl Biometry for Finger {
    fn is_ready(&self) -> bool {
        true
    }

    fn keep(
        &self,
        name: &str,
        secret: &[u8; 32],
        _: &PromptWords,
    ) -> Result<Vec<u8>, BiometryError> {
        self.0.set(&Self::name(name), secret).map_err(|_| BiometryError::Refused)?;
        Ok(Vec::new())
    }

    fn give(
        &self,
        name: &str,
        _: &[u8],
        _: &PromptWords,
    ) -> Result<Zeroizing<Vec<u8>>, BiometryError> {
        let secret = self.0.get(&Self::name(name)).map_err(|_| BiometryError::Refused)?;
        secret.ok_or(BiometryError::Off)
    }

    fn forget(&self, name: &str) {
        let _ = self.0.delete(&Self::name(name));
    }
}

/// Sets the tablet's clock and the webview's ahead of the machine's by the milliseconds in
/// `KJENT_DEMO_CLOCK_AHEAD`, or behind when they are negative. Time passes as it does.
pub fn set_clock(
    builder: Builder<Wry>,
    environment: Environment,
) -> anyhow::Result<(Builder<Wry>, Environment)> {
    let Ok(millis) = var("KJENT_DEMO_CLOCK_AHEAD") else { return Ok((builder, environment)) };
    let millis: i64 = millis.parse().context("KJENT_DEMO_CLOCK_AHEAD is no number")?;
    let webview = plugin::Builder::<Wry>::new("demo-clock")
        .js_init_script(WEBVIEW_CLOCK.replace("AHEAD", &millis.to_string()))
        .build();
    let clock = Ahead { machine: environment.clone(), millis };
    Ok((builder.plugin(webview), environment.with_clock(clock)))
}

/// The machine's clock, ahead of itself.
struct Ahead {
    machine: Environment,
    millis: i64,
}

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.machine.now().millis() + self.millis)
    }
}

/// Dates that say when they are stay as they are; the one of now is moved.
const WEBVIEW_CLOCK: &str = "window.Date = new Proxy(Date, {
    construct: (date, given) => given.length ? new date(...given) : new date(date.now() + AHEAD),
    get: (date, name) => name === 'now' ? () => date.now() + AHEAD : Reflect.get(date, name),
});";
