//! Opening by face or finger: the button at the lock, and the switch in the worker's menu. Where the
//! shell says that the device has none, nothing is shown of it.

mod biometry_settings;
mod unlock_button;

use kjent_core::command::PromptWords;

pub use biometry_settings::BiometrySettings;
pub use unlock_button::UnlockButton;

use crate::i18n::{I18n, t_string};

/// What the system's prompt says.
fn prompt(i18n: I18n) -> PromptWords {
    PromptWords {
        title: t_string!(i18n, biometry.prompt).to_owned(),
        reason: t_string!(i18n, biometry.show).to_owned(),
        cancel: t_string!(i18n, biometry.cancel).to_owned(),
    }
}
