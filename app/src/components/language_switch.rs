//! Bokmål, nynorsk, English.

use leptos::prelude::*;

use super::choice::{Choices, Quiet};
use crate::i18n::{LANGUAGES, Locale, choose_language, t_string, use_i18n};

/// Chooses the language; it changes at once and is remembered.
#[component]
pub fn LanguageSwitch(#[prop(optional)] quiet: Quiet) -> impl IntoView {
    let i18n = use_i18n();
    let name = move |locale| match locale {
        Locale::nb => t_string!(i18n, language.nb),
        Locale::nn => t_string!(i18n, language.nn),
        Locale::en => t_string!(i18n, language.en),
    };
    let choices = LANGUAGES
        .into_iter()
        .map(|(locale, code)| {
            ((locale, Signal::derive(move || name(locale).to_owned())), code.to_owned())
        })
        .collect();
    view! {
        <Choices
            name="language"
            legend=Signal::derive(move || t_string!(i18n, language.label).to_owned())
            choices=choices
            chosen=Signal::derive(move || Some(i18n.get_locale()))
            choose=Callback::new(move |locale| choose_language(i18n, locale))
            quiet=quiet
        />
    }
}
