//! A tablet whose platform has a key store: the secret that a PIN needs lies there and not in the data
//! folder, so a copied folder is worthless, and a key store that is away for a while costs nothing.

use std::path::Path;

use anyhow::ensure;

use super::Stage;
use crate::day::ANNE;
use crate::tablet::PIN;
use crate::window::{Display, KeyStore};
use crate::worker::Worker;

const CLIENT: &str = "line-danser";
const NOTE: &str = "Hun lo da vi danset til kjøk";
const NEW_PIN: &str = "905738";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.say("Anne enrols a tablet that has a key store, and writes half a note.");
    let desktop = Display::start()?;
    let keys = tempfile::tempdir()?;
    let key_store = KeyStore::open(&desktop, keys.path())?;
    let mut anne = Worker::first_start(&desktop, &stage.morning).await?;
    anne.enrol_without_visits(&stage.morning.server.code(ANNE)?).await?;
    anne.see_state("up_to_date").await?;
    anne.begin_visit(CLIENT).await?;
    anne.window.type_into("note-observation", NOTE).await?;
    anne.see_saved().await?;
    ensure!(!lies_beside(anne.folder())?, "a profile's secret lies in the data folder");
    ensure!(holds_a_file(keys.path())?, "the key store has kept nothing");

    stage.say("She locks it and opens it, now and after a restart. Nothing is said about a missing store.");
    anne.window.tap_id("lock-now").await?;
    anne.window.see("unlock-title", "AN").await?;
    ensure!(anne.window.count("[data-testid='no-key-store']").await? == 0, "a store is missed");
    anne.type_pin(PIN).await?;
    anne.window.see("note-observation", NOTE).await?;
    anne = anne.kill_and_restart().await?;
    anne.type_pin(PIN).await?;
    anne.begin_visit(CLIENT).await?;
    anne.window.see("note-observation", NOTE).await?;

    stage.say("The key store does not start one morning. The app says so, and takes no PIN for a wrong one.");
    drop(key_store);
    anne = anne.restart().await?;
    anne.window.see("unlock-title", "AN").await?;
    anne.window.see("locked-out", "nøkkellager svarer ikke").await?;
    stage.picture_both(&anne, "the key store is away").await?;
    let key_store = KeyStore::open(&desktop, keys.path())?;
    anne = anne.restart().await?;
    anne.type_pin(PIN).await?;
    anne.begin_visit(CLIENT).await?;
    anne.window.see("note-observation", NOTE).await?;

    stage.say("The folder turns up where the key store is another's. No PIN is taken there.");
    drop(key_store);
    let others = tempfile::tempdir()?;
    let _key_store = KeyStore::open(&desktop, others.path())?;
    anne = anne.restart().await?;
    anne.window.see("locked-out", "virker ikke lenger").await?;
    stage.picture_both(&anne, "the key is lost").await?;

    stage.say("Only Anne herself, logged in at the server again, gets in. Every word is there.");
    anne.log_in_again(&stage.morning.server.code(ANNE)?, NEW_PIN).await?;
    anne.begin_visit(CLIENT).await?;
    anne.window.see("note-observation", NOTE).await?;
    ensure!(!lies_beside(anne.folder())?, "a profile's secret lies in the data folder");
    ensure!(holds_a_file(others.path())?, "the other key store has kept nothing");
    Ok(())
}

/// Whether the data folder holds a secret of a profile's. The device's may be there: it opens nothing,
/// and without it nobody could log in again after a key store is lost.
fn lies_beside(data: &Path) -> anyhow::Result<bool> {
    for entry in std::fs::read_dir(data.join("profiles"))? {
        if entry?.path().join("key-store").exists() {
            return Ok(true);
        }
    }
    let names = std::fs::read_dir(data.join("key-store"))?;
    Ok(names.filter_map(Result::ok).any(|entry| entry.file_name() != "device"))
}

/// Whether a key store has a file of keys in its folder.
fn holds_a_file(folder: &Path) -> anyhow::Result<bool> {
    Ok(std::fs::read_dir(folder.join("keyrings"))?.next().is_some())
}
