//! Consents, assessments and talks with the people around a client.

use kjent_core::fact::{
    Basis, CapacityAssessment, Consent, ConsentWithdrawn, ContactLogged, FactBody,
};
use kjent_core::ids::FactId;
use kjent_core::time::Timestamp;

use super::GenerateError;
use super::entry::Entry;
use super::ledger::Ledger;
use super::world::World;
use crate::data::{ClientFile, ConsentData};
use crate::names;

/// Writes them all.
pub fn write(
    world: &World<'_>,
    key: &str,
    file: &ClientFile,
    ledger: &mut Ledger<'_>,
) -> Result<(), GenerateError> {
    let client = names::client(key);
    let mut random = world.random(&format!("people/{key}"));
    let entry = |worker, at: Timestamp, body: FactBody| Entry {
        client,
        worker,
        happened: at,
        written: at.plus_minutes(4),
        body,
    };
    for consent in &file.people.consents {
        let at = world.at(consent.day, "10:20");
        let body = Consent {
            what: consent.what.clone(),
            words: consent.words.clone(),
            to: consent.to.as_ref().map(|name| names::contact(key, name)),
            to_words: consent.to_words.clone(),
            from: world.day(consent.day),
            until: consent.until.map(|day| world.day(day)),
            how: consent.how.clone(),
            given_by: consent.given_by.clone(),
        };
        let id = consent_id(world, key, consent);
        entry(&consent.by, at, body.into()).add_as(id, world, ledger)?;
        if let Some((day, how)) = &consent.withdrawn {
            let body = ConsentWithdrawn { consent: id, how: how.clone() };
            let at = world.at(*day, "11:05");
            entry(&consent.by, at, body.into()).add(world, &mut random, ledger)?;
        }
    }
    for assessment in &file.people.assessments {
        let body = CapacityAssessment {
            matter: assessment.matter.clone(),
            outcome: assessment.outcome.clone(),
            reasons: assessment.reasons.clone(),
        };
        let at = world.at(assessment.day, "13:15");
        entry(&assessment.by, at, body.into()).add(world, &mut random, ledger)?;
    }
    for talk in file.people.talks.iter().filter(|talk| talk.day >= world.first_day()) {
        let consents = &file.people.consents;
        let consent = consents.iter().find(|one| Some(&one.key) == talk.consent.as_ref());
        let body = ContactLogged {
            with: talk.with.as_ref().map(|name| names::contact(key, name)),
            with_words: talk.with_words.clone(),
            channel: talk.channel.clone(),
            caller: talk.caller.clone(),
            content: talk.content.clone(),
            result: talk.result.clone(),
            basis: Basis {
                kind: talk.basis.clone(),
                consent: consent.map(|consent| consent_id(world, key, consent)),
                words: talk.law.clone(),
            },
        };
        let at = world.at(talk.day, &talk.at);
        entry(&talk.by, at, body.into()).add(world, &mut random, ledger)?;
    }
    Ok(())
}

fn consent_id(world: &World<'_>, key: &str, consent: &ConsentData) -> FactId {
    let at = world.at(consent.day, "10:20").plus_minutes(4);
    FactId::mint(at, world.random(&format!("consent/{key}/{}", consent.key)).bytes())
}
