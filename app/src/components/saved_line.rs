//! «Lagret på nettbrettet 08:41»: said only when it is so.

use leptos::prelude::*;

use crate::i18n::{sentence, t_string, time, use_i18n};
use crate::saver::SaveState;

/// How far a draft's saving has come, said aloud when it changes.
#[component]
pub fn SavedLine(#[prop(into)] state: Signal<SaveState>) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || match state.get() {
        SaveState::Untouched(None) => String::new(),
        SaveState::Saving => t_string!(i18n, saved.saving).to_owned(),
        SaveState::Untouched(Some(at)) | SaveState::Saved(at) => {
            t_string!(i18n, saved.at, time = time(at)).to_string()
        }
        SaveState::Failed(problem) => {
            t_string!(i18n, saved.failed, why = sentence(i18n, &problem)).to_string()
        }
    };
    let code = move || match state.get() {
        SaveState::Untouched(None) => "untouched",
        SaveState::Saving => "saving",
        SaveState::Untouched(Some(_)) | SaveState::Saved(_) => "saved",
        SaveState::Failed(_) => "failed",
    };
    view! { <p class="kj-saved" role="status" data-testid="saved" data-state=code>{words}</p> }
}
