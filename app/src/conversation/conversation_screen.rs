//! Wires the conversation.

use kjent_core::command::{FinishConversation, ReadClient, ReadConversationDraft};
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::answer_part::AnswerPart;
use super::conversation_form::{ConversationForm, conversation_form};
use super::conversation_model::to_sign;
use super::goal_part::GoalPart;
use super::prompts::Prompts;
use crate::changes::Changes;
use crate::components::critical::CriticalTags;
use crate::components::failure::Trouble;
use crate::components::page::{Back, Page};
use crate::components::saved_line::SavedLine;
use crate::i18n::{t_string, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

/// The conversation with one client.
#[component]
pub fn ConversationScreen() -> impl IntoView {
    let params = use_params_map();
    move || match params.with(|params| params.get("client")).and_then(|id| id.parse().ok()) {
        Some(client) => view! { <Conversation client /> }.into_any(),
        None => {
            view! { <main class="kj-main"><Trouble problem=Problem::new("not_found") /></main> }
                .into_any()
        }
    }
}

#[component]
fn Conversation(client: ClientId) -> impl IntoView {
    let i18n = use_i18n();
    let who = Live::new(ReadClient { client }, Changes::get().client(client));
    // Read once: what comes in by sync is never a draft.
    let draft = Live::new(ReadConversationDraft { client }, Memo::new(|_| 0));
    let form = Memo::new(move |old: Option<&Option<FormOf>>| {
        old.copied()
            .flatten()
            .or_else(|| draft.data.get().map(|seed| FormOf(conversation_form(client, seed))))
    });
    let problem = RwSignal::new(None::<Problem>);
    let called = Signal::derive(move || {
        who.data.with(|who| who.as_ref().map(|who| who.called.clone()).unwrap_or_default())
    });
    let critical = move || {
        who.data.with(|who| who.as_ref().map(|who| who.critical.clone()).unwrap_or_default())
    };
    let missing = Signal::derive(move || problem.get().map(|problem| problem.code));
    let content = move |_| {
        move || {
            form.get().map(|FormOf(form)| {
                view! {
                    <div class="kj-conversation" on:focusout=move |_| form.left() on:input=move |_| problem.set(None)>
                        <AnswerPart form called missing />
                        <GoalPart form called missing />
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
    let back = Back { to: format!("/client/{client}"), words };
    let name =
        move || who.data.with(|who| who.as_ref().map(|who| who.name.clone()).unwrap_or_default());
    view! {
        <Page
            title=Signal::derive(move || t_string!(i18n, conversation.title).to_owned())
            subtitle=Signal::derive(move || t_string!(i18n, conversation.with, name = name()).to_string())
            back=Some(back)
            beside=move || view! { <CriticalTags critical=Signal::derive(critical) /> }
            bar=bar
        >
            <Prompts />
            {loaded(draft, content)}
        </Page>
    }
}

#[component]
fn Finish(
    client: ClientId,
    form: ConversationForm,
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
                let draft = form.draft.get_untracked();
                let result = call(FinishConversation { client, draft: to_sign(&draft) }).await;
                busy.try_set(false);
                match result {
                    Ok(()) => navigate(&format!("/client/{client}"), Default::default()),
                    Err(why) => {
                        problem.try_set(Some(why));
                        form.tap(|_| ());
                    }
                }
            });
        });
    };
    view! {
        <button type="button" class="ds-button" data-testid="finish-conversation" aria-disabled=move || busy.get().to_string() on:click=finish>
            {move || if busy.get() { t_string!(i18n, conversation.finishing) } else { t_string!(i18n, conversation.finish) }}
        </button>
    }
}

/// A form is only ever itself.
#[derive(Clone, Copy)]
struct FormOf(ConversationForm);

impl PartialEq for FormOf {
    fn eq(&self, other: &Self) -> bool {
        self.0.draft == other.0.draft
    }
}
