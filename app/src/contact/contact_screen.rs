//! Wires a talk.

use kjent_core::command::{FinishContact, ReadClient, ReadContactDraft};
use kjent_core::fact::ContactLogged;
use kjent_core::ids::{ClientId, ContactId};
use kjent_core::problem::Problem;
use kjent_core::view::ClientView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::contact_fields::ContactFields;
use super::contact_form::{ContactForm, contact_form};
use super::contact_model::{to_sign, turn_to};
use crate::changes::Changes;
use crate::components::critical::CriticalTags;
use crate::components::failure::Trouble;
use crate::components::page::{Back, Page};
use crate::components::saved_line::SavedLine;
use crate::i18n::{t_string, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

/// The talk about one client.
#[component]
pub fn ContactScreen() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    move || {
        let client = params.with(|params| params.get("client")).and_then(|id| id.parse().ok());
        let with = query.with(|query| query.get("with")).and_then(|id| id.parse().ok());
        match client {
            Some(client) => view! { <Contact client with /> }.into_any(),
            None => {
                view! { <main class="kj-main"><Trouble problem=Problem::new("not_found") /></main> }
                    .into_any()
            }
        }
    }
}

#[component]
fn Contact(client: ClientId, with: Option<ContactId>) -> impl IntoView {
    let i18n = use_i18n();
    let who = Live::new(ReadClient { client }, Changes::get().client(client));
    // Read once: what comes in by sync is never a draft.
    let draft = Live::new(ReadContactDraft { client }, Memo::new(|_| 0));
    let form = Memo::new(move |old: Option<&Option<FormOf>>| {
        old.copied().flatten().or_else(|| {
            let (draft, who) = (draft.data.get()?, who.data.get()?);
            Some(FormOf(contact_form(client, begun(draft, &who, with))))
        })
    });
    let problem = RwSignal::new(None::<Problem>);
    let critical = move || {
        who.data.with(|who| who.as_ref().map(|who| who.critical.clone()).unwrap_or_default())
    };
    let content = move |data: Memo<ClientView>| {
        move || {
            form.get().map(|FormOf(form)| {
                view! {
                    <div class="kj-conversation" on:focusout=move |_| form.left() on:input=move |_| problem.set(None)>
                        <ContactFields form data problem />
                    </div>
                }
            })
        }
    };
    let bar = move || {
        move || {
            form.get().map(|FormOf(form)| {
                view! {
                    {move || problem.get().map(|problem| view! { <Trouble problem /> })}
                    <SavedLine state=form.saved() />
                    <Finish client form problem />
                }
            })
        }
    };
    let words = Signal::derive(move || t_string!(i18n, app.back).to_owned());
    let back = Back { to: format!("/client/{client}?part=people"), words };
    let name =
        move || who.data.with(|who| who.as_ref().map(|who| who.name.clone()).unwrap_or_default());
    view! {
        <Page
            title=Signal::derive(move || t_string!(i18n, people.talk_title).to_owned())
            subtitle=Signal::derive(move || t_string!(i18n, people.talk_about, name = name()).to_string())
            back=Some(back)
            beside=move || view! { <CriticalTags critical=Signal::derive(critical) /> }
            bar=bar
        >
            {loaded(who, content)}
        </Page>
    }
}

/// The draft that is under way, or a new one with whoever was chosen on the client's page. What is
/// begun about one person never becomes another's.
fn begun(draft: ContactLogged, who: &ClientView, with: Option<ContactId>) -> ContactLogged {
    if draft != ContactLogged::default() {
        return draft;
    }
    let mut draft = draft;
    turn_to(&mut draft, &who.people, with);
    draft
}

#[component]
fn Finish(
    client: ClientId,
    form: ContactForm,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let finish = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let navigate = navigate.clone();
        form.close(move || {
            spawn_local(async move {
                let draft = to_sign(&form.draft.get_untracked());
                let result = call(FinishContact { client, draft }).await;
                busy.try_set(false);
                match result {
                    Ok(()) => {
                        navigate(&format!("/client/{client}?part=people"), Default::default())
                    }
                    Err(why) => {
                        problem.try_set(Some(why));
                        form.tap(|_| ());
                    }
                }
            });
        });
    };
    view! {
        <button type="button" class="ds-button" data-testid="finish-contact" aria-disabled=move || busy.get().to_string() on:click=finish>
            {move || t_string!(i18n, people.talk_finish)}
        </button>
    }
}

/// A form is only ever itself.
#[derive(Clone, Copy)]
struct FormOf(ContactForm);

impl PartialEq for FormOf {
    fn eq(&self, other: &Self) -> bool {
        self.0.draft == other.0.draft
    }
}
