//! The interventions of a visit under way, with «Alt utført».

use kjent_core::ids::{ClientId, VisitId};
use kjent_core::view::VisitView;
use leptos::prelude::*;

use super::intervention_row::InterventionRow;
use super::visit_form::VisitForm;
use super::visit_model::{all_done, unanswered, undo_done};
use crate::components::icon::{CHECK, STOP, icon};
use crate::components::snackbar::{Snackbar, SnackbarHandle};
use crate::i18n::{t, t_string, use_i18n};

/// The card. A refetched plan changes the rows whose plan changed, and no answer.
#[component]
pub fn Interventions(
    client: ClientId,
    visit: VisitId,
    view: Memo<VisitView>,
    form: VisitForm,
    #[prop(into)] all_answered: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let interventions = Memo::new(move |_| view.with(|view| view.interventions.clone()));
    let snackbar = SnackbarHandle::new();
    // What the last tap on «Alt utført» answered.
    let answered = StoredValue::new(Vec::new());
    let answer_all = move |_| {
        let open = interventions
            .with_untracked(|all| form.draft.with_untracked(|draft| unanswered(draft, all)));
        if !open.is_empty() {
            interventions.with_untracked(|all| form.tap(|draft| all_done(draft, all)));
            let said = t_string!(i18n, visits.all_done_said, count = open.len()).to_string();
            answered.set_value(open);
            snackbar.say(said);
        }
    };
    let undo = move |()| answered.with_value(|all| form.tap(|draft| undo_done(draft, all)));
    let empty = move || interventions.with(Vec::is_empty);
    view! {
        <section class="kj-card" aria-labelledby="interventions-heading">
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id="interventions-heading">{t!(i18n, visit.interventions)}</h2>
                <button
                    type="button"
                    class="ds-button"
                    class:kj-quiet-button=all_answered
                    data-testid="all-done"
                    hidden=empty
                    aria-disabled=move || all_answered.get().to_string()
                    on:click=answer_all
                >
                    {icon(CHECK)}
                    <span>
                        {move || if all_answered.get() { t_string!(i18n, visit.all_answered) } else { t_string!(i18n, visit.all_done) }}
                    </span>
                </button>
            </div>
            {move || empty().then(|| view! { <p class="kj-subtle">{t!(i18n, visit.interventions_none)}</p> })}
            <ul class="kj-plain-list kj-rows">
                <For each=move || interventions.get() key=|it| (it.intervention, it.title.clone(), it.how.clone(), it.why.clone()) let(it)>
                    <InterventionRow intervention=it form />
                </For>
            </ul>
            <a class="ds-button kj-resists" data-variant="tertiary" data-testid="resists" href=format!("/client/{client}/visit/{visit}/resists")>
                {icon(STOP)}
                <span>{t!(i18n, routine.resists)}</span>
            </a>
            <Snackbar handle=snackbar undo=Signal::derive(move || t_string!(i18n, visits.undo).to_owned()) act=Callback::new(undo) />
        </section>
    }
}
