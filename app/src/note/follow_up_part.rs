//! «Krever oppfølging»: what, by when, from whom, and whether somebody is worried.

use chrono::NaiveDate;
use kjent_core::fact::{Concern, FollowUpFrom, Note};
use kjent_core::ids::WorkerId;
use kjent_core::view::{LinksView, WorkerView};
use leptos::prelude::*;

use super::links_part::chip;
use super::note_fields::Pace;
use super::note_model::{ask, in_days, toggle_concern, toggle_follow_up};
use crate::components::choice::Choices;
use crate::components::day_in_words::{DayInWords, words_id};
use crate::components::icon::{BELL, icon};
use crate::components::text_field::TextInput;
use crate::i18n::{t, t_string, use_i18n};

/// The button, and what it unfolds.
#[component]
pub fn FollowUpPart(
    note: RwSignal<Note>,
    changed: Callback<Pace>,
    #[prop(into)] called: Signal<String>,
    links: Signal<LinksView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_on = Memo::new(move |_| note.with(|note| note.follow_up.is_some()));
    let toggle = move |_| {
        note.update(|note| toggle_follow_up(note, crate::clock::now().date()));
        changed.run(Pace::Tap);
    };
    view! {
        <div class="kj-note__follow-up">
            <button type="button" class="kj-chip" data-testid="note-follow-up" aria-pressed=move || is_on.get().to_string()
                aria-expanded=move || is_on.get().to_string() on:click=toggle>
                {icon(BELL)}
                <span>{t!(i18n, note.follow_up)}</span>
            </button>
            {move || is_on.get().then(|| view! { <Asked note changed called links /> })}
        </div>
    }
}

#[component]
fn Asked(
    note: RwSignal<Note>,
    changed: Callback<Pace>,
    called: Signal<String>,
    links: Signal<LinksView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let what = Memo::new(move |_| {
        note.with(|note| note.follow_up.as_ref().map(|it| it.what.clone()).unwrap_or_default())
    });
    let typed = Callback::new(move |text| {
        note.update(|note| {
            if let Some(asked) = &mut note.follow_up {
                asked.what = text;
            }
        });
        changed.run(Pace::Key);
    });
    let by = Memo::new(move |_| note.with(|note| note.follow_up.as_ref().map(|it| it.by)));
    let set = Callback::new(move |day| {
        note.update(|note| {
            if let Some(asked) = &mut note.follow_up {
                asked.by = day;
            }
        });
        changed.run(Pace::Tap);
    });
    let from =
        Memo::new(move |_| note.with(|note| note.follow_up.as_ref().map(|it| it.from.clone())));
    let worker =
        Memo::new(move |_| note.with(|note| note.follow_up.as_ref().and_then(|it| it.worker)));
    let ask = Callback::new(move |(from, worker)| {
        note.update(|note| ask(note, from, worker));
        changed.run(Pace::Tap);
    });
    view! {
        <div class="kj-note__asked">
            <TextInput
                id="follow-up-what"
                label=Signal::derive(move || t_string!(i18n, note.follow_up_what).to_owned())
                hint=Signal::derive(move || t_string!(i18n, note.follow_up_hint).to_owned())
                seed=what
                typed
            />
            <By by set />
            <From from worker ask links />
            <Worry note changed called />
        </div>
    }
}

/// The last day for it.
#[component]
pub fn By(
    #[prop(into)] by: Signal<Option<NaiveDate>>,
    /// Takes another day.
    set: Callback<NaiveDate>,
) -> impl IntoView {
    let i18n = use_i18n();
    let today = crate::clock::now().date();
    let quick = move |days: u64, test_id| {
        let day = in_days(today, days);
        let words = move || match days {
            0 => t_string!(i18n, note.by_today),
            1 => t_string!(i18n, note.by_tomorrow),
            _ => t_string!(i18n, note.by_week),
        };
        chip(words, test_id, move || by.get() == Some(day), move || set.run(day))
    };
    let standing = move || by.get().map(|day| day.to_string()).unwrap_or_default();
    view! {
        <fieldset class="kj-choices">
            <legend class="ds-label kj-label">{t!(i18n, note.follow_up_by)}</legend>
            <div class="kj-choices__row">
                {quick(0, "follow-up-today")}
                {quick(1, "follow-up-tomorrow")}
                {quick(7, "follow-up-week")}
                <input
                    class="ds-input kj-input"
                    type="date"
                    id="follow-up-by"
                    data-testid="follow-up-by"
                    aria-describedby=words_id("follow-up-by")
                    aria-label=move || t_string!(i18n, note.by_date)
                    prop:value=standing
                    on:change:target=move |event| {
                        if let Ok(day) = event.target().value().parse() {
                            set.run(day);
                        }
                    }
                />
            </div>
            <DayInWords of="follow-up-by" text=Signal::derive(standing) />
        </fieldset>
    }
}

