//! How the driver starts the app: this program notes the time, goes into the slow group if there is
//! one, and becomes the app.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// The command that the benchmark starts itself with.
pub const COMMAND: &str = "launch";

/// What to start, and where to note when.
#[derive(Debug, clap::Args)]
pub struct Launch {
    /// The file for the time, in milliseconds since 1970.
    #[arg(long)]
    note: PathBuf,
    /// The file that takes a process into the slow group.
    #[arg(long)]
    group: Option<PathBuf>,
    /// The app.
    app: PathBuf,
}

impl Launch {
    /// The words of the command.
    pub fn words(note: &Path, group: Option<&Path>, app: &Path) -> Vec<OsString> {
        let mut words: Vec<OsString> = vec![COMMAND.into(), "--note".into(), note.into()];
        if let Some(group) = group {
            words.extend(["--group".into(), group.into()]);
        }
        words.push(app.into());
        words
    }

    /// Becomes the app; returns only if that fails.
    pub fn run(&self) -> anyhow::Result<()> {
        if let Some(group) = &self.group {
            std::fs::write(group, std::process::id().to_string())?;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        std::fs::write(&self.note, (now.as_secs_f64() * 1000.0).to_string())?;
        Err(Command::new(&self.app).exec().into())
    }
}
