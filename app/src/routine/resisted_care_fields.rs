//! The questions of the routine, in its order.

use kjent_core::command::ResistedCareDraft;
use kjent_core::fact::{Capacity, Notified, TrustTried};
use kjent_core::problem::Problem;
use kjent_core::view::ResistedCareView;
use leptos::prelude::*;

use super::coercion_part::CoercionPart;
use super::resisted_care_model::{toggle, toggle_notified};
use super::sign_routine::fault;
use super::toggles::{Toggle, Toggles};
use crate::components::choice::{Choices, Quiet};
use crate::components::text_field::TextArea;
use crate::draft_form::DraftForm;
use crate::i18n::{I18n, consents_word, notified_word, t, t_string, tried_word, use_i18n};

/// All of them.
#[component]
pub fn ResistedCareFields(
    view: ResistedCareView,
    form: DraftForm<ResistedCareDraft>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.draft.get_untracked();
    let words = move |read: fn(I18n) -> &'static str| Signal::derive(move || read(i18n).to_owned());
    let called = StoredValue::new(view.called);
    let what = view.interventions.into_iter().map(|one| {
        let title = one.title;
        (one.intervention, Signal::derive(move || title.clone()), "resisted".to_owned())
    });
    let tried: Vec<Toggle<TrustTried>> = TrustTried::ALL
        .iter()
        .map(|it| (it.clone(), Signal::derive(move || tried_word(i18n, it)), format!("tried-{it}")))
        .collect();
    let notified: Vec<Toggle<Notified>> = Notified::ALL
        .iter()
        .map(|it| {
            (it.clone(), Signal::derive(move || notified_word(i18n, it)), format!("notified-{it}"))
        })
        .collect();
    let capacity = Capacity::ALL
        .iter()
        .map(|it| {
            let words = Signal::derive(move || consents_word(i18n, it));
            ((it.clone(), words), it.code().to_owned())
        })
        .collect();
    let yes_no = vec![
        ((true, words(|i| t_string!(i, routine.yes))), "yes".to_owned()),
        ((false, words(|i| t_string!(i, routine.no))), "no".to_owned()),
    ];
    let decision_needed = Callback::new(move |needed| {
        problem.set(None);
        form.tap(|draft| draft.decision_needed = Some(needed));
    });
    let can_consent =
        move || t_string!(i18n, routine.capacity, name = called.get_value()).to_string();
    view! {
        <section class="kj-card" aria-labelledby="resisted-heading">
            <h2 class="ds-heading" data-size="2xs" id="resisted-heading">{move || t_string!(i18n, routine.resisted, name = called.get_value()).to_string()}</h2>
            {fault(i18n, problem, "resisted")}
            <Toggles labelled_by="resisted-heading" toggles=what.collect()
                pressed=Signal::derive(move || form.draft.with(|draft| draft.interventions.clone()))
                tapped=Callback::new(move |it| { problem.set(None); form.tap(|draft| toggle(&mut draft.interventions, it)); }) />
            <TextArea id="resisted-what" label=words(|i| t_string!(i, routine.resisted_words)) seed=seed.what
                typed=form.typed(|draft, text| draft.what = text) />
        </section>
        <section class="kj-card" aria-labelledby="tried-heading">
            <h2 class="ds-heading" data-size="2xs" id="tried-heading">{t!(i18n, routine.tried)}</h2>
            {fault(i18n, problem, "tried")}
            <Toggles labelled_by="tried-heading" toggles=tried
                pressed=Signal::derive(move || form.draft.with(|draft| draft.tried.clone()))
                tapped=Callback::new(move |it| { problem.set(None); form.tap(|draft| toggle(&mut draft.tried, it)); }) />
            <TextArea id="tried-words" label=words(|i| t_string!(i, routine.tried_words)) seed=seed.tried_words
                typed=form.typed(|draft, text| draft.tried_words = text) />
            {fault(i18n, problem, "tried_words")}
        </section>
        <section class="kj-card" aria-labelledby="capacity-heading">
            <h2 class="ds-heading" data-size="2xs" id="capacity-heading">{can_consent}</h2>
            {fault(i18n, problem, "capacity")}
            <Choices name="capacity" legend=Signal::derive(can_consent) choices=capacity
                chosen=Signal::derive(move || form.draft.with(|draft| draft.capacity.clone()))
                choose=Callback::new(move |it| { problem.set(None); form.tap(|draft| draft.capacity = Some(it)); })
                quiet=Quiet::Yes />
            <TextArea id="capacity-words" label=words(|i| t_string!(i, routine.capacity_words)) seed=seed.capacity_words
                typed=form.typed(|draft, text| draft.capacity_words = text) />
            {fault(i18n, problem, "capacity_words")}
        </section>
        <section class="kj-card">
            <TextArea id="resisted-harm" label=words(|i| t_string!(i, routine.harm)) seed=seed.harm
                typed=form.typed(|draft, text| draft.harm = text) />
            {fault(i18n, problem, "harm")}
        </section>
        <section class="kj-card" aria-labelledby="notified-heading">
            <h2 class="ds-heading" data-size="2xs" id="notified-heading">{t!(i18n, routine.notified)}</h2>
            {fault(i18n, problem, "notified")}
            <Toggles labelled_by="notified-heading" toggles=notified
                pressed=Signal::derive(move || form.draft.with(|draft| draft.notified.clone()))
                tapped=Callback::new(move |it| { problem.set(None); form.tap(|draft| toggle_notified(&mut draft.notified, it)); }) />
            <Choices name="decision-needed" legend=words(|i| t_string!(i, routine.decision_needed)) choices=yes_no
                chosen=Signal::derive(move || form.draft.with(|draft| draft.decision_needed)) choose=decision_needed />
            {fault(i18n, problem, "decision_needed")}
        </section>
        <CoercionPart form problem />
    }
}
