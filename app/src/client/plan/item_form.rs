//! What the forms of the plan's two items, a goal and an intervention, have in common: the fields,
//! whether it was talked over, why, and an error beside the field that it is about. The same form
//! edits, makes and proposes.

use std::sync::atomic::{AtomicU32, Ordering};

use kjent_core::command::{EditPlan, PlanDraft, PlanDraftPlace, ProposePlanChange};
use kjent_core::fact::Discussed;
use kjent_core::ids::ClientId;
use kjent_core::plan::Part;
use kjent_core::problem::Problem;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen::JsCast;

use super::plan_model::changed;
use crate::components::choice::Choices;
use crate::components::discussed::DiscussedField;
use crate::components::failure::Trouble;
use crate::components::select::Select;
use crate::components::text_field::{TextArea, TextInput, error_line};
use crate::i18n::{sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::plan_draft::{Keep, KeptDraft, KeptLine, Texts};

/// Counts the forms.
static OPENED: AtomicU32 = AtomicU32::new(0);

/// What the form does with what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Writes it into the plan.
    Edit,
    /// Asks for it.
    Propose,
}

impl Mode {
    /// Where what is typed in the form of an object is kept.
    pub fn place(self, client: ClientId, form: &str, object: Option<Uuid>) -> PlanDraftPlace {
        let form = match self {
            Mode::Edit => form.to_owned(),
            Mode::Propose => format!("{form}/proposal"),
        };
        PlanDraftPlace { client, form, object }
    }
}

/// How a form came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// What was written is saved or asked for.
    Saved,
    /// Nothing was.
    GivenUp,
}

/// A form while it is filled in.
#[derive(Clone, Copy)]
pub struct ItemForm {
    client: ClientId,
    part: Part,
    object: Option<Uuid>,
    /// Which of the forms that were opened: two may be open at once, and ids are the page's.
    number: u32,
    mode: Mode,
    before: StoredValue<Texts>,
    /// What stands in the fields.
    pub now: RwSignal<Texts>,
    discussed: RwSignal<Option<Discussed>>,
    reason: RwSignal<String>,
    keep: Keep,
    problem: RwSignal<Option<Problem>>,
    busy: RwSignal<bool>,
    done: Callback<Closed>,
}

impl ItemForm {
    /// A form with the fields as they are; `object` is absent for a new one, whose `now` has what it
    /// begins with. What was typed before goes before that. `done` is called when it is saved or given
    /// up.
    pub fn new(
        client: ClientId,
        (part, object): (Part, Option<Uuid>),
        mode: Mode,
        (before, now): (Texts, Texts),
        kept: KeptDraft,
        done: Callback<Closed>,
    ) -> Self {
        let (seed, opened) = kept.open(now);
        let now = RwSignal::new(seed.texts);
        let discussed = RwSignal::new(seed.discussed);
        let reason = RwSignal::new(seed.reason);
        let keep = opened.keep(move || PlanDraft {
            texts: now.get(),
            discussed: discussed.get(),
            reason: reason.get(),
        });
        Self {
            client,
            part,
            object,
            number: OPENED.fetch_add(1, Ordering::Relaxed),
            mode,
            before: StoredValue::new(before),
            now,
            discussed,
            reason,
            keep,
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            done,
        }
    }

    /// What sets this form's ids apart from another's.
    pub fn of(self) -> String {
        format!("-{}", self.number)
    }

    fn seed(self, field: &'static str) -> String {
        self.now.with_untracked(|now| now.get(field).cloned().unwrap_or_default())
    }

    fn put(self, field: &'static str) -> Callback<String> {
        Callback::new(move |text: String| {
            self.now.update(|now| drop(now.insert(field.to_owned(), text)));
            self.mended(field);
        })
    }

    /// Takes away what was said to be wrong with a field, once it is another.
    pub fn mended(self, field: &str) {
        let is_about = self
            .problem
            .with_untracked(|it| it.as_ref().is_some_and(|it| place(it) == Some(field)));
        if is_about {
            self.problem.set(None);
        }
    }

    /// What is wrong with a field, in a sentence.
    pub fn error(self, field: &'static str) -> Signal<Option<String>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            self.problem.with(|problem| {
                let problem = problem.as_ref()?;
                let about = place(problem)?;
                (about == field).then(|| sentence(i18n, problem))
            })
        })
    }

    fn close(self, how: Closed) {
        self.keep.done();
        self.done.try_run(how);
    }

    fn save(self) {
        if self.busy.get_untracked() {
            return;
        }
        let fields =
            self.before.with_value(|before| self.now.with_untracked(|now| changed(before, now)));
        if fields.is_empty() && self.object.is_some() && self.mode == Mode::Edit {
            self.close(Closed::GivenUp);
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        let Self { client, part, object, .. } = self;
        let (discussed, reason) = (self.discussed.get_untracked(), self.reason.get_untracked());
        spawn_local(async move {
            let outcome = match self.mode {
                Mode::Edit => {
                    let edit = EditPlan { client, part, object, fields, discussed, reason };
                    call(edit).await.map(|_| ())
                }
                Mode::Propose => {
                    call(ProposePlanChange { client, part, object, fields, reason }).await
                }
            };
            self.busy.try_set(false);
            match outcome {
                Ok(()) => self.close(Closed::Saved),
                Err(problem) => {
                    let field = place(&problem).map(str::to_owned);
                    self.problem.try_set(Some(problem));
                    if let Some(field) = field {
                        focus(&field, self.part);
                    }
                }
            }
        });
    }
}

