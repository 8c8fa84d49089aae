//! Clients who are no longer in the team, and what is to be finished of each.

use kjent_core::view::{LeftView, SyncView};
use leptos::prelude::*;

use super::Syncing;
use crate::i18n::{I18n, t, t_string, use_i18n};

/// The section; nothing when there is none.
#[component]
pub fn LeftClients(view: Memo<SyncView>) -> impl IntoView {
    let i18n = use_i18n();
    let left = Memo::new(move |_| view.with(|view| view.left.clone()));
    move || {
        let left = left.get();
        (!left.is_empty()).then(|| {
            let items = left.iter().map(|it| item(i18n, it)).collect_view();
            view! {
                <section>
                    <h3 class="ds-heading" data-size="2xs">{t!(i18n, sync.left_heading)}</h3>
                    <ul class="kj-plain-list kj-rows">{items}</ul>
                </section>
            }
        })
    }
}

fn item(i18n: I18n, it: &LeftView) -> impl IntoView + use<> {
    let dialog = Syncing::get().dialog;
    let (client, name) = (it.client, it.client_name.clone());
    let go = |to: String, words: &'static str| {
        view! {
            <a class="ds-button" data-variant="secondary" href=to data-testid="open-left" on:click=move |_| dialog.close()>
                {words}
            </a>
        }
        .into_any()
    };
    let mut lines = Vec::new();
    let mut add = |words: String, link| lines.push(view! { <p>{words}</p> {link} });
    for visit in &it.visits {
        let to = format!("/client/{client}/visit/{visit}");
        let words = t_string!(i18n, sync.left_draft, name = name.clone()).to_string();
        add(words, Some(go(to, t_string!(i18n, sync.left_open_visit))));
    }
    if it.has_conversation {
        let to = format!("/client/{client}/conversation");
        let words = t_string!(i18n, sync.left_conversation, name = name.clone()).to_string();
        add(words, Some(go(to, t_string!(i18n, sync.left_open_conversation))));
    }
    if it.has_note {
        let to = format!("/client/{client}?part=journal");
        let words = t_string!(i18n, sync.left_note, name = name.clone()).to_string();
        add(words, Some(go(to, t_string!(i18n, sync.left_open_page))));
    }
    if it.has_contact {
        let to = format!("/client/{client}/contact");
        let words = t_string!(i18n, people.left_contact, name = name.clone()).to_string();
        add(words, Some(go(to, t_string!(i18n, people.left_open_contact))));
    }
    if it.has_observations {
        let to = format!("/client/{client}/measure");
        let words = t_string!(i18n, sync.left_observations, name = name.clone()).to_string();
        add(words, Some(go(to, t_string!(i18n, sync.left_open_observations))));
    }
    if it.has_incident {
        let to = format!("/client/{client}/incident");
        let words = t_string!(i18n, sync.left_incident, name = name.clone()).to_string();
        add(words, Some(go(to, t_string!(i18n, sync.left_open_incident))));
    }
    if it.has_refused {
        let words = t_string!(i18n, sync.left_refused, name = name.clone()).to_string();
        let to = format!("/client/{client}?part=journal");
        add(words, Some(go(to, t_string!(i18n, sync.left_open_page))));
    }
    if it.has_waiting {
        add(t_string!(i18n, sync.left_waiting, name = name).to_string(), None);
    }
    view! { <li class="kj-sync-list__item" data-testid="left-item">{lines}</li> }
}
