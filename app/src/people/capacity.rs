//! Whether the client can decide, matter by matter; never a yes or no for everything.

use kjent_core::command::AssessCapacity;
use kjent_core::fact::{CapacityAssessment, CapacityOutcome};
use kjent_core::problem::Problem;
use kjent_core::view::{AssessmentView, ClientView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::shown::add_button;
use crate::components::choice::Choices;
use crate::components::failure::Trouble;
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{I18n, capacity_word, relative_day, t, t_string, use_i18n};
use crate::ipc::call;

/// The card.
#[component]
pub fn Capacity(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let writing = RwSignal::new(false);
    let close = Callback::new(move |()| {
        writing.try_set(false);
    });
    let body = move || {
        if writing.get() {
            view! { <Form data close /> }.into_any()
        } else {
            data.with(|data| shown(i18n, data, writing)).into_any()
        }
    };
    view! {
        <section class="kj-card" aria-labelledby="capacity-heading" data-testid="capacity">
            <h2 class="ds-heading" data-size="2xs" id="capacity-heading">{t!(i18n, people.capacity)}</h2>
            {body}
        </section>
    }
}

fn shown(i18n: I18n, data: &ClientView, writing: RwSignal<bool>) -> impl IntoView + use<> {
    let none = data.people.assessments.is_empty().then(|| {
        let words = t_string!(i18n, people.ask_capacity, name = data.called.clone()).to_string();
        view! { <p class="kj-invite">{words}</p> }
    });
    let rows = data.people.assessments.iter().map(|it| row(i18n, it)).collect_view();
    let add = add_button(true, "add-capacity", t_string!(i18n, people.add_capacity), move || {
        writing.set(true)
    });
    view! { {none} <ul class="kj-plain-list kj-rows">{rows}</ul> {add} }
}

fn row(i18n: I18n, it: &AssessmentView) -> impl IntoView + use<> {
    let by = t_string!(
        i18n,
        people.assessed_by,
        name = it.by.clone(),
        day = relative_day(i18n, it.at.date())
    )
    .to_string();
    view! {
        <li class="kj-area" data-testid="assessment">
            <p class="kj-strong">{it.assessment.matter.clone()}</p>
            <p>{capacity_word(i18n, &it.assessment.outcome)}</p>
            <p class="kj-text">{it.assessment.reasons.clone()}</p>
            <p class="kj-subtle">{by}</p>
        </li>
    }
}

#[component]
fn Form(data: Memo<ClientView>, close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (client, name) = data.with_untracked(|data| (data.client, data.called.clone()));
    let form = RwSignal::new(CapacityAssessment {
        matter: String::new(),
        outcome: CapacityOutcome::Has,
        reasons: String::new(),
    });
    let problem = RwSignal::new(None::<Problem>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        spawn_local(async move {
            let assessment = form.get_untracked();
            match call(AssessCapacity { client, assessment }).await {
                Ok(()) => close.run(()),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    let outcomes = CapacityOutcome::ALL
        .iter()
        .map(|it| {
            ((it.clone(), Signal::derive(move || capacity_word(i18n, it))), it.code().to_owned())
        })
        .collect();
    let is_wrong = move || {
        problem.with(|it| {
            it.as_ref()
                .and_then(|it| it.args.get("field"))
                .is_some_and(|it| it == "capacity_matter")
        })
    };
    view! {
        <form class="kj-form" data-testid="capacity-form" on:submit=save>
            <TextInput
                id="capacity-matter"
                label=Signal::derive(move || t_string!(i18n, people.capacity_matter, name = name.clone()).to_string())
                hint=Signal::derive(move || t_string!(i18n, people.hint_capacity_matter).to_owned())
                wrong=Signal::derive(is_wrong)
                typed=Callback::new(move |text| form.update(|form| form.matter = text))
            />
            <Choices
                name="capacity-outcome"
                legend=Signal::derive(move || t_string!(i18n, people.capacity_outcome).to_owned())
                choices=outcomes
                chosen=Signal::derive(move || form.with(|form| Some(form.outcome.clone())))
                choose=Callback::new(move |outcome| form.update(|form| form.outcome = outcome))
            />
            <TextArea
                id="capacity-reasons"
                label=Signal::derive(move || t_string!(i18n, people.capacity_reasons).to_owned())
                hint=Signal::derive(move || t_string!(i18n, people.hint_capacity_reasons).to_owned())
                seed=String::new()
                typed=Callback::new(move |text| form.update(|form| form.reasons = text))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-capacity">{t!(i18n, app.save)}</button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-capacity" on:click=move |_| close.run(())>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
}