/// The field that a problem is about.
fn place(problem: &Problem) -> Option<&str> {
    match problem.code.as_str() {
        "discussion_needed" => Some("discussed"),
        "reason_needed" => Some("reason"),
        _ => problem.args.get("field").map(String::as_str),
    }
}

/// Moves the focus to a field of the open form of a part.
fn focus(field: &str, part: Part) {
    let css = format!(
        "form[data-part='{}'] [data-field-of='{field}'] :is(input, textarea, select)",
        part.key()
    );
    let found = document().query_selector(&css).ok().flatten();
    if let Some(found) = found.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        // It fails only for what can't have the focus, and then the words beside it are enough.
        let _focused = found.focus();
    }
}

/// The form around its fields.
#[component]
pub fn ItemFormFrame(
    form: ItemForm,
    /// The client's name in a sentence.
    #[prop(into)]
    called: Signal<String>,
    /// The form's test id, and the stem of its buttons'.
    name: &'static str,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let discussed = (form.mode == Mode::Edit).then(|| {
        view! {
            <div data-field-of="discussed">
                <DiscussedField name=format!("{name}-discussed") value=form.discussed called error=form.error("discussed") />
            </div>
        }
    });
    let why = move || match form.mode {
        Mode::Edit => t_string!(i18n, plan.why_change).to_owned(),
        Mode::Propose => t_string!(i18n, plan.why_propose).to_owned(),
    };
    let words = move || match form.mode {
        Mode::Edit => t_string!(i18n, app.save),
        Mode::Propose => t_string!(i18n, plan.propose_send),
    };
    // What belongs to no field stands above the buttons.
    let other = move || {
        form.problem
            .get()
            .filter(|it| place(it).is_none())
            .map(|problem| view! { <Trouble problem /> })
    };
    view! {
        <form class="kj-form kj-item-form" data-testid=format!("{name}-form") data-part=form.part.key() on:submit=save novalidate>
            {children()}
            {discussed}
            <div data-field-of="reason">
                <TextInput
                    id="plan-reason"
                    of=form.of()
                    label=Signal::derive(why)
                    seed=form.reason.get_untracked()
                    error=form.error("reason")
                    typed=Callback::new(move |text| {
                        form.reason.set(text);
                        form.mended("reason");
                    })
                />
            </div>
            {other}
            <KeptLine keep=form.keep />
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid=format!("save-{name}") aria-disabled=move || form.busy.get().to_string()>
                    {words}
                </button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid=format!("cancel-{name}") on:click=move |_| form.close(Closed::GivenUp)>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
}

/// A field of one line.
pub fn line(
    form: ItemForm,
    field: &'static str,
    id: &'static str,
    label: Signal<String>,
    kind: &'static str,
) -> impl IntoView {
    let of = form.of();
    view! {
        <div data-field-of=field>
            <TextInput id=id of=of kind=kind label=label seed=form.seed(field) error=form.error(field) typed=form.put(field) />
        </div>
    }
}

/// A field of several lines.
pub fn lines(
    form: ItemForm,
    field: &'static str,
    id: &'static str,
    label: Signal<String>,
) -> impl IntoView {
    let of = form.of();
    view! {
        <div data-field-of=field>
            <TextArea id=id of=of label=label seed=form.seed(field) error=form.error(field) typed=form.put(field) />
        </div>
    }
}

/// A field that is one of a list.
pub fn list(
    form: ItemForm,
    field: &'static str,
    id: &'static str,
    label: Signal<String>,
    choices: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let of = form.of();
    view! {
        <div data-field-of=field>
            <Select id=id of=of label=label choices=choices seed=form.seed(field) error=form.error(field) chosen=form.put(field) />
        </div>
    }
}

/// A field that is one of a few.
pub fn choice(
    form: ItemForm,
    field: &'static str,
    name: &'static str,
    legend: Signal<String>,
    choices: Vec<(String, Signal<String>)>,
) -> impl IntoView {
    let chosen = move || form.now.with(|now| now.get(field).cloned().filter(|it| !it.is_empty()));
    let choices =
        choices.into_iter().map(|(code, words)| ((code.clone(), words), code)).collect::<Vec<_>>();
    view! {
        <div data-field-of=field>
            <Choices
                name=name
                legend=legend
                choices=choices
                chosen=Signal::derive(chosen)
                choose=form.put(field)
            />
            {error_line(format!("{name}-error{}", form.of()), form.error(field))}
        </div>
    }
}
