//! A worker with her tablet: a data folder, a network, and an app window on them.

use std::path::Path;

use anyhow::ensure;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::access::{Access, PASSWORD};
use crate::environment::AheadClock;
use crate::morning::Morning;
use crate::network::Network;
use crate::tablet::PIN;
use crate::window::{Display, FINGER, Window, start_again};

/// What a visit's page has before it is signed.
const BEGUN_OR_NOT: &str = "[data-testid='start-visit'], [data-testid='review-and-sign']";

/// The cards of a client, by the name of the client's file.
pub fn card_of(client: &str) -> String {
    format!("[data-testid='visit-card'][data-client='{}']", kjent_demo::names::client(client))
}

/// A worker.
pub struct Worker<'a> {
    /// The window of her app.
    pub window: Window,
    /// The network between it and the server.
    pub network: Network,
    folder: TempDir,
    clock: AheadClock,
    display: &'a Display,
}

impl<'a> Worker<'a> {
    /// Starts the app for the first time, on an empty folder.
    pub async fn first_start(display: &'a Display, morning: &Morning) -> anyhow::Result<Self> {
        Self::start_on(tempfile::tempdir()?, display, morning).await
    }

    /// The same on a tablet that has a place for keys, and knows the finger that lies on it.
    pub async fn first_start_with_finger(
        display: &'a Display,
        morning: &Morning,
    ) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join(FINGER))?;
        Self::start_on(folder, display, morning).await
    }

    async fn start_on(
        folder: TempDir,
        display: &'a Display,
        morning: &Morning,
    ) -> anyhow::Result<Self> {
        let network = Network::to(&morning.server.address).await?;
        let clock = morning.clock.clone();
        let window = Window::open(display, folder.path(), &clock).await?;
        Ok(Self { window, network, folder, clock, display })
    }

    /// Enrols the tablet on the screen, logs in, and waits for the day's list.
    pub async fn enrol(&self, access: &Access) -> anyhow::Result<()> {
        self.enrol_without_visits(access).await?;
        self.window.get("visit-card").await?;
        Ok(())
    }

    /// Enrols the tablet on the screen with a one-time code, and logs in.
    pub async fn enrol_without_visits(&self, access: &Access) -> anyhow::Result<()> {
        self.window.type_into("server", &self.network.address).await?;
        self.window.type_into("code", &access.code).await?;
        self.log_in(access).await
    }

    /// Logs in on the screen of a tablet that is enrolled, as one worker more.
    pub async fn log_in(&self, access: &Access) -> anyhow::Result<()> {
        self.log_in_with(access, PIN).await
    }

    async fn log_in_with(&self, access: &Access, pin: &str) -> anyhow::Result<()> {
        self.window.type_into("employee-number", &access.employee).await?;
        self.log_in_once_more(pin).await
    }

    /// Logs in on the screen after a try that failed: what was sent isn't kept.
    pub async fn log_in_once_more(&self, pin: &str) -> anyhow::Result<()> {
        self.window.type_into("password", PASSWORD).await?;
        self.choose_pin(pin).await?;
        self.window.tap_id("log-in").await
    }

    /// Types a new PIN, twice, where one is to be chosen.
    pub async fn choose_pin(&self, pin: &str) -> anyhow::Result<()> {
        self.window.type_into("pin", pin).await?;
        self.window.type_into("pin-again", pin).await
    }

    /// Taps a PIN on the lock screen.
    pub async fn type_pin(&self, pin: &str) -> anyhow::Result<()> {
        for digit in pin.chars() {
            self.window.tap_id(&format!("pin-key-{digit}")).await?;
        }
        self.window.tap_id("unlock").await
    }

    /// Logs in again on the screen, to a profile that no PIN opens, with a new one.
    pub async fn log_in_again(&self, access: &Access, pin: &str) -> anyhow::Result<()> {
        self.window.tap_id("again").await?;
        self.log_in_with(access, pin).await
    }

    /// Lets the browser on the display follow a link: the system starts the app once more with it.
    pub async fn follow(&self, link: &str) -> anyhow::Result<()> {
        let ended = start_again(self.display, self.folder.path(), &[link], &self.clock).await?;
        ensure!(ended.success(), "the app that the link started: {ended}");
        Ok(())
    }

    /// The tablet's data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Waits until the sync line says this.
    pub async fn see_state(&self, state: &str) -> anyhow::Result<()> {
        let line = format!("[data-testid='sync-line'][data-state='{state}']");
        self.window.find(&line).await.map(|_| ())
    }

    /// Waits until the draft is said to be saved.
    pub async fn see_saved(&self) -> anyhow::Result<()> {
        self.window.see_where("[data-testid='saved']", "Lagret").await
    }

    /// Syncs without touching the screen, as the background does.
    pub async fn sync_unseen(&self) -> anyhow::Result<()> {
        let refused = self.sync_outcome().await?;
        ensure!(refused.is_null(), "the sync failed: {refused}");
        Ok(())
    }

    /// The same, where what the server answers locks the tablet.
    pub async fn sync_locks(&self) -> anyhow::Result<()> {
        let refused = self.sync_outcome().await?;
        ensure!(refused["code"] == "locked", "the sync ended with {refused}");
        Ok(())
    }

    /// The problem that a sync ends with; nothing when it goes well.
    async fn sync_outcome(&self) -> anyhow::Result<Value> {
        let sync = "window.__TAURI__.core.invoke('sync_now', given)
            .then(() => null, problem => problem)";
        self.window.ask(sync, json!({ "request": {} })).await
    }

    /// The card of a client's visit in the day's list, by the name of the client's file: one that
    /// isn't finished when there is one. Looks at the whole team's list when the worker's own has
    /// none; fails when nobody goes there today.
    pub async fn find_card(&self, client: &str) -> anyhow::Result<String> {
        // Of the worker's own day or the team's; a lead may have no visits of her own.
        self.window.find("[data-testid='visit-card'], [data-testid='day-empty']").await?;
        let any = card_of(client);
        if self.window.count(&any).await? == 0 {
            self.window.tap_id("show-team").await?;
            self.window.find(&any).await?;
        }
        let unfinished = format!("{any}:not([data-state='finished'])");
        let card = if self.window.count(&unfinished).await? > 0 { unfinished } else { any };
        self.card_at(&card).await
    }

    /// The card of the visit that is next in the day's list.
    pub async fn next_card(&self) -> anyhow::Result<String> {
        self.card_at("[data-testid='visit-card'][data-next='true']").await
    }

    /// The same card by its visit, which stays when its state changes.
    async fn card_at(&self, css: &str) -> anyhow::Result<String> {
        let visit = self.window.attribute(css, "data-visit").await?;
        Ok(format!("[data-testid='visit-card'][data-visit='{visit}']"))
    }

    /// Goes from the day's list to a client's page.
    pub async fn open_client(&self, client: &str) -> anyhow::Result<()> {
        let card = self.find_card(client).await?;
        self.window.tap(&format!("{card} [data-testid='open-client']")).await
    }

    /// Goes from the day's list to a client's visit, and begins it if it isn't begun: one tap when
    /// it is the next one. Returns its card in the list.
    pub async fn begin_visit(&self, client: &str) -> anyhow::Result<String> {
        let card = self.find_card(client).await?;
        let [start, go_on, open] = ["start-visit", "continue-visit", "open-visit"]
            .map(|button| format!("{card} [data-testid='{button}']"));
        if self.window.count(&start).await? > 0 {
            self.window.tap(&start).await?;
        } else if self.window.count(&go_on).await? > 0 {
            self.window.tap(&go_on).await?;
        } else {
            self.window.tap(&open).await?;
            self.window.find(BEGUN_OR_NOT).await?;
            if self.window.count("[data-testid='start-visit']").await? > 0 {
                self.window.tap_id("start-visit").await?;
            }
        }
        self.window.get("review-and-sign").await?;
        Ok(card)
    }

    /// Gives the client's first goal another title, on the client's page.
    pub async fn retitle_goal(&self, title: &str) -> anyhow::Result<()> {
        self.window.tap_id("part-plan").await?;
        self.window.tap_id("edit-goal").await?;
        self.window.retype("goal-title", title).await?;
        self.window.tap_id("goal-discussed-client").await?;
        self.window.tap_id("save-goal").await?;
        self.window.see_where("[data-testid='goal']", title).await
    }

    /// Closes the app as its user would, and starts it again.
    pub async fn restart(self) -> anyhow::Result<Self> {
        let Self { window, network, folder, clock, display } = self;
        drop(window);
        let window = Window::open(display, folder.path(), &clock).await?;
        Ok(Self { window, network, folder, clock, display })
    }

    /// Kills the app's process, and starts it again.
    pub async fn kill_and_restart(self) -> anyhow::Result<Self> {
        let Self { window, network, folder, clock, display } = self;
        window.kill()?;
        let window = Window::open(display, folder.path(), &clock).await?;
        Ok(Self { window, network, folder, clock, display })
    }
}
