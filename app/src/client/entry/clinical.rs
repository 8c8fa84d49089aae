//! Entries of measurements and of incidents.

use kjent_core::fact::{Incident, IncidentKind, IncidentState, Observations};
use leptos::prelude::*;

use crate::i18n::{I18n, incident_kind_word, incident_state_word, t, t_string};
use crate::incidents::incident_words;
use crate::measurements::said;

/// What was measured outside a visit.
pub fn observations(i18n: I18n, observations: &Observations) -> impl IntoView + use<> {
    let none =
        observations.is_empty().then(|| view! { <p>{t!(i18n, measure.corrected_empty)}</p> });
    view! {
        {none}
        {said(i18n, observations)}
    }
}

/// An incident.
pub fn incident(i18n: I18n, incident: &Incident) -> impl IntoView + use<> {
    let kind = incident_kind_word(i18n, &incident.kind);
    view! {
        <h4 class="kj-small-heading">{t_string!(i18n, incident.entry_heading, kind = kind).to_string()}</h4>
        {incident_words(i18n, incident)}
    }
}

/// That the work with an incident came a step on.
pub fn step(
    i18n: I18n,
    about: Option<&IncidentKind>,
    step: &IncidentState,
    words: &str,
) -> impl IntoView + use<> {
    let about = about.map(|kind| incident_kind_word(i18n, kind)).unwrap_or_default();
    let step = incident_state_word(i18n, step);
    let heading = t_string!(i18n, incident.entry_step, about = about, step = step).to_string();
    view! {
        <h4 class="kj-small-heading">{heading}</h4>
        <p class="kj-text">{words.to_owned()}</p>
    }
}
