//! Open questions to lean on. The first is the wording for the first contact (Oslo standard).

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The card with the questions.
#[component]
pub fn Prompts() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="kj-card kj-prompts" aria-labelledby="prompts-heading">
            <h2 class="ds-heading" data-size="2xs" id="prompts-heading">{t!(i18n, conversation.prompts)}</h2>
            <p class="kj-prompts__first">{t!(i18n, conversation.prompt_1)}</p>
            <ul>
                <li>{t!(i18n, conversation.prompt_2)}</li>
                <li>{t!(i18n, conversation.prompt_3)}</li>
                <li>{t!(i18n, conversation.prompt_4)}</li>
                <li>{t!(i18n, conversation.prompt_5)}</li>
            </ul>
            <p class="kj-subtle">{t!(i18n, conversation.prompts_hint)}</p>
        </section>
    }
}
