//! The workers who share a tablet: each has a folder of their own, with a database and a key of its
//! own, under a name that tells nothing.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use kjent_core::view::{LockState, ProfileView};

use super::profile::{Profile, hex, path};
use super::{FileKeyStore, KeyStore, Standing, guard, is_enrolled, standing};
use crate::{Environment, TabletError};

/// Where the profiles lie in the data folder.
const FOLDER: &str = "profiles";

/// The data folder of a profile: where the device's file lies. A profile that is not among others is
/// in the data folder itself.
pub(crate) fn data_folder(profile: &Path) -> &Path {
    let among = profile.parent().filter(|parent| parent.file_name() == Some(FOLDER.as_ref()));
    among.and_then(Path::parent).unwrap_or(profile)
}

/// Whether a profile is the only one on the tablet.
pub(crate) fn is_alone(profile: &Path) -> bool {
    let data = data_folder(profile);
    // Where it can't be known, somebody else may be there.
    data == profile || enrolled(data).is_ok_and(|names| names.len() == 1)
}

/// The profiles in a data folder.
#[derive(Clone, Debug)]
pub struct Profiles {
    data: PathBuf,
}

impl Profiles {
    /// Those of a data folder. A profile of the time when a tablet had one, and had it in the data
    /// folder itself, is moved to where the others are.
    pub fn of(data: &Path) -> Result<Self, TabletError> {
        let profiles = Self { data: data.to_owned() };
        profiles.adopt()?;
        Ok(profiles)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// How each stands at the lock screen, in the order of their initials. Where two workers have the
    /// same, a number tells them apart: the lock screen knows no names.
    pub fn list(&self, environment: &Environment) -> Result<Vec<ProfileView>, TabletError> {
        let mut views = Vec::new();
        for profile in self.names()? {
            let folder = self.data.join(FOLDER).join(&profile);
            let view = match standing(&folder, environment) {
                Ok(standing) => view(profile, standing),
                // One that can't be read must not hide the others. Where only the key store is away,
                // its file still tells whose it is.
                Err(error) => ProfileView {
                    profile,
                    initials: Profile::read(&folder)
                        .map_or_else(|_| "?".to_owned(), |profile| profile.initials),
                    state: LockState::Failed { problem: (&error).into() },
                    has_key_store: true,
                    by_biometry: false,
                },
            };
            views.push(view);
        }
        views.sort_by(|one, other| {
            (&one.initials, &one.profile).cmp(&(&other.initials, &other.profile))
        });
        number(&mut views);
        Ok(views)
    }

    /// A profile's folder, by the name that `list` gave it.
    pub fn folder(&self, profile: &str) -> Result<PathBuf, TabletError> {
        let is_known = self.names()?.iter().any(|name| name == profile);
        if is_known { Ok(self.data.join(FOLDER).join(profile)) } else { Err(TabletError::NotFound) }
    }

    /// A name for a new profile, and the folder that enrolment is to make.
    pub fn new_folder(&self, environment: &Environment) -> Result<(String, PathBuf), TabletError> {
        let name = hex(&environment.random::<8>()?);
        let folder = self.data.join(FOLDER).join(&name);
        Ok((name, folder))
    }

    fn names(&self) -> Result<Vec<String>, TabletError> {
        enrolled(&self.data)
    }

    /// Moves a profile out of the data folder, its file last: cut off at any moment, the next start
    /// goes on with it, and nothing is opened before.
    fn adopt(&self) -> Result<(), TabletError> {
        let profile = match Profile::read(&self.data) {
            Err(TabletError::NotEnrolled) => return Ok(()),
            profile => profile?,
        };
        let to = self.data.join(FOLDER).join(profile.id());
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(&self.data)? {
            let name = entry?.file_name();
            if name.to_str().is_some_and(|name| name.starts_with("kjent.")) {
                fs::rename(self.data.join(&name), to.join(&name))?;
            }
        }
        let (from_store, to_store) = (FileKeyStore::beside(&self.data), FileKeyStore::beside(&to));
        let secrets = [profile.id().to_owned(), guard::name(profile.id())];
        for name in &secrets {
            if let Some(secret) = from_store.get(name)? {
                to_store.set(name, &secret)?;
            }
        }
        sync(&to)?;
        fs::rename(path(&self.data), path(&to))?;
        sync(&to)?;
        sync(&self.data)?;
        for name in &secrets {
            from_store.delete(name)?;
        }
        Ok(())
    }
}

/// The names of the profiles in a data folder.
fn enrolled(data: &Path) -> Result<Vec<String>, TabletError> {
    let entries = match fs::read_dir(data.join(FOLDER)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        // Without its file it is an enrolment that was cut off.
        if is_enrolled(&entry.path())
            && let Ok(name) = entry.file_name().into_string()
        {
            names.push(name);
        }
    }
    Ok(names)
}

fn view(profile: String, standing: Standing) -> ProfileView {
    let state = if standing.is_revoked {
        LockState::Revoked
    } else if !standing.has_wrapping {
        LockState::LockedOut
    } else if standing.wait.is_zero() {
        LockState::Ready
    } else {
        let seconds = standing.wait.as_millis().div_ceil(1000);
        LockState::Waiting { seconds: u32::try_from(seconds).unwrap_or(u32::MAX) }
    };
    let Standing { initials, has_key_store, by_biometry, .. } = standing;
    ProfileView { profile, initials, state, has_key_store, by_biometry }
}

/// `AN` and `AN` become `AN 1` and `AN 2`.
fn number(views: &mut [ProfileView]) {
    for same in views.chunk_by_mut(|one, next| one.initials == next.initials) {
        if same.len() > 1 {
            for (place, view) in same.iter_mut().enumerate() {
                view.initials = format!("{} {}", view.initials, place + 1);
            }
        }
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
