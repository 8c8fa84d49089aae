//! The settings in the worker's menu.

use leptos::prelude::*;

use super::appearance_model::{Appearance, Contrast, Setting, TextSize, Theme, choose};
use crate::components::choice::Choices;
use crate::i18n::{I18n, t_string, use_i18n};

/// Light or dark, contrast, and the size of the text: each changes at once and is kept.
#[component]
pub fn AppearanceSettings() -> impl IntoView {
    let i18n = use_i18n();
    let Appearance { theme, contrast, text_size } = Appearance::get();
    view! {
        <Choices
            name="theme"
            legend=Signal::derive(move || t_string!(i18n, appearance.theme).to_owned())
            choices=choices(i18n, theme_words)
            chosen=Signal::derive(move || Some(theme.get()))
            choose=Callback::new(move |chosen| choose(theme, chosen))
        />
        <Choices
            name="contrast"
            legend=Signal::derive(move || t_string!(i18n, appearance.contrast).to_owned())
            choices=choices(i18n, contrast_words)
            chosen=Signal::derive(move || Some(contrast.get()))
            choose=Callback::new(move |chosen| choose(contrast, chosen))
        />
        <Choices
            name="text-size"
            legend=Signal::derive(move || t_string!(i18n, appearance.text_size).to_owned())
            choices=choices(i18n, text_size_words)
            chosen=Signal::derive(move || Some(text_size.get()))
            choose=Callback::new(move |chosen| choose(text_size, chosen))
        />
    }
}

fn choices<S: Setting + Send + Sync>(
    i18n: I18n,
    words: fn(I18n, S) -> String,
) -> Vec<((S, Signal<String>), String)> {
    let choice = |&(one, code): &(S, &str)| {
        ((one, Signal::derive(move || words(i18n, one))), code.to_owned())
    };
    S::ALL.iter().map(choice).collect()
}

fn theme_words(i18n: I18n, theme: Theme) -> String {
    match theme {
        Theme::Tablet => t_string!(i18n, appearance.as_tablet),
        Theme::Light => t_string!(i18n, appearance.light),
        Theme::Dark => t_string!(i18n, appearance.dark),
    }
    .to_owned()
}

fn contrast_words(i18n: I18n, contrast: Contrast) -> String {
    match contrast {
        Contrast::Tablet => t_string!(i18n, appearance.as_tablet),
        Contrast::More => t_string!(i18n, appearance.more_contrast),
    }
    .to_owned()
}

fn text_size_words(i18n: I18n, size: TextSize) -> String {
    t_string!(i18n, appearance.percent, n = size.code()).to_string()
}
