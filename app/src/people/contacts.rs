//! The people around the client.

use kjent_core::ids::ContactId;
use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::contact_edit::contact_form;
use super::contact_item::contact_item;
use super::shown::add_button;
use crate::i18n::{t, t_string, use_i18n};

/// The card.
#[component]
pub fn Contacts(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let adding = RwSignal::new(false);
    let ids = move |ended: bool| {
        data.with(|data| {
            let all = data.people.contacts.iter();
            all.filter(|it| it.ended.is_some() == ended)
                .map(|it| it.contact)
                .collect::<Vec<ContactId>>()
        })
    };
    let has_ended = Memo::new(move |_| !ids(true).is_empty());
    let is_empty = Memo::new(move |_| ids(false).is_empty());
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let add = move || {
        if adding.get() {
            contact_form(
                i18n,
                data,
                None,
                Callback::new(move |()| {
                    adding.try_set(false);
                }),
            )
            .into_any()
        } else {
            let may = data.with(|data| data.people.may.contacts);
            add_button(may, "add-contact", t_string!(i18n, people.add_contact), move || {
                adding.set(true);
            })
            .into_any()
        }
    };
    view! {
        <section class="kj-card" aria-labelledby="contacts-heading">
            <h2 class="ds-heading" data-size="2xs" id="contacts-heading">{t!(i18n, client.contacts)}</h2>
            <Show when=move || is_empty.get()>
                <p class="kj-invite">{move || t_string!(i18n, people.ask_contacts, name = called.get()).to_string()}</p>
            </Show>
            <ul class="kj-plain-list kj-rows">
                <For each=move || ids(false) key=|id| *id let(id)>
                    {contact_item(i18n, data, id)}
                </For>
            </ul>
            <Show when=move || has_ended.get()>
                <details class="kj-details">
                    <summary>{t!(i18n, people.contacts_ended)}</summary>
                    <ul class="kj-plain-list kj-rows">
                        <For each=move || ids(true) key=|id| *id let(id)>
                            {contact_item(i18n, data, id)}
                        </For>
                    </ul>
                </details>
            </Show>
            {add}
        </section>
    }
}
