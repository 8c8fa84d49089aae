//! Writing a decision, field by field in the order of the letter.

use std::collections::BTreeMap;

use kjent_core::command::{EditPlan, PlanDraft, PlanDraftPlace};
use kjent_core::ids::ClientId;
use kjent_core::plan::decision::Information;
use kjent_core::plan::{DecisionOutcome, Part, Scalar, ServiceType};
use kjent_core::problem::Problem;
use kjent_core::view::DecisionView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fields::{FIELDS, Field, Kind, label};
use crate::components::choice::{Choice, Choices};
use crate::components::failure::Trouble;
use crate::components::text_field::{TextArea, TextInput, go_to_field};
use crate::i18n::{I18n, information_word, outcome_word, service_word, t, t_string, use_i18n};
use crate::ipc::call;
use crate::plan_draft::{KeptDraft, KeptLine, Texts, with_plan_draft};

/// What was typed, by field.
type Typed = RwSignal<Texts>;

/// The form, with what was typed in it before; without a decision it makes one. Only what differs from
/// what was there is written.
#[component]
pub fn DecisionForm(
    client: ClientId,
    decision: Option<DecisionView>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let object = decision.as_ref().map(|it| it.id.0);
    let place = PlanDraftPlace { client, form: "decision".to_owned(), object };
    with_plan_draft(place, move |kept| {
        let decision = decision.clone();
        view! { <Form client decision is_open kept /> }
    })
}

