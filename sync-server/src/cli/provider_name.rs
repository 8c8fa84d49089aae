//! `kjent-server provider-name`: what the identity provider calls a worker.

use std::io;

use anyhow::{Context, Result, bail};
use clap::Args;
use kjent_server::store::{Records, StoreError};

use super::office::Office;

#[derive(Args)]
pub(super) struct ProviderName {
    #[command(flatten)]
    office: Office,
    /// The worker's employee number.
    #[arg(long, value_name = "NUMBER")]
    worker: String,
    /// Forget the name that was told before, instead of reading one.
    #[arg(long)]
    forget: bool,
}

impl ProviderName {
    pub(super) fn run(self) -> Result<()> {
        let (mut store, _) = self.office.open("provider-name")?;
        let worker = store
            .read(|records: &Records<'_>| records.worker_by_number(self.worker.trim()))?
            .context("there is no worker with that employee number")?;
        if self.forget {
            store.write::<_, StoreError>(|records| records.untie_provider_name(worker))?;
            return Ok(());
        }
        // Not an argument: those are seen in the list of processes and kept in the shell's history.
        let mut name = String::new();
        io::stdin().read_line(&mut name).context("cannot read the name")?;
        if name.trim().is_empty() {
            bail!(
                "type the claim's value, as the identity provider gives it, on the standard input"
            );
        }
        store.write::<_, StoreError>(|records| records.tie_provider_name(&name, worker))?;
        Ok(())
    }
}
