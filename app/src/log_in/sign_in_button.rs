//! One button that leads to the browser, and one that waits for it no more.

use kjent_core::command::{CancelSignIn, Command};
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::{call, on_stray_link};

/// Sends `request` when it is tapped, and `done` hears what came of it. While the worker is in the
/// browser it says so.
#[component]
pub fn SignInButton<C: Command + 'static>(
    /// What to ask for; nothing when the form says itself what it lacks.
    request: Callback<(), Option<C>>,
    /// What came of it.
    done: Callback<Result<C::Answer, Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let waits = RwSignal::new(false);
    // A link that nobody waits for is answered with words where signing in begins.
    on_stray_link(move |problem| done.run(Err(problem)));
    let tapped = move |_| {
        if waits.get_untracked() {
            return;
        }
        let Some(request) = request.run(()) else { return };
        waits.set(true);
        spawn_local(async move {
            let result = call(request).await;
            if waits.try_set(false).is_none() {
                done.run(result);
            }
        });
    };
    let cancel = move |_| {
        // What waits hears of it, and says so.
        spawn_local(async { drop(call(CancelSignIn {}).await) });
    };
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            data-testid="sign-in"
            aria-disabled=move || waits.get().to_string()
            on:click=tapped
        >
            {t!(i18n, sign_in.submit)}
        </button>
        <div role="status" data-testid="sign-in-waits">
            {move || waits.get().then(|| t_string!(i18n, sign_in.waiting))}
        </div>
        <Show when=move || waits.get()>
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="cancel-sign-in" on:click=cancel>
                {t!(i18n, sign_in.cancel)}
            </button>
        </Show>
    }
}