#[component]
fn Form(
    client: ClientId,
    decision: Option<DecisionView>,
    is_open: RwSignal<bool>,
    kept: KeptDraft,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = decision.as_ref().map(|it| it.id);
    let before: Texts = decision
        .iter()
        .flat_map(|it| {
            let service = ("service", it.decision.service.code().to_owned());
            FIELDS.iter().map(|field| (field.name, (field.read)(&it.decision))).chain([service])
        })
        .map(|(field, text)| (field.to_owned(), text))
        .collect();
    let (PlanDraft { texts: seed, .. }, opened) = kept.open(before.clone());
    let typed: Typed = RwSignal::new(seed.clone());
    let keep = opened.keep(move || PlanDraft { texts: typed.get(), ..PlanDraft::default() });
    let close = move || {
        keep.done();
        is_open.try_set(false);
    };
    let problem = RwSignal::new(None::<Problem>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let fields = changed(&before, &typed.get_untracked());
        let request = EditPlan {
            client,
            part: Part::Decisions,
            object: id.map(|id| id.0),
            fields,
            discussed: None,
            reason: String::new(),
        };
        spawn_local(async move {
            match call(request).await {
                Ok(_) => close(),
                Err(why) => {
                    if let Some(field) = why.args.get("field") {
                        go_to_field(&format!("decision-field-{field}"));
                    }
                    problem.try_set(Some(why));
                }
            }
        });
    };
    let service = Signal::derive(move || {
        typed.with(|typed| typed.get("service").map(|code| ServiceType::from_code(code)))
    });
    let rows: Vec<_> = FIELDS.iter().map(|field| row(i18n, field, &seed, typed, problem)).collect();
    view! {
        <form class="kj-form" data-testid="decision-form" on:submit=save>
            <Choices
                name="decision-service"
                legend=Signal::derive(move || t_string!(i18n, fields.service).to_owned())
                choices=choices(ServiceType::ALL, move |it| service_word(i18n, it), |it| it.code())
                chosen=service
                choose=Callback::new(move |it: ServiceType| put(typed, "service", it.code().to_owned()))
            />
            {rows}
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <KeptLine keep />
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-decision">{t!(i18n, app.save)}</button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-decision" on:click=move |_| close()>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
}

fn put(typed: Typed, name: &'static str, text: String) {
    typed.update(|typed| {
        typed.insert(name.to_owned(), text);
    });
}

fn changed(before: &Texts, after: &Texts) -> BTreeMap<String, Option<Scalar>> {
    let differs = |(field, text): &(&String, &String)| {
        before.get(*field).map_or("", String::as_str) != text.as_str()
    };
    after
        .iter()
        .filter(differs)
        .map(|(name, text)| {
            let field = FIELDS.iter().find(|field| field.name == name);
            let value = field.map_or_else(|| Scalar::text(text), |field| field.value(text));
            (name.clone(), value)
        })
        .collect()
}

fn choices<T: Clone + Send + Sync>(
    all: &'static [T],
    word: impl Fn(&T) -> String + Copy + Send + Sync + 'static,
    code: fn(&T) -> &str,
) -> Vec<(Choice<T>, String)> {
    all.iter()
        .map(|it| ((it.clone(), Signal::derive(move || word(it))), code(it).to_owned()))
        .collect()
}

fn row(
    i18n: I18n,
    field: &'static Field,
    seed: &Texts,
    typed: Typed,
    problem: RwSignal<Option<Problem>>,
) -> AnyView {
    let name = field.name;
    let label = Signal::derive(move || label(i18n, name));
    let seed = seed.get(name).cloned().unwrap_or_default();
    let take = Callback::new(move |text| put(typed, name, text));
    let chosen = move || typed.with(|typed| typed.get(name).filter(|it| !it.is_empty()).cloned());
    let wrong = Signal::derive(move || {
        problem.with(|it| {
            it.as_ref().is_some_and(|it| it.args.get("field").is_some_and(|field| field == name))
        })
    });
    match (field.kind, name) {
        (Kind::Code, "outcome") => view! {
            <Choices
                name="decision-outcome"
                legend=label
                choices=choices(DecisionOutcome::ALL, move |it| outcome_word(i18n, it), |it| it.code())
                chosen=Signal::derive(move || chosen().map(|code| DecisionOutcome::from_code(&code)))
                choose=Callback::new(move |it: DecisionOutcome| take.run(it.code().to_owned()))
            />
        }
        .into_any(),
        (Kind::Code, _) => {
            let words = move |it: &&'static str| match *it {
                "yes" => t_string!(i18n, decisions.yes).to_owned(),
                _ => t_string!(i18n, decisions.no).to_owned(),
            };
            view! {
                <Choices
                    name=format!("decision-{name}")
                    legend=label
                    choices=choices(&["yes", "no"], words, |it| it)
                    chosen=Signal::derive(move || chosen().map(|it| if it == "yes" { "yes" } else { "no" }))
                    choose=Callback::new(move |it: &'static str| take.run(it.to_owned()))
                />
            }
            .into_any()
        }
        (Kind::Codes, _) => {
            let boxes: Vec<_> = Information::ALL
                .iter()
                .map(|it| {
                    let code = it.code();
                    let is_on = move || chosen().is_some_and(|all| all.lines().any(|one| one == code));
                    let toggle = move |_| take.run(toggled(&chosen().unwrap_or_default(), code));
                    view! {
                        <label class="kj-choice">
                            <input type="checkbox" data-testid=format!("decision-{name}-{code}") prop:checked=is_on on:change=toggle />
                            <span>{move || information_word(i18n, it)}</span>
                        </label>
                    }
                })
                .collect();
            view! {
                <fieldset class="kj-choices">
                    <legend class="ds-label kj-label">{label}</legend>
                    <div class="kj-choices__row">{boxes}</div>
                </fieldset>
            }
            .into_any()
        }
        (Kind::Lines, _) => {
            let hint = Signal::derive(move || hint(i18n, name));
            view! { <TextArea id="decision-field" of=format!("-{name}") label hint seed typed=take /> }
                .into_any()
        }
        (kind, _) => {
            let (kind, keys) = match kind {
                Kind::Day => ("date", None),
                Kind::Number => ("text", Some("numeric")),
                _ => ("text", None),
            };
            view! {
                <TextInput id="decision-field" of=format!("-{name}") label kind keys=keys.unwrap_or("text") seed wrong typed=take />
            }
            .into_any()
        }
    }
}

/// How a list is written, line by line.
fn hint(i18n: I18n, name: &str) -> String {
    match name {
        "sources" => t_string!(i18n, decisions.hint_sources).to_owned(),
        "copayment_bands" => t_string!(i18n, decisions.hint_bands).to_owned(),
        _ => String::new(),
    }
}

/// The codes, one a line, with this one put in or taken out.
fn toggled(codes: &str, code: &str) -> String {
    let mut all: Vec<&str> = codes.lines().filter(|one| *one != code).collect();
    if all.len() == codes.lines().count() {
        all.push(code);
    }
    all.join("\n")
}
