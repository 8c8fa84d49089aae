//! The note of a visit: a note's fields, saved with the visit.

use kjent_core::view::VisitView;
use leptos::prelude::*;

use super::visit_form::VisitForm;
use crate::components::saved_line::SavedLine;
use crate::i18n::{t, use_i18n};
use crate::note::{NoteFields, Pace};

/// The card. Its fields are seeded once; what comes in later doesn't touch them.
#[component]
pub fn NoteCard(view: Memo<VisitView>, form: VisitForm) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| view.with(|view| view.called.clone()));
    let links = Memo::new(move |_| view.with(|view| view.links.clone()));
    let note = form.note;
    let changed = Callback::new(move |pace| {
        let note = note.get_untracked();
        match pace {
            Pace::Tap => form.tap(|draft| draft.note = note),
            Pace::Key => form.typed(|draft| draft.note = note),
        }
    });
    view! {
        <section class="kj-card" aria-labelledby="note-heading" on:focusout=move |_| form.left()>
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id="note-heading">{t!(i18n, visit.note)}</h2>
                <SavedLine state=form.saved() />
            </div>
            <NoteFields note changed called links />
        </section>
    }
}
