//! Wires the PIN to `unlock`.

use kjent_core::command::Unlock;
use kjent_core::problem::Problem;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pin_model::{only_digits, with_digit, without_last};
use super::pin_pad::PinPad;
use super::repair::{RepairButton, is_damage};
use crate::components::choice::Quiet;
use crate::components::language_switch::LanguageSwitch;
use crate::i18n::{sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::session::Session;

/// The lock screen.
#[component]
pub fn UnlockScreen(worker_name: String) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let pin = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let input = NodeRef::<html::Input>::new();
    input.on_load(|input| drop(input.focus()));

    let change = move |new: String| {
        problem.set(None);
        pin.set(new);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || pin.with_untracked(String::is_empty) {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let result = call(Unlock { pin: pin.get_untracked() }).await;
            busy.set(false);
            if !result.as_ref().is_err_and(is_damage) {
                pin.set(String::new());
            }
            match result {
                Ok(view) => session.enter(view),
                Err(why) => problem.set(Some(why)),
            }
        });
    };
    let worker_name = StoredValue::new(worker_name);
    view! {
        <main class="kj-first">
            <form class="kj-first__card kj-pin" on:submit=submit>
                <h1 class="ds-heading" data-size="lg" data-testid="unlock-title">
                    {t!(i18n, unlock.hello, name = worker_name.get_value())}
                </h1>
                <label class="kj-pin__lead" for="pin">{t!(i18n, unlock.lead)}</label>
                <input
                    class="ds-input kj-pin__input"
                    id="pin"
                    data-testid="pin"
                    type="password"
                    inputmode="none"
                    autocomplete="off"
                    aria-describedby="pin-problem"
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    node_ref=input
                    prop:value=pin
                    on:input:target=move |event| change(only_digits(&event.target().value()))
                />
                <p class="kj-pin__problem" id="pin-problem" role="alert" data-testid="problem">
                    {move || problem.get().map(|problem| sentence(i18n, &problem))}
                </p>
                <Show when=move || problem.with(|problem| problem.as_ref().is_some_and(is_damage))>
                    <RepairButton pin problem />
                </Show>
                <PinPad
                    digit=Callback::new(move |digit| change(with_digit(&pin.get_untracked(), digit)))
                    erase=Callback::new(move |()| change(without_last(&pin.get_untracked())))
                    busy
                />
                <p class="ds-sr-only" role="status">
                    {move || t_string!(i18n, unlock.digits, count = pin.with(String::len)).to_string()}
                </p>
            </form>
            <LanguageSwitch quiet=Quiet::Yes />
        </main>
    }
}
