//! The lock with real tablets and a real server: a copied folder, wrong PINs, the lease, and two
//! workers who share a tablet.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

use anyhow::{Context, ensure};
use kjent_core::command::{NoteDraft, NoteTask, PromptWords};
use kjent_core::problem::Problem;
use kjent_core::view::{BiometryView, LockState};
use kjent_tablet::lock::{
    self, Biometry, BiometryError, FileKeyStore, LoggingIn, Profiles, log_in_again,
};
use kjent_tablet::{Environment, SyncClient, Tablet, TabletError};
use kjent_tests::access::{PASSWORD, enrol};
use kjent_tests::day::{ANNE, Day, SARA};
use kjent_tests::environment::TestClock;
use kjent_tests::faults::audit;
use kjent_tests::tablet::{HeadlessTablet, PIN, files};
use zeroize::Zeroizing;

const NOTE: &str = "Såret på venstre hæl er tørt";
const OTHER_NOTE: &str = "Spiste godt og lo av radioen";
const MINUTES_A_DAY: i64 = 24 * 60;

/// An environment whose key store is in a folder that isn't the profile's, as a platform's is.
fn with_store(clock: &TestClock, seed: u64, keys: &Path) -> Environment {
    clock.environment(seed).with_key_store(Arc::new(FileKeyStore::beside(keys)))
}

fn code<T>(outcome: Result<T, TabletError>) -> String {
    outcome.err().map_or_else(|| "no error".to_owned(), |error| Problem::from(&error).code)
}

/// A device whose finger is always known.
#[derive(Default)]
struct Finger(Mutex<Option<[u8; 32]>>);

impl Biometry for Finger {
    fn is_ready(&self) -> bool {
        true
    }

    fn keep(&self, _: &str, secret: &[u8; 32], _: &PromptWords) -> Result<Vec<u8>, BiometryError> {
        *self.0.lock().map_err(|_| BiometryError::Refused)? = Some(*secret);
        Ok(Vec::new())
    }

    fn give(
        &self,
        _: &str,
        _: &[u8],
        _: &PromptWords,
    ) -> Result<Zeroizing<Vec<u8>>, BiometryError> {
        let kept = self.0.lock().map_err(|_| BiometryError::Refused)?;
        kept.map(|secret| Zeroizing::new(secret.to_vec())).ok_or(BiometryError::Off)
    }

    fn forget(&self, _: &str) {
        if let Ok(mut kept) = self.0.lock() {
            *kept = None;
        }
    }
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        std::fs::create_dir_all(target.parent().context("no folder")?)?;
        std::fs::copy(&file, &target)?;
    }
    Ok(())
}

fn held(tablet: &Mutex<Tablet>) -> anyhow::Result<MutexGuard<'_, Tablet>> {
    tablet.lock().map_err(|_| anyhow::anyhow!("a panic"))
}

/// Writes a note about the first client of the team.
fn write_note(tablet: &mut Tablet, words: &str) -> anyhow::Result<()> {
    let client = tablet.read_clients()?.first().context("no client")?.client;
    let mut draft = NoteDraft::default();
    draft.note.observation = words.to_owned();
    tablet.finish_note(client, NoteTask::Tell, &draft)?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_folder_is_worthless_with_the_right_pin_too() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (folder, keys) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let client = SyncClient::new()?;
    let server = format!("http://{}", day.server.address);
    let environment = with_store(&day.clock, 1, keys.path());
    let at_hand = day.server.code(ANNE)?;
    let tablet = enrol(folder.path(), &server, &at_hand, &client, environment).await?;
    let tablet = Mutex::new(tablet);
    kjent_tablet::sync(&tablet, &client, |_| {}).await?;
    write_note(&mut *held(&tablet)?, NOTE)?;

    // Open, in the middle of the work: database, log, and whatever else lies there.
    let stolen = tempfile::tempdir()?;
    copy(folder.path(), stolen.path())?;
    let mut looked_at = 0;
    for file in files(stolen.path())? {
        let bytes = std::fs::read(&file)?;
        looked_at += 1;
        for secret in ["Line", "Danser", "Anne", NOTE, "venstre", PIN, "SQLite format"] {
            let found = bytes.windows(secret.len()).any(|piece| piece == secret.as_bytes());
            ensure!(!found, "«{secret}» can be read in {}", file.display());
        }
    }
    ensure!(looked_at >= 3, "only {looked_at} files: not the database and its log");

    let nowhere = tempfile::tempdir()?;
    let thief = || with_store(&day.clock, 2, nowhere.path());
    assert_eq!(code(Tablet::open(stolen.path(), PIN, thief())), "key_lost");
    assert_eq!(
        code(Tablet::open(stolen.path(), PIN, day.clock.environment(3))),
        "key_store_missing"
    );
    drop(tablet);
    Tablet::open(folder.path(), PIN, with_store(&day.clock, 4, keys.path()))?;
    Ok(())
}

