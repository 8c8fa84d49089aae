//! A desktop that nobody sees: a display, the session's bus, by which the app's second start finds its
//! first, and a browser that is the test's.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;

use super::PATIENCE;

/// A desktop, for as long as this lives.
pub struct Display {
    xvfb: Child,
    bus: Child,
    /// Where the app finds both.
    name: String,
    bus_address: String,
    /// Where the program lies that is asked to open a browser, and the bus.
    folder: TempDir,
    /// Hears which address is to be opened.
    browser: TcpListener,
}

impl Display {
    /// Starts one with a number that is free.
    pub fn start() -> anyhow::Result<Self> {
        let xvfb = ["-displayfd", "1", "-screen", "0", "1400x1400x24", "-nolisten", "tcp"];
        let (xvfb, number) = named(Command::new("Xvfb").args(xvfb))?;
        let folder = tempfile::tempdir()?;
        let settings = folder.path().join("bus.conf");
        fs::write(&settings, BUS.replace("FOLDER", &folder.path().to_string_lossy()))?;
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--nofork", "--print-address"]).arg("--config-file").arg(&settings);
        let (bus, bus_address) = named(&mut bus)?;
        let browser = TcpListener::bind("127.0.0.1:0")?;
        browser.set_nonblocking(true)?;
        let opener = folder.path().join("xdg-open");
        fs::write(&opener, OPENER.replace("PORT", &browser.local_addr()?.port().to_string()))?;
        fs::set_permissions(&opener, Permissions::from_mode(0o755))?;
        Ok(Self { xvfb, bus, name: format!(":{number}"), bus_address, folder, browser })
    }

    /// Has a program appear here.
    pub fn show(&self, program: &mut Command) {
        let path = std::env::var("PATH").unwrap_or_default();
        program
            .env("DISPLAY", &self.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus_address)
            .env("PATH", format!("{}:{path}", self.folder.path().display()));
    }

    /// The address that an app opens in the browser.
    pub async fn browser_opens(&self) -> anyhow::Result<String> {
        let browser = tokio::net::TcpListener::from_std(self.browser.try_clone()?)?;
        let asked = tokio::time::timeout(PATIENCE, browser.accept()).await;
        let (mut asked, _) = asked.context("no app opened the browser")??;
        let mut address = String::new();
        asked.read_to_string(&mut address).await?;
        Ok(address)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        for child in [&mut self.xvfb, &mut self.bus] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A bus of its own, which starts nothing.
const BUS: &str = r#"<busconfig>
    <type>session</type>
    <listen>unix:dir=FOLDER</listen>
    <auth>EXTERNAL</auth>
    <policy context="default">
        <allow send_destination="*"/>
        <allow own="*"/>
    </policy>
</busconfig>"#;

/// What an app asks to open a browser: tells the test.
const OPENER: &str = r#"#!/usr/bin/env bash
printf '%s' "$1" > /dev/tcp/127.0.0.1/PORT
"#;

/// Starts what tells its name in its first line.
fn named(program: &mut Command) -> anyhow::Result<(Child, String)> {
    let child = program.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.with_context(|| {
        format!("{program:?} could not be started; `cargo xtask test` installs it")
    })?;
    let mut name = String::new();
    BufReader::new(child.stdout.take().context("no output")?).read_line(&mut name)?;
    let name = name.trim().to_owned();
    ensure!(!name.is_empty(), "{program:?} told no name");
    Ok((child, name))
}
