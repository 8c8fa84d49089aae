//! What is said when a profile has ended: handed in by the worker, or by the office.

use leptos::prelude::*;

use crate::components::choice::Quiet;
use crate::components::language_switch::LanguageSwitch;
use crate::i18n::{t, t_string, use_i18n};
use crate::session::Session;

/// How a profile ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The server lets the tablet in no more.
    Revoked,
    /// The worker handed it in.
    HandedIn,
}

/// The screen of a tablet that has nobody's profile any more.
#[component]
pub fn EndedScreen(
    /// How it ended.
    ended: Ended,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let title = move || match ended {
        Ended::Revoked => t_string!(i18n, ended.revoked),
        Ended::HandedIn => t_string!(i18n, ended.handed_in),
    };
    let lead = move || match ended {
        Ended::Revoked => t_string!(i18n, ended.revoked_lead),
        Ended::HandedIn => t_string!(i18n, ended.handed_in_lead),
    };
    view! {
        <main class="kj-first">
            <div class="kj-first__card" role="status" data-testid="ended">
                <h1 class="ds-heading" data-size="lg">{title}</h1>
                <p>{lead}</p>
                {(ended == Ended::HandedIn).then(|| view! {
                    <button type="button" class="ds-button" data-variant="secondary" data-testid="begin-anew"
                        on:click=move |_| session.read()>
                        {t!(i18n, ended.begin_anew)}
                    </button>
                })}
            </div>
            <LanguageSwitch quiet=Quiet::Yes />
        </main>
    }
}
