//! What the logs tell, at their loudest: server, tablet and everything below them, in one process.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::ensure;
use kjent_core::command::{NoteDraft, NoteTask};
use kjent_core::problem::Problem;
use kjent_tablet::Tablet;
use kjent_tests::access::PASSWORD;
use kjent_tests::day::{ANNE, Day};
use kjent_tests::server::OwnClockServer;
use kjent_tests::tablet::{HeadlessTablet, PIN};
use tracing_subscriber::filter::LevelFilter;

const NOTE: &str = "Hoven legg, ringte legen";
const SEARCHED: &str = "hovenlegg";
const WRONG_PIN: &str = "905738";

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_at_its_loudest_tells_nothing_of_anybody() -> anyhow::Result<()> {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();

    let day = Day::start()?;
    let clock = day.clock.clone();
    let server = OwnClockServer::start(day.today, 1, clock.clone()).await?;
    let access = server.code(ANNE)?;
    let anne = HeadlessTablet::enrol_with(&server.address, &access, &clock, 1).await?;
    anne.sync().await?;
    let client = anne.open().read_clients()?.remove(0);
    anne.open().search(SEARCHED, 10)?;
    let mut draft = NoteDraft::default();
    draft.note.observation = NOTE.to_owned();
    anne.open().finish_note(client.client, NoteTask::Tell, &draft)?;
    anne.sync().await?;
    // What goes wrong is logged too.
    anne.network.cut();
    ensure!(anne.sync().await.is_err());
    anne.network.restore();
    let refused = Tablet::open(anne.folder(), WRONG_PIN, clock.environment(2)).err();
    let refused = refused.map(|error| Problem::from(&error).code);
    assert_eq!(refused.as_deref(), Some("wrong_pin"));

    let log = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let log = String::from_utf8_lossy(&log);
    ensure!(log.contains("TRACE") && log.contains("synced"), "nothing was logged");
    let surname = client.name.split(' ').next_back().unwrap_or_default();
    let secrets = [NOTE, SEARCHED, PIN, WRONG_PIN, PASSWORD, &access.code, &client.name, surname];
    for secret in secrets.into_iter().chain(["Nordli", "Bearer "]) {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "the log tells {secret}");
    }
    Ok(())
}
