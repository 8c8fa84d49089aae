//! What a worker brings to a new tablet: a one-time code for the device, and an account of her own.

use std::path::Path;

use kjent_tablet::{Environment, Joining, SyncClient, Tablet, TabletError, invitation};
use serde::{Deserialize, Serialize};

use crate::tablet::PIN;

/// The password of every worker in the tests.
pub const PASSWORD: &str = "hest, kalv og ku";

/// A code and whose account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Access {
    /// The one-time code.
    pub code: String,
    /// The employee number.
    pub employee: String,
}

impl Access {
    /// What is typed on a new tablet, with the server's address.
    pub fn joining(&self, server: &str) -> Result<Joining, TabletError> {
        Ok(Joining {
            invitation: invitation(server, &self.code)?,
            employee_number: self.employee.clone(),
            password: PASSWORD.into(),
            pin: PIN.into(),
        })
    }
}

/// Enrols a folder's tablet and logs the worker in.
pub async fn enrol(
    folder: &Path,
    server: &str,
    access: &Access,
    client: &SyncClient,
    environment: Environment,
) -> Result<Tablet, TabletError> {
    kjent_tablet::enrol(folder, &access.joining(server)?, client, environment).await
}
