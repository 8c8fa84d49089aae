//! Logging in again, online: for whoever has forgotten the PIN, or has been away for too long.

use std::mem::take;

use kjent_core::command::{LogInAgain, ReadWaysIn, SignInAgain, WaysIn};
use kjent_core::problem::Problem;
use kjent_core::secret::Secret;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::unlock_screen::Shown;
use crate::components::choice::Quiet;
use crate::components::language_switch::LanguageSwitch;
use crate::components::text_field::{SECRETS, TextInput, empty};
use crate::i18n::{I18n, sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::session::Session;
use crate::sign_in::SignInButton;

/// What is typed: employee number, password, PIN, and the PIN once more.
#[derive(Clone, Default)]
struct Form {
    employee_number: String,
    password: Secret,
    pin: Secret,
    pin_again: Secret,
}

/// Why it isn't sent, or wasn't taken.
#[derive(Clone)]
enum Wrong {
    Empty,
    PinsDiffer,
    Shell(Problem),
}

/// Whoever sends a request takes the secrets out of the form.
impl Form {
    fn request(&mut self, profile: &str) -> Result<LogInAgain, Wrong> {
        let employee_number = self.employee_number.trim().to_owned();
        if employee_number.is_empty() || self.password.is_empty() {
            return Err(Wrong::Empty);
        }
        let SignInAgain { profile, pin } = self.sign_in(profile)?;
        Ok(LogInAgain { profile, employee_number, password: take(&mut self.password), pin })
    }

    fn sign_in(&mut self, profile: &str) -> Result<SignInAgain, Wrong> {
        self.check_pins()?;
        self.pin_again = Secret::default();
        Ok(SignInAgain { profile: profile.to_owned(), pin: take(&mut self.pin) })
    }

    fn check_pins(&self) -> Result<(), Wrong> {
        if self.pin.is_empty() {
            Err(Wrong::Empty)
        } else if self.pin != self.pin_again {
            Err(Wrong::PinsDiffer)
        } else {
            Ok(())
        }
    }
}

/// The form.
#[component]
pub fn LogInAgainScreen(profile: String, shown: RwSignal<Shown>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let form = StoredValue::new(Form::default());
    let busy = RwSignal::new(false);
    let wrong = RwSignal::new(None::<Wrong>);
    let typed = move |put: fn(&mut Form, String)| {
        Callback::new(move |text| {
            wrong.set(None);
            form.update_value(|form| put(form, text));
        })
    };
    let asked = LocalResource::new(|| call(ReadWaysIn {}));
    let ways = move || asked.get().and_then(Result::ok).unwrap_or(WaysIn::UNKNOWN);
    let (back, elsewhere) = (profile.clone(), profile.clone());
    let sign_in = Callback::new(move |()| {
        let request = form.try_update_value(|form| form.sign_in(&elsewhere))?;
        wrong.set(request.as_ref().err().cloned());
        request.ok().inspect(|_| empty(&SECRETS))
    });
    let signed_in = Callback::new(move |result| match result {
        Ok(view) => session.enter(view),
        Err(problem) => wrong.set(Some(Wrong::Shell(problem))),
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        match form.try_update_value(|form| form.request(&profile)) {
            None => {}
            Some(Err(why)) => wrong.set(Some(why)),
            Some(Ok(request)) => {
                busy.set(true);
                empty(&SECRETS);
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
    let why = move || {
        wrong.get().map(|wrong| match wrong {
            Wrong::Empty => t_string!(i18n, unlock.fill_in).to_owned(),
            Wrong::PinsDiffer => t_string!(i18n, enrol.pins_differ).to_owned(),
            Wrong::Shell(problem) => sentence(i18n, &problem),
        })
    };
    let words = move |text: fn(I18n) -> &'static str| Signal::derive(move || text(i18n).to_owned());
    view! {
        <main class="kj-first">
            <form class="kj-first__card" on:submit=submit>
                <h1 class="ds-heading" data-size="lg" data-testid="again-title">{t!(i18n, unlock.again)}</h1>
                <p>{t!(i18n, unlock.again_lead)}</p>
                <Show when=move || ways().password>
                    <TextInput id="employee-number" label=words(|i18n| t_string!(i18n, enrol.employee_number))
                        typed=typed(|form, text| form.employee_number = text) />
                    <TextInput id="password" kind="password" label=words(|i18n| t_string!(i18n, enrol.password))
                        typed=typed(|form, text| form.password = text.into()) />
                </Show>
                <TextInput id="pin" kind="password" keys="numeric" label=words(|i18n| t_string!(i18n, enrol.pin))
                    hint=words(|i18n| t_string!(i18n, enrol.pin_hint)) typed=typed(|form, text| form.pin = text.into()) />
                <TextInput id="pin-again" kind="password" keys="numeric" label=words(|i18n| t_string!(i18n, enrol.pin_again))
                    typed=typed(|form, text| form.pin_again = text.into()) />
                <div role="alert" data-testid="problem">
                    {move || why().map(|why| view! { <div class="ds-alert" data-color="danger"><p>{why}</p></div> })}
                </div>
                <Show when=move || ways().password>
                    <button type="submit" class="ds-button" data-testid="log-in-again" aria-disabled=move || busy.get().to_string()>
                        {move || if busy.get() { t_string!(i18n, unlock.working) } else { t_string!(i18n, unlock.again) }}
                    </button>
                </Show>
                <Show when=move || ways().provider>
                    <SignInButton request=sign_in done=signed_in />
                </Show>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    data-testid="back-to-pin"
                    on:click=move |_| shown.set(Shown::Pin(back.clone()))
                >
                    {t!(i18n, app.cancel)}
                </button>
            </form>
            <LanguageSwitch quiet=Quiet::Yes />
        </main>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_when_it_is_whole() {
        let whole = Form {
            employee_number: " 1001 ".into(),
            password: "hest og ku".into(),
            pin: "482915".into(),
            pin_again: "482915".into(),
        };
        let mut form = whole.clone();
        let sent = form.request("p").ok();
        assert!(sent.is_some_and(|it| it.employee_number == "1001" && it.profile == "p"));
        assert!(form.password.is_empty() && form.pin.is_empty() && form.pin_again.is_empty());
        let mut differs = Form { pin_again: "482916".into(), ..whole.clone() };
        assert!(matches!(differs.request("p"), Err(Wrong::PinsDiffer)));
        assert!(!differs.password.is_empty(), "what isn't sent stays");
        let mut empty = Form { password: Secret::default(), ..whole };
        assert!(matches!(empty.request("p"), Err(Wrong::Empty)));
        let mut no_pin = Form { pin: Secret::default(), ..empty.clone() };
        assert!(matches!(no_pin.sign_in("p"), Err(Wrong::Empty)));
        // At the identity provider, number and password are asked for there.
        assert!(empty.sign_in("p").is_ok_and(|it| it.profile == "p"));
    }
}
