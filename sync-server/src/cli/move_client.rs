//! `kjent-server move-client`: moves a client, with everything about them, to another team.

use anyhow::{Result, bail};
use clap::Args;
use kjent_core::access::AccessAct;
use kjent_core::ids::ClientId;
use kjent_server::access::note_of_office;
use kjent_server::clock::{Clock, SystemClock};

use super::office::Office;
use super::{say, team};

#[derive(Args)]
pub(super) struct MoveClient {
    #[command(flatten)]
    office: Office,
    /// The client's id.
    #[arg(long, value_name = "ID")]
    client: ClientId,
    /// The team that serves the client from now on: its id or its name.
    #[arg(long, value_name = "TEAM")]
    to: String,
}

impl MoveClient {
    pub(super) fn run(self) -> Result<()> {
        let client = self.client;
        let (mut store, operator) = self.office.open("move-client")?;
        let name = store.write(|records| {
            let team = team::find(records, &self.to)?;
            if records.client(client)?.is_none() {
                bail!("there is no client {client}");
            }
            let now = SystemClock.now();
            if !records.move_client(client, team.id, now)? {
                bail!("client {client} is in {} already", team.name);
            }
            note_of_office(records, (AccessAct::Moved, ""), Some(client), operator, now)?;
            Ok(team.name)
        })?;
        say(format_args!("{name} serves client {client} from now on"))
    }
}
