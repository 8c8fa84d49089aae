//! Wires the form that lets in, and for a team lead the list of those who were.

use kjent_core::command::{BreakGlass, ReadGrants};
use kjent_core::problem::Problem;
use kjent_core::view::GrantView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::grant_item::GrantItem;
use crate::changes::Changes;
use crate::components::failure::Trouble;
use crate::components::page::{Back, Page};
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

/// The screen.
#[component]
pub fn BreakGlassScreen() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadGrants {}, Changes::get().today());
    let back = Back {
        to: "/clients".to_owned(),
        words: Signal::derive(move || t_string!(i18n, break_glass.back).to_owned()),
    };
    view! {
        <Page title=Signal::derive(move || t_string!(i18n, break_glass.title).to_owned()) back=Some(back)>
            <Form />
            {loaded(live, move |all| view! { <Grants all /> })}
        </Page>
    }
}

#[component]
fn Form() -> impl IntoView {
    let i18n = use_i18n();
    let go = use_navigate();
    let (number, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let go = go.clone();
        spawn_local(async move {
            let (number, reason) = (number.get_untracked(), reason.get_untracked());
            let result = call(BreakGlass { number, reason }).await;
            busy.try_set(false);
            match result {
                Ok(client) => go(&format!("/client/{client}"), Default::default()),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    let is = move |code: &'static str| {
        Signal::derive(move || problem.with(|it| it.as_ref().is_some_and(|it| it.code == code)))
    };
    let typed = move |into: RwSignal<String>| {
        Callback::new(move |text| {
            problem.set(None);
            into.set(text);
        })
    };
    view! {
        <form class="kj-card kj-form" data-testid="break-glass-form" on:submit=save>
            <p>{t!(i18n, break_glass.what)}</p>
            <TextInput
                id="break-glass-number"
                label=Signal::derive(move || t_string!(i18n, break_glass.number).to_owned())
                hint=Signal::derive(move || t_string!(i18n, break_glass.hint_number).to_owned())
                wrong=is("client_unknown")
                typed=typed(number)
            />
            <TextArea
                id="break-glass-reason"
                label=Signal::derive(move || t_string!(i18n, break_glass.reason).to_owned())
                hint=Signal::derive(move || t_string!(i18n, break_glass.hint_reason).to_owned())
                seed=String::new()
                typed=typed(reason)
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="open-by-break-glass" aria-disabled=move || busy.get().to_string()>
                    {t!(i18n, break_glass.open)}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Grants(all: Memo<Vec<GrantView>>) -> impl IntoView {
    let i18n = use_i18n();
    let items = move || {
        let all = all.get();
        all.into_iter().map(|grant| view! { <GrantItem grant /> }).collect_view()
    };
    view! {
        <Show when=move || all.with(|all| !all.is_empty())>
            <section class="kj-card" aria-labelledby="grants-heading" data-testid="grants">
                <h2 class="ds-heading" data-size="2xs" id="grants-heading">{t!(i18n, break_glass.grants)}</h2>
                <ul class="kj-plain-list kj-rows">{items}</ul>
            </section>
        </Show>
    }
}
