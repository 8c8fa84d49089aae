//! An intervention's form, in its place or for a new one; and ending one.

use kjent_core::ids::{GoalId, InterventionId};
use kjent_core::plan::{
    Competence, GoalStatus, InterventionCategory, InterventionStatus, LegalBasis, Part,
    SelfManagement,
};
use kjent_core::view::{ClientView, InterventionView};
use leptos::prelude::*;

use super::goal_form::areas;
use super::item_form::{Closed, ItemForm, ItemFormFrame, Mode, choice, line, lines, list};
use super::plan_model::{intervention_texts, texts};
use super::recurrence_field::RecurrenceField;
use crate::i18n::{
    basis_word, category_word, competence_word, self_management_word, service_word, t, t_string,
    use_i18n,
};
use crate::plan_draft::{Texts, with_plan_draft};

/// The form of an intervention that is there.
#[component]
pub fn InterventionForm(
    data: Memo<ClientView>,
    intervention: InterventionView,
    mode: Mode,
    open: RwSignal<Option<Mode>>,
    /// Set when a change was asked for.
    proposed: RwSignal<bool>,
) -> impl IntoView {
    let client = data.with_untracked(|data| data.client);
    let before = intervention_texts(&intervention);
    let close = Callback::new(move |closed| {
        open.set(None);
        proposed.set(mode == Mode::Propose && closed == Closed::Saved);
    });
    let object = (Part::Interventions, Some(intervention.intervention.0));
    with_plan_draft(mode.place(client, "intervention", object.1), move |kept| {
        let fields = (before.clone(), before.clone());
        let form = ItemForm::new(client, object, mode, fields, kept, close);
        view! { <Fields data form /> }
    })
}

/// The form of a new intervention, for a goal or for none.
#[component]
pub fn NewIntervention(
    data: Memo<ClientView>,
    open: RwSignal<bool>,
    goal: Option<GoalId>,
) -> impl IntoView {
    let client = data.with_untracked(|data| data.client);
    let now = texts([
        ("status", InterventionStatus::Active.code().to_owned()),
        ("competence", Competence::Anyone.code().to_owned()),
        ("goal", goal.map(|goal| goal.to_string()).unwrap_or_default()),
    ]);
    let close = Callback::new(move |_| open.set(false));
    let object = (Part::Interventions, None);
    // One for each goal, and one for none.
    let place = Mode::Edit.place(client, "new-intervention", goal.map(|goal| goal.0));
    let form = with_plan_draft(place, move |kept| {
        let fields = (Texts::new(), now.clone());
        let form = ItemForm::new(client, object, Mode::Edit, fields, kept, close);
        view! { <Fields data form /> }
    });
    view! { <div class="kj-card" data-testid="new-intervention-card">{form}</div> }
}

/// Ending one: only whether it was talked over, and why.
#[component]
pub fn EndIntervention(
    data: Memo<ClientView>,
    id: InterventionId,
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let client = data.with_untracked(|data| data.client);
    let before = texts([("status", InterventionStatus::Active.code().to_owned())]);
    let now = texts([("status", InterventionStatus::Ended.code().to_owned())]);
    let close = Callback::new(move |_| open.set(false));
    let object = (Part::Interventions, Some(id.0));
    with_plan_draft(Mode::Edit.place(client, "end-intervention", object.1), move |kept| {
        let fields = (before.clone(), now.clone());
        let form = ItemForm::new(client, object, Mode::Edit, fields, kept, close);
        view! {
            <ItemFormFrame form called name="end-intervention">
                <p>{t!(i18n, plan.end_sure)}</p>
            </ItemFormFrame>
        }
    })
}

#[component]
fn Fields(data: Memo<ClientView>, form: ItemForm) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let goals = Signal::derive(move || {
        data.with(|data| {
            let goals = data.goals.iter().filter(|goal| goal.status == GoalStatus::Active);
            goals.map(|goal| (goal.goal.to_string(), goal.title.value.clone())).collect::<Vec<_>>()
        })
    });
    let decisions = Signal::derive(move || {
        data.with(|data| {
            let one = |it: &kjent_core::view::DecisionView| {
                (
                    it.id.to_string(),
                    format!(
                        "{}: {}",
                        service_word(i18n, &it.decision.service),
                        it.decision.content
                    ),
                )
            };
            data.decisions.iter().map(one).collect::<Vec<_>>()
        })
    });
    let categories = Signal::derive(move || {
        let one = |it: &InterventionCategory| (it.code().to_owned(), category_word(i18n, it));
        InterventionCategory::ALL.iter().map(one).collect::<Vec<_>>()
    });
    let bases = Signal::derive(move || {
        let one = |it: &LegalBasis| (it.code().to_owned(), basis_word(i18n, it));
        LegalBasis::ALL.iter().map(one).collect::<Vec<_>>()
    });
    let competences = Competence::ALL
        .iter()
        .map(|it| (it.code().to_owned(), Signal::derive(move || competence_word(i18n, it))))
        .collect();
    let label = move |words: fn(crate::i18n::I18n) -> &'static str| {
        Signal::derive(move || words(i18n).to_owned())
    };
    let manage =
        Signal::derive(move || t_string!(i18n, plan.manage, name = called.get()).to_string());
    let ways = SelfManagement::ALL
        .iter()
        .map(|it| (it.code().to_owned(), Signal::derive(move || self_management_word(i18n, it))))
        .collect();
    let purpose =
        Signal::derive(move || t_string!(i18n, plan.purpose, name = called.get()).to_string());
    view! {
        <ItemFormFrame form called name="intervention">
            {line(form, "title", "intervention-title", label(|i18n| t_string!(i18n, plan.what)), "text")}
            {lines(form, "why", "intervention-why", label(|i18n| t_string!(i18n, plan.why)))}
            {list(form, "goal", "intervention-goal", label(|i18n| t_string!(i18n, plan.serves_goal)), goals)}
            {lines(form, "how", "intervention-how", label(|i18n| t_string!(i18n, plan.how)))}
            <RecurrenceField form />
            {choice(form, "self_management", "intervention-manage", manage, ways)}
            {line(form, "schedule", "intervention-schedule", label(|i18n| t_string!(i18n, plan.when_words)), "text")}
            {choice(form, "competence", "intervention-competence", label(|i18n| t_string!(i18n, plan.competence)), competences)}
            <details class="kj-details">
                <summary>{t!(i18n, plan.more)}</summary>
                <div class="kj-form">
                    {lines(form, "purpose", "intervention-purpose", purpose)}
                    {list(form, "need_area", "intervention-need-area", label(|i18n| t_string!(i18n, plan.goal_area)), areas(i18n))}
                    {list(form, "category", "intervention-category", label(|i18n| t_string!(i18n, plan.category)), categories)}
                    {list(form, "legal_basis", "intervention-basis", label(|i18n| t_string!(i18n, plan.basis)), bases)}
                    {list(form, "decision", "intervention-decision", label(|i18n| t_string!(i18n, plan.decision)), decisions)}
                </div>
            </details>
        </ItemFormFrame>
    }
}
