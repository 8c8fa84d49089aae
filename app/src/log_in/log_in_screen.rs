//! Wires the form to `enrol`.

use kjent_core::command::{ReadWaysIn, WaysIn};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::enrol_model::{EnrolForm, Incomplete, Step};
use crate::components::choice::Quiet;
use crate::components::language_switch::LanguageSwitch;
use crate::components::text_field::TextInput;
use crate::i18n::{sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::session::Session;
use crate::sign_in::SignInButton;

/// The first screen on a new tablet, and on one that nobody has logged in on.
#[component]
pub fn EnrolScreen(
    /// What is to be done.
    step: Step,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let form = RwSignal::new(EnrolForm { step, ..EnrolForm::default() });
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<Wrong>);
    let typed = move |put: fn(&mut EnrolForm, String)| {
        Callback::new(move |text| {
            wrong.set(None);
            form.update(|form| put(form, text));
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        match form.with_untracked(EnrolForm::request) {
            Err(why) => wrong.set(Some(Wrong::Form(why))),
            Ok(request) => {
                busy.set(true);
                spawn_local(async move {
                    let result = call(request).await;
                    busy.set(false);
                    match result {
                        Ok(view) => session.enter(view),
                        Err(problem) => wrong.set(Some(Wrong::Shell(problem))),
                    }
                });
            }
        }
    };
    // A tablet that the server knows asks which ways in there are; one that it doesn't offers them all.
    let asked = LocalResource::new(|| call(ReadWaysIn {}));
    let ways = move || asked.get().and_then(Result::ok).unwrap_or(WaysIn::UNKNOWN);
    let sign_in = Callback::new(move |()| {
        let request = form.with_untracked(EnrolForm::sign_in);
        wrong.set(request.as_ref().err().map(|why| Wrong::Form(*why)));
        request.ok()
    });
    let signed_in = Callback::new(move |result| match result {
        Ok(view) => session.enter(view),
        Err(problem) => wrong.set(Some(Wrong::Shell(problem))),
    });
    let why = move || {
        wrong.get().map(|wrong| match wrong {
            Wrong::Form(Incomplete::Empty) => t_string!(i18n, enrol.fill_in).to_owned(),
            Wrong::Form(Incomplete::PinsDiffer) => t_string!(i18n, enrol.pins_differ).to_owned(),
            Wrong::Shell(problem) => sentence(i18n, &problem),
        })
    };
    let words = move |text: fn(crate::i18n::I18n) -> &'static str| {
        Signal::derive(move || text(i18n).to_owned())
    };
    view! {
        <main class="kj-first">
            <form class="kj-first__card" on:submit=submit>
                <h1 class="ds-heading" data-size="lg">{t!(i18n, enrol.title)}</h1>
                <p>{t!(i18n, enrol.lead)}</p>
                {(step == Step::Device).then(|| view! {
                    <TextInput id="code" label=words(|i18n| t_string!(i18n, enrol.code))
                        hint=words(|i18n| t_string!(i18n, enrol.code_hint)) typed=typed(|form, text| form.code = text) />
                    <TextInput id="server" kind="url" label=words(|i18n| t_string!(i18n, enrol.server))
                        hint=words(|i18n| t_string!(i18n, enrol.server_hint)) typed=typed(|form, text| form.server = text) />
                })}
                <Show when=move || ways().password>
                    <TextInput id="employee-number" label=words(|i18n| t_string!(i18n, enrol.employee_number))
                        typed=typed(|form, text| form.employee_number = text) />
                    <TextInput id="password" kind="password" label=words(|i18n| t_string!(i18n, enrol.password))
                        hint=words(|i18n| t_string!(i18n, enrol.password_hint)) typed=typed(|form, text| form.password = text) />
                </Show>
                <TextInput id="pin" kind="password" keys="numeric" label=words(|i18n| t_string!(i18n, enrol.pin))
                    hint=words(|i18n| t_string!(i18n, enrol.pin_hint)) typed=typed(|form, text| form.pin = text) />
                <TextInput id="pin-again" kind="password" keys="numeric" label=words(|i18n| t_string!(i18n, enrol.pin_again))
                    typed=typed(|form, text| form.pin_again = text) />
                <div role="alert" data-testid="problem">
                    {move || why().map(|why| view! { <div class="ds-alert" data-color="danger"><p>{why}</p></div> })}
                </div>
                <Show when=move || ways().password>
                    <button type="submit" class="ds-button" data-testid="enrol" aria-disabled=move || busy.get().to_string()>
                        {move || if busy.get() { t_string!(i18n, enrol.working) } else { t_string!(i18n, enrol.submit) }}
                    </button>
                </Show>
                <Show when=move || ways().provider>
                    <SignInButton request=sign_in done=signed_in />
                </Show>
            </form>
            <LanguageSwitch quiet=Quiet::Yes />
        </main>
    }
}

#[derive(Clone)]
enum Wrong {
    Form(Incomplete),
    Shell(kjent_core::problem::Problem),
}
