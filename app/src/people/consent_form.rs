//! A new consent: what, to whom, until when, how and by whom.

use kjent_core::command::GiveConsent;
use kjent_core::fact::{Consent, ConsentForm as How, ConsentGiver, ConsentScope};
use kjent_core::ids::ContactId;
use kjent_core::problem::Problem;
use kjent_core::view::ClientView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::choice::Choices;
use crate::components::failure::Trouble;
use crate::components::text_field::TextInput;
use crate::i18n::{consent_form_word, giver_word, scope_word, t, t_string, use_i18n};
use crate::ipc::call;

/// The form; to somebody who is none of the contacts when `to` is absent.
#[component]
pub fn ConsentForm(
    data: Memo<ClientView>,
    to: Option<ContactId>,
    close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let whom = data.with_untracked(|data| {
        let found = data.people.contacts.iter().find(|it| Some(it.contact) == to);
        found.map(|it| it.name.clone()).unwrap_or_default()
    });
    let form = RwSignal::new(Consent {
        what: ConsentScope::Health,
        words: String::new(),
        to,
        to_words: String::new(),
        from: crate::clock::now().date(),
        until: None,
        how: How::Spoken,
        given_by: ConsentGiver::Client,
    });
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            problem.with(|it| {
                it.as_ref().and_then(|it| it.args.get("field")).is_some_and(|it| it == field)
            })
        })
    };
    let typed = move |put: fn(&mut Consent, String)| {
        Callback::new(move |text| form.update(|form| put(form, text)))
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let result = call(GiveConsent { client, consent: form.get_untracked() }).await;
            busy.try_set(false);
            match result {
                Ok(()) => close.run(()),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    let scopes = ConsentScope::ALL
        .iter()
        .map(|it| {
            ((it.clone(), Signal::derive(move || scope_word(i18n, it))), it.code().to_owned())
        })
        .collect();
    let hows = How::ALL
        .iter()
        .map(|it| {
            (
                (it.clone(), Signal::derive(move || consent_form_word(i18n, it))),
                it.code().to_owned(),
            )
        })
        .collect();
    let givers = ConsentGiver::ALL
        .iter()
        .map(|it| {
            ((it.clone(), Signal::derive(move || giver_word(i18n, it))), it.code().to_owned())
        })
        .collect();
    let heading = if to.is_some() {
        t_string!(i18n, people.consent_to, name = whom).to_string()
    } else {
        t_string!(i18n, people.new_consent).to_owned()
    };
    view! {
        <form class="kj-form" data-testid="consent-form" on:submit=save>
            <h3 class="kj-item-heading">{heading}</h3>
            <div hidden=to.is_some()>
                <TextInput
                    id="consent-to"
                    label=Signal::derive(move || t_string!(i18n, people.consent_whom).to_owned())
                    wrong=wrong("consent_to")
                    typed=typed(|form, text| form.to_words = text)
                />
            </div>
            <Choices
                name="consent-what"
                legend=Signal::derive(move || t_string!(i18n, people.consent_what).to_owned())
                choices=scopes
                chosen=Signal::derive(move || form.with(|form| Some(form.what.clone())))
                choose=Callback::new(move |what| form.update(|form| form.what = what))
            />
            <TextInput
                id="consent-words"
                label=Signal::derive(move || t_string!(i18n, people.consent_words).to_owned())
                hint=Signal::derive(move || t_string!(i18n, people.hint_consent_words).to_owned())
                typed=typed(|form, text| form.words = text)
            />
            <TextInput
                id="consent-until"
                kind="date"
                label=Signal::derive(move || t_string!(i18n, people.consent_until).to_owned())
                hint=Signal::derive(move || t_string!(i18n, people.hint_consent_until).to_owned())
                wrong=wrong("consent_until")
                typed=typed(|form, text| form.until = text.parse().ok())
            />
            <Choices
                name="consent-how"
                legend=Signal::derive(move || t_string!(i18n, people.consent_how).to_owned())
                choices=hows
                chosen=Signal::derive(move || form.with(|form| Some(form.how.clone())))
                choose=Callback::new(move |how| form.update(|form| form.how = how))
            />
            <Choices
                name="consent-by"
                legend=Signal::derive(move || t_string!(i18n, people.consent_by).to_owned())
                choices=givers
                chosen=Signal::derive(move || form.with(|form| Some(form.given_by.clone())))
                choose=Callback::new(move |by| form.update(|form| form.given_by = by))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-consent" aria-disabled=move || busy.get().to_string()>
                    {t!(i18n, people.consent_save)}
                </button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-consent" on:click=move |_| close.run(())>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
}