/// From whom.
#[component]
pub fn From(
    #[prop(into)] from: Signal<Option<FollowUpFrom>>,
    /// Who, when a worker is named.
    #[prop(into)]
    worker: Signal<Option<WorkerId>>,
    /// Takes another answer.
    ask: Callback<(FollowUpFrom, Option<WorkerId>)>,
    #[prop(into)] links: Signal<LinksView>,
) -> impl IntoView {
    let i18n = use_i18n();
    let contact = links.with_untracked(|links| links.primary_contact.clone());
    let words = move |from: &FollowUpFrom| match from {
        FollowUpFrom::Team => t_string!(i18n, note.from_team).to_owned(),
        FollowUpFrom::PrimaryContact => match links.with(|links| links.primary_contact.clone()) {
            Some(name) => t_string!(i18n, note.from_contact, name = name).to_string(),
            None => t_string!(i18n, client.primary_contact).to_owned(),
        },
        FollowUpFrom::Worker => t_string!(i18n, note.from_colleague).to_owned(),
        FollowUpFrom::Unknown(code) => code.clone(),
    };
    let choices = FollowUpFrom::ALL
        .iter()
        .filter(|from| **from != FollowUpFrom::PrimaryContact || contact.is_some())
        .map(|from| ((from.clone(), Signal::derive(move || words(from))), from.code().to_owned()))
        .collect();
    let choose = Callback::new(move |from| ask.run((from, worker.get_untracked())));
    let colleagues = Signal::derive(move || links.with(|links| links.colleagues.clone()));
    let picked = Callback::new(move |worker| ask.run((FollowUpFrom::Worker, worker)));
    view! {
        <Choices
            name="follow-up-from"
            legend=Signal::derive(move || t_string!(i18n, note.follow_up_from).to_owned())
            choices
            chosen=from
            choose
        />
        <Show when=move || from.get() == Some(FollowUpFrom::Worker)>
            <Colleague id="follow-up-worker" colleagues chosen=worker picked />
        </Show>
    }
}

/// One of the colleagues.
#[component]
pub fn Colleague(
    /// What the field is, also its test id.
    id: &'static str,
    #[prop(into)] colleagues: Signal<Vec<WorkerView>>,
    #[prop(into)] chosen: Signal<Option<WorkerId>>,
    picked: Callback<Option<WorkerId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let options = move || {
        let one = |it: WorkerView| {
            let is_chosen = chosen.get() == Some(it.worker);
            view! { <option value=it.worker.to_string() selected=is_chosen>{it.name}</option> }
        };
        colleagues.get().into_iter().map(one).collect_view()
    };
    view! {
        <div class="ds-field">
            <label class="ds-label kj-label" for=id>{t!(i18n, note.colleague)}</label>
            <select class="ds-input kj-input kj-select" id=id data-testid=id
                on:change:target=move |event| picked.run(event.target().value().parse().ok())>
                <option value="" selected=move || chosen.get().is_none()>{t!(i18n, note.choose_colleague)}</option>
                {options}
            </select>
        </div>
    }
}

/// Whether somebody is worried that something may go wrong.
#[component]
fn Worry(note: RwSignal<Note>, changed: Callback<Pace>, called: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let one = move |concern: &'static Concern| {
        let words = move || match concern {
            Concern::Client => called.get(),
            Concern::Relative => t_string!(i18n, note.concern_relative).to_owned(),
            Concern::Worker => t_string!(i18n, note.concern_worker).to_owned(),
            Concern::Unknown(code) => code.clone(),
        };
        let is_on = move || note.with(|note| note.concern.as_ref() == Some(concern));
        chip(words, "note-concern", is_on, move || {
            note.update(|note| toggle_concern(note, concern.clone()));
            changed.run(Pace::Tap);
        })
    };
    view! {
        <fieldset class="kj-choices">
            <legend class="ds-label kj-label">{t!(i18n, note.concern)}</legend>
            <div class="kj-choices__row">{Concern::ALL.iter().map(one).collect_view()}</div>
        </fieldset>
    }
}
