//! The lock with real files, a clock and a timer that the test moves, and a key store in another
//! folder, as a platform's is.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use kjent_core::problem::Problem;
use kjent_core::view::LockState;

use super::*;
use crate::environment::{Clock, Entropy, NoEntropy, Timer};

pub(super) const PIN: &str = "482915";
pub(super) const WRONG: &str = "739164";

/// A tablet's hardware: its clock, the time that passes, and where its key store is.
pub(super) struct Hardware {
    clock: Arc<AtomicI64>,
    timer: Arc<AtomicU64>,
    seed: AtomicU64,
    pub(super) keys: tempfile::TempDir,
}

struct Wall(Arc<AtomicI64>);
struct Passing(Arc<AtomicU64>);
struct Drawn(AtomicU64);

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

impl Timer for Passing {
    fn elapsed(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }

    fn sleep(&self, _: Duration) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::ready(()))
    }
}

impl Entropy for Drawn {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        for byte in bytes {
            let drawn = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst);
            *byte = drawn.wrapping_mul(0xBF58_476D_1CE4_E5B9).to_be_bytes()[0];
        }
        Ok(())
    }
}

impl Hardware {
    pub(super) fn new() -> Result<Self, TabletError> {
        Ok(Self {
            clock: Arc::new(AtomicI64::new(1_795_000_000_000)),
            timer: Arc::default(),
            seed: AtomicU64::new(1),
            keys: tempfile::tempdir()?,
        })
    }

    /// A run of the app without a platform's key store.
    pub(super) fn run_with_files(&self) -> Environment {
        self.timer.store(0, Ordering::SeqCst);
        let seed = self.seed.fetch_add(1, Ordering::SeqCst) << 32;
        Environment::new(Wall(Arc::clone(&self.clock)), Drawn(AtomicU64::new(seed)))
            .with_timer(Passing(Arc::clone(&self.timer)))
    }

    /// A run of the app.
    pub(super) fn run(&self) -> Environment {
        let keys = FileKeyStore::beside(self.keys.path());
        self.run_with_files().with_key_store(Arc::new(keys))
    }

    pub(super) fn pass(&self, seconds: u64) {
        self.timer.fetch_add(seconds, Ordering::SeqCst);
        self.set_clock_by(i64::try_from(seconds).unwrap_or(0));
    }

    pub(super) fn set_clock_by(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

pub(super) fn enrol(folder: &Path, environment: &Environment) -> Result<DatabaseKey, TabletError> {
    let new = NewProfile::make("AN", PIN, None, environment)?;
    drop(crate::store::open(folder, &new.key)?);
    new.save(folder, environment)?;
    Ok(new.key)
}

pub(super) fn code<T>(outcome: Result<T, TabletError>) -> String {
    outcome.err().map(|error| Problem::from(&error).code).unwrap_or_default()
}

pub(super) fn seconds_left(folder: &Path, environment: &Environment) -> Result<u64, TabletError> {
    Ok(standing(folder, environment)?.wait.as_secs())
}

#[test]
fn only_the_right_pin_opens_and_nothing_is_overwritten() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    let environment = hardware.run();
    assert_eq!(code(open(folder.path(), PIN, &environment)), "not_enrolled");
    let key = enrol(folder.path(), &environment)?;
    assert_eq!(open(folder.path(), PIN, &environment)?, key);
    assert_eq!(code(open(folder.path(), WRONG, &environment)), "wrong_pin");
    let again = NewProfile::make("AN", PIN, None, &environment)?.save(folder.path(), &environment);
    assert_eq!(code(again), "already_enrolled");
    assert_eq!(open(folder.path(), PIN, &environment)?, key);
    assert_eq!(code(NewProfile::make("AN", "123456", None, &environment)), "pin_trivial");
    assert_eq!(code(NewProfile::make("AN", "12345", None, &environment)), "pin_too_short");
    fs::write(profile::path(folder.path()), "{}")?;
    assert_eq!(code(open(folder.path(), PIN, &environment)), "profile_damaged");
    Ok(())
}

#[test]
fn a_copied_folder_opens_with_no_pin() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    enrol(folder.path(), &hardware.run())?;
    let thief = Hardware::new()?;
    assert_eq!(code(open(folder.path(), PIN, &thief.run())), "key_lost");
    assert_eq!(code(open(folder.path(), PIN, &thief.run_with_files())), "key_store_missing");
    // A secret of the thief's own is not the one.
    let profile = Profile::read(folder.path())?;
    FileKeyStore::beside(thief.keys.path()).set(profile.id(), &[7; 32])?;
    assert_eq!(code(open(folder.path(), PIN, &thief.run())), "wrong_pin");
    Ok(())
}

