//! How a team is named on the command line: by its id or its name.

use anyhow::{Result, bail};
use kjent_core::team::Team;
use kjent_server::store::Records;

/// The team with this id or name.
pub(super) fn find(records: &Records<'_>, text: &str) -> Result<Team> {
    let text = text.trim();
    let mut found = match text.parse() {
        Ok(id) => records.team(id)?.into_iter().collect(),
        Err(_) => records.teams_named(text)?,
    };
    match (found.pop(), found.is_empty()) {
        (Some(team), true) => Ok(team),
        (Some(_), false) => bail!("several teams are called {text}: say which by its id"),
        (None, _) => bail!("there is no team {text}"),
    }
}
