//! Packages of the operating system: which are needed for what, and their installation on Debian
//! and its relatives. On other systems it only says what is missing.

use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// To build the app: the webview, its icons, and OpenSSL's headers for SQLCipher.
const NATIVE: &[&str] = &[
    "build-essential",
    "libdbus-1-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
];

/// To drive the app's window where there is no display, with the bus and the key store that a desktop
/// has.
const WINDOW: &[&str] = &["dbus", "gnome-keyring", "webkit2gtk-driver", "xvfb"];

/// What a native build needs.
pub fn native() -> Result<()> {
    if cfg!(target_os = "linux") { install("build the app", NATIVE) } else { Ok(()) }
}

/// What a window without a display needs.
pub fn window() -> Result<()> {
    if cfg!(target_os = "linux") {
        return install("show windows without a display", WINDOW);
    }
    bail!(
        "Windows without a display need Xvfb and WebKitWebDriver, which only Linux has: use cargo xtask run."
    )
}

/// What counting fsyncs needs.
pub fn tracing() -> Result<()> {
    if shell::exists("strace") {
        return Ok(());
    }
    if cfg!(target_os = "linux") {
        return install("count fsyncs", &["strace"]);
    }
    bail!("strace is on Linux only")
}

/// Installs what is missing of `packages`; `purpose` completes the sentence "needed to …".
pub fn install(purpose: &str, packages: &[&str]) -> Result<()> {
    if !shell::exists("dpkg-query") {
        return check_elsewhere(purpose, packages);
    }
    let missing = missing(packages)?;
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let is_root = shell::output(Command::new("id").arg("-u"))? == "0";
    if !is_root && shell::output(Command::new("sudo").args(["-n", "true"])).is_err() {
        bail!(
            "These packages are needed to {purpose}; install them, then start again:\n\n    sudo apt-get install {list}"
        );
    }
    // One source that doesn't answer need not matter; if it does, the next step says so.
    if shell::step("Reading the list of system packages", apt(is_root).arg("update")).is_err() {
        eprintln!("  Some sources of packages did not answer; going on with those that did.");
    }
    shell::step(
        &format!("Installing system packages to {purpose}"),
        apt(is_root).args(["install", "-y", "--no-install-recommends"]).args(&missing),
    )
}

/// Those of `packages` that dpkg does not have installed.
pub fn missing(packages: &[&str]) -> Result<Vec<String>> {
    // dpkg-query fails when it doesn't know one of them, and prints the others all the same.
    let output = Command::new("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(packages)
        .output()?;
    let known = String::from_utf8_lossy(&output.stdout);
    let is_installed =
        |package: &str| known.lines().any(|line| line == format!("{package} installed"));
    Ok(packages.iter().filter(|name| !is_installed(name)).map(|&name| name.to_owned()).collect())
}

fn apt(is_root: bool) -> Command {
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        command.args(["-n", "env"]);
    }
    // apt asks questions unless told otherwise; and it is to wait for another apt, not to fail.
    command.args([
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=300",
        "-q",
    ]);
    command
}

/// Not Debian: believe a system that has what the packages bring, and name them otherwise.
fn check_elsewhere(purpose: &str, packages: &[&str]) -> Result<()> {
    let has_it = if packages == NATIVE {
        shell::output(Command::new("pkg-config").args([
            "--exists",
            "webkit2gtk-4.1",
            "librsvg-2.0",
            "openssl",
            "dbus-1",
        ]))
        .is_ok()
    } else {
        packages == WINDOW
            && shell::exists("dbus-daemon")
            && shell::exists("Xvfb")
            && shell::exists("WebKitWebDriver")
    };
    if has_it {
        return Ok(());
    }
    bail!(
        "To {purpose}, install what Debian calls {}; this system has no apt, so it can't be done for you.",
        packages.join(", ")
    )
}