#[test]
fn ten_wrong_pins_destroy_the_wrapping_and_nothing_else() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    let (secret, server) = recovery::key_pair(&[5; 32]);
    let tablet = TabletId::from_bytes(&[9; 16]).ok_or(TabletError::Unreadable)?;
    let environment = hardware.run();
    let recoverable = Recoverable { tablet, server };
    let new = NewProfile::make("AN", PIN, Some(&recoverable), &environment)?;
    drop(crate::store::open(folder.path(), &new.key)?);
    new.save(folder.path(), &environment)?;

    let mut waits = Vec::new();
    for left in (0..10).rev() {
        let outcome = open(folder.path(), WRONG, &environment);
        let problem = outcome.err().map(|error| Problem::from(&error)).unwrap_or(Problem::new(""));
        match left {
            0 => assert_eq!(problem.code, "locked_out"),
            _ => assert_eq!(problem, Problem::new("wrong_pin").with("tries_left", left)),
        }
        waits.push(seconds_left(folder.path(), &environment)?);
        hardware.pass(waits[waits.len() - 1]);
    }
    assert_eq!(waits[..9], [0, 0, 0, 0, 60, 300, 900, 3600, 10_800]);
    assert_eq!(code(open(folder.path(), PIN, &environment)), "locked_out");
    assert!(!standing(folder.path(), &environment)?.has_wrapping);

    // The server opens the copy of the key, and a new PIN opens the same database.
    let (named, sealed) = sealed(folder.path())?;
    let key = recovery::unseal(&secret, named, &sealed).map_err(|_| TabletError::Unreadable)?;
    assert_eq!(key, new.key);
    let not_the_key = Zeroizing::new([1; 32]);
    assert!(rewrap(folder.path(), &not_the_key, "905738", &environment).is_err());
    assert_eq!(code(open(folder.path(), "905738", &environment)), "locked_out");
    rewrap(folder.path(), &key, "905738", &environment)?;
    assert_eq!(open(folder.path(), "905738", &environment)?, new.key);
    assert_eq!(code(open(folder.path(), PIN, &environment)), "wrong_pin");
    Ok(())
}

#[test]
fn neither_the_clock_nor_a_restart_shortens_a_wait() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    let environment = hardware.run();
    enrol(folder.path(), &environment)?;
    for _ in 0..6 {
        hardware.pass(seconds_left(folder.path(), &environment)?);
        assert_eq!(code(open(folder.path(), WRONG, &environment)), "wrong_pin");
    }
    assert_eq!(seconds_left(folder.path(), &environment)?, 300);
    // Also the right one has to wait, and asking costs nothing.
    let waits = open(folder.path(), PIN, &environment).err();
    let problem = waits.map(|error| Problem::from(&error));
    assert_eq!(problem, Some(Problem::new("pin_waits").with("seconds", 300)));
    for days in [30, -60, 30] {
        hardware.set_clock_by(days * 86_400);
        assert_eq!(seconds_left(folder.path(), &environment)?, 300);
    }
    hardware.pass(100);
    assert_eq!(seconds_left(folder.path(), &environment)?, 200);
    // What had passed when the app was last looked at has passed, and no more.
    hardware.pass(60);
    let again = hardware.run();
    hardware.set_clock_by(86_400);
    assert_eq!(seconds_left(folder.path(), &again)?, 200);
    hardware.pass(199);
    assert_eq!(code(open(folder.path(), PIN, &again)), "pin_waits");
    hardware.pass(1);
    open(folder.path(), PIN, &again)?;
    assert_eq!(standing(folder.path(), &again)?.tries_left, 10);
    Ok(())
}

