//! Checks of what a client's file says of the people around.

use std::collections::BTreeSet;

use kjent_core::fact::{
    BasisKind, Caller, CapacityOutcome, Channel, ConsentForm, ConsentGiver, ConsentScope,
};
use kjent_core::plan::{Interpreter, NeedArea};

use super::{Checker, unknown};
use crate::data::{ClientFile, TeamFile, clock};
use crate::fault::Fault;

/// Checks it.
pub fn people(check: &mut Checker<'_>, data: &ClientFile, team: &TeamFile) {
    let people = &data.people;
    if let Some(interpreter) = &people.interpreter {
        check.code("people.interpreter", unknown!(*interpreter, Interpreter));
    }
    for (list, areas) in [("needs", &people.needs), ("strengths", &people.strengths)] {
        for (code, words) in areas {
            let field = format!("people.{list}.{code}");
            check.code(field.clone(), unknown!(NeedArea::from_code(code), NeedArea));
            check.text(field, words);
        }
    }
    let names = || data.contacts.iter().map(|contact| &contact.name);
    let mut keys = BTreeSet::new();
    for (index, consent) in people.consents.iter().enumerate() {
        let field = |name: &str| format!("people.consents[{index}].{name}");
        check.key(field("key"), &consent.key, &mut keys);
        check.past(field("day"), consent.day);
        check.worker(field("by"), team, &consent.by);
        check.code(field("what"), unknown!(consent.what, ConsentScope));
        check.code(field("how"), unknown!(consent.how, ConsentForm));
        check.code(field("given_by"), unknown!(consent.given_by, ConsentGiver));
        match &consent.to {
            Some(name) => check.reference(field("to"), "contact", name, names()),
            None => check.text(field("to_words"), &consent.to_words),
        }
        if let Some((day, how)) = &consent.withdrawn {
            check.past(field("withdrawn"), *day);
            check.text(field("withdrawn"), how);
            let given = ("the consent", consent.day);
            check.order(&field("withdrawn"), given, ("its withdrawal", *day));
        }
    }
    for (index, assessment) in people.assessments.iter().enumerate() {
        let field = |name: &str| format!("people.assessments[{index}].{name}");
        check.past(field("day"), assessment.day);
        check.worker(field("by"), team, &assessment.by);
        check.text(field("matter"), &assessment.matter);
        check.text(field("reasons"), &assessment.reasons);
        check.code(field("outcome"), unknown!(assessment.outcome, CapacityOutcome));
    }
    for (index, talk) in people.talks.iter().enumerate() {
        let field = |name: &str| format!("people.talks[{index}].{name}");
        check.past(field("day"), talk.day);
        if clock(&talk.at).is_none() {
            check.fault(field("at"), Fault::NotATime(talk.at.clone()));
        }
        check.worker(field("by"), team, &talk.by);
        check.text(field("content"), &talk.content);
        check.code(field("channel"), unknown!(talk.channel, Channel));
        check.code(field("caller"), unknown!(talk.caller, Caller));
        check.code(field("basis"), unknown!(talk.basis, BasisKind));
        match &talk.with {
            Some(name) => check.reference(field("with"), "contact", name, names()),
            None => check.text(field("with_words"), &talk.with_words),
        }
        match (&talk.basis, &talk.consent) {
            (BasisKind::Consent, key) => {
                let keys = people.consents.iter().map(|consent| &consent.key);
                let key = key.as_deref().unwrap_or_default();
                check.reference(field("consent"), "consent", key, keys);
            }
            (BasisKind::Law, _) => check.text(field("law"), &talk.law),
            _ => {}
        }
    }
}
