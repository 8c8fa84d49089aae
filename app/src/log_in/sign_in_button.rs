//! One button that leads to the browser, and one that waits for it no more.

use kjent_core::command::CancelSignIn;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;

/// The buttons. While the worker is in the browser it says so.
#[component]
pub fn SignInButton(
    /// Whether it is the only way in.
    #[prop(into)]
    is_only: Signal<bool>,
    /// Whether the browser is waited for.
    #[prop(into)]
    waits: Signal<bool>,
    /// Leads to the browser.
    begin: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant=move || if is_only.get() { "primary" } else { "secondary" }
            data-testid="sign-in"
            aria-disabled=move || waits.get().to_string()
            on:click=move |_| begin.run(())
        >
            {t!(i18n, sign_in.submit)}
        </button>
        <div role="status" data-testid="sign-in-waits">
            {move || waits.get().then(|| view! {
                <div class="ds-alert" data-color="info"><p>{t_string!(i18n, sign_in.waiting)}</p></div>
            })}
        </div>
        <Show when=move || waits.get()>
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="cancel-sign-in" on:click=|_| wait_no_more()>
                {t!(i18n, sign_in.cancel)}
            </button>
        </Show>
    }
}

/// Waits for the browser no more. What waits hears of it.
pub fn wait_no_more() {
    spawn_local(async { drop(call(CancelSignIn {}).await) });
}
