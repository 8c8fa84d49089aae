//! The real server as a process, with its real database.

mod own_clock;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};
use kjent_core::protocol::{Bundle, body};

use crate::access::{Access, PASSWORD};
use crate::day::INGVILD;
use crate::programs::program;
pub use own_clock::OwnClockServer;

/// The server's program for one of the office's commands, which the team lead runs.
pub fn office_command() -> anyhow::Result<Command> {
    let mut command = Command::new(program("kjent-server")?);
    command.env("KJENT_OPERATOR", INGVILD);
    Ok(command)
}

/// Imports teams into a new database in the folder.
pub fn import(folder: &Path, bundles: &[Bundle]) -> anyhow::Result<PathBuf> {
    let file = folder.join("team.kjent");
    let database = folder.join("server.db");
    for bundle in bundles {
        std::fs::write(&file, body::pack(bundle)?)?;
        let mut import = office_command()?;
        run(import.arg("import").arg("--database").arg(&database).arg(&file))?;
    }
    Ok(database)
}

/// A server process. It is killed when this is dropped.
pub struct Server {
    child: Child,
    database: PathBuf,
    /// Such as `127.0.0.1:40123`.
    pub address: String,
}

impl Server {
    /// Imports a team into a new database in the folder, and starts a server on it.
    pub fn with_team(folder: &Path, bundle: &Bundle) -> anyhow::Result<Self> {
        Self::with_teams(folder, std::slice::from_ref(bundle))
    }

    /// The same with several teams.
    pub fn with_teams(folder: &Path, bundles: &[Bundle]) -> anyhow::Result<Self> {
        Self::start(&import(folder, bundles)?)
    }

    /// Starts a server on a database that is there.
    pub fn start(database: &Path) -> anyhow::Result<Self> {
        Self::start_with(database, &[])
    }

    /// The same with more options of the command line.
    pub fn start_with(database: &Path, options: &[&str]) -> anyhow::Result<Self> {
        let mut child = Command::new(program("kjent-server")?)
            .args(["serve", "--listen", "127.0.0.1:0", "--database"])
            .arg(database)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        let said = child.stdout.take().context("no standard output")?;
        BufReader::new(said).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on ").map(str::to_owned);
        let address = address.with_context(|| format!("the server said {line:?}"))?;
        Ok(Self { child, database: database.to_owned(), address })
    }

    /// A one-time code for a device, and an account for the worker with this employee number.
    pub fn code(&self, employee: &str) -> anyhow::Result<Access> {
        let mut account = office_command()?
            .args(["account", "set-password", "--worker", employee, "--database"])
            .arg(&self.database)
            .stdin(Stdio::piped())
            .spawn()?;
        account.stdin.take().context("no standard input")?.write_all(PASSWORD.as_bytes())?;
        ensure!(account.wait()?.success(), "no account for {employee}");
        let code = self.office("code", &[])?;
        Ok(Access { code: code.trim().to_owned(), employee: employee.to_owned() })
    }

    /// Runs one of the office's commands on the server's database; what it says.
    pub fn office(&self, command: &str, options: &[&str]) -> anyhow::Result<String> {
        run(office_command()?.arg(command).arg("--database").arg(&self.database).args(options))
    }

    /// How the system names the process.
    pub fn process(&self) -> String {
        self.child.id().to_string()
    }

    /// The path of the database.
    pub fn database(&self) -> &Path {
        &self.database
    }

    /// Kills the process as a power cut would.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Tells the process to end, and waits until it has.
    pub fn end(&mut self) -> anyhow::Result<()> {
        let told = Command::new("kill").arg(self.child.id().to_string()).status()?;
        ensure!(told.success(), "the server could not be told to end");
        ensure!(self.child.wait()?.success(), "the server did not end well");
        Ok(())
    }

    /// Kills the process as a power cut would, and starts another on the same database.
    pub fn kill_and_restart(self) -> anyhow::Result<Self> {
        let database = self.database.clone();
        drop(self);
        Self::start(&database)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(command: &mut Command) -> anyhow::Result<String> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().context("no standard output")?.read_to_string(&mut out)?;
    child.stderr.take().context("no standard error")?.read_to_string(&mut err)?;
    ensure!(child.wait()?.success(), "{command:?} failed: {err}");
    Ok(out)
}
