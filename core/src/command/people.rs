//! Commands about the people around a client: consents, capacity, talks, and who is missing.

use crate::fact::{CapacityAssessment, Consent, ContactLogged};
use crate::ids::{ClientId, FactId};
use crate::view::GapsView;

commands! {
    /// Write down that something may be told to somebody.
    GiveConsent = "give_consent" -> () {
        /// Whose consent.
        client: ClientId,
        /// The consent.
        consent: Consent,
    }

    /// Write down that a consent is taken back.
    WithdrawConsent = "withdraw_consent" -> () {
        /// Whose consent.
        client: ClientId,
        /// Which.
        consent: FactId,
        /// How; not empty.
        how: String,
    }

    /// Write down whether the client can decide in one matter.
    AssessCapacity = "assess_capacity" -> () {
        /// Who was assessed.
        client: ClientId,
        /// The assessment.
        assessment: CapacityAssessment,
    }

    /// The talk as it was last typed, when one is under way.
    ReadContactDraft = "read_contact_draft" -> ContactLogged {
        /// About which client.
        client: ClientId,
    }

    /// Save the talk so far.
    SaveContactDraft = "save_contact_draft" -> () {
        /// About which client.
        client: ClientId,
        /// Everything so far.
        draft: ContactLogged,
    }

    /// Sign the talk.
    FinishContact = "finish_contact" -> () {
        /// About which client.
        client: ClientId,
        /// What is signed.
        draft: ContactLogged,
    }

    /// To a team lead: the clients who lack a primary contact or service lead.
    ReadGaps = "read_gaps" -> GapsView {}
}
