//! Why the record was opened, when nothing tells: asked beside the record, which is shown all the
//! same. What is not answered stands in the log as not stated.

use kjent_core::access::AccessReason;
use kjent_core::command::{GiveAccessReason, ReadAccessQuestion};
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use kjent_core::view::ClientView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::access_words::reason;
use crate::components::choice::Choices;
use crate::components::failure::Trouble;
use crate::components::text_field::TextInput;
use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;

/// The question, while it is not answered.
#[component]
pub fn WhyHere(data: Memo<ClientView>) -> impl IntoView {
    let client = data.with_untracked(|data| data.client);
    let question = LocalResource::new(move || {
        // Reading the record is what the question is about.
        data.track();
        call(ReadAccessQuestion { client })
    });
    let is_answered = RwSignal::new(false);
    let asks = Memo::new(move |_| !is_answered.get() && matches!(question.get(), Some(Ok(true))));
    view! {
        <Show when=move || asks.get()>
            <Question client is_answered />
        </Show>
    }
}

#[component]
fn Question(client: ClientId, is_answered: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let why = RwSignal::new(None::<AccessReason>);
    let words = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(why) = why.get_untracked() else {
            problem.set(Some(Problem::new("reason_needed")));
            return;
        };
        problem.set(None);
        spawn_local(async move {
            let words = words.get_untracked();
            match call(GiveAccessReason { client, why, words }).await {
                Ok(()) => drop(is_answered.try_set(true)),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    let choices = AccessReason::ASKED
        .into_iter()
        .map(|it| {
            let code = it.code().to_owned();
            let words = it.clone();
            ((it, Signal::derive(move || reason(i18n, &words))), code)
        })
        .collect();
    let needs_words = move || why.with(|why| why.as_ref().is_some_and(AccessReason::needs_words));
    view! {
        <section class="kj-card" aria-labelledby="why-here-heading" data-testid="why-here">
            <h2 class="ds-heading" data-size="2xs" id="why-here-heading">{t!(i18n, access.ask_why)}</h2>
            <p class="kj-subtle">{t!(i18n, access.ask_why_lead)}</p>
            <form class="kj-form" on:submit=save>
                <Choices
                    name="why-here"
                    legend=Signal::derive(move || t_string!(i18n, access.ask_why).to_owned())
                    choices
                    chosen=why
                    choose=Callback::new(move |chosen| why.set(Some(chosen)))
                    quiet=crate::components::choice::Quiet::Yes
                />
                <Show when=needs_words>
                    <TextInput
                        id="why-here-words"
                        label=Signal::derive(move || t_string!(i18n, access.why_words).to_owned())
                        typed=Callback::new(move |text| words.set(text))
                    />
                </Show>
                {move || problem.get().map(|problem| view! { <Trouble problem /> })}
                <div class="kj-form__actions">
                    <button type="submit" class="ds-button" data-testid="save-why-here">{t!(i18n, app.save)}</button>
                </div>
            </form>
        </section>
    }
}
