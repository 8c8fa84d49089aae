//! One person around the client: what may be told to them, how to reach them, what they do, and what
//! they need themself.

use kjent_core::ids::ContactId;
use kjent_core::people::Disclosure;
use kjent_core::plan::{ContactRole, MandateArea, Part};
use kjent_core::view::{ClientView, ContactView};
use leptos::prelude::*;

use super::consent_form::ConsentForm;
use super::contact_edit::contact_form;
use super::people_model::holding;
use super::shown::{day, edit_button, facts, text};
use crate::client::Conflicts;
use crate::components::icon::{
    CALENDAR, CHECK_CIRCLE, HANDSHAKE, KEY, LOCK, MESSAGES, PHONE, icon,
};
use crate::components::tag::tag;
use crate::i18n::{
    I18n, contact_word, date, disclosure_word, field_word, mandate_word, relative_day, t, t_string,
};

/// What is open at the item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Edit,
    Consent,
}

/// The item.
pub fn contact_item(
    i18n: I18n,
    data: Memo<ClientView>,
    contact: ContactId,
) -> impl IntoView + use<> {
    let open = RwSignal::new(Open::Nothing);
    let close = Callback::new(move |()| {
        open.try_set(Open::Nothing);
    });
    move || match open.get() {
        Open::Edit => {
            view! { <li>{contact_form(i18n, data, Some(contact), close)}</li> }.into_any()
        }
        Open::Consent => view! { <li><ConsentForm data to=Some(contact) close /></li> }.into_any(),
        Open::Nothing => data
            .with(|data| {
                let it = data.people.contacts.iter().find(|it| it.contact == contact)?;
                Some(shown(i18n, data, it, open))
            })
            .map(|item| {
                view! {
                    <li class="kj-area" data-testid="contact">
                        {item}
                        <Conflicts data part=Part::Contacts object=contact.0 />
                    </li>
                }
            })
            .into_any(),
    }
}

fn shown(
    i18n: I18n,
    data: &ClientView,
    it: &ContactView,
    open: RwSignal<Open>,
) -> impl IntoView + use<> {
    let (client, contact, name) = (data.client, it.contact, it.name.clone());
    let may = data.people.may.contacts;
    let relation = Some(it.relation.clone()).filter(|words| !words.is_empty());
    let what: Vec<String> = relation.into_iter().chain([contact_word(i18n, &it.role)]).collect();
    let key = it
        .fields
        .contains_key("has_key")
        .then(|| tag("neutral", KEY, t_string!(i18n, people.has_key)));
    let phone = it.phone.clone().map(|phone| {
        let to = format!("tel:{}", phone.replace(' ', ""));
        view! { <a class="ds-button" data-variant="tertiary" rel="external" href=to>{icon(PHONE)} <span>{phone}</span></a> }
    });
    let talk = view! {
        <a class="ds-button" data-variant="secondary" data-testid="open-contact" href=format!("/client/{client}/contact?with={contact}")>
            {icon(MESSAGES)} <span>{t!(i18n, people.talk)}</span> <span class="ds-sr-only">{name.clone()}</span>
        </a>
    };
    let consent = it.ended.is_none().then(|| {
        view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="new-consent" on:click=move |_| open.set(Open::Consent)>
                {icon(HANDSHAKE)} <span>{t!(i18n, people.new_consent)}</span> <span class="ds-sr-only">{name.clone()}</span>
            </button>
        }
    });
    let edit = edit_button(
        may,
        "edit-contact",
        t_string!(i18n, people.edit),
        it.name.clone(),
        move || {
            open.set(Open::Edit);
        },
    );
    let ended = it.ended.map(|day| {
        let words = t_string!(i18n, people.until, day = date(i18n, day)).to_string();
        view! { <p class="kj-subtle">{words}</p> }
    });
    view! {
        <div class="kj-card__head">
                <div>
                    <p class="kj-strong">{it.name.clone()}</p>
                    <p class="kj-subtle">{what.join(" · ")}</p>
                </div>
                <div class="kj-contact__acts">{phone} {talk}</div>
            </div>
            {ended}
            {may_hear(i18n, data, it)}
            {key.map(|key| view! { <div class="kj-tags">{key}</div> })}
            {more(i18n, it)}
            {own(i18n, data, it)}
            <div class="kj-contact__acts">{consent} {edit}</div>
    }
}

