//! Whom the client bars from the record: those who are, and those who were.

use kjent_core::command::{EndRestriction, Restrict};
use kjent_core::fact::Restriction;
use kjent_core::ids::FactId;
use kjent_core::people::Responsibility;
use kjent_core::problem::Problem;
use kjent_core::team::{Profession, Role};
use kjent_core::view::{ClientView, RestrictionView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::shown::add_button;
use crate::components::failure::Trouble;
use crate::components::icon::{ALERT, STOP};
use crate::components::select::Select;
use crate::components::tag::tag;
use crate::components::text_field::TextInput;
use crate::i18n::{I18n, relative_day, role_word, t, t_string, use_i18n};
use crate::ipc::call;

/// What is open in the card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    New,
    End(FactId),
}

/// The roles that can be barred.
const ROLES: [Role; 5] =
    [Role::Helper, Role::Nurse, Role::Therapist, Role::Planner, Role::TeamLead];

/// The card.
#[component]
pub fn Restrictions(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(Open::Nothing);
    let close = Callback::new(move |()| {
        open.try_set(Open::Nothing);
    });
    let body = move || match open.get() {
        Open::New => view! { <New data close /> }.into_any(),
        Open::End(restriction) => view! { <End data restriction close /> }.into_any(),
        Open::Nothing => data.with(|data| shown(i18n, data, open)).into_any(),
    };
    view! {
        <section class="kj-card" aria-labelledby="restrictions-heading" data-testid="restrictions">
            <h2 class="ds-heading" data-size="2xs" id="restrictions-heading">{t!(i18n, restriction.heading)}</h2>
            {body}
        </section>
    }
}

fn shown(i18n: I18n, data: &ClientView, open: RwSignal<Open>) -> impl IntoView + use<> {
    let may = data.people.may.restrict;
    let (past, now): (Vec<_>, Vec<_>) =
        data.people.restrictions.iter().partition(|it| it.ended.is_some());
    let none = now.is_empty().then(|| {
        let words = t_string!(i18n, restriction.none, name = data.called.clone()).to_string();
        view! { <p class="kj-subtle">{words}</p> }
    });
    let now = now.into_iter().map(|it| row(i18n, it, may.then_some(open))).collect_view();
    let past = (!past.is_empty()).then(|| {
        let rows = past.into_iter().map(|it| row(i18n, it, None)).collect_view();
        view! {
            <details class="kj-details">
                <summary>{t!(i18n, restriction.past)}</summary>
                <ul class="kj-plain-list kj-rows">{rows}</ul>
            </details>
        }
    });
    let add = add_button(may, "add-restriction", t_string!(i18n, restriction.add), move || {
        open.set(Open::New);
    });
    view! { {none} <ul class="kj-plain-list kj-rows">{now}</ul> {past} {add} }
}

/// Whom a bar keeps out.
fn whom(i18n: I18n, it: &RestrictionView) -> String {
    match &it.role {
        Some(role) => {
            t_string!(i18n, restriction.all_in_role, role = role_word(i18n, role).to_lowercase())
                .to_string()
        }
        None => it.name.clone(),
    }
}

fn row(i18n: I18n, it: &RestrictionView, open: Option<RwSignal<Open>>) -> impl IntoView + use<> {
    let fact = it.fact;
    let whom = whom(i18n, it);
    let day = relative_day(i18n, it.at.date());
    let told = t_string!(i18n, restriction.told, name = it.by.clone(), day = day).to_string();
    let ended = it.ended.clone().map(|words| {
        let words = t_string!(i18n, restriction.ended, words = words).to_string();
        view! { <p class="kj-text">{words}</p> }
    });
    let about = whom.clone();
    let button = open.map(|open| {
        view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="end-restriction" on:click=move |_| open.set(Open::End(fact))>
                {t!(i18n, restriction.end)} <span class="ds-sr-only">{about}</span>
            </button>
        }
    });
    let mark = it
        .ended
        .is_none()
        .then(|| tag("warning", STOP, t_string!(i18n, restriction.in_force).to_owned()));
    view! {
        <li class="kj-area" data-testid="restriction">
            <div class="kj-card__head">
                <p class="kj-strong">{whom}</p>
                {button}
            </div>
            <p class="kj-text">{format!("«{}»", it.words)}</p>
            {ended}
            <div class="kj-tags">{mark}</div>
            <p class="kj-subtle">{told}</p>
        </li>
    }
}

