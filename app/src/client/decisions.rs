//! Decisions (vedtak): how long they last, what can't be right in them, what was delivered.

mod card;
mod decision_form;
mod delivery;
mod fields;
mod warnings;

use kjent_core::ids::DecisionId;
use kjent_core::plan::Part;
use kjent_core::view::ClientView;
use leptos::prelude::*;

use self::card::Card;
use self::decision_form::DecisionForm;
use crate::components::icon::{ALERT, PLUS, icon};
use crate::components::tag::tag;
use crate::i18n::{date, t, t_string, use_i18n};

/// The decisions, the one that lasts longest first.
#[component]
pub fn Decisions(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let ids = move || data.with(|data| data.decisions.iter().map(|it| it.id).collect::<Vec<_>>());
    let may_edit = Memo::new(move |_| data.with(|data| data.may_edit(Part::Decisions)));
    let is_adding = RwSignal::new(false);
    let card = move |id: DecisionId| {
        let decision = Memo::new(move |_| {
            data.with(|data| data.decisions.iter().find(|it| it.id == id).cloned())
        });
        view! { <Card client decision may_edit /> }
    };
    let undecided = move || {
        let since = data.with(|data| data.undecided_since)?;
        let words = t_string!(i18n, decisions.undecided, day = date(i18n, since)).to_string();
        Some(view! { <div data-testid="undecided">{tag("danger", ALERT, words)}</div> })
    };
    let add = move || {
        (may_edit.get() && !is_adding.get()).then(|| {
            view! {
                <button type="button" class="ds-button" data-variant="secondary" data-testid="add-decision" on:click=move |_| is_adding.set(true)>
                    {icon(PLUS)}
                    <span>{t!(i18n, decisions.add)}</span>
                </button>
            }
        })
    };
    view! {
        <section aria-labelledby="decisions-heading" class="kj-decisions">
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="xs" id="decisions-heading">{t!(i18n, client.decisions)}</h2>
                {add}
            </div>
            {undecided}
            {move || is_adding.get().then(|| view! {
                <div class="kj-card"><DecisionForm client decision=None is_open=is_adding /></div>
            })}
            {move || ids().is_empty().then(|| view! { <p class="kj-subtle" data-testid="no-decisions">{t!(i18n, client.decisions_none)}</p> })}
            <For each=ids key=|id| *id let(id)>{card(id)}</For>
        </section>
    }
}
