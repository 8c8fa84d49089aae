//! A minute with somebody one has never met: who this is, how to come in, whom to ask. The client
//! should not have to tell it all again.

use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::shown::{facts, text};
use crate::i18n::{I18n, field_word, interpreter_word, t, t_string, use_i18n};

/// The card; nothing for those who have been here.
#[component]
pub fn FirstTime(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let is_first = Memo::new(move |_| data.with(|data| data.people.first_time));
    view! {
        <Show when=move || is_first.get()>
            <section class="kj-card kj-first-time" aria-labelledby="first-time-heading" data-testid="first-time">
                <h2 class="ds-heading" data-size="2xs" id="first-time-heading">
                    {t!(i18n, people.first_time, name = move || called.get())}
                </h2>
                {move || data.with(|data| body(i18n, data))}
            </section>
        </Show>
    }
}

fn body(i18n: I18n, data: &ClientView) -> impl IntoView + use<> {
    let profile = &data.people.profile;
    let own = text(profile, "about_me")
        .map(|words| view! { <blockquote class="kj-quote"><p>{words}</p></blockquote> });
    let matters =
        data.what_matters.iter().find(|it| !it.words.is_empty()).map(|it| it.words.clone());
    let interpreter = text(profile, "interpreter")
        .filter(|code| code != "none")
        .map(|code| interpreter_word(i18n, &code.as_str().into()));
    let language = [text(profile, "language"), interpreter].into_iter().flatten();
    let language = Some(language.collect::<Vec<_>>().join(". ")).filter(|it| !it.is_empty());
    let critical: Vec<&str> = data.critical.iter().map(|it| it.label.as_str()).collect();
    let critical = Some(critical.join(", ")).filter(|it| !it.is_empty());
    let primary = &data.people.primary_contact;
    let ask = Some(primary.name.clone()).filter(|name| !name.is_empty());
    let ask = ask.filter(|_| !primary.state.is_gap()).map(|name| {
        std::iter::once(name).chain(primary.phone.clone()).collect::<Vec<_>>().join(", ")
    });
    let rows = facts([
        (t_string!(i18n, people.matters).to_owned(), matters),
        (t_string!(i18n, people.critical).to_owned(), critical),
        (field_word(i18n, "entry"), text(profile, "entry")),
        (field_word(i18n, "house_rules"), text(profile, "house_rules")),
        (field_word(i18n, "language"), language),
        (t_string!(i18n, people.whom_to_ask).to_owned(), ask),
    ]);
    view! { {own} {rows} }
}
