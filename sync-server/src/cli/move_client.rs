//! `kjent-server move-client`: moves a client, with everything about them, to another team.

use anyhow::{Result, bail};
use clap::Args;
use kjent_core::access::AccessAct;
use kjent_core::ids::{ClientId, TeamId};
use kjent_core::oslo;
use kjent_core::team::Team;
use kjent_core::time::Timestamp;
use kjent_server::access::note_of_office;
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::store::Records;

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
    /// Moves the client also when entries that the client restricts have no reader in the new team.
    /// Nobody there reads them then, nor can open them to anybody.
    #[arg(long)]
    leave_unread: bool,
}

impl MoveClient {
    pub(super) fn run(self) -> Result<()> {
        let client = self.client;
        let (mut store, operator) = self.office.open("move-client")?;
        let name = store.write(|records| {
            let team = team::find(records, &self.to)?;
            let Some(known) = records.client(client)? else {
                bail!("there is no client {client}");
            };
            let now = SystemClock.now();
            let unread = without_reader(records, (client, known.team), &team, now)?;
            if unread > 0 && !self.leave_unread {
                bail!(
                    "nobody in {} reads {unread} of the entries that the client restricts: \
                     have a reader open them to somebody there first, or say --leave-unread",
                    team.name
                );
            }
            if !records.move_client(client, team.id, now)? {
                bail!("client {client} is in {} already", team.name);
            }
            note_of_office(records, (AccessAct::Moved, ""), Some(client), operator, now)?;
            Ok(team.name)
        })?;
        say(format_args!("{name} serves client {client} from now on"))
    }
}

/// How many entries that the client restricts would have no reader in a team.
fn without_reader(
    records: &Records<'_>,
    (client, from): (ClientId, TeamId),
    to: &Team,
    now: Timestamp,
) -> Result<usize> {
    let today = oslo::day(now);
    let there = |worker| to.members.iter().any(|it| it.worker == worker && it.is_member_on(today));
    let mut entries = records.restricted_in(from)?;
    entries.retain(|(document, readers)| {
        let mut open = readers.iter().filter(|row| row.until.is_none());
        document.client == client && !open.any(|row| row.worker.is_none_or(there))
    });
    Ok(entries.len())
}
