//! A worker with her tablet: a data folder, a network, and an app window on them.

use tempfile::TempDir;

use crate::network::Network;
use crate::server::Server;
use crate::tablet::PIN;
use crate::window::{Display, Window};

/// A worker.
pub struct Worker<'a> {
    /// The window of her app.
    pub window: Window,
    /// The network between it and the server.
    pub network: Network,
    folder: TempDir,
    display: &'a Display,
}

impl<'a> Worker<'a> {
    /// Starts the app for the first time, on an empty folder.
    pub async fn first_start(display: &'a Display, server: &Server) -> anyhow::Result<Self> {
        let network = Network::to(&server.address).await?;
        let folder = tempfile::tempdir()?;
        let window = Window::open(display, folder.path()).await?;
        Ok(Self { window, network, folder, display })
    }

    /// Enrols the tablet on the screen, and waits for the day's list.
    pub async fn enrol(&self, server: &Server, employee: &str) -> anyhow::Result<()> {
        self.enrol_without_visits(server, employee).await?;
        self.window.get("visit-card").await?;
        Ok(())
    }

    /// Enrols the tablet on the screen.
    pub async fn enrol_without_visits(
        &self,
        server: &Server,
        employee: &str,
    ) -> anyhow::Result<()> {
        self.window.type_into("server", &self.network.address).await?;
        self.window.type_into("code", &server.code(employee)?).await?;
        self.window.type_into("pin", PIN).await?;
        self.window.type_into("pin-again", PIN).await?;
        self.window.tap_id("enrol").await
    }

    /// Taps a PIN on the lock screen.
    pub async fn type_pin(&self, pin: &str) -> anyhow::Result<()> {
        for digit in pin.chars() {
            self.window.tap_id(&format!("pin-key-{digit}")).await?;
        }
        self.window.tap_id("unlock").await
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
        let sync = "return window.__TAURI__.core.invoke('sync_now', { request: {} })";
        self.window.execute(sync).await.map(|_| ())
    }

    /// Gives the client's first goal another title, on the client's page.
    pub async fn retitle_goal(&self, title: &str) -> anyhow::Result<()> {
        self.window.tap_id("edit-goal").await?;
        self.window.retype("goal-title", title).await?;
        self.window.tap_id("save-goal").await?;
        self.window.see_where("[data-testid='goal']", title).await
    }

    /// Closes the app as its user would, and starts it again.
    pub async fn restart(self) -> anyhow::Result<Self> {
        let Self { window, network, folder, display } = self;
        drop(window);
        let window = Window::open(display, folder.path()).await?;
        Ok(Self { window, network, folder, display })
    }

    /// Kills the app's process, and starts it again.
    pub async fn kill_and_restart(self) -> anyhow::Result<Self> {
        let Self { window, network, folder, display } = self;
        window.kill()?;
        let window = Window::open(display, folder.path()).await?;
        Ok(Self { window, network, folder, display })
    }
}
