//! «Om meg»: the person, in the client's own words and the team's.

use kjent_core::plan::{Interpreter, Part};
use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::person_form::{Kind, PersonForm, Spec};
use super::shown::{edit_button, facts, text};
use crate::i18n::{I18n, field_word, interpreter_word, t, t_string, use_i18n};

/// The parts of «Om meg», in the order of the card.
const PARTS: [&str; 6] =
    ["personality", "life_story", "health", "social", "interests", "strengths"];

/// The card.
#[component]
pub fn AboutMe(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let editing = RwSignal::new(false);
    let body = move || {
        if editing.get() {
            form(i18n, data, editing).into_any()
        } else {
            data.with(|data| shown(i18n, data, editing)).into_any()
        }
    };
    view! {
        <section class="kj-card" aria-labelledby="about-me-heading" data-testid="about-me">
            <h2 class="ds-heading" data-size="2xs" id="about-me-heading">{t!(i18n, people.about_me)}</h2>
            {body}
        </section>
    }
}

fn form(i18n: I18n, data: Memo<ClientView>, editing: RwSignal<bool>) -> impl IntoView {
    let (client, before) = data.with_untracked(|data| (data.client, data.people.profile.clone()));
    let interpreters = Interpreter::ALL
        .iter()
        .map(|one| (one.code().to_owned(), interpreter_word(i18n, one)))
        .collect();
    let hints = [
        t_string!(i18n, people.hint_personality),
        t_string!(i18n, people.hint_life_story),
        t_string!(i18n, people.hint_health),
        t_string!(i18n, people.hint_social),
        t_string!(i18n, people.hint_interests),
        t_string!(i18n, people.hint_strengths),
    ];
    let mut specs =
        vec![Spec::new("about_me", Kind::Lines).hint(t_string!(i18n, people.hint_about_me))];
    specs.extend(
        PARTS.into_iter().zip(hints).map(|(part, hint)| Spec::new(part, Kind::Lines).hint(hint)),
    );
    specs.extend([
        Spec::new("called", Kind::Line),
        Spec::new("self_description", Kind::Line)
            .hint(t_string!(i18n, people.hint_self_description)),
        Spec::new("language", Kind::Line),
        Spec::new("interpreter", Kind::Choice(interpreters)),
        Spec::new("interpreter_words", Kind::Line)
            .hint(t_string!(i18n, people.hint_interpreter))
            .shown(|texts| {
                texts.get("interpreter").is_some_and(|it| it != "none" && !it.is_empty())
            }),
    ]);
    let close = Callback::new(move |()| {
        editing.try_set(false);
    });
    let called = Signal::derive(move || data.with(|data| data.called.clone()));
    view! { <PersonForm client part=Part::Client object=None before specs called close /> }
}

fn shown(i18n: I18n, data: &ClientView, editing: RwSignal<bool>) -> impl IntoView + use<> {
    let profile = &data.people.profile;
    let name = data.called.clone();
    let own = text(profile, "about_me").map(
        |words| view! { <blockquote class="kj-quote" data-testid="about-me-own"><p>{words}</p></blockquote> },
    );
    let parts: Vec<_> = PARTS
        .into_iter()
        .filter_map(|part| {
            text(profile, part).map(|words| {
                view! {
                    <div>
                        <h3 class="kj-small-heading">{field_word(i18n, part)}</h3>
                        <p class="kj-text">{words}</p>
                    </div>
                }
            })
        })
        .collect();
    let missing: Vec<String> = PARTS
        .into_iter()
        .filter(|part| !profile.contains_key(*part))
        .map(|part| field_word(i18n, part).to_lowercase())
        .collect();
    let ask = (!missing.is_empty()).then(|| {
        let what = missing.join(", ");
        let words = t_string!(i18n, people.ask_about, name = name.clone(), what = what).to_string();
        view! { <p class="kj-invite" data-testid="about-me-ask">{words}</p> }
    });
    let interpreter = text(profile, "interpreter").map(|code| {
        let how = interpreter_word(i18n, &Interpreter::from_code(&code));
        let words = text(profile, "interpreter_words");
        std::iter::once(how).chain(words).collect::<Vec<_>>().join(". ")
    });
    let row = |field: &str| (field_word(i18n, field), text(profile, field));
    let rows = facts([
        row("called"),
        row("self_description"),
        row("language"),
        (field_word(i18n, "interpreter"), interpreter),
    ]);
    let may = data.people.may.profile;
    let edit = edit_button(may, "edit-about-me", t_string!(i18n, people.edit), name, move || {
        editing.set(true);
    });
    view! {
        {own}
        <div class="kj-about">{parts}</div>
        {rows}
        {ask}
        {edit}
    }
}
