//! The form itself.

use kjent_core::command::{EditPlan, PlanDraft, PlanDraftPlace};
use kjent_core::ids::ClientId;
use kjent_core::plan::Part;
use kjent_core::problem::Problem;
use kjent_core::view::PlanFields;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::person_form_model::{Kind, Spec, YES, changes, seed};
use crate::components::choice::Choices;
use crate::components::discussed::DiscussedField;
use crate::components::failure::Trouble;
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{I18n, field_word, sentence, t, use_i18n};
use crate::ipc::call;
use crate::plan_draft::{KeptDraft, KeptLine, Texts, with_plan_draft};

/// A form over fields of one object, seeded with what stands when it opens.
#[component]
pub fn PersonForm(
    client: ClientId,
    part: Part,
    /// Which object; absent to make a new one.
    #[prop(optional_no_strip)]
    object: Option<Uuid>,
    /// What stands there.
    before: PlanFields,
    /// The fields.
    specs: Vec<Spec>,
    /// The client's name in a sentence, when it is asked with whom it was talked over.
    #[prop(optional, into)]
    called: Option<Signal<String>>,
    /// Tells which one, when the page may have several forms.
    #[prop(optional, into)]
    of: String,
    /// Closes it, saved or not.
    close: Callback<()>,
) -> impl IntoView {
    // The profile has several forms: each is known by its first field.
    let first = specs.first().map(|spec| spec.field.clone()).unwrap_or_default();
    let place = PlanDraftPlace { client, form: format!("{}/{first}", part.key()), object };
    let about = (client, part, object);
    with_plan_draft(place, move |kept| {
        let (before, specs, of) = (before.clone(), specs.clone(), of.clone());
        view! { <Form about before specs called of kept close /> }
    })
}

#[component]
fn Form(
    about: (ClientId, Part, Option<Uuid>),
    before: PlanFields,
    specs: Vec<Spec>,
    called: Option<Signal<String>>,
    of: String,
    kept: KeptDraft,
    close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (client, part, object) = about;
    let (first, opened) = kept.open(seed(&before, &specs));
    let texts = RwSignal::new(first.texts);
    let discussed = RwSignal::new(first.discussed);
    let keep = opened.keep(move || PlanDraft {
        texts: texts.get(),
        discussed: discussed.get(),
        reason: String::new(),
    });
    let close = move || {
        keep.done();
        close.try_run(());
    };
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let names: Vec<String> = specs.iter().map(|spec| spec.field.clone()).collect();
    let rows = specs.iter().map(|spec| row(i18n, spec, &of, texts, problem)).collect_view();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let fields = texts.with_untracked(|texts| changes(&before, texts, &specs));
        if fields.is_empty() {
            close();
            return;
        }
        busy.set(true);
        problem.set(None);
        let discussed = discussed.get_untracked();
        let reason = String::new();
        spawn_local(async move {
            let edit = EditPlan { client, part, object, fields, discussed, reason };
            let result = call(edit).await;
            busy.try_set(false);
            match result {
                Ok(_) => close(),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    let elsewhere = move || {
        let is_beside = |problem: &Problem| {
            problem.args.get("field").is_some_and(|field| names.contains(field))
        };
        problem
            .get()
            .filter(|problem| !is_beside(problem))
            .map(|problem| view! { <Trouble problem /> })
    };
    // The webview's own check of a half-typed date would stop the form without a word.
    view! {
        <form class="kj-form" data-testid="person-form" novalidate=true on:submit=save>
            {rows}
            {called.map(|called| view! { <DiscussedField name="discussed".to_owned() value=discussed called /> })}
            {elsewhere}
            <KeptLine keep />
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-person-form" aria-disabled=move || busy.get().to_string()>
                    {t!(i18n, app.save)}
                </button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-person-form" on:click=move |_| close()>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
}

fn row(
    i18n: I18n,
    spec: &Spec,
    of: &str,
    texts: RwSignal<Texts>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView + use<> {
    let (id, field, shown) = (spec.id, spec.field.clone(), spec.shown);
    let of = if of.is_empty() { String::new() } else { format!("-{of}") };
    let value = texts.with_untracked(|texts| texts.get(&field).cloned().unwrap_or_default());
    let label = {
        let (field, own) = (field.clone(), spec.label.clone());
        Signal::derive(move || own.clone().unwrap_or_else(|| field_word(i18n, &field)))
    };
    let typed = {
        let field = field.clone();
        Callback::new(move |text: String| {
            texts.update(|texts| drop(texts.insert(field.clone(), text)));
        })
    };
    let hint = spec.hint.clone().map(|hint| Signal::derive(move || hint.clone()));
    let wrong = {
        let field = field.clone();
        Memo::new(move |_| {
            problem
                .with(|it| it.as_ref().filter(|it| it.args.get("field") == Some(&field)).cloned())
        })
    };
    let input = |kind, keys| {
        match hint {
        Some(hint) => view! {
            <TextInput id of=of.clone() label hint kind keys seed=value.clone() wrong=Signal::derive(move || wrong.get().is_some()) typed />
        }
        .into_any(),
        None => view! {
            <TextInput id of=of.clone() label kind keys seed=value.clone() wrong=Signal::derive(move || wrong.get().is_some()) typed />
        }
        .into_any(),
    }
    };
    let control = match &spec.kind {
        Kind::Line => input("text", "text"),
        Kind::Phone => input("tel", "tel"),
        Kind::Day => input("date", "text"),
        Kind::Lines => match hint {
            Some(hint) => {
                view! { <TextArea id of=of.clone() label hint seed=value.clone() typed /> }
                    .into_any()
            }
            None => {
                view! { <TextArea id of=of.clone() label seed=value.clone() typed /> }.into_any()
            }
        },
        Kind::Flag => {
            let is_ticked = !value.is_empty();
            let hint_id = hint.is_some().then(|| format!("{id}{of}-hint"));
            view! {
                <label class="kj-tick">
                    <input
                        type="checkbox"
                        class="ds-input"
                        data-testid=id
                        aria-describedby=hint_id.clone()
                        prop:checked=is_ticked
                        on:change:target=move |event| {
                            typed.run(if event.target().checked() { YES.to_owned() } else { String::new() });
                        }
                    />
                    <span>{label}</span>
                </label>
                {hint.map(|hint| view! { <p class="kj-subtle" id=hint_id>{hint}</p> })}
            }
            .into_any()
        }
        Kind::Choice(choices) => {
            let choices = choices
                .iter()
                .map(|(code, words)| {
                    let words = words.clone();
                    ((code.clone(), Signal::derive(move || words.clone())), code.clone())
                })
                .collect();
            let chosen = {
                let field = field.clone();
                Signal::derive(move || texts.with(|texts| texts.get(&field).cloned()))
            };
            view! { <Choices name=format!("{id}{of}") legend=label choices chosen choose=typed /> }
                .into_any()
        }
    };
    let is_hidden = move || shown.is_some_and(|shown| texts.with(|texts| !shown(texts)));
    let says = move || {
        wrong.get().map(|problem| {
            view! {
                <p class="ds-validation-message" role="alert" data-testid="field-problem">{sentence(i18n, &problem)}</p>
            }
        })
    };
    view! { <div class="kj-person-field" hidden=is_hidden>{control} {says}</div> }
}
