//! The end of a profile: the worker hands the tablet in, or the office lets it in no more.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use kjent_core::problem::Problem;
use kjent_core::protocol::{HandInRequest, PROTOCOL};

use crate::device::Device;
use crate::lock::{self, FileKeyStore, data_folder};
use crate::sync::lock as held;
use crate::{Environment, SyncClient, Tablet, TabletError, sync};

/// What the server says to a tablet that it lets in no more.
const REVOKED: &str = "tablet_revoked";

/// The server has taken a profile back; `wipe` is to follow.
#[derive(Debug)]
#[must_use = "what the profile held is still here"]
pub struct HandedIn {
    folder: PathBuf,
    device_ended: bool,
}

/// Sends everything, and tells the server that the worker hands the tablet in. Fails, and changes
/// nothing, while anything waits to be sent or is written and not signed.
pub async fn hand_in(tablet: &Mutex<Tablet>, client: &SyncClient) -> Result<HandedIn, TabletError> {
    sync(tablet, client, |_| {}).await?;
    let (caller, folder) = {
        let tablet = held(tablet);
        let count = tablet.unfinished()?;
        if count > 0 {
            return Err(TabletError::WorkWaits { count });
        }
        (tablet.caller(), tablet.folder.clone())
    };
    let answer = client.hand_in(&caller, &HandInRequest { protocol: PROTOCOL }).await?;
    Ok(HandedIn { folder, device_ended: answer.device_ended })
}

impl HandedIn {
    /// Wipes the profile, which must be closed: its key first, so that a crash in between leaves
    /// nothing that can be read.
    pub fn wipe(self, environment: &Environment) -> Result<(), TabletError> {
        let Self { folder, device_ended } = self;
        match lock::forget(&folder, environment) {
            Err(TabletError::NotEnrolled) => {}
            forgotten => forgotten?,
        }
        let data = data_folder(&folder);
        if device_ended {
            Device::forget(data, &FileKeyStore::beside(data))?;
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if is_of_profile(&path) {
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                }
            }
        }
        if data != folder {
            fs::remove_dir_all(&folder)?;
        }
        Ok(())
    }
}

/// Whether a file is a profile's: its database in all its parts and copies, and its wrapped key. The
/// webview keeps files of its own in the same folder.
fn is_of_profile(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    path.is_file() && ["kjent.", "profile."].iter().any(|start| name.starts_with(start))
}

/// Whether the server lets this tablet in no more.
pub fn is_revoked(problem: &Problem) -> bool {
    problem.code == REVOKED
}

impl Tablet {
    /// Destroys what opens the profile when the server lets it in no more. What lies in the database
    /// stays, encrypted, for the case that the office lets the tablet in again.
    pub(crate) fn end_if_revoked(&self, problem: &Problem) -> Result<(), TabletError> {
        if is_revoked(problem) { lock::revoke(&self.folder, &self.environment) } else { Ok(()) }
    }

    /// How many things here are nowhere else: changes to be sent, and drafts.
    fn unfinished(&self) -> Result<usize, TabletError> {
        let count = "SELECT (SELECT count(*) FROM change WHERE state = 0)
                          + (SELECT count(*) FROM draft)";
        Ok(self.connection.query_row(count, [], |row| row.get(0))?)
    }
}
