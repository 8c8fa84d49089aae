//! Open questions to lean on. The first is the wording for the first contact (Oslo standard).

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The card with the questions; it folds away when they are in the way of the answer.
#[component]
pub fn Prompts() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <details class="kj-card kj-details kj-prompts" open data-testid="prompts">
            <summary>{t!(i18n, conversation.prompts)}</summary>
            <p class="kj-prompts__first">{t!(i18n, conversation.prompt_1)}</p>
            <ul>
                <li>{t!(i18n, conversation.prompt_2)}</li>
                <li>{t!(i18n, conversation.prompt_3)}</li>
                <li>{t!(i18n, conversation.prompt_4)}</li>
                <li>{t!(i18n, conversation.prompt_5)}</li>
            </ul>
            <p class="kj-subtle">{t!(i18n, conversation.prompts_hint)}</p>
        </details>
    }
}
