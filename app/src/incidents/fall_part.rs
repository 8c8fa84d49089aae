//! What a fall leads through: the body, the measurements, the questions.

use kjent_core::command::{IncidentDraft, ReadCurves};
use kjent_core::fact::InjurySign;
use kjent_core::ids::ClientId;
use leptos::prelude::*;

use crate::changes::Changes;
use crate::components::icon::{BANDAGE, CHECK, icon};
use crate::draft_form::DraftForm;
use crate::i18n::{injury_word, t, use_i18n};
use crate::live::Live;
use crate::measurements::{MeasurementsCard, Sheet};

/// The part of the report that is there for a fall only.
#[component]
pub fn FallPart(client: ClientId, form: DraftForm<IncidentDraft>) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadCurves { client }, Changes::get().client(client));
    let injuries = Memo::new(move |_| form.draft.with(|draft| draft.incident.injuries.clone()));
    let sheet = Sheet {
        seen: Memo::new(move |_| form.draft.with(|draft| draft.incident.observations.clone())),
        write: Callback::new(move |seen| form.tap(|draft| draft.incident.observations = seen)),
        curves: live.data,
        raise: None,
    };
    let sign = move |sign: &'static InjurySign| {
        let found = move || {
            injuries.with(|all| all.as_ref().is_some_and(|all| all.contains(sign))).to_string()
        };
        let tapped = move |_| {
            form.tap(|draft| {
                let all = draft.incident.injuries.get_or_insert_default();
                match all.iter().position(|one| one == sign) {
                    Some(place) => drop(all.remove(place)),
                    None => all.push(sign.clone()),
                }
            });
        };
        view! {
            <button type="button" class="kj-answer" data-answer="not_done" aria-pressed=found data-testid=format!("injury-{}", sign.code()) on:click=tapped>
                {move || injury_word(i18n, sign)}
            </button>
        }
    };
    let nothing = move || injuries.with(|all| all.as_ref().is_some_and(Vec::is_empty)).to_string();
    view! {
        <section class="kj-card" aria-labelledby="look-over-heading" data-testid="look-over">
            <h2 class="ds-heading kj-with-icon" data-size="2xs" id="look-over-heading">{icon(BANDAGE)} <span>{t!(i18n, incident.look_over)}</span></h2>
            <p class="kj-subtle">{t!(i18n, incident.fall_next_lead)}</p>
            <p>{t!(i18n, incident.look_over_hint)}</p>
            <div class="kj-do__answers">
                {InjurySign::ALL.iter().map(sign).collect_view()}
                <button type="button" class="kj-answer" data-answer="done" aria-pressed=nothing data-testid="injury-none"
                    on:click=move |_| form.tap(|draft| draft.incident.injuries = Some(Vec::new()))>
                    {icon(CHECK)}
                    <span>{t!(i18n, incident.nothing_found)}</span>
                </button>
            </div>
        </section>
        <MeasurementsCard sheet />
    }
}
