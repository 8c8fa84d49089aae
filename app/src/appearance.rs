//! How the app looks on this tablet: light or dark, contrast and the size of its text.

mod appearance_model;
mod appearance_settings;

pub use appearance_model::Appearance;
pub use appearance_settings::AppearanceSettings;
