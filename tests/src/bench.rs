//! The measurements of `cargo xtask bench`. They print figures with the floors beside them, and
//! judge nothing.
//!
//! W1 *shift*, W2 *new tablet*, W3 *storm* and W4 *save* measure the real tablet against the real
//! server process; `app` measures what a worker waits for. Every tablet is the product's own, used
//! through what it offers the app.

pub mod alone;
pub mod app;
pub mod figures;
pub mod filling;
pub mod floor;
pub mod process;
pub mod save;
pub mod shift;
pub mod storm;
pub mod tablet;
pub mod team;
pub mod text;
pub mod work;

use std::path::Path;

use chrono::NaiveDate;
use kjent_core::oslo;
use kjent_core::time::Timestamp;

use figures::{Figures, say};

/// A part of the sync figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// A shift.
    W1,
    /// A new tablet, and W4 on it.
    W2,
    /// The storms.
    W3,
}

/// The sync figures, printed, and as JSON in a file if one is named.
pub async fn sync(json: Option<&Path>) -> anyhow::Result<()> {
    let w1 = shift::measure().await?;
    let (w2, w4) = filling_and_save().await?;
    let w3 = storm::measure().await?;
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&Figures { w1, w2, w3, w4 })?;
        std::fs::write(path, format!("{text}\n"))?;
        say(&format!("The same figures are in {}.", path.display()))?;
    }
    Ok(())
}

/// One part of them, printed.
pub async fn only(part: Part) -> anyhow::Result<()> {
    match part {
        Part::W1 => shift::measure().await.map(drop),
        Part::W2 => filling_and_save().await.map(drop),
        Part::W3 => storm::measure().await.map(drop),
    }
}

/// W2, and W4 on the tablet that it filled.
async fn filling_and_save() -> anyhow::Result<(figures::Filling, figures::Save)> {
    let folder = tempfile::tempdir()?;
    let tablet = folder.path().join("tablet");
    let w2 = filling::measure(folder.path(), &tablet).await?;
    Ok((w2, save::measure(&tablet).await?))
}

/// Today, as the server has it: it asks the machine's clock.
fn today() -> NaiveDate {
    oslo::day(Timestamp::from(chrono::Utc::now()))
}
