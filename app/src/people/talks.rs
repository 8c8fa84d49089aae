//! The last talks with the people around the client; the journal has them all.

use kjent_core::fact::BasisKind;
use kjent_core::view::{ClientView, ContactLogView};
use leptos::prelude::*;

use crate::components::icon::{MESSAGES, icon};
use crate::i18n::{I18n, caller_word, channel_word, ground_word, moment, t, t_string, use_i18n};

/// The card.
#[component]
pub fn Talks(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    view! {
        <section class="kj-card" aria-labelledby="talks-heading" data-testid="talks">
            <h2 class="ds-heading" data-size="2xs" id="talks-heading">{t!(i18n, people.talks)}</h2>
            {move || data.with(|data| body(i18n, data))}
            <a class="ds-button" data-variant="tertiary" data-testid="log-other" href=format!("/client/{client}/contact")>
                {icon(MESSAGES)} <span>{t!(i18n, people.talk_other)}</span>
            </a>
        </section>
    }
}

fn body(i18n: I18n, data: &ClientView) -> impl IntoView + use<> {
    if data.people.log.is_empty() {
        return view! { <p class="kj-invite">{t!(i18n, people.talks_none)}</p> }.into_any();
    }
    let rows = data.people.log.iter().map(|it| row(i18n, it)).collect_view();
    view! { <ul class="kj-plain-list kj-rows">{rows}</ul> }.into_any()
}

fn row(i18n: I18n, it: &ContactLogView) -> impl IntoView + use<> {
    let talk = &it.contact;
    let how = format!(
        "{} · {} · {}",
        channel_word(i18n, &talk.channel),
        caller_word(i18n, &talk.caller),
        ground_word(i18n, &talk.basis.kind)
    );
    let law = (talk.basis.kind == BasisKind::Law).then(|| talk.basis.words.clone());
    let by = t_string!(i18n, people.talk_by, name = it.by.clone(), when = moment(i18n, it.at))
        .to_string();
    let result =
        (!talk.result.is_empty()).then(|| view! { <p class="kj-text">{talk.result.clone()}</p> });
    view! {
        <li class="kj-area" data-testid="talk">
            <p class="kj-strong">{it.with.clone()}</p>
            <p class="kj-subtle">{how} {law.map(|law| format!(" ({law})"))}</p>
            <p class="kj-text">{talk.content.clone()}</p>
            {result}
            <p class="kj-subtle">{by}</p>
        </li>
    }
}
