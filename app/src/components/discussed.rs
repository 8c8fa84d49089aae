//! «Drøftet med …»: with whom a change of the plan was talked over, and if with nobody, why.

use kjent_core::fact::{Discussed, DiscussedWith};
use leptos::prelude::*;

use super::choice::Choices;
use super::text_field::{TextInput, error_line};
use crate::i18n::{t_string, talked_with_word, use_i18n};

/// The control.
#[component]
pub fn DiscussedField(
    /// The radio group's name, unique on the page.
    name: String,
    /// What was answered so far.
    value: RwSignal<Option<Discussed>>,
    /// The client's name in a sentence.
    #[prop(into)]
    called: Signal<String>,
    /// What is missing.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let with = Memo::new(move |_| value.with(|value| value.as_ref().map(|it| it.with.clone())));
    let choices = DiscussedWith::ALL
        .iter()
        .map(|with| {
            let words = Signal::derive(move || talked_with_word(i18n, with, &called.get()));
            ((with.clone(), words), with.code().to_owned())
        })
        .collect();
    let choose = move |with: DiscussedWith| {
        let words = value.with_untracked(|it| it.as_ref().map(|it| it.words.clone()));
        value.set(Some(Discussed { with, words: words.unwrap_or_default() }));
    };
    let typed = move |words: String| {
        value.update(|value| {
            if let Some(value) = value {
                value.words = words;
            }
        });
    };
    let more = {
        let of = format!("-{name}");
        move || {
            let label = Signal::derive(move || match with.get() {
                Some(DiscussedWith::Nobody) => t_string!(i18n, plan.discussed_why).to_owned(),
                _ => t_string!(i18n, plan.discussed_who).to_owned(),
            });
            let seed = value.with_untracked(|it| it.as_ref().map(|it| it.words.clone()));
            let asks = matches!(with.get(), Some(with) if with != DiscussedWith::Client);
            asks.then(|| {
                view! {
                    <TextInput
                        id="discussed-words"
                        of=of.clone()
                        label=label
                        seed=seed.unwrap_or_default()
                        typed=Callback::new(typed)
                    />
                }
            })
        }
    };
    let still_wrong = Signal::derive(move || {
        let answered = value.with(|it| it.as_ref().is_some_and(|it| !it.lacks_reason()));
        error.get().filter(|_| !answered)
    });
    view! {
        <div class="kj-discussed" data-testid="discussed">
            <Choices
                name=name.clone()
                legend=Signal::derive(move || t_string!(i18n, plan.discussed, name = called.get()).to_string())
                choices=choices
                chosen=with
                choose=Callback::new(choose)
            />
            {more}
            {error_line(format!("{name}-error"), still_wrong)}
        </div>
    }
}
