//! Whether anything was done against the client's will. What it rests on comes first: without a
//! decision or an emergency there is nothing to write it in.

use kjent_core::command::{CoercionBasis, ResistedCareDraft};
use kjent_core::problem::Problem;
use leptos::prelude::*;

use super::sign_routine::fault;
use crate::components::choice::{Choices, Quiet};
use crate::components::text_field::{TextArea, TextInput};
use crate::draft_form::DraftForm;
use crate::i18n::{I18n, t, t_string, use_i18n};

/// The last part of the routine.
#[component]
pub fn CoercionPart(
    form: DraftForm<ResistedCareDraft>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |read: fn(I18n) -> &'static str| Signal::derive(move || read(i18n).to_owned());
    let basis = Memo::new(move |_| form.draft.with(|draft| draft.basis));
    let choices = vec![
        ((None, words(|i| t_string!(i, routine.basis_none))), "none".to_owned()),
        (
            (Some(CoercionBasis::Decision), words(|i| t_string!(i, routine.basis_decision))),
            "decision".to_owned(),
        ),
        (
            (Some(CoercionBasis::Emergency), words(|i| t_string!(i, routine.basis_emergency))),
            "emergency".to_owned(),
        ),
    ];
    let details = move || {
        let basis = basis.get()?;
        let seed = form.draft.get_untracked();
        let on = seed.decided_on.map(|day| day.to_string()).unwrap_or_default();
        let decided = Callback::new(move |text: String| {
            form.tap(|draft| draft.decided_on = text.parse().ok());
        });
        let rests_on = match basis {
            CoercionBasis::Decision => view! {
                <TextInput id="coercion-reference" label=words(|i| t_string!(i, routine.reference)) seed=seed.reference
                    typed=form.typed(|draft, text| draft.reference = text) />
                <TextInput id="coercion-decided-on" kind="date" label=words(|i| t_string!(i, routine.decided_on)) seed=on typed=decided />
            }
            .into_any(),
            CoercionBasis::Emergency => view! {
                <TextArea id="coercion-emergency" label=words(|i| t_string!(i, routine.emergency)) seed=seed.emergency
                    typed=form.typed(|draft, text| draft.emergency = text) />
            }
            .into_any(),
        };
        Some(view! {
            {rests_on}
            <TextArea id="coercion-measure" label=words(|i| t_string!(i, routine.measure)) seed=seed.measure
                typed=form.typed(|draft, text| draft.measure = text) />
        })
    };
    view! {
        <section class="kj-card" aria-labelledby="coercion-heading">
            <h2 class="ds-heading" data-size="2xs" id="coercion-heading">{t!(i18n, routine.against_will)}</h2>
            <p class="kj-subtle">{t!(i18n, routine.against_will_hint)}</p>
            <Choices name="basis" legend=words(|i| t_string!(i, routine.against_will)) choices=choices
                chosen=Signal::derive(move || Some(basis.get()))
                choose=Callback::new(move |it| { problem.set(None); form.tap(|draft| draft.basis = it); })
                quiet=Quiet::Yes />
            {details}
            {fault(i18n, problem, "coercion")}
        </section>
    }
}
