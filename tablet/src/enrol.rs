//! Enrolment: once, online, with a one-time code. From then on the PIN opens the profile.

use std::fs;
use std::path::Path;

use kjent_core::protocol::{EnrolRequest, EnrolResponse, PROTOCOL};
use rusqlite::params;

use crate::identity::Identity;
use crate::{Environment, SyncClient, Tablet, TabletError, lock, store};

/// Enrols the tablet and opens the new profile, empty until the first sync.
///
/// The code is spent by this: everything that could make it fail here is tried before.
pub async fn enrol(
    folder: &Path,
    server: &str,
    code: &str,
    pin: &str,
    client: &SyncClient,
    environment: Environment,
) -> Result<Tablet, TabletError> {
    lock::check_pin(pin)?;
    if lock::is_enrolled(folder) {
        return Err(TabletError::AlreadyEnrolled);
    }
    fs::create_dir_all(folder)?;
    let request = EnrolRequest { protocol: PROTOCOL, code: code.to_owned() };
    let response = client.enrol(server, &request).await?;
    create(folder, server, pin, response, &environment)?;
    Tablet::open(folder, pin, environment)
}

fn create(
    folder: &Path,
    server: &str,
    pin: &str,
    response: EnrolResponse,
    environment: &Environment,
) -> Result<(), TabletError> {
    // What an enrolment that was cut off left has lost its key, and holds nothing.
    for leftover in ["kjent.db", "kjent.db-wal", "kjent.db-shm"] {
        match fs::remove_file(folder.join(leftover)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let member = response.teams.iter().find_map(|team| team.member(response.worker));
    let initials = member.map(|member| initials(&member.name)).unwrap_or_default();
    let profile = lock::NewProfile::make(&initials, pin, None, environment)?;
    let mut connection = store::open(folder, &profile.key)?;
    let writing = connection.transaction()?;
    let identity = Identity {
        server: server.to_owned(),
        token: response.token,
        worker: response.worker,
        tablet: response.tablet,
    };
    identity.save(&writing)?;
    for team in &response.teams {
        writing.execute(
            "INSERT INTO team (id, body, through, filled) VALUES (?1, ?2, 0, 0)",
            params![team.id.bytes(), serde_json::to_string(team)?],
        )?;
    }
    lock::lease::hear(&writing, response.now, environment.now())?;
    writing.commit()?;
    // Last: before it the tablet is not enrolled, after it wholly.
    profile.save(folder, environment)
}

/// `Anne Nordli` is `AN`.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect()
}
