//! Opening a profile by face or finger, and switching that on and off.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use kjent_core::command::PromptWords;
use kjent_core::problem::Problem;
use kjent_core::view::BiometryView;
use kjent_tablet::{Tablet, TabletError, lock};

use super::{Session, lock as held, problem};

impl Session {
    /// How it stands for the open profile.
    pub fn biometry(&self) -> Result<BiometryView, Problem> {
        lock::biometry(&self.open_folder()?, &self.environment).map_err(|error| problem(&error))
    }

    /// Switches it on, while the system's prompt is in front.
    pub fn switch_on_biometry(&self, pin: &str, words: &PromptWords) -> Result<(), Problem> {
        let folder = self.open_folder()?;
        // The prompt takes the window's place for a moment, and that is no reason to lock.
        self.prompts.store(true, Ordering::SeqCst);
        let switched = lock::switch_on_biometry(&folder, pin, words, &self.environment);
        self.prompts.store(false, Ordering::SeqCst);
        match switched {
            Err(error @ (TabletError::LockedOut | TabletError::Revoked)) => {
                self.end();
                Err(problem(&error))
            }
            switched => switched.map_err(|error| problem(&error)),
        }
    }

    /// Switches it off.
    pub fn switch_off_biometry(&self) -> Result<(), Problem> {
        let folder = self.open_folder()?;
        lock::switch_off_biometry(&folder, &self.environment).map_err(|error| problem(&error))
    }

    /// Opens a profile by it.
    pub fn unlock_by_biometry(&self, profile: &str, words: &PromptWords) -> Result<(), Problem> {
        let folder = self.profiles.folder(profile).map_err(|error| problem(&error))?;
        let tablet = Tablet::open_by_biometry(&folder, words, self.environment.clone());
        self.unlocked(profile, tablet)
    }

    fn open_folder(&self) -> Result<PathBuf, Problem> {
        let open = held(&self.open).as_ref().map(|open| open.profile.clone());
        let profile = open.ok_or_else(|| Problem::new("locked"))?;
        self.profiles.folder(&profile).map_err(|error| problem(&error))
    }
}
