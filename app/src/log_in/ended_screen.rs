//! What is said when the worker has handed the tablet in.

use leptos::prelude::*;

use crate::components::choice::Quiet;
use crate::components::language_switch::LanguageSwitch;
use crate::i18n::{t, use_i18n};
use crate::session::Session;

/// The screen of a tablet that a worker has just handed in.
#[component]
pub fn EndedScreen() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    view! {
        <main class="kj-first">
            <div class="kj-first__card" role="status" data-testid="ended">
                <h1 class="ds-heading" data-size="lg">{t!(i18n, ended.handed_in)}</h1>
                <p>{t!(i18n, ended.handed_in_lead)}</p>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="begin-anew"
                    on:click=move |_| session.read()>
                    {t!(i18n, ended.begin_anew)}
                </button>
            </div>
            <LanguageSwitch quiet=Quiet::Yes />
        </main>
    }
}
