//! Words of advice beside a note; they never stand in the way of signing.

use kjent_core::fact::Note;
use leptos::prelude::*;

use super::note_model::{Hint, hints};
use crate::i18n::{I18n, t_string, use_i18n};

/// The hints for what has been written so far.
#[component]
pub fn Hints(
    #[prop(into)] note: Signal<Note>,
    #[prop(into)] called: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| note.with(hints));
    let line = move |hint: Hint| view! { <li>{words(i18n, hint, called.get())}</li> };
    view! {
        <ul class="kj-note__hints kj-subtle" data-testid="note-hints" hidden=move || all.with(Vec::is_empty)>
            {move || all.get().into_iter().map(line).collect_view()}
        </ul>
    }
}

fn words(i18n: I18n, hint: Hint, called: String) -> String {
    match hint {
        Hint::Judgement => t_string!(i18n, note.hint_judgement).to_owned(),
        Hint::ClientView => t_string!(i18n, note.hint_client_view, name = called).to_string(),
        Hint::Short(short, long) => {
            t_string!(i18n, note.hint_short, short = short, long = long).to_string()
        }
        Hint::Judging(word) => t_string!(i18n, note.hint_judging, word = word).to_string(),
    }
}
