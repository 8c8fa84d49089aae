//! `kjent-server tablets`, `revoke` and `lost-report`: what is out there, and what to do when a
//! tablet is lost.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use clap::Args;
use kjent_core::access::AccessAct;
use kjent_core::ids::{ClientId, DeviceId, TabletId};
use kjent_server::access::note_of_office;
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::store::{FleetRow, Records};

use super::office::Office;
use super::{clock_time, say};

/// What the report says of the lock, which the server can't see.
const ABOUT_THE_LOCK: &str = "Whether it was locked is not known here: the app locks two minutes after \
     the last touch, and what it holds is encrypted until the PIN opens it.";

#[derive(Args)]
pub(super) struct Tablets {
    #[command(flatten)]
    office: Office,
}

impl Tablets {
    pub(super) fn run(self) -> Result<()> {
        for row in self.office.open("tablets")?.0.read(|records| records.fleet())? {
            say(format_args!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                row.employee_number,
                row.tablet,
                row.device,
                row.device_name,
                clock_time(row.enrolled),
                last_contact(&row),
                row.clients,
                state(&row),
            ))?;
        }
        Ok(())
    }
}

#[derive(Args)]
pub(super) struct Revoke {
    #[command(flatten)]
    office: Office,
    #[command(flatten)]
    which: Which,
    /// Let it in again instead, when it was found or the worker is back.
    #[arg(long)]
    undo: bool,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Which {
    /// One worker's profile on one device.
    #[arg(long, value_name = "ID")]
    tablet: Option<TabletId>,
    /// A device, with every profile on it.
    #[arg(long, value_name = "ID")]
    device: Option<DeviceId>,
    /// Every profile of the worker with this employee number.
    #[arg(long, value_name = "NUMBER")]
    worker: Option<String>,
}

impl Revoke {
    pub(super) fn run(self) -> Result<()> {
        let Self { office, which, undo } = self;
        let now = SystemClock.now();
        let done = office.open("revoke")?.0.write(|records| {
            if let Some(device) = which.device {
                let at = (!undo).then_some(now);
                return Ok(usize::from(records.set_device_revoked(device, at)?));
            }
            let mut done = 0;
            for tablet in tablets(records, &which)? {
                let changed = if undo {
                    records.let_tablet_in(tablet)?
                } else {
                    records.revoke_tablet(tablet, now)?
                };
                done += usize::from(changed);
            }
            Ok::<_, anyhow::Error>(done)
        })?;
        match (done, undo) {
            (0, false) => bail!("there is nothing to revoke: none is known, or it is done already"),
            (0, true) => bail!("there is nothing to let in again"),
            (_, false) => say(format_args!("revoked: {done}")),
            (_, true) => say(format_args!("let in again: {done}")),
        }
    }
}

fn tablets(records: &Records<'_>, which: &Which) -> Result<Vec<TabletId>> {
    if let Some(tablet) = which.tablet {
        return Ok(vec![tablet]);
    }
    let number = which.worker.as_deref().unwrap_or_default().trim();
    let worker = records
        .worker_by_number(number)?
        .context("there is no worker with that employee number")?;
    let fleet = records.fleet()?;
    Ok(fleet.iter().filter(|row| row.worker == worker).map(|row| row.tablet).collect())
}

#[derive(Args)]
pub(super) struct LostReport {
    #[command(flatten)]
    office: Office,
    /// The device that is lost.
    #[arg(long, value_name = "ID")]
    device: DeviceId,
}

impl LostReport {
    pub(super) fn run(self) -> Result<()> {
        let device = self.device;
        let (mut store, operator) = self.office.open("lost-report")?;
        let profiles = store.write(|records| {
            if records.device(device)?.is_none() {
                bail!("there is no device {device}");
            }
            let fleet = records.fleet()?;
            let on_it = fleet.into_iter().filter(|row| row.device == device);
            let profiles = on_it
                .map(|row| Ok((records.held(row.tablet)?, row)))
                .collect::<Result<Vec<_>>>()?;
            let named: BTreeSet<ClientId> =
                profiles.iter().flat_map(|(held, _)| held).map(|one| one.client).collect();
            for client in named {
                let now = SystemClock.now();
                note_of_office(records, (AccessAct::LostReport, ""), Some(client), operator, now)?;
            }
            Ok(profiles)
        })?;
        say(format_args!("device {device}, as of {}", clock_time(SystemClock.now())))?;
        say(ABOUT_THE_LOCK)?;
        if profiles.is_empty() {
            say("nobody has logged in on it: it holds nothing of anybody")?;
        }
        for (held, row) in profiles {
            say(format_args!(
                "profile {} of worker {}: since {}, last contact {}, {}",
                row.tablet,
                row.employee_number,
                clock_time(row.enrolled),
                last_contact(&row),
                state(&row),
            ))?;
            for one in held {
                let until = match one.until {
                    Some(until) => format!("told to let go {}", clock_time(until)),
                    None => "on it".to_owned(),
                };
                say(format_args!(
                    "client {}\tsince {}\t{until}",
                    one.client,
                    clock_time(one.since)
                ))?;
            }
        }
        Ok(())
    }
}

fn last_contact(row: &FleetRow) -> String {
    row.contact.map_or_else(|| "never".to_owned(), |at| clock_time(at).to_string())
}

fn state(row: &FleetRow) -> String {
    match (row.handed_in, row.revoked) {
        (Some(at), _) => format!("handed in {}", clock_time(at)),
        (None, Some(at)) => format!("revoked {}", clock_time(at)),
        (None, None) => "in use".to_owned(),
    }
}
