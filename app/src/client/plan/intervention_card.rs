//! One intervention: what, why, how, when and by whom, and what it lacks.

use kjent_core::ids::InterventionId;
use kjent_core::plan::{InterventionStatus, Part, Recurrence};
use kjent_core::view::{ClientView, InterventionView};
use leptos::prelude::*;

use super::intervention_form::{EndIntervention, InterventionForm};
use super::item_form::Mode;
use super::notes_about::NotesAbout;
use crate::client::conflicts::Conflicts;
use crate::components::icon::{ALERT, PENCIL, STOP, icon};
use crate::components::tag::tag;
use crate::i18n::{
    I18n, area_word, basis_word, category_word, competence_word, gap_word, recurrence_words,
    self_management_word, t, t_string, use_i18n,
};

/// Where the intervention stands among the page's headings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Under its goal.
    #[default]
    UnderGoal,
    /// On its own.
    Alone,
}

/// The intervention, to be put on a card.
#[component]
pub fn InterventionCard(
    data: Memo<ClientView>,
    id: InterventionId,
    #[prop(optional)] place: Place,
) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let it = Memo::new(move |old: Option<&Option<InterventionView>>| {
        let now =
            data.with(|data| data.interventions.iter().find(|it| it.intervention == id).cloned());
        now.or_else(|| old.cloned().flatten())
    });
    let editing = RwSignal::new(None::<Mode>);
    let ending = RwSignal::new(false);
    let proposed = RwSignal::new(false);
    let title = move || it.with(|it| it.as_ref().map(|it| it.title.clone()).unwrap_or_default());
    let is_active = Memo::new(move |_| {
        it.with(|it| it.as_ref().is_some_and(|it| it.status != InterventionStatus::Ended))
    });
    let may_edit = Memo::new(move |_| data.with(|data| data.may_edit(Part::Interventions)));
    let button = move |test_id: &'static str,
                       svg,
                       words: Signal<&'static str>,
                       act: Callback<()>| {
        view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid=test_id on:click=move |_| act.run(())>
                {icon(svg)}
                <span>{words}</span>
                <span class="ds-sr-only">{title}</span>
            </button>
        }
    };
    let actions = move || {
        let is_free = editing.with(Option::is_none) && !ending.get();
        (is_free && is_active.get()).then(|| {
            if may_edit.get() {
                view! {
                    <div class="kj-plan__actions">
                        {button("edit-intervention", PENCIL, Signal::derive(move || t_string!(i18n, plan.intervention_edit)), Callback::new(move |()| editing.set(Some(Mode::Edit))))}
                        {button("end-intervention", STOP, Signal::derive(move || t_string!(i18n, plan.intervention_end)), Callback::new(move |()| ending.set(true)))}
                    </div>
                }
                .into_any()
            } else {
                button("propose-intervention", PENCIL, Signal::derive(move || t_string!(i18n, plan.propose)), Callback::new(move |()| editing.set(Some(Mode::Propose)))).into_any()
            }
        })
    };
    let body = move || match (editing.get(), ending.get(), it.get_untracked()) {
        (Some(mode), _, Some(seed)) => {
            view! { <InterventionForm data intervention=seed mode open=editing proposed /> }
                .into_any()
        }
        (None, true, _) => view! { <EndIntervention data id open=ending /> }.into_any(),
        _ => (move || it.with(|it| it.as_ref().map(|it| facts(i18n, it)))).into_any(),
    };
    view! {
        <div class="kj-intervention" data-testid="plan-intervention" data-intervention=id.to_string()>
            <div class="kj-card__head">
                {match place {
                    Place::UnderGoal => view! { <h4 class="kj-item-heading">{title}</h4> }.into_any(),
                    Place::Alone => view! { <h3 class="kj-item-heading">{title}</h3> }.into_any(),
                }}
                <div class="kj-tags">{move || it.with(|it| it.as_ref().map(|it| gaps(i18n, it)))}</div>
            </div>
            <Conflicts data part=Part::Interventions object=id.0 />
            {body}
            <NotesAbout client intervention=id />
            <Show when=move || proposed.get()>
                <p class="kj-subtle" role="status" data-testid="proposed">{t!(i18n, plan.proposed)}</p>
            </Show>
            {actions}
        </div>
    }
}

fn gaps(i18n: I18n, it: &InterventionView) -> Vec<impl IntoView + use<>> {
    let gaps = it.gaps.iter().filter(|_| it.status != InterventionStatus::Ended);
    gaps.map(|gap| {
        view! { <span data-testid="gap">{tag("warning", ALERT, gap_word(i18n, *gap))}</span> }
    })
    .collect()
}

fn facts(i18n: I18n, it: &InterventionView) -> impl IntoView + use<> {
    let rule = it.recurrence.as_ref().and_then(|text| text.parse::<Recurrence>().ok());
    let rule = rule.map(|rule| recurrence_words(i18n, &rule));
    let when: Vec<String> = match (rule, it.schedule.clone()) {
        (Some(rule), Some(words)) if rule == words => vec![rule],
        (rule, words) => rule.into_iter().chain(words).collect(),
    };
    let when = (!when.is_empty()).then(|| when.join("\n"));
    let row = |name: &'static str, text: Option<String>| {
        text.map(|text| view! { <dt>{name}</dt><dd>{text}</dd> })
    };
    let purpose = it.purpose.clone().map(|words| {
        view! { <p class="kj-purpose" data-testid="purpose">{words}</p> }
    });
    let kind: Vec<String> = it
        .need_area
        .iter()
        .map(|area| area_word(i18n, area))
        .chain(it.category.iter().map(|category| category_word(i18n, category)))
        .chain(it.legal_basis.iter().map(|basis| basis_word(i18n, basis)))
        .collect();
    let doubt = it.basis_is_doubtful.then(|| {
        view! { <p class="kj-with-icon kj-doubt" data-testid="basis-doubt">{icon(ALERT)} <span>{t_string!(i18n, plan.basis_doubt)}</span></p> }
    });
    view! {
        {purpose}
        <dl class="kj-facts">
            {row(t_string!(i18n, client.why), it.why.clone())}
            {row(t_string!(i18n, plan.manage_short), it.self_management.as_ref().map(|it| self_management_word(i18n, it)))}
            {row(t_string!(i18n, client.how), it.how.clone())}
            {row(t_string!(i18n, client.when), when)}
            {row(t_string!(i18n, client.by_whom), Some(competence_word(i18n, &it.competence)))}
        </dl>
        <p class="kj-subtle">{kind.join(" · ")}</p>
        {doubt}
    }
}