#[test]
fn a_kill_gives_no_free_try_and_an_old_folder_no_old_count() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    let environment = hardware.run();
    enrol(folder.path(), &environment)?;
    let before = fs::read(profile::path(folder.path()))?;
    let profile = Profile::read(folder.path())?;
    let store = FileKeyStore::beside(hardware.keys.path());
    // Killed between the count and the look, ten times: the tries are spent.
    let mut guard = load(&store, &profile)?;
    for _ in 0..10 {
        guard.count(&environment)?;
    }
    guard.save(&store, profile.id())?;
    let again = hardware.run();
    assert!(!standing(folder.path(), &again)?.has_wrapping);
    assert_eq!(code(open(folder.path(), PIN, &again)), "locked_out");
    // The old file put back: the count is not in it.
    fs::write(profile::path(folder.path()), before)?;
    assert_eq!(code(open(folder.path(), PIN, &again)), "locked_out");
    // A count that was taken away has spent the free tries.
    Guard::default().save(&store, profile.id())?;
    Guard::forget(&store, profile.id())?;
    assert_eq!(standing(folder.path(), &again)?.tries_left, 5);
    Ok(())
}

/// A profile as version 1 wrote it, and its key.
fn first_version(folder: &Path, environment: &Environment) -> Result<DatabaseKey, TabletError> {
    let key = enrol(folder, environment)?;
    let derive = |salt: &[u8]| {
        let mut derived = [0; 32];
        let params =
            argon2::Params::new(64 * 1024, 3, 1, Some(32)).map_err(|_| TabletError::Unreadable)?;
        argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
            .hash_password_into(PIN.as_bytes(), salt, &mut derived)
            .map_err(|_| TabletError::Unreadable)?;
        Ok::<_, TabletError>(derived)
    };
    let (salt, nonce): ([u8; 16], [u8; 24]) = ([3; 16], [4; 24]);
    use chacha20poly1305::aead::{Aead, KeyInit};
    let wrapped = chacha20poly1305::XChaCha20Poly1305::new(&derive(&salt)?.into())
        .encrypt(&nonce.into(), key.as_slice())
        .map_err(|_| TabletError::Unreadable)?;
    let file = serde_json::json!({
        "version": 1, "initials": "AN", "memory_kib": 64 * 1024, "passes": 3,
        "salt": salt, "nonce": nonce, "wrapped": wrapped,
    });
    fs::write(profile::path(folder), file.to_string())?;
    let _ = fs::remove_dir_all(folder.join("key-store"));
    Ok(key)
}

#[test]
fn an_old_profile_is_counted_opened_and_written_anew() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    let key = first_version(folder.path(), &hardware.run_with_files())?;
    let environment = hardware.run();
    assert_eq!(standing(folder.path(), &environment)?.tries_left, 10);
    assert_eq!(code(open(folder.path(), WRONG, &environment)), "wrong_pin");
    assert_eq!(standing(folder.path(), &hardware.run())?.tries_left, 9);
    assert_eq!(open(folder.path(), PIN, &environment)?, key);
    // From now on the PIN alone opens nothing.
    let standing = standing(folder.path(), &environment)?;
    assert!(standing.has_key_store && standing.tries_left == 10);
    assert_eq!(open(folder.path(), PIN, &environment)?, key);
    assert_eq!(code(open(folder.path(), PIN, &Hardware::new()?.run())), "key_lost");
    Ok(())
}

