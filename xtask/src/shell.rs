//! Runs other programs, and says what is going on meanwhile.
//!
//! A step is one line: what, for how long, and the last thing the program said. Its whole output is
//! shown only when it fails. Where nobody watches (CI), a step says every half minute that it lives.

mod progress;

pub use progress::seconds;

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use progress::Progress;

/// A command of cargo, without the variables that `cargo run` set for xtask alone: some build
/// scripts watch them, and would run again each time that the same build is started by hand.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    forget_cargo_run(&mut command);
    command
}

/// Takes away what `cargo run` set for xtask.
pub fn forget_cargo_run(command: &mut Command) {
    command.env_remove("LD_LIBRARY_PATH");
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
}

/// Runs it as a step with a progress line. What it said is shown if it fails.
pub fn step(title: &str, command: &mut Command) -> Result<()> {
    let mut progress = Progress::start(title);
    let (said, heard) = mpsc::channel();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{title}: cannot start {}", name_of(command)))?;
    listen(child.stdout.take(), said.clone());
    listen(child.stderr.take(), said);

    let mut transcript = Vec::new();
    loop {
        match heard.recv_timeout(Duration::from_millis(120)) {
            Ok(line) => {
                progress.says(&line);
                if !is_routine(&line) {
                    transcript.push(line);
                }
            }
            Err(RecvTimeoutError::Timeout) => progress.ticks(),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if child.wait()?.success() {
        progress.done();
        return Ok(());
    }
    progress.failed();
    bail!(
        "{}\n\n{title}: {} failed, with the output above",
        transcript.join("\n"),
        name_of(command)
    )
}

/// Does something short as a step with a progress line.
pub fn short_step<T>(title: &str, act: impl FnOnce() -> Result<T>) -> Result<T> {
    let progress = Progress::start(title);
    let outcome = act();
    match &outcome {
        Ok(_) => progress.done(),
        Err(_) => progress.failed(),
    }
    outcome
}

/// Runs it with the terminal as its own, for programs whose output is the point.
pub fn in_the_open(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", name_of(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", name_of(command));
    }
    Ok(())
}

/// What it prints, trimmed.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", name_of(command)))?;
    if !output.status.success() {
        bail!("{} failed: {}", name_of(command), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether the program can be started at all.
pub fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// A program that must not outlive xtask. Ctrl-C reaches it by itself, being in the same process
/// group; for every other end of xtask the kernel is asked, where util-linux can ask it.
pub fn tied_to_xtask(program: impl AsRef<std::ffi::OsStr>) -> Command {
    if fs::metadata("/usr/bin/setpriv").is_err() {
        return Command::new(program);
    }
    let mut command = Command::new("/usr/bin/setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(program);
    command
}

fn listen(stream: Option<impl Read + Send + 'static>, said: Sender<String>) {
    let Some(stream) = stream else { return };
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            if said.send(line).is_err() {
                return;
            }
        }
    });
}

/// What cargo says of every package. It would bury the one that failed.
fn is_routine(line: &str) -> bool {
    ["Compiling ", "Checking ", "Downloading ", "Downloaded "]
        .iter()
        .any(|word| line.trim_start().starts_with(word) && line.starts_with("  "))
}

fn name_of(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    program.rsplit('/').next().unwrap_or(&program).to_owned()
}
