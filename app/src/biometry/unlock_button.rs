//! The button that opens a profile by face or finger.

use kjent_core::command::UnlockByBiometry;
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::prompt;
use crate::components::icon::{PERSON_KNOWN, icon};
use crate::i18n::{t, use_i18n};
use crate::ipc::call;
use crate::session::Session;

/// Asks for a face or a finger. What it says when none is taken leads back to the PIN.
#[component]
pub fn UnlockButton(
    profile: String,
    problem: RwSignal<Option<Problem>>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let open = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (profile, words) = (profile.clone(), prompt(i18n));
        spawn_local(async move {
            let result = call(UnlockByBiometry { profile, words }).await;
            busy.set(false);
            match result {
                Ok(view) => session.enter(view),
                Err(why) => {
                    problem.set(Some(why));
                    // Whether it is still a way in.
                    session.read();
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            data-testid="by-biometry"
            aria-disabled=move || busy.get().to_string()
            on:click=open
        >
            {icon(PERSON_KNOWN)}
            <span>{t!(i18n, biometry.unlock)}</span>
        </button>
    }
}
