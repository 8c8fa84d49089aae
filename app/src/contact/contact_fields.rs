//! With whom, what may be told, and what was said.

use kjent_core::fact::{Caller, Channel};
use kjent_core::ids::ContactId;
use kjent_core::people::Disclosure;
use kjent_core::problem::Problem;
use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::contact_form::ContactForm;
use super::contact_model::{Ground, choose, chosen, contact, grounds, turn_to};
use crate::components::choice::Choices;
use crate::components::icon::{LOCK, PHONE, icon};
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{
    I18n, caller_word, channel_word, disclosure_word, ground_word, scope_word, t, t_string,
    use_i18n,
};

/// The cards of a talk.
#[component]
pub fn ContactFields(
    form: ContactForm,
    data: Memo<ClientView>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.draft.get_untracked();
    let with = Memo::new(move |_| form.draft.with(|draft| draft.with));
    let ground = Memo::new(move |_| form.draft.with(chosen));
    let is_other = Memo::new(move |_| with.get().is_none());
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            problem.with(|it| {
                it.as_ref().and_then(|it| it.args.get("field")).is_some_and(|it| it == field)
            })
        })
    };
    let channels = Channel::ALL
        .iter()
        .map(|it| {
            ((it.clone(), Signal::derive(move || channel_word(i18n, it))), it.code().to_owned())
        })
        .collect();
    let callers = Caller::ALL
        .iter()
        .map(|it| {
            ((it.clone(), Signal::derive(move || caller_word(i18n, it))), it.code().to_owned())
        })
        .collect();
    let content_label = Signal::derive(move || match ground.get() {
        Some(Ground::ReceivedOnly) => t_string!(i18n, people.talk_received).to_owned(),
        _ => t_string!(i18n, people.talk_content).to_owned(),
    });
    view! {
        <section class="kj-card" aria-labelledby="talk-with-heading">
            <h2 class="ds-heading" data-size="2xs" id="talk-with-heading">{t!(i18n, people.talk_with)}</h2>
            {move || data.with(|data| whom(i18n, data, form, with))}
            <div hidden=move || !is_other.get()>
                <TextInput
                    id="talk-other"
                    label=Signal::derive(move || t_string!(i18n, people.talk_other_who).to_owned())
                    hint=Signal::derive(move || t_string!(i18n, people.hint_talk_other).to_owned())
                    seed=seed.with_words
                    wrong=wrong("contact_with")
                    typed=form.typed(|draft, text| draft.with_words = text)
                />
            </div>
            {move || data.with(|data| scope(i18n, data, with.get()))}
        </section>
        <section class="kj-card" aria-labelledby="talk-ground-heading">
            <h2 class="ds-heading" data-size="2xs" id="talk-ground-heading">{t!(i18n, people.talk_ground)}</h2>
            {move || data.with(|data| ground_choices(i18n, data, form, with.get(), ground))}
            <div hidden=move || ground.get() != Some(Ground::Law)>
                <TextInput
                    id="talk-law"
                    label=Signal::derive(move || t_string!(i18n, people.talk_law).to_owned())
                    hint=Signal::derive(move || t_string!(i18n, people.hint_law).to_owned())
                    seed=seed.basis.words
                    wrong=wrong("contact_basis")
                    typed=form.typed(|draft, text| draft.basis.words = text)
                />
            </div>
        </section>
        <section class="kj-card" aria-label=move || t_string!(i18n, people.talk_content)>
            <Choices
                name="talk-channel"
                legend=Signal::derive(move || t_string!(i18n, people.talk_channel).to_owned())
                choices=channels
                chosen=Signal::derive(move || form.draft.with(|draft| Some(draft.channel.clone())))
                choose=Callback::new(move |channel| form.tap(|draft| draft.channel = channel))
            />
            <Choices
                name="talk-caller"
                legend=Signal::derive(move || t_string!(i18n, people.talk_caller).to_owned())
                choices=callers
                chosen=Signal::derive(move || form.draft.with(|draft| Some(draft.caller.clone())))
                choose=Callback::new(move |caller| form.tap(|draft| draft.caller = caller))
            />
            <TextArea
                id="talk-content"
                label=content_label
                seed=seed.content
                typed=form.typed(|draft, text| draft.content = text)
            />
            <TextArea
                id="talk-result"
                label=Signal::derive(move || t_string!(i18n, people.talk_result).to_owned())
                hint=Signal::derive(move || t_string!(i18n, people.hint_result).to_owned())
                seed=seed.result
                typed=form.typed(|draft, text| draft.result = text)
            />
        </section>
    }
}

