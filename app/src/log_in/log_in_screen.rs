//! The one form for getting in, with the ways in that the tablet's server has.

use kjent_core::command::{ReadWaysIn, WaysIn};
use kjent_core::problem::Problem;
use kjent_core::view::SessionView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::log_in_model::{Incomplete, Purpose, Request, Typed, Way};
use super::sign_in_button::{SignInButton, wait_no_more};
use crate::components::choice::Quiet;
use crate::components::language_switch::LanguageSwitch;
use crate::components::text_field::{SECRETS, TextInput, empty};
use crate::i18n::{I18n, sentence, t, t_string, use_i18n};
use crate::ipc::{call, on_stray_link};
use crate::session::Session;

/// Why nobody got in.
#[derive(Clone)]
enum Wrong {
    Form(Incomplete),
    Shell(Problem),
}

/// The screen.
#[component]
pub fn LogInScreen(
    /// What for. A tablet that the server got to know has no use for a code any more.
    #[prop(into)]
    purpose: Signal<Purpose>,
    /// Leads back to where the worker came from, if anywhere.
    #[prop(optional)]
    back: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let form = StoredValue::new(Typed::default());
    let busy = RwSignal::new(None::<Way>);
    let wrong = RwSignal::new(None::<Wrong>);
    let typed = move |put: fn(&mut Typed, String)| {
        Callback::new(move |text| {
            wrong.set(None);
            form.update_value(|form| put(form, text));
        })
    };
    let begin = move |way: Way| {
        if busy.with_untracked(Option::is_some) {
            return;
        }
        match form.try_update_value(|form| form.request(purpose.get_untracked(), way)) {
            None => {}
            Some(Err(why)) => wrong.set(Some(Wrong::Form(why))),
            Some(Ok(request)) => {
                wrong.set(None);
                empty(&SECRETS);
                busy.set(Some(way));
                spawn_local(async move {
                    let result = send(request).await;
                    busy.try_set(None);
                    match result {
                        // Also when the screen is another by now: the profile is open.
                        Ok(view) => session.enter(view),
                        Err(problem) => {
                            wrong.try_set(Some(Wrong::Shell(problem)));
                            // The code may be spent, and the tablet known.
                            session.read();
                        }
                    }
                });
            }
        }
    };
    // A link that nobody waits for is answered with words here, as long as the screen is shown.
    on_stray_link(move |problem| drop(wrong.try_set(Some(Wrong::Shell(problem)))));
    on_cleanup(move || {
        if busy.try_get_untracked().flatten() == Some(Way::Provider) {
            wait_no_more();
        }
    });
    let waits = Memo::new(move |_| busy.get() == Some(Way::Provider));
    let is_new = Memo::new(move |_| purpose.get() == Purpose::Device);
    let is_again = Memo::new(move |_| matches!(purpose.get(), Purpose::Again(_)));
    // A tablet that the server knows asks which ways in there are; one that it doesn't offers them all.
    let asked = LocalResource::new(move || {
        is_new.track();
        call(ReadWaysIn {})
    });
    let ways = Memo::new(move |_| asked.get().and_then(Result::ok).unwrap_or(WaysIn::UNKNOWN));
    let why = move || {
        wrong.get().map(|wrong| match wrong {
            Wrong::Form(Incomplete::Empty) => t_string!(i18n, enrol.fill_in).to_owned(),
            Wrong::Form(Incomplete::PinsDiffer) => t_string!(i18n, enrol.pins_differ).to_owned(),
            Wrong::Shell(problem) => sentence(i18n, &problem),
        })
    };
    let submit_words = move || match (busy.get() == Some(Way::Password), is_again.get()) {
        (true, true) => t_string!(i18n, unlock.working),
        (true, false) => t_string!(i18n, enrol.working),
        (false, true) => t_string!(i18n, unlock.again),
        (false, false) => t_string!(i18n, enrol.submit),
    };
    let words = move |text: fn(I18n) -> &'static str| Signal::derive(move || text(i18n).to_owned());
    let device = move || {
        view! {
            <TextInput id="code" label=words(|i18n| t_string!(i18n, enrol.code))
                hint=words(|i18n| t_string!(i18n, enrol.code_hint)) typed=typed(|form, text| form.code = text) />
            <TextInput id="server" kind="url" label=words(|i18n| t_string!(i18n, enrol.server))
                hint=words(|i18n| t_string!(i18n, enrol.server_hint)) typed=typed(|form, text| form.server = text) />
        }
    };
    let account = move || {
        view! {
            <TextInput id="employee-number" label=words(|i18n| t_string!(i18n, enrol.employee_number))
                typed=typed(|form, text| form.employee_number = text) />
            <TextInput id="password" kind="password" label=words(|i18n| t_string!(i18n, enrol.password))
                hint=words(|i18n| t_string!(i18n, enrol.password_hint)) typed=typed(|form, text| form.password = text.into()) />
        }
    };
    view! {
        <main class="kj-first">
            // The webview's own check of an address would stop the form without a word of ours.
            <form class="kj-first__card" novalidate=true on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                begin(if ways.get_untracked().password { Way::Password } else { Way::Provider });
            }>
                <h1 class="ds-heading" data-size="lg" data-testid="log-in-title">
                    {move || if is_again.get() { t_string!(i18n, unlock.again) } else { t_string!(i18n, enrol.title) }}
                </h1>
                <p>{move || if is_again.get() { t_string!(i18n, unlock.again_lead) } else { t_string!(i18n, enrol.lead) }}</p>
                // Whoever comes back from the browser is to see one thing, on a telephone too.
                <div class="kj-first__fields" hidden=waits>
                    <Show when=move || is_new.get()>{device()}</Show>
                    <Show when=move || ways.get().password>{account()}</Show>
                    <TextInput id="pin" kind="password" keys="numeric" label=words(|i18n| t_string!(i18n, enrol.pin))
                        hint=words(|i18n| t_string!(i18n, enrol.pin_hint)) typed=typed(|form, text| form.pin = text.into()) />
                    <TextInput id="pin-again" kind="password" keys="numeric" label=words(|i18n| t_string!(i18n, enrol.pin_again))
                        typed=typed(|form, text| form.pin_again = text.into()) />
                </div>
                <div role="alert" data-testid="problem">
                    {move || why().map(|why| view! { <div class="ds-alert" data-color="danger"><p>{why}</p></div> })}
                </div>
                <Show when=move || ways.get().password && !waits.get()>
                    <button type="submit" class="ds-button" data-testid="log-in" aria-disabled=move || busy.with(Option::is_some).to_string()>
                        {submit_words}
                    </button>
                </Show>
                <Show when=move || ways.get().provider>
                    <SignInButton
                        is_only=Signal::derive(move || !ways.get().password)
                        waits
                        begin=Callback::new(move |()| begin(Way::Provider))
                    />
                </Show>
                {back.map(|back| view! {
                    <Show when=move || !waits.get()>
                        <button type="button" class="ds-button" data-variant="tertiary" data-testid="back" on:click=move |_| back.run(())>
                            {t!(i18n, app.cancel)}
                        </button>
                    </Show>
                })}
            </form>
            <LanguageSwitch quiet=Quiet::Yes />
        </main>
    }
}

async fn send(request: Request) -> Result<SessionView, Problem> {
    match request {
        Request::Enrol(request) => call(request).await,
        Request::SignIn(request) => call(request).await,
        Request::LogInAgain(request) => call(request).await,
        Request::SignInAgain(request) => call(request).await,
    }
}
