//! Wires the list of what came late, with the way to each entry.

use kjent_core::command::ReadLateWork;
use kjent_core::view::LateWorkView;
use leptos::prelude::*;

use super::late_item_words;
use crate::changes::Changes;
use crate::components::page::{Back, Page};
use crate::i18n::{I18n, t, t_string, use_i18n, work_word};
use crate::live::{Live, loaded};

/// The list.
#[component]
pub fn LateScreen() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadLateWork {}, Changes::get().today());
    let back = Back {
        to: "/".to_owned(),
        words: Signal::derive(move || t_string!(i18n, app.back_to_day).to_owned()),
    };
    view! {
        <Page title=Signal::derive(move || t_string!(i18n, late.title).to_owned()) back=Some(back)>
            <p class="kj-late__lead">{t!(i18n, late.lead)}</p>
            {loaded(live, move |all| move || all.with(|all| list(i18n, all)))}
        </Page>
    }
}

fn list(i18n: I18n, all: &[LateWorkView]) -> impl IntoView + use<> {
    if all.is_empty() {
        return view! { <p>{t!(i18n, late.none)}</p> }.into_any();
    }
    let items = all.iter().map(|it| item(i18n, it)).collect_view();
    view! { <ul class="kj-plain-list">{items}</ul> }.into_any()
}

fn item(i18n: I18n, it: &LateWorkView) -> impl IntoView + use<> {
    let what = work_word(i18n, &it.what);
    let heading =
        t_string!(i18n, sync.item, what = what, name = it.client_name.clone()).to_string();
    let (to, words) = match it.fact {
        Some(fact) => (
            format!("/client/{}?part=journal&entry={fact}", it.client),
            t_string!(i18n, late.open_entry),
        ),
        None => (format!("/client/{}", it.client), t_string!(i18n, late.open_client)),
    };
    view! {
        <li class="kj-card kj-late" data-testid="late-item">
            <div>
                <h2 class="kj-item-heading">{heading.clone()}</h2>
                <p>{late_item_words(i18n, &it.late)}</p>
            </div>
            <a class="ds-button" data-variant="secondary" data-testid="open-late" href=to>
                {words}
                <span class="ds-sr-only">{heading}</span>
            </a>
        </li>
    }
}
