//! The desktop's key store: a real Secret Service, as the user who logs in has it.

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::{Display, PATIENCE};

/// What the service is called on the bus.
const NAME: &str = "org.freedesktop.secrets";

/// A key store, open for as long as this lives. What it keeps is encrypted in its folder.
pub struct KeyStore(Child);

impl KeyStore {
    /// Opens the key store of a folder for the apps on a desktop, as a log-in does.
    pub fn open(display: &Display, folder: &Path) -> anyhow::Result<Self> {
        let mut service = Command::new("gnome-keyring-daemon");
        display.show(&mut service);
        let mut service = service
            .args(["--foreground", "--unlock", "--components=secrets"])
            .arg("--control-directory")
            .arg(folder)
            .env("XDG_DATA_HOME", folder)
            .env("XDG_RUNTIME_DIR", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("gnome-keyring could not be started; `cargo xtask test` installs it")?;
        // The user's password; the end of the input is the end of it.
        service.stdin.take().context("no input")?.write_all(b"desktop")?;
        let store = Self(service);
        let began = Instant::now();
        while !is_there(display)? {
            ensure!(began.elapsed() < PATIENCE, "the key store does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(store)
    }
}

impl Drop for KeyStore {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether a key store answers on a desktop.
fn is_there(display: &Display) -> anyhow::Result<bool> {
    let mut question = Command::new("dbus-send");
    display.show(&mut question);
    let answer = question
        .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"])
        .arg("org.freedesktop.DBus.NameHasOwner")
        .arg(format!("string:{NAME}"))
        .output()
        .context("dbus-send could not be started; `cargo xtask test` installs it")?;
    Ok(String::from_utf8_lossy(&answer.stdout).contains("boolean true"))
}