#[test]
fn each_guess_costs_what_the_profile_says() -> anyhow::Result<()> {
    let (folder, keys) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let clock = TestClock::at(kjent_core::time::Timestamp::from_millis(1_795_000_000_000));
    let environment = with_store(&clock, 1, keys.path());
    let new = lock::NewProfile::make("AN", PIN, None, &environment)?;
    new.save(folder.path(), &environment)?;
    let started = Instant::now();
    for _ in 0..3 {
        lock::open(folder.path(), PIN, &environment)?;
    }
    let one = started.elapsed() / 3;
    // Told and not asserted: it is the machine's speed.
    let years = one.as_secs_f64() * 1e6 / (365.25 * 86_400.0);
    writeln!(
        std::io::stdout(),
        "one guess takes {one:?}: a million take {years:.3} years on one core to whoever has folder and \
         secret; without the secret there are 2^256 to guess as well; on the tablet there are ten"
    )?;
    let file = std::fs::read_to_string(folder.path().join("profile.json"))?;
    let profile: serde_json::Value = serde_json::from_str(&file)?;
    assert!(
        profile["memory_kib"].as_u64() >= Some(64 * 1024) && profile["passes"].as_u64() >= Some(3)
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn after_fourteen_days_without_the_server_it_opens_no_more() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await.map_err(|problem| anyhow::anyhow!(problem.code))?;
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 14);
    write_note(&mut anne.open(), NOTE)?;
    let folder = anne.folder().to_owned();

    day.clock.pass_minutes(12 * MINUTES_A_DAY);
    anne.restart()?;
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 2);
    // Set back, the clock gives no day back: neither now nor at the next opening.
    day.clock.pass_minutes(-10 * MINUTES_A_DAY);
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 2);
    anne.restart()?;
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 2);
    day.clock.pass_minutes(12 * MINUTES_A_DAY);
    anne.restart()?;
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 0);

    day.clock.pass_minutes(MINUTES_A_DAY);
    let opened = Tablet::open(&folder, PIN, day.clock.environment(8));
    assert_eq!(code(opened), "lease_over");
    day.clock.pass_minutes(-15 * MINUTES_A_DAY);
    let opened = Tablet::open(&folder, PIN, day.clock.environment(9));
    assert_eq!(code(opened), "lease_over", "set back");

    // What waits is there.
    let database = audit::open_tablet(&folder, &kjent_tests::tablet::database_key(&folder)?)?;
    let waiting: u32 =
        database.query_row("SELECT count(*) FROM change WHERE state = 0", [], |row| row.get(0))?;
    assert_eq!(waiting, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finger_opens_the_same_tablet_until_the_lease_is_over() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await.map_err(|problem| anyhow::anyhow!(problem.code))?;
    write_note(&mut anne.open(), NOTE)?;
    let (folder, keys) = (anne.folder().to_owned(), tempfile::tempdir()?);
    let device: Arc<dyn Biometry> = Arc::new(Finger::default());
    let environment = with_store(&day.clock, 8, keys.path()).with_biometry(device);
    let words = PromptWords::default();

    // The last day.
    day.clock.pass_minutes(14 * MINUTES_A_DAY);
    drop(Tablet::open(&folder, PIN, environment.clone())?);
    lock::switch_on_biometry(&folder, PIN, &words, &environment)?;
    let opened = Tablet::open_by_biometry(&folder, &words, environment.clone())?;
    assert_eq!(opened.heads()?, anne.open().heads()?);
    drop(opened);

    // The PIN is typed time and again; at midnight the server is due.
    let mut ended = String::new();
    for _ in 0..7 {
        day.clock.pass_minutes(4 * 60);
        ended = code(Tablet::open_by_biometry(&folder, &words, environment.clone()));
        if ended != "no error" {
            break;
        }
        drop(Tablet::open(&folder, PIN, environment.clone())?);
    }
    assert_eq!(ended, "lease_over");
    assert_eq!(lock::biometry(&folder, &environment)?, BiometryView::Off);
    assert_eq!(code(Tablet::open(&folder, PIN, environment)), "lease_over");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_says_how_long_and_a_shorter_lease_holds_from_the_next_contact()
-> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let left = |anne: &HeadlessTablet| anyhow::Ok(anne.open().read_today()?.readiness.holds_days);
    assert_eq!(left(&anne)?, 14);
    day.server.office("lease", &["--days", "5"])?;
    anne.restart()?;
    assert_eq!(left(&anne)?, 14, "it has not heard of it");
    anne.sync().await.map_err(|problem| anyhow::anyhow!(problem.code))?;
    assert_eq!(left(&anne)?, 5);
    // Of five days the last two are short: today's warning is not there every day.
    let warns = |anne: &HeadlessTablet| anyhow::Ok(anne.open().read_today()?.readiness.runs_out);
    day.clock.pass_minutes(3 * MINUTES_A_DAY);
    anne.restart()?;
    assert_eq!((left(&anne)?, warns(&anne)?), (2, false));

    day.clock.pass_minutes(MINUTES_A_DAY);
    anne.restart()?;
    assert_eq!((left(&anne)?, warns(&anne)?), (1, true));
    day.clock.pass_minutes(-30 * MINUTES_A_DAY);
    anne.restart()?;
    assert_eq!(left(&anne)?, 1, "set back");
    day.clock.pass_minutes(32 * MINUTES_A_DAY);
    let opened = Tablet::open(anne.folder(), PIN, day.clock.environment(8));
    assert_eq!(code(opened), "lease_over");
    day.clock.pass_minutes(-32 * MINUTES_A_DAY);
    let opened = Tablet::open(anne.folder(), PIN, day.clock.environment(9));
    assert_eq!(code(opened), "lease_over", "set back");

    // A log-in says it too, and a longer one holds from then on.
    day.server.office("lease", &["--days", "30"])?;
    let typed =
        LoggingIn { employee_number: ANNE.to_owned(), password: PASSWORD.into(), pin: PIN.into() };
    let environment = day.clock.environment(10);
    let tablet = log_in_again(anne.folder(), &typed, &SyncClient::new()?, environment).await?;
    assert_eq!(tablet.read_today()?.readiness.holds_days, 30);
    drop(tablet);
    let new = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 11).await?;
    assert_eq!(left(&new)?, 30);
    for days in ["0", "91"] {
        assert!(day.server.office("lease", &["--days", days]).is_err(), "{days}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_stood_years_ahead_is_put_right_by_the_server() -> anyhow::Result<()> {
    let day = Day::start()?;
    let mut anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    anne.sync().await.map_err(|problem| anyhow::anyhow!(problem.code))?;
    day.clock.pass_minutes(10 * MINUTES_A_DAY);
    anne.restart()?;
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 4);
    day.clock.pass_minutes(-10 * MINUTES_A_DAY);
    anne.restart()?;
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 4, "the tablet can't know better");
    anne.sync().await.map_err(|problem| anyhow::anyhow!(problem.code))?;
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 14);
    anne.restart()?;
    assert_eq!(anne.open().read_today()?.readiness.holds_days, 14);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_share_a_tablet_and_nothing_else() -> anyhow::Result<()> {
    let day = Day::start()?;
    let data = tempfile::tempdir()?;
    let client = SyncClient::new()?;
    let server = format!("http://{}", day.server.address);
    let profiles = Profiles::of(data.path())?;
    let pins = ["739164", "905738"];
    let notes = [NOTE, OTHER_NOTE];
    let mut folders = Vec::new();
    for (number, worker) in [ANNE, SARA].into_iter().enumerate() {
        let environment = day.clock.environment(number as u64 + 1);
        let (name, folder) = profiles.new_folder(&environment)?;
        let at_hand = day.server.code(worker)?;
        let mut joining = at_hand.joining(&server)?;
        joining.pin = pins[number].into();
        let tablet = kjent_tablet::enrol(&folder, &joining, &client, environment).await?;
        let tablet = Mutex::new(tablet);
        kjent_tablet::sync(&tablet, &client, |_| {}).await?;
        write_note(&mut *held(&tablet)?, notes[number])?;
        folders.push((name, folder));
    }
    let list = profiles.list(&day.clock.environment(3))?;
    let initials: Vec<_> = list.iter().map(|it| it.initials.as_str()).collect();
    assert_eq!(initials.len(), 2);
    assert_eq!(initials[0], "AN");
    assert!(list.iter().all(|it| it.state == LockState::Ready));

    for (number, (_, folder)) in folders.iter().enumerate() {
        let other = 1 - number;
        let started = Instant::now();
        let tablet = Tablet::open(folder, pins[number], day.clock.environment(10))?;
        tablet.read_today()?;
        let took = started.elapsed();
        writeln!(std::io::stdout(), "a switch to the day's list takes {took:?} after the PIN")?;
        let me = tablet.worker().worker;
        drop(tablet);
        // One's PIN is nothing to the other's lock.
        let wrong = Tablet::open(folder, pins[other], day.clock.environment(11));
        assert_eq!(code(wrong), "wrong_pin");
        let key = lock::open(folder, pins[number], &day.clock.environment(12))?;
        let other_key = lock::open(&folders[other].1, pins[other], &day.clock.environment(13))?;
        assert_ne!(key, other_key);

        // What waits is this worker's, and nothing of the other's is here: decrypted, and raw.
        let database = audit::open_tablet(folder, &key)?;
        let mut query = database.prepare("SELECT body FROM fact")?;
        let bodies: Vec<String> = query
            .query_map([], |row| row.get::<_, Vec<u8>>(0))?
            .map(|body| Ok(String::from_utf8_lossy(&body?).into_owned()))
            .collect::<rusqlite::Result<_>>()?;
        ensure!(bodies.iter().any(|body| body.contains(notes[number])));
        ensure!(!bodies.iter().any(|body| body.contains(notes[other])));
        let identity: String =
            database.query_row("SELECT value FROM setting WHERE key = 'identity'", [], |row| {
                row.get(0)
            })?;
        ensure!(identity.contains(&me.to_string()));
        for file in files(folder)? {
            let bytes = std::fs::read(&file)?;
            for word in notes.into_iter().chain(pins) {
                let found = bytes.windows(word.len()).any(|piece| piece == word.as_bytes());
                ensure!(!found, "«{word}» can be read in {}", file.display());
            }
        }
    }

    // Both are sent, each under its author's name.
    for (number, (_, folder)) in folders.iter().enumerate() {
        let tablet = Tablet::open(folder, pins[number], day.clock.environment(20))?;
        let tablet = Mutex::new(tablet);
        kjent_tablet::sync(&tablet, &client, |_| {}).await?;
        kjent_tablet::sync(&tablet, &client, |_| {}).await?;
    }
    let tablet = Tablet::open(&folders[0].1, pins[0], day.clock.environment(21))?;
    let tablet = Mutex::new(tablet);
    kjent_tablet::sync(&tablet, &client, |_| {}).await?;
    let tablet = held(&tablet)?;
    let about = tablet.read_clients()?.first().context("no client")?.client;
    let journal = serde_json::to_string(&tablet.read_journal(about, 60)?)?;
    for (words, author) in [(NOTE, "Anne Nordli"), (OTHER_NOTE, "Sara")] {
        ensure!(journal.contains(words) && journal.contains(author), "{author}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_locked_out_logs_in_again_and_the_work_is_there() -> anyhow::Result<()> {
    let day = Day::start()?;
    let data = tempfile::tempdir()?;
    let profiles = Profiles::of(data.path())?;
    let client = SyncClient::new()?;
    let server = format!("http://{}", day.server.address);
    let folder = profiles.new_folder(&day.clock.environment(1))?.1;
    let at_hand = day.server.code(ANNE)?;
    let tablet = enrol(&folder, &server, &at_hand, &client, day.clock.environment(2)).await?;
    let tablet = Mutex::new(tablet);
    kjent_tablet::sync(&tablet, &client, |_| {}).await?;
    write_note(&mut *held(&tablet)?, NOTE)?;
    drop(tablet);
    // As when the office has shut the tablet out, and lets it in again.
    lock::revoke(&folder, &day.clock.environment(3))?;
    let opened = Tablet::open(&folder, PIN, day.clock.environment(4));
    assert_eq!(code(opened), "tablet_revoked");

    let typed = |employee_number: &str, password: &str, pin: &str| LoggingIn {
        employee_number: employee_number.to_owned(),
        password: password.into(),
        pin: pin.into(),
    };
    let again = async |typed: LoggingIn, seed| {
        log_in_again(&folder, &typed, &client, day.clock.environment(seed)).await
    };
    assert_eq!(code(again(typed(ANNE, PASSWORD, "123456"), 5).await), "pin_trivial");
    assert_eq!(code(again(typed(ANNE, "noe annet helt", "905738"), 6).await), "wrong_log_in");
    // A colleague's account is good, and not for this profile.
    let colleague = day.server.code(SARA)?;
    assert_eq!(
        code(again(typed(&colleague.employee, PASSWORD, "905738"), 7).await),
        "profile_not_yours"
    );
    let opened = Tablet::open(&folder, "905738", day.clock.environment(8));
    assert_eq!(code(opened), "tablet_revoked");

    let tablet = again(typed(ANNE, PASSWORD, "905738"), 9).await?;
    let tablet = Mutex::new(tablet);
    // What waited is sent with the fresh token, and only the new PIN opens.
    kjent_tablet::sync(&tablet, &client, |_| {}).await?;
    let shown = {
        let tablet = held(&tablet)?;
        let about = tablet.read_clients()?.first().context("no client")?.client;
        serde_json::to_string(&tablet.read_journal(about, 60)?)?
    };
    ensure!(shown.contains(NOTE));
    drop(tablet);
    Tablet::open(&folder, "905738", day.clock.environment(10))?;
    assert_eq!(code(Tablet::open(&folder, PIN, day.clock.environment(11))), "wrong_pin");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_that_is_over_and_a_secret_that_is_lost_end_with_a_log_in() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (folder, keys) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let client = SyncClient::new()?;
    let server = format!("http://{}", day.server.address);
    let at_hand = day.server.code(ANNE)?;
    let environment = with_store(&day.clock, 1, keys.path());
    drop(enrol(folder.path(), &server, &at_hand, &client, environment).await?);
    let typed = || LoggingIn {
        employee_number: ANNE.to_owned(),
        password: PASSWORD.into(),
        pin: PIN.into(),
    };

    day.clock.pass_minutes(15 * MINUTES_A_DAY);
    let opened = Tablet::open(folder.path(), PIN, with_store(&day.clock, 2, keys.path()));
    assert_eq!(code(opened), "lease_over");
    let environment = with_store(&day.clock, 3, keys.path());
    let tablet = log_in_again(folder.path(), &typed(), &client, environment).await?;
    assert_eq!(tablet.read_today()?.readiness.holds_days, 14);
    drop(tablet);

    // A clock that stands two years ahead, and is put right: one log-in, and all is well.
    day.clock.pass_minutes(730 * MINUTES_A_DAY);
    let ahead = with_store(&day.clock, 4, keys.path());
    assert_eq!(code(Tablet::open(folder.path(), PIN, ahead)), "lease_over");
    day.clock.pass_minutes(-730 * MINUTES_A_DAY);
    let back = with_store(&day.clock, 5, keys.path());
    assert_eq!(code(Tablet::open(folder.path(), PIN, back)), "lease_over");
    let environment = with_store(&day.clock, 6, keys.path());
    drop(log_in_again(folder.path(), &typed(), &client, environment).await?);
    Tablet::open(folder.path(), PIN, with_store(&day.clock, 7, keys.path()))?;

    // The platform has lost its keys.
    let new_keys = tempfile::tempdir()?;
    let lost = with_store(&day.clock, 8, new_keys.path());
    assert_eq!(code(Tablet::open(folder.path(), PIN, lost)), "key_lost");
    let environment = with_store(&day.clock, 9, new_keys.path());
    drop(log_in_again(folder.path(), &typed(), &client, environment).await?);
    Tablet::open(folder.path(), PIN, with_store(&day.clock, 10, new_keys.path()))?;
    Ok(())
}
