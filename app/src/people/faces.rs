//! Known faces: who came, who comes, and how much of it the same few do. No worker is ranked: the
//! figures are about the client's days.

use kjent_core::view::{AheadView, CarerView, ClientView};
use leptos::prelude::*;

use crate::i18n::{I18n, moment, profession_word, relative_day, t, t_string, use_i18n};

/// The card.
#[component]
pub fn Faces(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="kj-card" aria-labelledby="carers-heading" data-testid="faces">
            <h2 class="ds-heading" data-size="2xs" id="carers-heading">{t!(i18n, client.carers)}</h2>
            {move || data.with(|data| body(i18n, data))}
        </section>
    }
}

fn body(i18n: I18n, data: &ClientView) -> impl IntoView + use<> {
    let figures = data.people.continuity;
    let summary = if data.carers_28_days.is_empty() {
        view! { <p class="kj-invite">{t!(i18n, client.carers_none)}</p> }.into_any()
    } else {
        let words = t_string!(
            i18n,
            people.faces_summary,
            visits = figures.visits,
            carers = figures.carers,
            three = figures.top_three,
            usual = figures.usual
        )
        .to_string();
        view! { <p data-testid="continuity">{words}</p> }.into_any()
    };
    let carers = data.carers_28_days.iter().map(|it| carer(i18n, it)).collect_view();
    let ahead = (!data.people.ahead.is_empty()).then(|| {
        let rows = data.people.ahead.iter().map(|it| coming(i18n, it)).collect_view();
        view! {
            <div>
                <h3 class="kj-small-heading">{t!(i18n, people.ahead)}</h3>
                <ul class="kj-plain-list kj-ahead">{rows}</ul>
            </div>
        }
    });
    view! {
        {summary}
        {ahead}
        <details class="kj-details">
            <summary data-testid="show-carers">{t!(i18n, people.carers_all)}</summary>
            <ul class="kj-plain-list kj-rows">{carers}</ul>
        </details>
    }
}

fn carer(i18n: I18n, it: &CarerView) -> impl IntoView + use<> {
    let visits =
        t_string!(i18n, client.carer_visits, count = it.visits, day = relative_day(i18n, it.last))
            .to_string();
    view! {
        <li class="kj-person" data-testid="carer">
            <div>
                <p class="kj-strong">{it.name.clone()}</p>
                <p class="kj-subtle">{profession_word(i18n, &it.profession)}</p>
            </div>
            <p>{visits}</p>
        </li>
    }
}

fn coming(i18n: I18n, it: &AheadView) -> impl IntoView + use<> {
    if it.name.is_empty() {
        return view! {
            <li class="kj-person" data-testid="ahead" data-to-give="true">
                <p><span class="kj-subtle">{moment(i18n, it.starts)}</span> " " <span class="kj-strong">{t!(i18n, visits.to_give)}</span></p>
            </li>
        }
        .into_any();
    }
    let known = match it.visits {
        0 => t_string!(i18n, people.ahead_new).to_owned(),
        count => t_string!(i18n, people.ahead_known, count = count).to_string(),
    };
    view! {
        <li class="kj-person" data-testid="ahead" data-new=(it.visits == 0).to_string()>
            <p><span class="kj-subtle">{moment(i18n, it.starts)}</span> " " <span class="kj-strong">{it.name.clone()}</span></p>
            <p class="kj-subtle">{known}</p>
        </li>
    }
    .into_any()
}
