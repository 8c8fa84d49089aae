//! The real process: what it says when it starts, how it ends, and what is left when it is killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use kjent_core::protocol::Outcome;
use kjent_server::clock::SystemClock;

use crate::cli::{bundle_file, run, stdout, text};
use crate::device::Device;
use crate::tablet::{Tablet, journal};
use crate::world::{HELPER, NURSE, client, ours};

/// A server process that is killed when the test ends.
struct Process {
    child: Child,
    address: String,
}

impl Process {
    fn start(database: &str, port_file: &Path) -> Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kjent-server"))
            .args(["serve", "--database", database, "--listen", "127.0.0.1:0", "--port-file"])
            .arg(port_file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut said = String::new();
        BufReader::new(child.stdout.take().context("no stdout")?).read_line(&mut said)?;
        let address = said.trim().strip_prefix("listening on ").context(said.clone())?;
        let port = std::fs::read_to_string(port_file)?;
        ensure!(address == format!("127.0.0.1:{}", port.trim()), "{address} {port}");
        Ok(Self { child, address: format!("http://{address}") })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_killed_server_has_kept_everything_that_it_acknowledged() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = text(&folder.path().join("server.db"))?;
    let port_file = folder.path().join("port");
    let bundle = bundle_file(folder.path(), "team.bundle", &ours()?)?;
    stdout(&["import", "--database", &database, &bundle])?;
    let http = crate::world::http()?;
    let enrol = async |address: &str, worker: u128| {
        let number = worker.to_string();
        let set = ["account", "set-password", "--generate", "--database", &database, "--worker"];
        let password = stdout(&[&set[..], &[&number]].concat())?;
        let mut device = Device::new(&http, address, Arc::new(SystemClock))?;
        device.enrol(&stdout(&["code", "--database", &database])?).await?;
        let answer = device.log_in(&number, password.trim(), None).await?.message()?;
        anyhow::Ok(Tablet::new(device, answer))
    };
    let mut process = Process::start(&database, &port_file)?;
    let mut nurse = enrol(&process.address, NURSE).await?;
    for round in 0..5 {
        nurse.device.server.clone_from(&process.address);
        nurse.note(client(1), &format!("runde {round}"))?;
        let answer = nurse.sync().await?;
        assert_eq!(answer.outcomes, [Outcome::Accepted(3 + round)]);
        // SIGKILL: nothing in the process gets to tidy up.
        process.child.kill()?;
        process.child.wait()?;
        process = Process::start(&database, &port_file)?;
    }
    let mut helper = enrol(&process.address, HELPER).await?;
    let answer = helper.sync().await?;
    assert_eq!(answer.teams[0].through, 2 + 5);
    let journal = journal(client(1));
    assert_eq!(helper.document(journal).facts().len(), 5);
    assert_eq!(helper.document(journal).heads(), nurse.document(journal).heads());
    assert_eq!(*answer.teams[0].digest, helper.digest(&[client(1), client(2)]));
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_ends_well() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = text(&folder.path().join("server.db"))?;
    for signal in ["-TERM", "-INT"] {
        let mut process = Process::start(&database, &folder.path().join("port"))?;
        let id = process.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status()?.success());
        assert!(process.child.wait()?.success());
    }
    Ok(())
}

#[test]
fn plain_http_is_not_offered_to_other_machines() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = text(&folder.path().join("server.db"))?;
    let output = run(&["serve", "--database", &database, "--listen", "0.0.0.0:0"])?;
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr)?;
    assert!(said.contains("0.0.0.0:0 can be reached from other machines"), "{said}");
    assert!(!folder.path().join("server.db").exists());
    Ok(())
}

#[test]
fn a_file_that_is_no_database_is_named() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = text(&folder.path().join("server.db"))?;
    std::fs::write(&database, "Dette er en handleliste, og ingen database. ".repeat(50))?;
    let output = run(&["workers", "--database", &database])?;
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr)?;
    let expected = "the database failed: file is not a database\n";
    assert_eq!(said, format!("kjent-server: cannot use the database {database}: {expected}"));
    let kept = std::fs::read_to_string(&database)?;
    assert!(kept.starts_with("Dette er en handleliste"));
    Ok(())
}
