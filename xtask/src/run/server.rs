//! The demo's sync server: fills its database, asks it for codes, starts it and ends it.

use std::{
    fs::{self, File},
    io::Write,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{paths, shell};

/// The server's own words, in the day's folder.
pub const LOG: &str = "server.log";
/// The employee number of the demo's team lead.
const LEAD: &str = "1010";
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// A server that ends when it is dropped.
pub struct Server {
    child: Child,
    /// As the app is told: `http://127.0.0.1:PORT`.
    pub address: String,
}

/// The server's program for the office's commands, which the demo's team lead runs.
fn office() -> Result<Command> {
    let mut command = Command::new(paths::program("kjent-server")?);
    command.env("KJENT_OPERATOR", LEAD);
    Ok(command)
}

/// Makes the demo team as of `today` and imports it.
pub fn fill(database: &Path, bundle: &Path, today: &str) -> Result<()> {
    shell::step(
        "Writing 30 days of demo history",
        Command::new(paths::program("kjent-demo")?)
            .args(["bundle", "--today", today, "--out"])
            .arg(bundle),
    )?;
    shell::step(
        "Importing it to the server",
        office()?.args(["import", "--database"]).arg(database).arg(bundle),
    )
}

/// Gives every worker an account with one password.
pub fn give_accounts(database: &Path, password: &str) -> Result<()> {
    let workers = shell::output(office()?.args(["workers", "--database"]).arg(database))?;
    for number in workers.lines().filter_map(|line| line.split('\t').next()) {
        let mut setting = office()?
            .args(["account", "set-password", "--worker", number, "--database"])
            .arg(database)
            .stdin(Stdio::piped())
            .spawn()
            .context("cannot start kjent-server")?;
        let mut input = setting.stdin.take().context("no standard input")?;
        input.write_all(password.as_bytes())?;
        drop(input);
        if !setting.wait()?.success() {
            bail!("The server gave worker {number} no account, for the reason above");
        }
    }
    Ok(())
}

/// A one-time code with which a tablet is enrolled.
pub fn code(database: &Path) -> Result<String> {
    shell::output(office()?.args(["code", "--database"]).arg(database)).context(
        "The server has no code. If its database is of an older version: cargo xtask run --fresh",
    )
}

impl Server {
    /// Starts it on loopback and waits until it listens. It takes the port of the last time if that
    /// is free, since the tablet has kept the address.
    pub fn start(database: &Path, folder: &Path) -> Result<Self> {
        let port_file = folder.join("port");
        let last_port = fs::read_to_string(&port_file).ok().as_deref().and_then(port_in);
        let port = last_port.filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
        if port_file.exists() {
            fs::remove_file(&port_file)?;
        }
        let log_path = folder.join(LOG);
        let log = File::create(&log_path)?;
        let child = shell::tied_to_xtask(paths::program("kjent-server")?)
            .args(["serve", "--database"])
            .arg(database)
            .args(["--listen", &format!("127.0.0.1:{}", port.unwrap_or(0))])
            .arg("--port-file")
            .arg(&port_file)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("cannot start kjent-server")?;
        let mut server = Self { child, address: String::new() };

        let started = Instant::now();
        while started.elapsed() < STARTS_WITHIN {
            if let Some(port) = fs::read_to_string(&port_file).ok().as_deref().and_then(port_in) {
                server.address = format!("http://127.0.0.1:{port}");
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                let said = fs::read_to_string(&log_path).unwrap_or_default();
                bail!("{said}\nThe server did not start ({status}), for the reason above");
            }
            thread::sleep(Duration::from_millis(20));
        }
        bail!(
            "The server did not start within {STARTS_WITHIN:?}; {} may say why",
            log_path.display()
        )
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already. Its database is made for being killed at any moment.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port, given alone or as the end of an address; nothing while the file is still empty.
fn port_in(content: &str) -> Option<u16> {
    content.trim().rsplit(':').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_in;

    #[test]
    fn reads_a_port_alone_or_in_an_address() {
        for (content, port) in [
            ("8080\n", Some(8080)),
            ("127.0.0.1:8080\n", Some(8080)),
            ("http://127.0.0.1:8080\n", Some(8080)),
            ("8080", Some(8080)),
            ("", None),
        ] {
            assert_eq!(port_in(content), port, "{content:?}");
        }
    }
}
