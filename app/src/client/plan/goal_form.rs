//! A goal's form, in the goal's place or for a new one.

use kjent_core::plan::{ExpressedBy, GoalStatus, NeedArea, Part};
use kjent_core::view::{ClientView, GoalView};
use leptos::prelude::*;

use super::item_form::{Closed, ItemForm, ItemFormFrame, Mode, choice, line, lines, list};
use super::plan_model::{goal_texts, texts};
use crate::i18n::{I18n, area_word, expressed_word, t_string, use_i18n};
use crate::plan_draft::{Texts, with_plan_draft};

/// The form of a goal that is there.
#[component]
pub fn GoalForm(
    data: Memo<ClientView>,
    goal: GoalView,
    mode: Mode,
    open: RwSignal<Option<Mode>>,
    /// Set when a change was asked for.
    proposed: RwSignal<bool>,
) -> impl IntoView {
    let client = data.with_untracked(|data| data.client);
    let before = goal_texts(&goal);
    let close = Callback::new(move |closed| {
        open.set(None);
        proposed.set(mode == Mode::Propose && closed == Closed::Saved);
    });
    let object = Some(goal.goal.0);
    with_plan_draft(mode.place(client, "goal", object), move |kept| {
        let fields = (before.clone(), before.clone());
        let form = ItemForm::new(client, (Part::Goals, object), mode, fields, kept, close);
        view! { <Fields data form /> }
    })
}

/// The form of a new goal.
#[component]
pub fn NewGoal(data: Memo<ClientView>, open: RwSignal<bool>) -> impl IntoView {
    let client = data.with_untracked(|data| data.client);
    let now = texts([
        ("status", GoalStatus::Active.code().to_owned()),
        ("expressed_by", ExpressedBy::Client.code().to_owned()),
    ]);
    let close = Callback::new(move |_| open.set(false));
    let form = with_plan_draft(Mode::Edit.place(client, "new-goal", None), move |kept| {
        let (object, fields) = ((Part::Goals, None), (Texts::new(), now.clone()));
        let form = ItemForm::new(client, object, Mode::Edit, fields, kept, close);
        view! { <Fields data form /> }
    });
    view! { <section class="kj-card">{form}</section> }
}

#[component]
fn Fields(data: Memo<ClientView>, form: ItemForm) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let wishes = ExpressedBy::ALL
        .iter()
        .map(|by| {
            let words = Signal::derive(move || expressed_word(i18n, by, &called.get()));
            (by.code().to_owned(), words)
        })
        .collect();
    let own_part =
        Signal::derive(move || t_string!(i18n, client.own_part, name = called.get()).to_string());
    view! {
        <ItemFormFrame form called name="goal">
            {line(form, "title", "goal-title", Signal::derive(move || t_string!(i18n, client.goal_title).to_owned()), "text")}
            {lines(form, "own_part", "goal-own-part", own_part)}
            {choice(form, "expressed_by", "goal-expressed-by", Signal::derive(move || t_string!(i18n, conversation.goal_wish).to_owned()), wishes)}
            {list(form, "need_area", "goal-need-area", Signal::derive(move || t_string!(i18n, plan.goal_area).to_owned()), areas(i18n))}
            {line(form, "due", "goal-due", Signal::derive(move || t_string!(i18n, client.goal_due).to_owned()), "date")}
        </ItemFormFrame>
    }
}

/// The areas of life to choose among.
pub fn areas(i18n: I18n) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        NeedArea::ALL.iter().map(|it| (it.code().to_owned(), area_word(i18n, it))).collect()
    })
}
