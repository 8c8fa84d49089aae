//! Wires a worker's PIN to `unlock`.

use std::mem::take;

use kjent_core::command::Unlock;
use kjent_core::problem::Problem;
use kjent_core::secret::Secret;
use kjent_core::view::{LockState, ProfileView};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pin_model::{only_digits, with_digit, without_last};
use super::pin_pad::PinPad;
use super::repair::{RepairButton, is_damage};
use super::unlock_screen::Shown;
use super::waiting::Waiting;
use crate::biometry::UnlockButton;
use crate::components::choice::Quiet;
use crate::components::language_switch::LanguageSwitch;
use crate::i18n::{sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::session::Session;

/// One worker's lock.
#[component]
pub fn PinScreen(profile: Memo<ProfileView>, shown: RwSignal<Shown>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let pin = RwSignal::new(String::new());
    // What a repair asks for, when the PIN opens a database that is damaged.
    let mends = StoredValue::new(Secret::default());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let input = NodeRef::<html::Input>::new();
    input.on_load(|input| drop(input.focus()));
    let name = profile.with_untracked(|profile| profile.profile.clone());
    let opening = name.clone();

    let change = move |new: String| {
        problem.set(None);
        mends.set_value(Secret::default());
        pin.set(new);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let is_ready = profile.with_untracked(|profile| profile.state == LockState::Ready);
        if !is_ready || busy.get_untracked() || pin.with_untracked(String::is_empty) {
            return;
        }
        busy.set(true);
        let profile = opening.clone();
        spawn_local(async move {
            let typed = Secret::from(pin.try_update(take).unwrap_or_default());
            let result = call(Unlock { profile, pin: typed.clone() }).await;
            busy.set(false);
            if result.as_ref().is_err_and(is_damage) {
                mends.set_value(typed);
            }
            match result {
                Ok(view) => session.enter(view),
                Err(why) => {
                    problem.set(Some(why));
                    // What it cost.
                    session.read();
                }
            }
        });
    };
    let takes_pin = Memo::new(move |_| {
        profile.with(|it| matches!(it.state, LockState::Ready | LockState::Waiting { .. }))
    });
    let needs_log_in = Memo::new(move |_| {
        let is_shut =
            profile.with(|it| matches!(it.state, LockState::LockedOut | LockState::Revoked));
        let codes = ["lease_over", "key_lost", "locked_out", "tablet_revoked"];
        let is_told =
            problem.with(|it| it.as_ref().is_some_and(|it| codes.contains(&it.code.as_str())));
        is_shut || is_told
    });
    let again = name.clone();
    let (damaged, shown_to) = (name.clone(), name);
    // The PIN that a repair asks for isn't there when a face or a finger opened the door to the damage.
    let can_mend = move || {
        problem.with(|it| it.as_ref().is_some_and(is_damage))
            && mends.with_value(|pin| !pin.reveal().is_empty())
    };
    let form = move || {
        let (damaged, shown_to) = (damaged.clone(), shown_to.clone());
        view! {
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
            <Waiting profile />
            <Show when=can_mend>
                <RepairButton profile=damaged.clone() pin=mends problem />
            </Show>
            <PinPad
                digit=Callback::new(move |digit| change(with_digit(&pin.get_untracked(), digit)))
                erase=Callback::new(move |()| change(without_last(&pin.get_untracked())))
                busy
            />
            <Show when=move || profile.with(|profile| profile.by_biometry)>
                <UnlockButton profile=shown_to.clone() problem busy />
            </Show>
            <p class="ds-sr-only" role="status">
                {move || t_string!(i18n, unlock.digits, count = pin.with(String::len)).to_string()}
            </p>
        }
    };
    let closed = move || {
        let words = profile.with(|profile| match &profile.state {
            LockState::Failed { problem } => sentence(i18n, problem),
            LockState::Revoked => sentence(i18n, &Problem::new("tablet_revoked")),
            _ => sentence(i18n, &Problem::new("locked_out")),
        });
        view! {
            <div class="ds-alert" data-color="warning" data-testid="locked-out"><p>{words}</p></div>
        }
    };
    view! {
        <main class="kj-first">
            <form class="kj-first__card kj-pin" on:submit=submit>
                <h1 class="ds-heading" data-size="lg" data-testid="unlock-title">
                    {move || t_string!(i18n, unlock.hello, name = profile.with(|it| it.initials.clone())).to_string()}
                </h1>
                {move || if takes_pin.get() { form().into_any() } else { closed().into_any() }}
                <button
                    type="button"
                    class="ds-button"
                    data-variant=move || if needs_log_in.get() { "primary" } else { "tertiary" }
                    data-testid="again"
                    on:click=move |_| shown.set(Shown::Again(again.clone()))
                >
                    {move || if needs_log_in.get() {
                        t_string!(i18n, unlock.again)
                    } else {
                        t_string!(i18n, unlock.forgotten)
                    }}
                </button>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    data-testid="other-profile"
                    on:click=move |_| shown.set(Shown::List)
                >
                    {t!(i18n, unlock.switch)}
                </button>
                <Show when=move || profile.with(|profile| !profile.has_key_store)>
                    <p class="kj-subtle kj-pin__store" data-testid="no-key-store">{t!(i18n, unlock.no_key_store)}</p>
                </Show>
            </form>
            <LanguageSwitch quiet=Quiet::Yes />
        </main>
    }
}