/// Whom it is with: one of the people around the client, or somebody else.
fn whom(
    i18n: I18n,
    data: &ClientView,
    form: ContactForm,
    with: Memo<Option<ContactId>>,
) -> impl IntoView + use<> {
    let known = data.people.contacts.iter().filter(|it| it.ended.is_none());
    let mut choices: Vec<_> = known
        .map(|it| {
            let name = it.name.clone();
            ((Some(it.contact), Signal::derive(move || name.clone())), it.contact.to_string())
        })
        .collect();
    let other = Signal::derive(move || t_string!(i18n, people.talk_somebody_else).to_owned());
    choices.push(((None, other), "other".to_owned()));
    let people = data.people.clone();
    view! {
        <Choices
            name="talk-with"
            legend=Signal::derive(move || t_string!(i18n, people.talk_with).to_owned())
            choices
            chosen=Signal::derive(move || Some(with.get()))
            choose=Callback::new(move |with| form.tap(|draft| turn_to(draft, &people, with)))
            quiet=crate::components::choice::Quiet::Yes
        />
    }
}

/// What may be told to them, before they are rung.
fn scope(i18n: I18n, data: &ClientView, with: Option<ContactId>) -> impl IntoView + use<> {
    let contact = contact(&data.people, with)?;
    let color = match contact.disclosure {
        Disclosure::Consented { .. } | Disclosure::Mandate | Disclosure::HealthCare => "success",
        Disclosure::EconomyOnly | Disclosure::MandateOver | Disclosure::Nothing => "warning",
    };
    let says = disclosure_word(i18n, &contact.disclosure);
    let no_health = (!contact.disclosure.covers_health()).then(|| {
        let words = t_string!(i18n, people.no_health, name = contact.name.clone()).to_string();
        view! { <p class="kj-with-icon">{icon(LOCK)} <span>{words}</span></p> }
    });
    let limits: Vec<_> = crate::people::holding(&data.people.consents, with)
        .into_iter()
        .filter(|it| !it.consent.words.is_empty())
        .map(|it| view! { <p>{it.consent.words}</p> })
        .collect();
    let phone = contact.phone.clone().map(|phone| {
        let to = format!("tel:{}", phone.replace(' ', ""));
        view! { <a class="ds-button" data-variant="secondary" rel="external" href=to data-testid="call">{icon(PHONE)} <span>{phone}</span></a> }
    });
    Some(view! {
        <div class="ds-alert" data-color=color data-testid="talk-scope">
            <p class="kj-strong">{says}</p>
            {limits}
            {no_health}
        </div>
        {phone}
    })
}

fn ground_choices(
    i18n: I18n,
    data: &ClientView,
    form: ContactForm,
    with: Option<ContactId>,
    ground: Memo<Option<Ground>>,
) -> impl IntoView + use<> {
    let choices = grounds(&data.people, with)
        .into_iter()
        .map(|one| {
            let (words, code) = match &one {
                Ground::Consent(fact) => {
                    let found = data.people.consents.iter().find(|it| it.fact == *fact);
                    let what = found.map(|it| scope_word(i18n, &it.consent.what));
                    let what = what.unwrap_or_default();
                    (t_string!(i18n, people.ground_consent, what = what).to_string(), "consent")
                }
                Ground::Law => (ground_word(i18n, &kjent_core::fact::BasisKind::Law), "law"),
                Ground::ReceivedOnly => {
                    (ground_word(i18n, &kjent_core::fact::BasisKind::ReceivedOnly), "received_only")
                }
            };
            ((one, Signal::derive(move || words.clone())), code.to_owned())
        })
        .collect();
    view! {
        <Choices
            name="talk-ground"
            legend=Signal::derive(move || t_string!(i18n, people.talk_ground).to_owned())
            choices
            chosen=ground
            choose=Callback::new(move |one: Ground| form.tap(|draft| choose(draft, &one)))
            quiet=crate::components::choice::Quiet::Yes
        />
    }
}
