//! Switching it on, which takes the PIN, and off.

use kjent_core::command::{ReadBiometry, SwitchOffBiometry, SwitchOnBiometry};
use kjent_core::problem::Problem;
use kjent_core::secret::Secret;
use kjent_core::view::BiometryView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::prompt;
use crate::components::text_field::{TextInput, empty, go_to_field};
use crate::i18n::{sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::session::Session;

/// The field for the PIN, whose test id it also is.
const FIELD: &str = "biometry-pin";

/// The part of the worker's menu.
#[component]
pub fn BiometrySettings() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let standing = RwSignal::new(BiometryView::Absent);
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let pin = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    spawn_local(async move {
        // What can't be asked about isn't offered.
        if let Ok(view) = call(ReadBiometry {}).await {
            standing.set(view);
        }
    });
    let ask = move |again: bool| {
        problem.set(None);
        pin.set(String::new());
        asking.set(again);
    };
    let told = move |result: Result<BiometryView, Problem>| {
        busy.set(false);
        match result {
            Ok(view) => {
                standing.set(view);
                asking.set(false);
            }
            Err(why) => {
                let is_closed = ["locked_out", "tablet_revoked"].contains(&why.code.as_str());
                problem.set(Some(why));
                match is_closed {
                    true => session.read(),
                    false => go_to_field(FIELD),
                }
            }
        }
    };
    let switch_on = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || pin.with_untracked(String::is_empty) {
            return;
        }
        busy.set(true);
        problem.set(None);
        let pin = Secret::from(pin.try_update(std::mem::take).unwrap_or_default());
        empty(&[FIELD]);
        let words = prompt(i18n);
        spawn_local(async move { told(call(SwitchOnBiometry { pin, words }).await) });
    };
    let switch_off = move |_| {
        if !busy.get_untracked() {
            busy.set(true);
            problem.set(None);
            spawn_local(async move { told(call(SwitchOffBiometry {}).await) });
        }
    };
    let off = move || {
        view! {
            <Show
                when=move || asking.get()
                fallback=move || view! {
                    <button type="button" class="ds-button" data-variant="secondary" data-testid="biometry-ask"
                        on:click=move |_| ask(true)>
                        {t!(i18n, biometry.unlock)}
                    </button>
                }
            >
                <form class="kj-menu" on:submit=switch_on>
                    <TextInput id=FIELD kind="password" keys="numeric"
                        label=Signal::derive(move || t_string!(i18n, biometry.pin).to_owned())
                        hint=Signal::derive(move || t_string!(i18n, biometry.hint).to_owned())
                        error=Signal::derive(move || problem.get().map(|it| sentence(i18n, &it)))
                        typed=Callback::new(move |text| pin.set(text)) />
                    <button type="submit" class="ds-button" data-testid="biometry-on"
                        aria-disabled=move || busy.get().to_string()>
                        {t!(i18n, biometry.switch_on)}
                    </button>
                    <button type="button" class="ds-button" data-variant="tertiary" data-testid="biometry-no"
                        on:click=move |_| ask(false)>
                        {t!(i18n, biometry.no)}
                    </button>
                </form>
            </Show>
        }
    };
    let on = move || {
        view! {
            <button type="button" class="ds-button" data-variant="secondary" data-testid="biometry-off"
                aria-disabled=move || busy.get().to_string() on:click=switch_off>
                {t!(i18n, biometry.switch_off)}
            </button>
        }
    };
    view! {
        {move || match standing.get() {
            BiometryView::Absent => ().into_any(),
            BiometryView::Off => off().into_any(),
            BiometryView::On => on().into_any(),
        }}
        <p class="ds-sr-only" role="status" data-testid="biometry-told">
            {move || (standing.get() == BiometryView::On).then(|| t_string!(i18n, biometry.is_on))}
        </p>
    }
}
