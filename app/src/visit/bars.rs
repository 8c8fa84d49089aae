//! The bar at the bottom of a signed visit: where to read about it.

use kjent_core::ids::{ClientId, VisitId};
use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// Where to read about a signed visit.
#[component]
pub fn ToJournal(client: ClientId, visit: VisitId) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p data-testid="visit-finished">{t!(i18n, visit.in_journal)}</p>
        <a class="ds-button" data-testid="open-journal" href=format!("/client/{client}?part=journal&visit={visit}")>
            {t!(i18n, visit.open_journal)}
        </a>
    }
}
