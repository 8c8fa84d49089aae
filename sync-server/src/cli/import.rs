//! `kjent-server import`: brings a team into the database.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use kjent_core::protocol::{Bundle, body};
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::import::import;

use super::office::Office;
use super::say;

/// The largest bundle, unpacked. It is an administrator's own file; the limit only keeps a damaged
/// one from filling the memory.
const MAX_UNPACKED: usize = 2 << 30;

#[derive(Args)]
pub(super) struct Import {
    #[command(flatten)]
    office: Office,
    /// The bundle's file.
    bundle: PathBuf,
}

impl Import {
    pub(super) fn run(self) -> Result<()> {
        let name = self.bundle.display();
        let packed = fs::read(&self.bundle).with_context(|| format!("cannot read {name}"))?;
        let bundle: Bundle = body::unpack(&packed, MAX_UNPACKED)
            .with_context(|| format!("{name} is not a bundle"))?;
        let imported = import(&mut self.office.open_new("import")?.0, &bundle, SystemClock.now())
            .with_context(|| format!("nothing of {name} was imported"))?;
        say(format_args!(
            "imported {} members, {} clients, {} documents and {} changes",
            imported.members, imported.clients, imported.documents, imported.changes
        ))
    }
}
