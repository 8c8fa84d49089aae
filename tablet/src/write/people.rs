//! What is written about the people around a client: consents, capacity, and talks.

use kjent_core::fact::{BasisKind, CapacityAssessment, Consent, ConsentWithdrawn, ContactLogged};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::plan::{FieldFault, FieldProblem};
use kjent_core::view::ChangeSet;

use super::draft::{self, DraftKind};
use crate::{Tablet, TabletError};

impl Tablet {
    /// Writes down that something may be told to somebody.
    pub fn give_consent(
        &mut self,
        client: ClientId,
        consent: &Consent,
    ) -> Result<ChangeSet, TabletError> {
        if consent.to.is_none() && consent.to_words.trim().is_empty() {
            return Err(field("consent_to", FieldFault::Needed));
        }
        if consent.until.is_some_and(|until| until < consent.from) {
            return Err(field("consent_until", FieldFault::Invalid));
        }
        let consent = consent.clone();
        let done = self.transact(|writing| writing.add_fact(client, writing.now, None, consent))?;
        Ok(done.1)
    }

    /// Writes down that a consent is taken back.
    pub fn withdraw_consent(
        &mut self,
        client: ClientId,
        consent: FactId,
        how: &str,
    ) -> Result<ChangeSet, TabletError> {
        needed("consent_how", how)?;
        let how = how.trim().to_owned();
        let withdrawn = ConsentWithdrawn { consent, how };
        let done =
            self.transact(|writing| writing.add_fact(client, writing.now, None, withdrawn))?;
        Ok(done.1)
    }

    /// Writes down whether the client can decide in one matter.
    pub fn assess_capacity(
        &mut self,
        client: ClientId,
        assessment: &CapacityAssessment,
    ) -> Result<ChangeSet, TabletError> {
        needed("capacity_matter", &assessment.matter)?;
        needed("capacity_reasons", &assessment.reasons)?;
        let assessment = assessment.clone();
        let done =
            self.transact(|writing| writing.add_fact(client, writing.now, None, assessment))?;
        Ok(done.1)
    }

    /// The talk as it was last typed; empty when none is under way.
    pub fn read_contact_draft(&self, client: ClientId) -> Result<ContactLogged, TabletError> {
        let draft = draft::load(&self.connection, DraftKind::Contact, client.bytes())?;
        Ok(draft.map(|(draft, _)| draft).unwrap_or_default())
    }

    /// Saves the talk so far.
    pub fn save_contact_draft(
        &mut self,
        client: ClientId,
        draft: &ContactLogged,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            writing.team_of(client)?;
            draft::save(&writing.tx, DraftKind::Contact, client.bytes(), draft, writing.now)
        })?;
        Ok(done.1)
    }

    /// Signs the talk. Something is told on a ground that holds, or nothing was told.
    pub fn finish_contact(
        &mut self,
        client: ClientId,
        draft: &ContactLogged,
    ) -> Result<ChangeSet, TabletError> {
        if draft.with.is_none() {
            needed("contact_with", &draft.with_words)?;
        }
        needed("contact_content", &draft.content)?;
        if draft.basis.is_incomplete() {
            return Err(field("contact_basis", FieldFault::Needed));
        }
        if let (BasisKind::Consent, Some(consent)) = (&draft.basis.kind, draft.basis.consent)
            && !self.consent_holds(client, consent, draft.with)?
        {
            return Err(field("contact_basis", FieldFault::Invalid));
        }
        let talk = draft.clone();
        let done = self.transact(|writing| {
            let (kind, about) = (DraftKind::Contact, client.bytes());
            let happened = draft::happened(&writing.tx, kind, about, writing.now)?;
            writing.add_fact(client, happened, None, talk)?;
            draft::discard(&writing.tx, kind, about)
        })?;
        Ok(done.1)
    }
}

fn field(field: &str, fault: FieldFault) -> TabletError {
    TabletError::Field(FieldProblem { field: field.to_owned(), fault })
}

fn needed(name: &str, words: &str) -> Result<(), TabletError> {
    if words.trim().is_empty() { Err(field(name, FieldFault::Needed)) } else { Ok(()) }
}