/// What the client loses by it, to be said before it is written down.
fn warning(i18n: I18n, data: &ClientView, chosen: &Restriction) -> Option<String> {
    let people = &data.people;
    let held = |it: &kjent_core::view::ResponsibleView| {
        it.state == Responsibility::Held && it.worker.is_some() && it.worker == chosen.worker
    };
    if held(&people.primary_contact) || held(&people.service_lead) {
        return Some(t_string!(i18n, restriction.warn_responsible).to_owned());
    }
    let nurses = people.appointable.iter().filter(|it| it.profession == Profession::Nurse);
    let left = nurses.filter(|it| Some(it.worker) != chosen.worker).count();
    let bars_nurse = chosen.role == Some(Role::Nurse)
        || chosen.worker.is_some_and(|worker| {
            people
                .appointable
                .iter()
                .any(|it| it.worker == worker && it.profession == Profession::Nurse)
        });
    (bars_nurse && (left == 0 || chosen.role.is_some()))
        .then(|| t_string!(i18n, restriction.warn_nurse).to_owned())
}

#[component]
fn New(data: Memo<ClientView>, close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let form = RwSignal::new(Restriction::default());
    let problem = RwSignal::new(None::<Problem>);
    let choices = Signal::derive(move || {
        let roles = ROLES.iter().map(|role| {
            let role_name = role_word(i18n, role).to_lowercase();
            let words = t_string!(i18n, restriction.all_in_role, role = role_name).to_string();
            (format!("role:{role}"), words)
        });
        data.with(|data| {
            let workers = data.people.appointable.iter();
            workers.map(|it| (it.worker.to_string(), it.name.clone())).chain(roles).collect()
        })
    });
    let chosen = Callback::new(move |code: String| {
        form.update(|form| match code.strip_prefix("role:") {
            Some(role) => (form.worker, form.role) = (None, Some(Role::from_code(role))),
            None => (form.worker, form.role) = (code.parse().ok(), None),
        });
    });
    let warns = move || data.with(|data| form.with(|form| warning(i18n, data, form)));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        spawn_local(async move {
            match call(Restrict { client, restriction: form.get_untracked() }).await {
                Ok(()) => close.run(()),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    view! {
        <form class="kj-form" data-testid="restriction-form" on:submit=save>
            <p>{t!(i18n, restriction.what)}</p>
            <Select
                id="restriction-whom"
                label=Signal::derive(move || t_string!(i18n, restriction.whom).to_owned())
                choices
                seed=String::new()
                chosen
            />
            <div role="status">
                {move || warns().map(|words| view! { <div class="kj-tags" data-testid="restriction-warning">{tag("warning", ALERT, words)}</div> })}
            </div>
            <TextInput
                id="restriction-words"
                label=Signal::derive(move || t_string!(i18n, restriction.words).to_owned())
                hint=Signal::derive(move || t_string!(i18n, restriction.hint_words).to_owned())
                wrong=Signal::derive(move || problem.with(Option::is_some))
                typed=Callback::new(move |text| form.update(|form| form.words = text))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <Actions close save_id="save-restriction" words=Signal::derive(move || t_string!(i18n, restriction.add).to_owned()) />
        </form>
    }
}

#[component]
fn End(data: Memo<ClientView>, restriction: FactId, close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let words = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        spawn_local(async move {
            let words = words.get_untracked();
            match call(EndRestriction { client, restriction, words }).await {
                Ok(()) => close.run(()),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    view! {
        <form class="kj-form" data-testid="end-restriction-form" on:submit=save>
            <TextInput
                id="restriction-end-words"
                label=Signal::derive(move || t_string!(i18n, restriction.end_words).to_owned())
                hint=Signal::derive(move || t_string!(i18n, restriction.hint_words).to_owned())
                wrong=Signal::derive(move || problem.with(Option::is_some))
                typed=Callback::new(move |text| words.set(text))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <Actions close save_id="save-end-restriction" words=Signal::derive(move || t_string!(i18n, restriction.end).to_owned()) />
        </form>
    }
}

#[component]
fn Actions(close: Callback<()>, save_id: &'static str, words: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="kj-form__actions">
            <button type="submit" class="ds-button" data-testid=save_id>{words}</button>
            <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-restriction" on:click=move |_| close.run(())>
                {t!(i18n, app.cancel)}
            </button>
        </div>
    }
}