/// What may be told, and until when.
fn may_hear(i18n: I18n, data: &ClientView, it: &ContactView) -> impl IntoView + use<> {
    let says = disclosure_word(i18n, &it.disclosure);
    let (color, svg) = match it.disclosure {
        Disclosure::Consented { .. } | Disclosure::Mandate | Disclosure::HealthCare => {
            ("success", CHECK_CIRCLE)
        }
        Disclosure::EconomyOnly | Disclosure::MandateOver => ("warning", LOCK),
        Disclosure::Nothing => ("neutral", LOCK),
    };
    let soon = holding(&data.people.consents, Some(it.contact))
        .into_iter()
        .filter(|one| one.state == kjent_core::people::ConsentState::RunsOut)
        .filter_map(|one| one.consent.until)
        .min()
        .map(|day| {
            let words = t_string!(i18n, people.consent_runs_out, day = relative_day(i18n, day));
            tag("warning", CALENDAR, words.to_string())
        });
    view! {
        <div class="kj-tags" data-testid="may-hear">{tag(color, svg, says)} {soon}</div>
    }
}

/// The mandate, and what they do of their own will.
fn more(i18n: I18n, it: &ContactView) -> Option<impl IntoView + use<>> {
    let fields = &it.fields;
    let mandate =
        text(fields, "mandate").map(|code| mandate_word(i18n, &MandateArea::from_code(&code)));
    let is_mandated = matches!(it.role, ContactRole::Guardian | ContactRole::EnduringAttorney);
    let mandate =
        mandate.or_else(|| is_mandated.then(|| t_string!(i18n, people.mandate_ask).to_owned()));
    let period = [day(fields, "mandate_from"), day(fields, "mandate_to")]
        .into_iter()
        .flatten()
        .map(|day| date(i18n, day))
        .collect::<Vec<_>>()
        .join(" – ");
    let period = Some(period).filter(|words| !words.is_empty());
    facts([
        (field_word(i18n, "mandate"), mandate),
        (t_string!(i18n, people.mandate_period).to_owned(), period),
        (field_word(i18n, "mandate_document"), text(fields, "mandate_document")),
        (t_string!(i18n, people.contributes).to_owned(), text(fields, "contributes")),
    ])
}

/// What a relative carries and needs: theirs, and kept apart.
fn own(i18n: I18n, data: &ClientView, it: &ContactView) -> Option<impl IntoView + use<>> {
    let (burden, needs) = (text(&it.fields, "burden"), text(&it.fields, "own_needs"));
    let considered = day(&it.fields, "respite_considered");
    if burden.is_none() && needs.is_none() && considered.is_none() {
        return None;
    }
    let respite = match considered {
        Some(day) => date(i18n, day),
        None => t_string!(i18n, people.respite_ask).to_owned(),
    };
    let rows = facts([
        (field_word(i18n, "burden"), burden),
        (field_word(i18n, "respite_considered"), Some(respite)),
        (field_word(i18n, "own_needs"), needs),
    ]);
    let heading = t_string!(i18n, people.own_heading, name = it.name.clone()).to_string();
    let lead =
        t_string!(i18n, people.own_lead, name = it.name.clone(), client = data.called.clone())
            .to_string();
    Some(view! {
        <section class="kj-own" data-testid="relatives-own">
            <h3 class="kj-small-heading kj-with-icon">{icon(LOCK)} <span>{heading}</span></h3>
            <p class="kj-subtle">{lead}</p>
            {rows}
        </section>
    })
}
