//! Words in the worker's language. The keys are checked when this is built.
//!
//! Texts are in `app/locales`; here are the generated keys and what chooses among them: words for
//! codes, dates, problems, and which language it is.

mod clinical_words;
mod dates;
mod field_words;
mod language;
mod measurement_words;
mod people_words;
mod plan_words;
mod problem_words;
mod routine_words;
mod visit_words;
mod words;

#[allow(
    missing_docs,
    dead_code,
    unused_imports,
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]
mod keys {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}

pub use clinical_words::*;
pub use dates::{
    date, full_date, full_moment, heading, moment, moment_with_date, month, relative_day, time,
    weekday_name,
};
pub use field_words::{field_word, value_word};
pub use keys::i18n::{I18nSubContextProvider, Locale, t, t_string, use_i18n};
pub use language::{LANGUAGES, WithLanguage, choose_language};
pub use people_words::*;
pub use plan_words::*;
pub use problem_words::sentence;
pub use routine_words::*;
pub use visit_words::{
    cancelled_line, erased_line, not_met_line, said, taken_over_line, unplanned_line,
    wrong_person_line,
};
pub use words::*;

/// What a function needs to find words: reading it inside a view follows the language.
pub type I18n = leptos_i18n::I18nContext<Locale>;
