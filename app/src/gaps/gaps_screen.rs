//! Wires the lists of who lacks somebody: visits that nobody makes, and clients without somebody
//! responsible, with the way to each.

use kjent_core::command::ReadGaps;
use kjent_core::view::{GapView, GapsView, ResponsibleView, ToGiveView};
use leptos::prelude::*;

use crate::changes::Changes;
use crate::components::page::{Back, Page};
use crate::i18n::{I18n, moment, t, t_string, use_i18n};
use crate::live::{Live, loaded};
use crate::people::gap_words;

/// The list.
#[component]
pub fn GapsScreen() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadGaps {}, Changes::get().today());
    let back = Back {
        to: "/".to_owned(),
        words: Signal::derive(move || t_string!(i18n, app.back_to_day).to_owned()),
    };
    view! {
        <Page title=Signal::derive(move || t_string!(i18n, people.gaps_page).to_owned()) back=Some(back)>
            {loaded(live, move |all| move || all.with(|all| lists(i18n, all)))}
        </Page>
    }
}

fn lists(i18n: I18n, all: &GapsView) -> impl IntoView + use<> {
    if *all == GapsView::default() {
        return view! { <p>{t!(i18n, people.gaps_none)}</p> }.into_any();
    }
    let visits = (!all.to_give.is_empty()).then(|| {
        let items = all.to_give.iter().map(|it| to_give(i18n, it)).collect_view();
        view! {
            <h2 class="ds-heading" data-size="xs">{t!(i18n, people.to_give_title)}</h2>
            <p>{t!(i18n, people.to_give_lead)}</p>
            <ul class="kj-plain-list">{items}</ul>
        }
    });
    let clients = (!all.clients.is_empty()).then(|| {
        let items = all.clients.iter().map(|it| item(i18n, it)).collect_view();
        view! {
            <h2 class="ds-heading" data-size="xs">{t!(i18n, people.gaps_title)}</h2>
            <p>{t!(i18n, people.gaps_lead)}</p>
            <ul class="kj-plain-list">{items}</ul>
        }
    });
    view! { {visits} {clients} }.into_any()
}

fn to_give(i18n: I18n, it: &ToGiveView) -> impl IntoView + use<> {
    view! {
        <li class="kj-card kj-late" data-testid="to-give-item">
            <div>
                <h3 class="kj-item-heading">{it.name.clone()}</h3>
                <p>{moment(i18n, it.starts)}</p>
            </div>
            <a class="ds-button" data-variant="secondary" href=format!("/client/{}", it.client)>
                {t!(i18n, today.open)}
                <span class="ds-sr-only">{it.name.clone()}</span>
            </a>
        </li>
    }
}

fn item(i18n: I18n, it: &GapView) -> impl IntoView + use<> {
    let roles = [
        (t_string!(i18n, client.primary_contact), &it.primary_contact),
        (t_string!(i18n, client.service_lead), &it.service_lead),
    ];
    let lines: Vec<_> = roles
        .into_iter()
        .filter_map(|(word, role)| says(i18n, word, role))
        .map(|words| view! { <p>{words}</p> })
        .collect();
    let to = format!("/client/{}?part=people", it.client);
    view! {
        <li class="kj-card kj-late" data-testid="gap-item">
            <div>
                <h3 class="kj-item-heading">{it.name.clone()}</h3>
                {lines}
            </div>
            <a class="ds-button" data-variant="secondary" data-testid="open-gap" href=to>
                {t!(i18n, people.appoint)}
                <span class="ds-sr-only">{it.name.clone()}</span>
            </a>
        </li>
    }
}

fn says(i18n: I18n, word: &str, role: &ResponsibleView) -> Option<String> {
    if role.conflict.is_empty() {
        return gap_words(i18n, word, role);
    }
    let names: Vec<&str> = role.conflict.iter().map(|one| one.value.as_str()).collect();
    let (word, names) = (word.to_owned(), names.join(", "));
    Some(t_string!(i18n, people.gap_conflict, role = word, names = names).to_string())
}
