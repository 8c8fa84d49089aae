//! Handing the tablet in: one button, a question, and what stands in the way when it can't be.

use kjent_core::command::HandIn;
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::session::Session;

/// The button, which asks first.
#[component]
pub fn HandInButton() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    // What was said of the last try is no answer to the next.
    let ask = move |again: bool| {
        problem.set(None);
        asking.set(again);
    };
    let hand_in = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let result = call(HandIn {}).await;
            busy.set(false);
            match result {
                Ok(view) => session.enter(view),
                Err(why) => problem.set(Some(why)),
            }
        });
    };
    view! {
        <Show
            when=move || asking.get()
            fallback=move || view! {
                <button type="button" class="ds-button" data-variant="secondary" data-testid="hand-in"
                    on:click=move |_| ask(true)>
                    {t!(i18n, hand_in.button)}
                </button>
            }
        >
            <p>{t!(i18n, hand_in.question)}</p>
            <button type="button" class="ds-button" data-color="danger" data-testid="hand-in-yes"
                aria-disabled=move || busy.get().to_string() on:click=hand_in>
                {move || if busy.get() { t_string!(i18n, hand_in.working) } else { t_string!(i18n, hand_in.yes) }}
            </button>
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="hand-in-no"
                on:click=move |_| ask(false)>
                {t!(i18n, hand_in.no)}
            </button>
        </Show>
        <div role="alert" data-testid="hand-in-problem">
            {move || problem.get().map(|problem| view! {
                <div class="ds-alert" data-color="warning">
                    <p><b>{t!(i18n, hand_in.not_yet)}</b> {sentence(i18n, &problem)}</p>
                </div>
            })}
        </div>
    }
}
