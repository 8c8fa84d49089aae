//! Opening by face or finger, with a device that keeps secrets in a folder of its own and gives them
//! out to the hand that the test lays on it.

use std::collections::HashMap;
use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::lock::tests::{Hardware, PIN, WRONG, code, enrol, seconds_left};
use crate::lock::{Profiles, profile, revoke, rewrap, standing};

const HOUR: u64 = 3600;

/// A device that knows one finger, which the test lays on it.
struct Device {
    secrets: Mutex<HashMap<String, [u8; 32]>>,
    known: AtomicU32,
    shown: AtomicU32,
}

impl Device {
    fn new() -> Arc<Self> {
        let [known, shown] = [1, 1].map(AtomicU32::new);
        Arc::new(Self { secrets: Mutex::default(), known, shown })
    }

    fn show(&self, finger: u32) {
        self.shown.store(finger, Ordering::SeqCst);
    }

    /// Learns another finger, and with it gives out nothing that it kept before.
    fn learn(&self, finger: u32) {
        self.known.store(finger, Ordering::SeqCst);
        self.all().clear();
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<String, [u8; 32]>> {
        self.secrets.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn look(&self) -> Result<(), BiometryError> {
        let is_known = self.shown.load(Ordering::SeqCst) == self.known.load(Ordering::SeqCst);
        if is_known { Ok(()) } else { Err(BiometryError::Refused) }
    }
}

impl Biometry for Device {
    fn is_ready(&self) -> bool {
        self.known.load(Ordering::SeqCst) > 0
    }

    fn keep(
        &self,
        name: &str,
        secret: &[u8; 32],
        _: &PromptWords,
    ) -> Result<Vec<u8>, BiometryError> {
        self.look()?;
        self.all().insert(name.to_owned(), *secret);
        Ok(Vec::new())
    }

    fn give(
        &self,
        name: &str,
        _: &[u8],
        _: &PromptWords,
    ) -> Result<Zeroizing<Vec<u8>>, BiometryError> {
        let secret = self.all().get(name).copied().ok_or(BiometryError::Off)?;
        self.look()?;
        Ok(Zeroizing::new(secret.to_vec()))
    }

    fn forget(&self, name: &str) {
        self.all().remove(name);
    }
}

/// A profile that a finger opens, the device, and the tablet's hardware.
struct Set {
    hardware: Hardware,
    device: Arc<Device>,
    folder: tempfile::TempDir,
    key: DatabaseKey,
}

impl Set {
    fn up() -> Result<Self, TabletError> {
        let set = Self {
            hardware: Hardware::new()?,
            device: Device::new(),
            folder: tempfile::tempdir()?,
            key: DatabaseKey::default(),
        };
        let environment = set.environment();
        let key = enrol(set.folder.path(), &environment)?;
        assert_eq!(biometry(set.folder.path(), &environment)?, BiometryView::Off);
        assert_eq!(code(set.open(&environment)), "biometry_off");
        switch_on_biometry(set.folder.path(), PIN, &PromptWords::default(), &environment)?;
        Ok(Self { key, ..set })
    }

    /// A run of the app.
    fn environment(&self) -> Environment {
        self.hardware.run().with_biometry(Arc::clone(&self.device) as Arc<dyn Biometry>)
    }

    fn open(&self, environment: &Environment) -> Result<DatabaseKey, TabletError> {
        open_by_biometry(self.folder.path(), &PromptWords::default(), environment)
    }

    fn shows(&self, environment: &Environment) -> Result<bool, TabletError> {
        Ok(standing(self.folder.path(), environment)?.by_biometry)
    }
}

#[test]
fn the_known_finger_opens_and_no_other_and_no_pin_is_counted() -> Result<(), TabletError> {
    let set = Set::up()?;
    let environment = set.environment();
    assert!(set.shows(&environment)?);
    assert_eq!(set.open(&environment)?, set.key);
    set.device.show(2);
    for _ in 0..12 {
        assert_eq!(code(set.open(&environment)), "biometry_refused");
    }
    assert_eq!(standing(set.folder.path(), &environment)?.tries_left, 10);
    set.device.show(1);
    assert_eq!(set.open(&environment)?, set.key);
    // It's switched on by the PIN alone, and by the finger that is known.
    let (folder, words) = (set.folder.path(), PromptWords::default());
    switch_off_biometry(folder, &environment)?;
    assert!(set.device.all().is_empty(), "the device still has the secret");
    assert_eq!(code(set.open(&environment)), "biometry_off");
    assert_eq!(code(switch_on_biometry(folder, WRONG, &words, &environment)), "wrong_pin");
    set.device.show(2);
    assert_eq!(code(switch_on_biometry(folder, PIN, &words, &environment)), "biometry_refused");
    assert_eq!(biometry(folder, &environment)?, BiometryView::Off);
    assert!(!set.shows(&environment)?);
    Ok(())
}

#[test]
fn what_says_yes_without_the_secret_opens_nothing() -> Result<(), TabletError> {
    let set = Set::up()?;
    let environment = set.environment();
    for secret in set.device.all().values_mut() {
        *secret = [7; 32];
    }
    assert_eq!(code(set.open(&environment)), "biometry_off");
    assert_eq!(biometry(set.folder.path(), &environment)?, BiometryView::Off);
    // Nor does the secret, with a key store that isn't the profile's.
    let set = Set::up()?;
    let thief = Hardware::new()?;
    let with_device = thief.run().with_biometry(Arc::clone(&set.device) as Arc<dyn Biometry>);
    assert_ne!(code(set.open(&with_device)), "");
    Ok(())
}

#[test]
fn the_pin_is_due_once_a_shift() -> Result<(), TabletError> {
    let set = Set::up()?;
    let environment = set.environment();
    set.hardware.pass(12 * HOUR - 1);
    assert_eq!(set.open(&environment)?, set.key);
    set.hardware.pass(1);
    assert!(!set.shows(&environment)?);
    assert_eq!(code(set.open(&environment)), "pin_due");
    assert_eq!(biometry(set.folder.path(), &environment)?, BiometryView::On);
    // A clock that is set back makes it no younger than it was.
    set.hardware.set_clock_by(-86_400);
    assert_eq!(code(set.open(&environment)), "pin_due");
    open(set.folder.path(), PIN, &environment)?;
    assert_eq!(set.open(&environment)?, set.key);
    Ok(())
}

#[test]
fn wrong_pins_make_it_wait_and_the_tenth_ends_it() -> Result<(), TabletError> {
    let set = Set::up()?;
    let environment = set.environment();
    let folder = set.folder.path();
    for tries in 1..=9 {
        assert_eq!(code(open(folder, WRONG, &environment)), "wrong_pin");
        let wait = seconds_left(folder, &environment)?;
        assert_eq!(set.shows(&environment)?, wait == 0, "after {tries}");
        assert_eq!(code(set.open(&environment)), if wait == 0 { "" } else { "pin_waits" });
        set.hardware.pass(wait);
    }
    // The finger is no PIN: what was counted stays counted.
    assert_eq!(standing(folder, &environment)?.tries_left, 1);
    let before = fs::read(profile::path(folder))?;
    assert_eq!(code(open(folder, WRONG, &environment)), "locked_out");
    assert_eq!(code(set.open(&environment)), "locked_out");
    assert!(set.device.all().is_empty());
    // The old file put back brings neither way in back.
    fs::write(profile::path(folder), before)?;
    assert_eq!(code(set.open(&environment)), "locked_out");
    Ok(())
}

#[test]
fn a_new_pin_a_revocation_and_handing_in_end_it() -> Result<(), TabletError> {
    let set = Set::up()?;
    let (environment, folder) = (set.environment(), set.folder.path());
    let before = fs::read(profile::path(folder))?;
    rewrap(folder, &set.key, "905738", &environment)?;
    assert_eq!(code(set.open(&environment)), "biometry_off");
    assert!(set.device.all().is_empty());
    fs::write(profile::path(folder), before)?;
    assert_ne!(code(set.open(&environment)), "", "the old file opened");

    let set = Set::up()?;
    let (environment, folder) = (set.environment(), set.folder.path());
    let before = fs::read(profile::path(folder))?;
    revoke(folder, &environment)?;
    assert_eq!(code(set.open(&environment)), "tablet_revoked");
    fs::write(profile::path(folder), before)?;
    assert_eq!(code(set.open(&environment)), "biometry_off");
    assert!(!set.shows(&environment)?);

    let set = Set::up()?;
    crate::lock::forget(set.folder.path(), &set.environment())?;
    assert!(set.device.all().is_empty());
    assert_eq!(fs::read_dir(set.hardware.keys.path().join("key-store"))?.count(), 0);
    Ok(())
}

#[test]
fn another_finger_on_the_device_ends_it() -> Result<(), TabletError> {
    let set = Set::up()?;
    let environment = set.environment();
    set.device.learn(2);
    set.device.show(2);
    assert_eq!(code(set.open(&environment)), "biometry_off");
    assert_eq!(biometry(set.folder.path(), &environment)?, BiometryView::Off);
    // Nobody is known to it any more: it is not offered.
    set.device.learn(0);
    assert_eq!(biometry(set.folder.path(), &environment)?, BiometryView::Absent);
    Ok(())
}

#[test]
fn it_is_for_a_tablet_of_one_worker_with_a_place_for_keys() -> Result<(), TabletError> {
    let set = Set::up()?;
    let data = tempfile::tempdir()?;
    let (environment, words) = (set.environment(), PromptWords::default());
    let profiles = Profiles::of(data.path())?;
    let (_, first) = profiles.new_folder(&environment)?;
    fs::create_dir_all(&first)?;
    let key = enrol(&first, &environment)?;
    switch_on_biometry(&first, PIN, &words, &environment)?;
    assert_eq!(open_by_biometry(&first, &words, &environment)?, key);
    assert!(profiles.list(&environment)?.iter().all(|it| it.by_biometry));

    // A colleague moves in: whose finger it is, the device doesn't know.
    let (_, second) = profiles.new_folder(&environment)?;
    fs::create_dir_all(&second)?;
    enrol(&second, &environment)?;
    assert!(profiles.list(&environment)?.iter().all(|it| !it.by_biometry));
    assert_eq!(code(open_by_biometry(&first, &words, &environment)), "biometry_off");
    assert_eq!(biometry(&second, &environment)?, BiometryView::Absent);
    assert_eq!(code(switch_on_biometry(&second, PIN, &words, &environment)), "biometry_off");
    // When the colleague is gone again, it has to be switched on again.
    crate::lock::forget(&second, &environment)?;
    assert_eq!(biometry(&first, &environment)?, BiometryView::Off);

    let with_files =
        set.hardware.run_with_files().with_biometry(Arc::clone(&set.device) as Arc<dyn Biometry>);
    let folder = tempfile::tempdir()?;
    enrol(folder.path(), &with_files)?;
    assert_eq!(biometry(folder.path(), &with_files)?, BiometryView::Absent);
    Ok(())
}
