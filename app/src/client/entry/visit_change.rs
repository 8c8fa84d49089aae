//! Entries about who makes a visit, and that it is not made.

use kjent_core::fact::CancelReason;
use leptos::prelude::*;

use crate::i18n::{I18n, said, t_string};

/// Why a visit was not made.
pub fn cancelled(i18n: I18n, reason: &CancelReason, words: &str) -> impl IntoView + use<> {
    let line = t_string!(i18n, visits.entry_cancelled, why = said(i18n, reason, words)).to_string();
    view! { <p data-testid="entry-cancelled">{line}</p> }
}
