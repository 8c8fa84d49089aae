//! Checks of a client's profile and the people around them, and of the clients together.

use std::collections::BTreeSet;

use kjent_core::national_number::NationalNumber;
use kjent_core::plan::{ContactRole, CriticalKind, MandateArea};

use super::{Checker, clinical, people, plan, story, unknown};
use crate::data::{ClientFile, TeamFile, date};
use crate::fault::{DataError, Fault};
use crate::source::SourceFile;

/// Checks one client's file.
pub fn client(file: &SourceFile, data: &ClientFile, team: &TeamFile, errors: &mut Vec<DataError>) {
    let mut check = Checker::new(file, errors);
    profile(&mut check, data, team);
    people::people(&mut check, data, team);
    plan::decisions(&mut check, data);
    plan::goals(&mut check, data);
    plan::reviews(&mut check, data);
    plan::interventions(&mut check, data);
    story::conversations(&mut check, data, team);
    story::visits(&mut check, data, team);
    story::events(&mut check, data, team);
    story::phases(&mut check, data);
    clinical::clinical(&mut check, data, team);
}

fn profile(check: &mut Checker<'_>, data: &ClientFile, team: &TeamFile) {
    for (field, text) in [
        ("name", &data.name),
        ("address", &data.address),
        ("postal_place", &data.postal_place),
        ("entry", &data.entry),
        ("about_me", &data.about_me),
        ("strengths", &data.strengths),
    ] {
        check.text(field, text);
    }
    match data.national_number.parse::<NationalNumber>() {
        Ok(number) if number.is_synthetic() => {}
        Ok(_) => check.fault("national_number", Fault::NotSynthetic),
        Err(error) => check.fault("national_number", error.into()),
    }
    if date(&data.birth_date).is_none() {
        check.fault("birth_date", Fault::NotADate(data.birth_date.clone()));
    }
    check.worker("primary_contact", team, &data.primary_contact);
    check.worker("service_lead", team, &data.service_lead);
    for (index, contact) in data.contacts.iter().enumerate() {
        let field = |name: &str| format!("contacts[{index}].{name}");
        check.text(field("name"), &contact.name);
        check.text(field("relation"), &contact.relation);
        check.code(field("role"), unknown!(contact.role, ContactRole));
        if let Some(mandate) = &contact.mandate {
            check.code(field("mandate"), unknown!(*mandate, MandateArea));
        }
    }
    for (index, critical) in data.critical.iter().enumerate() {
        let field = |name: &str| format!("critical[{index}].{name}");
        check.text(field("label"), &critical.label);
        check.code(field("kind"), unknown!(critical.kind, CriticalKind));
    }
}

/// Checks that no two clients share a national number or a case number.
pub fn across(clients: &[(&SourceFile, ClientFile)], errors: &mut Vec<DataError>) {
    let (mut people, mut cases) = (BTreeSet::new(), BTreeSet::new());
    for (file, data) in clients {
        let mut check = Checker::new(file, errors);
        if !people.insert(&data.national_number) {
            // The number itself stays out of the message.
            check.fault("national_number", Fault::Twice("the national number".into()));
        }
        for (index, decision) in data.decisions.iter().enumerate() {
            let field = format!("decisions[{index}].case_number");
            check.key(field, &decision.case_number, &mut cases);
        }
    }
}
