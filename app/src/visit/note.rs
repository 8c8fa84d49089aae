//! The note: three plain questions, what comes next, and whether the next one must see it first.

use kjent_core::view::VisitView;
use leptos::prelude::*;

use super::visit_form::VisitForm;
use crate::components::saved_line::SavedLine;
use crate::components::text_field::TextArea;
use crate::i18n::{t, t_string, use_i18n};

/// The card. Its fields are seeded once; what comes in later doesn't touch them.
#[component]
pub fn NoteCard(view: Memo<VisitView>, form: VisitForm) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| view.with(|view| view.called.clone()));
    let seed = form.draft.with_untracked(|draft| draft.note.clone());
    view! {
        <section class="kj-card" aria-labelledby="note-heading" on:focusout=move |_| form.left()>
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id="note-heading">{t!(i18n, visit.note)}</h2>
                <SavedLine state=form.saved() />
            </div>
            <TextArea
                id="note-observation"
                label=Signal::derive(move || t_string!(i18n, visit.observation).to_owned())
                seed=seed.observation
                typed=Callback::new(move |text| form.typed(|draft| draft.note.observation = text))
            />
            <TextArea
                id="note-judgement"
                label=Signal::derive(move || t_string!(i18n, visit.judgement).to_owned())
                seed=seed.judgement
                typed=Callback::new(move |text| form.typed(|draft| draft.note.judgement = text))
            />
            <TextArea
                id="note-client-view"
                label=Signal::derive(move || t_string!(i18n, visit.client_view, name = called.get()).to_string())
                seed=seed.client_view
                typed=Callback::new(move |text| form.typed(|draft| draft.note.client_view = text))
            />
            <TextArea
                id="note-further-plan"
                label=Signal::derive(move || {
                    format!("{} ({})", t_string!(i18n, visit.further_plan), t_string!(i18n, visit.optional))
                })
                seed=seed.further_plan
                typed=Callback::new(move |text| form.typed(|draft| draft.note.further_plan = text))
            />
            <label class="kj-check">
                <input
                    class="ds-input"
                    type="checkbox"
                    data-testid="note-important"
                    aria-describedby="note-important-hint"
                    prop:checked=move || form.draft.with(|draft| draft.note.important_for_next)
                    on:change:target=move |event| {
                        let important = event.target().checked();
                        form.tap(|draft| draft.note.important_for_next = important);
                    }
                />
                <span>
                    <span class="kj-strong">{t!(i18n, visit.important)}</span>
                    <span class="kj-subtle" id="note-important-hint">{t!(i18n, visit.important_hint)}</span>
                </span>
            </label>
        </section>
    }
}
