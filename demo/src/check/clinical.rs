//! Checks of limits, measurements, answers and incidents.

use kjent_core::clinical::{Limits, Measurement};
use kjent_core::fact::{Harm, IncidentKind, IncidentState, InjurySign, Told};

use super::{Checker, unknown};
use crate::data::{ClientFile, TeamFile, clock};
use crate::fault::Fault;

pub fn clinical(check: &mut Checker<'_>, data: &ClientFile, team: &TeamFile) {
    for (kind, text) in &data.limits {
        if Limits::parse(kind, text).is_err() {
            check.fault(format!("limits.{kind}"), Fault::NotMeasured(text.clone()));
        }
    }
    for (index, intervention) in data.interventions.iter().enumerate() {
        for (place, measured) in intervention.measured.iter().enumerate() {
            let field = format!("interventions[{index}].measured[{place}].values");
            if measured.values.is_empty() {
                check.fault(field.clone(), Fault::NoneAtAll);
            }
            for value in &measured.values {
                if Measurement::parse(measured.kind.clone(), value).is_err() {
                    check.fault(field.clone(), Fault::NotMeasured(value.clone()));
                }
            }
        }
    }
    for (index, observed) in data.observations.iter().enumerate() {
        let field = |name: &str| format!("observations[{index}].{name}");
        check.past(field("day"), observed.day);
        check.worker(field("by"), team, &observed.by);
        if clock(&observed.at).is_none() {
            check.fault(field("at"), Fault::NotATime(observed.at.clone()));
        }
        for one in &observed.measured {
            if Measurement::parse(one.kind.clone(), &one.value).is_err() {
                check.fault(field("measured"), Fault::NotMeasured(one.value.clone()));
            }
        }
    }
    for (index, told) in data.incidents.iter().enumerate() {
        let field = |name: &str| format!("incidents[{index}].{name}");
        check.past(field("day"), told.day);
        check.worker(field("by"), team, &told.by);
        if clock(&told.at).is_none() {
            check.fault(field("at"), Fault::NotATime(told.at.clone()));
        }
        check.code(field("kind"), unknown!(told.kind, IncidentKind));
        check.code(field("harm"), unknown!(told.harm, Harm));
        check.code(field("client_told"), unknown!(told.client_told, Told));
        check.code(field("relatives_told"), unknown!(told.relatives_told, Told));
        for sign in told.injuries.iter().flatten() {
            check.code(field("injuries"), unknown!(sign, InjurySign));
        }
        for (name, text) in [("what", &told.what), ("why", &told.why)] {
            check.text(field(name), text);
        }
        if let Some(closed) = &told.closed {
            check.past(field("closed"), closed.day);
            check.worker(field("closed"), team, &closed.by);
            check.text(field("closed"), &closed.observation);
            check.order(&field("closed"), ("the incident", told.day), ("its note", closed.day));
        }
        for step in &told.steps {
            check.past(field("steps"), step.day);
            check.worker(field("steps"), team, &step.by);
            check.code(field("steps"), unknown!(step.step, IncidentState));
            check.order(&field("steps"), ("the incident", told.day), ("its step", step.day));
        }
    }
}