#[test]
fn a_secret_moves_from_a_file_to_the_key_store_that_came() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    let key = enrol(folder.path(), &hardware.run_with_files())?;
    assert!(!standing(folder.path(), &hardware.run_with_files())?.has_key_store);
    assert_eq!(open(folder.path(), PIN, &hardware.run())?, key);
    assert!(standing(folder.path(), &hardware.run())?.has_key_store);
    assert_eq!(fs::read_dir(folder.path().join("key-store"))?.count(), 0, "a secret stayed behind");
    assert_eq!(open(folder.path(), PIN, &hardware.run())?, key);
    Ok(())
}

#[test]
fn a_profile_of_the_data_folder_moves_in_with_the_others() -> Result<(), TabletError> {
    let (hardware, data) = (Hardware::new()?, tempfile::tempdir()?);
    let environment = hardware.run_with_files();
    let key = enrol(data.path(), &environment)?;
    fs::write(data.path().join("device.json"), "{}")?;
    // Cut off after the database had moved.
    let to = data.path().join("profiles").join(Profile::read(data.path())?.id());
    fs::create_dir_all(&to)?;
    fs::rename(data.path().join("kjent.db"), to.join("kjent.db"))?;

    let profiles = Profiles::of(data.path())?;
    let list = profiles.list(&environment)?;
    assert_eq!(list.len(), 1);
    assert_eq!((&*list[0].initials, &list[0].state), ("AN", &LockState::Ready));
    let folder = profiles.folder(&list[0].profile)?;
    assert_eq!(folder, to);
    assert_eq!(open(&folder, PIN, &environment)?, key);
    assert!(!is_enrolled(data.path()) && data.path().join("device.json").exists());
    assert!(matches!(profiles.folder("../.."), Err(TabletError::NotFound)));

    // Another with the same initials, and an enrolment that was cut off.
    let (_, second) = profiles.new_folder(&environment)?;
    fs::create_dir_all(&second)?;
    enrol(&second, &environment)?;
    let (_, third) = profiles.new_folder(&environment)?;
    fs::create_dir_all(third)?;
    let list = Profiles::of(data.path())?.list(&environment)?;
    let initials: Vec<_> = list.iter().map(|it| it.initials.as_str()).collect();
    assert_eq!(initials, ["AN 1", "AN 2"]);
    Ok(())
}

#[test]
fn the_time_never_goes_back_until_the_server_says_so() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    let environment = hardware.run();
    enrol(folder.path(), &environment)?;
    let start = environment.now();
    let hours = |at: Timestamp| (at.millis() - start.millis()) / 3_600_000;
    let known = || time(folder.path(), &environment).map(hours);
    let day = 86_400;
    hardware.set_clock_by(10 * day);
    standing(folder.path(), &environment)?;
    hardware.set_clock_by(-10 * day);
    assert_eq!(known()?, 240, "set back");
    hear_time(folder.path(), start, &environment)?;
    assert_eq!(known()?, 0, "the server knows better");
    // A clock that is always two days ahead tells the right time.
    hardware.set_clock_by(2 * day);
    hear_time(folder.path(), start, &environment)?;
    assert_eq!(known()?, 0);
    hardware.set_clock_by(day);
    assert_eq!(known()?, 24);
    Ok(())
}

#[test]
fn what_is_forgotten_or_destroyed_opens_no_more() -> Result<(), TabletError> {
    let (hardware, folder) = (Hardware::new()?, tempfile::tempdir()?);
    let environment = hardware.run();
    enrol(folder.path(), &environment)?;
    revoke(folder.path(), &environment)?;
    assert_eq!(code(open(folder.path(), PIN, &environment)), "tablet_revoked");
    assert!(folder.path().join("kjent.db").exists());
    forget(folder.path(), &environment)?;
    assert_eq!(code(open(folder.path(), PIN, &environment)), "not_enrolled");
    assert_eq!(fs::read_dir(hardware.keys.path().join("key-store"))?.count(), 0);
    Ok(())
}
