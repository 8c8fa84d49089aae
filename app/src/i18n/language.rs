//! Which language: the one that was chosen on this tablet, Bokmål until then.

use leptos::prelude::*;

use super::{I18n, I18nSubContextProvider, Locale, use_i18n};
use crate::settings;

/// The languages, in the order to offer them.
pub const LANGUAGES: [(Locale, &str); 3] =
    [(Locale::nb, "nb"), (Locale::nn, "nn"), (Locale::en, "en")];

const STORAGE_KEY: &str = "kjent-language";

/// Provides the words to everything inside, and tells the document its language.
#[component]
pub fn WithLanguage(children: ChildrenFn) -> impl IntoView {
    view! {
        <I18nSubContextProvider initial_locale=Signal::stored(remembered())>
            {
                let i18n = use_i18n();
                tell_document(i18n);
                settings::on_change(move || i18n.set_locale(remembered()));
                children()
            }
        </I18nSubContextProvider>
    }
}

/// Changes the language, and remembers it.
pub fn choose_language(i18n: I18n, locale: Locale) {
    i18n.set_locale(locale);
    settings::keep(STORAGE_KEY, code(locale));
}

fn remembered() -> Locale {
    let code = settings::read(STORAGE_KEY);
    LANGUAGES
        .into_iter()
        .find(|(_, known)| code.as_deref() == Some(*known))
        .map_or(Locale::nb, |(locale, _)| locale)
}

fn code(locale: Locale) -> &'static str {
    LANGUAGES.into_iter().find(|(known, _)| *known == locale).map_or("nb", |(_, code)| code)
}

fn tell_document(i18n: I18n) {
    Effect::new(move || {
        if let Some(root) = document().document_element() {
            let _set = root.set_attribute("lang", code(i18n.get_locale()));
        }
    });
}
