//! Opening by face or finger, where the device has that.

use serde::{Deserialize, Serialize};

use crate::secret::Secret;
use crate::view::{BiometryView, SessionView};

commands! {
    /// How opening by face or finger stands for the open profile.
    ReadBiometry = "read_biometry" -> BiometryView {}

    /// Have a face or a finger open the profile from now on. Asks for the PIN, so that a tablet that
    /// lies open is not enough.
    SwitchOnBiometry = "switch_on_biometry" -> BiometryView {
        /// The PIN.
        pin: Secret,
        /// What the system's prompt says.
        words: PromptWords,
    }

    /// Have only the PIN open the profile.
    SwitchOffBiometry = "switch_off_biometry" -> BiometryView {}

    /// Open a profile by face or finger. Answers when the system's prompt has ended.
    UnlockByBiometry = "unlock_by_biometry" -> SessionView {
        /// Which: `ProfileView::profile`.
        profile: String,
        /// What the system's prompt says.
        words: PromptWords,
    }
}

/// What the system's prompt says, in the worker's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptWords {
    /// Its heading.
    pub title: String,
    /// What it is for.
    pub reason: String,
    /// The way out of it.
    pub cancel: String,
}
