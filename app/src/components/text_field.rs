//! A labelled text field. It is seeded once and then belongs to the one who types.

use leptos::prelude::*;

use super::day_in_words::{DayInWords, is_for_days, words_id};
use super::icon::{ALERT, icon};

/// The fields for secrets of the forms that let somebody in.
pub const SECRETS: [&str; 3] = ["password", "pin", "pin-again"];

/// Empties fields whose secrets have been sent: what is typed lies in them too.
pub fn empty(ids: &[&str]) {
    use leptos::wasm_bindgen::JsCast;
    for id in ids {
        let field = document().get_element_by_id(id);
        if let Some(field) = field.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            field.set_value("");
        }
    }
}

/// Takes whoever is told of an error to the field that it is about.
pub fn go_to_field(id: &str) {
    use leptos::wasm_bindgen::JsCast;
    let field = document().get_element_by_id(id);
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // It fails only for what can't have the focus, and then the sentence is still there.
        let _focused = field.focus();
    }
}

/// A field of several lines that grows with its text.
#[component]
pub fn TextArea(
    /// What the field is, also its test id.
    id: &'static str,
    /// Which one, when the page has several of them.
    #[prop(optional, into)]
    of: String,
    /// What to write.
    #[prop(into)]
    label: Signal<String>,
    /// A word of help.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// What stood there before.
    seed: String,
    /// What is wrong with what stands there.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Takes the text at each key.
    typed: Callback<String>,
) -> impl IntoView {
    let field_id = format!("{id}{of}");
    let hint_id = format!("{field_id}-hint");
    let error_id = format!("{field_id}-error");
    let described_by = described_by([hint.is_some().then(|| hint_id.clone())], &error_id, error);
    view! {
        <div class="ds-field">
            <label class="ds-label kj-label" for=field_id.clone()>{label}</label>
            {hint.map(|hint| view! { <p data-field="description" id=hint_id>{hint}</p> })}
            <textarea
                class="ds-input kj-textarea"
                id=field_id
                data-testid=id
                rows="2"
                aria-describedby=described_by
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=seed
                on:input:target=move |event| typed.run(event.target().value())
            ></textarea>
            {error_line(error_id, error)}
        </div>
    }
}

/// A field of one line, or a day.
#[component]
pub fn TextInput(
    /// What the field is, also its test id.
    id: &'static str,
    /// Which one, when the page has several of them.
    #[prop(optional, into)]
    of: String,
    /// What to write.
    #[prop(into)]
    label: Signal<String>,
    /// A word of help.
    #[prop(optional, into)]
    hint: Option<Signal<String>>,
    /// The kind of input: `text`, `date`, `datetime-local`, `url`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keys to bring up.
    #[prop(optional)]
    keys: Option<&'static str>,
    /// What stood there before; a signal's text takes the place of what is typed when it changes.
    #[prop(optional, into)]
    seed: Signal<String>,
    /// Whether what stands there can't be used.
    #[prop(optional, into)]
    wrong: Signal<bool>,
    /// What is wrong with what stands there.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Takes the text at each key.
    typed: Callback<String>,
) -> impl IntoView {
    let field_id = format!("{id}{of}");
    let hint_id = format!("{field_id}-hint");
    let error_id = format!("{field_id}-error");
    // What was typed over which seed: another seed takes its place.
    let written = RwSignal::new(None::<(String, String)>);
    let text = move || {
        let seed = seed.get();
        written.get().and_then(|(over, text)| (over == seed).then_some(text)).unwrap_or(seed)
    };
    let in_words = is_for_days(kind).then(|| {
        let of = field_id.clone();
        view! { <DayInWords of text=Signal::derive(text) /> }
    });
    let said = in_words.is_some().then(|| words_id(&field_id));
    let described_by =
        described_by([hint.is_some().then(|| hint_id.clone()), said], &error_id, error);
    view! {
        <div class="ds-field">
            <label class="ds-label kj-label" for=field_id.clone()>{label}</label>
            {hint.map(|hint| view! { <p data-field="description" id=hint_id>{hint}</p> })}
            <input
                class="ds-input kj-input"
                id=field_id
                data-testid=id
                type=kind
                inputmode=keys
                autocomplete="off"
                aria-describedby=described_by
                aria-invalid=move || (wrong.get() || error.with(Option::is_some)).then_some("true")
                prop:value=seed
                on:input:target=move |event| {
                    let text = event.target().value();
                    if is_for_days(kind) {
                        written.set(Some((seed.get_untracked(), text.clone())));
                    }
                    typed.run(text);
                }
            />
            {in_words}
            {error_line(error_id, error)}
        </div>
    }
}

/// What a field is described by: what stands beside it, and what is wrong as long as something is.
fn described_by<const N: usize>(
    beside: [Option<String>; N],
    error_id: &str,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + use<N> {
    let error_id = error_id.to_owned();
    move || {
        let wrong = error.with(Option::is_some).then(|| error_id.clone());
        let ids: Vec<String> = beside.iter().flatten().cloned().chain(wrong).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// What is wrong with a field, beside it.
pub fn error_line(id: String, error: Signal<Option<String>>) -> impl IntoView {
    move || {
        error.get().map(|words| {
            view! { <p class="kj-field-error" id=id.clone() data-testid="field-error">{icon(ALERT)} <span>{words}</span></p> }
        })
    }
}
