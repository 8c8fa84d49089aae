//! The identity provider's settings, and what it calls workers.

use std::io::Write;
use std::process::Stdio;

use anyhow::{Context, Result};
use kjent_core::ids::WorkerId;
use kjent_server::store::{Store, StoreError};

use super::{bundle_file, program, run, stderr, stdout, text};
use crate::world::{HELPER, ours};

#[test]
fn a_provider_that_is_not_named_well_is_refused_at_the_start() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = text(&folder.path().join("server.db"))?;
    let serve = ["serve", "--database", &database];
    let with = |more: &[&'static str]| [&serve[..], more].concat();
    let clear = ["--oidc-issuer", "http://login.example.no", "--oidc-client-id", "kjent"];
    let said = stderr(&with(&clear))?;
    let sentence = "kjent-server: cannot use the identity provider: the issuer must be asked over \
                    https; http is for this machine alone\n";
    assert_eq!(said, sentence);
    let secret = ["--oidc-client-secret-file", "there is no such file"];
    let said = stderr(&with(&[&clear[..], &secret].concat()))?;
    assert!(said.starts_with("kjent-server: cannot read there is no such file"), "{said}");
    for half in
        [&["--oidc-issuer", "https://a"][..], &["--oidc-client-id", "a"], &["--no-passwords"]]
    {
        assert_eq!(run(&with(half))?.status.code(), Some(2), "{half:?}");
    }
    Ok(())
}

#[test]
fn the_office_says_what_the_provider_calls_a_worker() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("server.db");
    let database = text(&file)?;
    let bundle = bundle_file(folder.path(), "team.bundle", &ours()?)?;
    stdout(&["import", "--database", &database, &bundle])?;
    let helper = HELPER.to_string();
    let command = ["provider-name", "--database", &database, "--worker", &helper];
    let named = |name: &str| -> Result<Option<WorkerId>> {
        let mut store = Store::open_existing(&file)?;
        Ok(store.read::<_, StoreError>(|records| records.worker_by_provider_name(name))?)
    };
    let tell = |name: &str| -> Result<bool> {
        let mut child =
            program().args(command).stdin(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        // It may have ended before it reads.
        let _ = child.stdin.take().context("no input")?.write_all(name.as_bytes());
        Ok(child.wait()?.success())
    };
    let worker = named(&helper)?;
    assert!(worker.is_some() && named("12345678901")?.is_none());
    assert!(!tell(" \n")?);
    assert!(tell("12345678901\n")?);
    assert_eq!(named("12345678901")?, worker);
    // The number itself still names the worker.
    assert_eq!(named(&helper)?, worker);
    // A worker has one such name, and it is nowhere to be read.
    assert!(tell("10987654321\n")?);
    assert_eq!((named("12345678901")?, named("10987654321")?), (None, worker));
    let bytes = std::fs::read(&file)?;
    assert!(!bytes.windows(11).any(|bytes| bytes == b"10987654321"));
    stdout(&[&command[..], &["--forget"]].concat())?;
    assert!(named("10987654321")?.is_none());
    let said = stderr(&["provider-name", "--database", &database, "--worker", "999"])?;
    assert_eq!(said, "kjent-server: there is no worker with that employee number\n");
    Ok(())
}
