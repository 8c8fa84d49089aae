//! One incident: what happened, how far it has come, and what the one who reported is told.

use kjent_core::fact::{Incident, IncidentState};
use kjent_core::view::IncidentView;
use leptos::prelude::*;

use super::step_form::StepForm;
use crate::components::icon::{CHECK_CIRCLE, INCIDENT};
use crate::components::tag::tag;
use crate::i18n::{
    I18n, date, harm_word, incident_kind_word, incident_state_word, injury_word, moment, t,
    t_string, told_word,
};
use crate::measurements::said;

/// The card.
pub fn incident_card(i18n: I18n, it: &IncidentView) -> impl IntoView + use<> {
    let kind = incident_kind_word(i18n, &it.incident.kind);
    let heading = format!("{kind}, {}", it.client_name);
    let by = if it.mine {
        t_string!(i18n, incident.reported_by_you).to_owned()
    } else {
        t_string!(i18n, incident.reported_by, name = it.reporter.clone()).to_string()
    };
    let (color, svg) = match it.state {
        IncidentState::Closed => ("success", CHECK_CIRCLE),
        _ => ("warning", INCIDENT),
    };
    let steps = it.steps.iter().map(|step| {
        let line = t_string!(
            i18n,
            incident.step_by,
            step = incident_state_word(i18n, &step.step),
            name = step.by.clone(),
            when = moment(i18n, step.at)
        );
        view! {
            <li data-testid="incident-step">
                <p class="kj-subtle">{line.to_string()}</p>
                <p class="kj-text">{step.words.clone()}</p>
            </li>
        }
    });
    let forms = it.may.iter().map(|step| {
        view! { <StepForm client=it.client incident=it.fact step=step.clone() /> }
    });
    let waits = (it.may.is_empty() && it.state != IncidentState::Closed)
        .then(|| view! { <p class="kj-subtle">{t!(i18n, incident.waiting_for)}</p> });
    view! {
        <article class="kj-card" data-testid="incident" data-state=it.state.code().to_owned()>
            <div class="kj-card__head">
                <div>
                    <h2 class="kj-item-heading">{heading}</h2>
                    <p class="kj-subtle">{moment(i18n, it.happened)} " · " {by}</p>
                </div>
                {tag(color, svg, incident_state_word(i18n, &it.state))}
            </div>
            {incident_words(i18n, &it.incident)}
            <ul class="kj-plain-list kj-rows">{steps.collect_view()}</ul>
            {waits}
            <div class="kj-form__actions">{forms.collect_view()}</div>
        </article>
    }
}

/// What an incident says.
pub fn incident_words(i18n: I18n, it: &Incident) -> impl IntoView + use<> {
    let injuries = it.injuries.as_ref().map(|all| {
        if all.is_empty() {
            t_string!(i18n, incident.nothing_found).to_owned()
        } else {
            all.iter().map(|sign| injury_word(i18n, sign)).collect::<Vec<_>>().join("\n")
        }
    });
    let follow_up = it.follow_up_by.map_or_else(
        || it.follow_up.clone(),
        |by| {
            let by = format!("{} {}", t_string!(i18n, incident.follow_up_by), date(i18n, by));
            if it.follow_up.is_empty() { by } else { format!("{}\n{by}", it.follow_up) }
        },
    );
    let lines = [
        (t_string!(i18n, incident.what), it.what.clone()),
        (t_string!(i18n, incident.place), it.place.clone()),
        (t_string!(i18n, incident.how), it.how.clone()),
        (t_string!(i18n, incident.why), it.why.clone()),
        (t_string!(i18n, incident.harm), said_or_nothing(i18n, it.harm.as_ref(), harm_word)),
        (t_string!(i18n, incident.look_over), injuries.unwrap_or_default()),
        (t_string!(i18n, incident.done), it.done_at_once.clone()),
        (
            t_string!(i18n, incident.client_told),
            said_or_nothing(i18n, it.client_told.as_ref(), told_word),
        ),
        (
            t_string!(i18n, incident.relatives_told),
            said_or_nothing(i18n, it.relatives_told.as_ref(), told_word),
        ),
        (t_string!(i18n, incident.follow_up), follow_up),
    ];
    let lines = lines
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(what, text)| view! { <dt>{what}</dt><dd>{text}</dd> });
    view! {
        <dl class="kj-facts kj-incident__facts">{lines.collect_view()}</dl>
        {said(i18n, &it.observations)}
    }
}

fn said_or_nothing<T>(i18n: I18n, value: Option<&T>, say: fn(I18n, &T) -> String) -> String {
    value.map(|value| say(i18n, value)).unwrap_or_default()
}
