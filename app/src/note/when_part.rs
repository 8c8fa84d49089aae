//! What led to the note, and when it happened: now, or earlier.

use chrono::NaiveDateTime;
use kjent_core::fact::NoteOccasion;
use leptos::prelude::*;

use super::links_part::chip;
use super::note_fields::Pace;
use super::note_form::NoteForm;
use crate::components::choice::Choices;
use crate::components::text_field::TextInput;
use crate::i18n::{occasion_of_note_word, t, t_string, use_i18n};

/// How the field for date and time writes it.
const FIELD: &str = "%Y-%m-%dT%H:%M";

/// The card.
#[component]
pub fn WhenPart(form: NoteForm) -> impl IntoView {
    let i18n = use_i18n();
    let earlier = Memo::new(move |_| form.happened.with(Option::is_some));
    let occasion = move |it: &'static NoteOccasion| {
        let is_on = move || form.note.with(|note| note.occasion.as_ref() == Some(it));
        chip(
            move || occasion_of_note_word(i18n, it),
            "note-occasion",
            is_on,
            move || {
                form.note.update(|note| {
                    note.occasion = (note.occasion.as_ref() != Some(it)).then(|| it.clone());
                });
                form.changed(Pace::Tap);
            },
        )
    };
    let choices = vec![
        ((false, Signal::derive(move || t_string!(i18n, note.now).to_owned())), "now".to_owned()),
        (
            (true, Signal::derive(move || t_string!(i18n, note.earlier).to_owned())),
            "earlier".to_owned(),
        ),
    ];
    let choose = Callback::new(move |earlier: bool| {
        form.happened.set(earlier.then(crate::clock::now));
        form.changed(Pace::Tap);
    });
    let typed = Callback::new(move |text: String| {
        if let Ok(at) = NaiveDateTime::parse_from_str(&text, FIELD) {
            form.happened.set(Some(at));
            form.changed(Pace::Key);
        }
    });
    let field = move || {
        let at = form.happened.get_untracked().map(|at| at.format(FIELD).to_string());
        view! {
            <TextInput
                id="note-happened"
                kind="datetime-local"
                label=Signal::derive(move || t_string!(i18n, note.happened).to_owned())
                hint=Signal::derive(move || t_string!(i18n, note.late_hint).to_owned())
                seed=at.unwrap_or_default()
                typed
            />
        }
    };
    view! {
        <section class="kj-card" aria-labelledby="note-when-heading">
            <h2 class="ds-heading" data-size="2xs" id="note-when-heading">{t!(i18n, note.when_heading)}</h2>
            <div class="kj-choices__row" role="group" aria-label=move || t_string!(i18n, note.occasion)>
                {NoteOccasion::ALL.iter().map(occasion).collect_view()}
            </div>
            <Choices
                name="note-when"
                legend=Signal::derive(move || t_string!(i18n, note.when).to_owned())
                choices
                chosen=Signal::derive(move || Some(earlier.get()))
                choose
            />
            {move || earlier.get().then(field)}
        </section>
    }
}
