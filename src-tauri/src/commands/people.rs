//! Commands about the people around a client.

use kjent_core::command::{
    AssessCapacity, FinishContact, GiveConsent, ReadContactDraft, ReadGaps, SaveContactDraft,
    WithdrawConsent,
};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn give_consent(session: State<'_, Session>, request: GiveConsent) -> Answer<GiveConsent> {
    session.write(|tablet| tablet.give_consent(request.client, &request.consent))
}

#[command(async)]
pub fn withdraw_consent(
    session: State<'_, Session>,
    request: WithdrawConsent,
) -> Answer<WithdrawConsent> {
    let WithdrawConsent { client, consent, how } = request;
    session.write(|tablet| tablet.withdraw_consent(client, consent, &how))
}

#[command(async)]
pub fn assess_capacity(
    session: State<'_, Session>,
    request: AssessCapacity,
) -> Answer<AssessCapacity> {
    session.write(|tablet| tablet.assess_capacity(request.client, &request.assessment))
}

#[command(async)]
pub fn read_contact_draft(
    session: State<'_, Session>,
    request: ReadContactDraft,
) -> Answer<ReadContactDraft> {
    session.read(|tablet| tablet.read_contact_draft(request.client))
}

#[command(async)]
pub fn save_contact_draft(
    session: State<'_, Session>,
    request: SaveContactDraft,
) -> Answer<SaveContactDraft> {
    session.write(|tablet| tablet.save_contact_draft(request.client, &request.draft))
}

#[command(async)]
pub fn finish_contact(
    session: State<'_, Session>,
    request: FinishContact,
) -> Answer<FinishContact> {
    session.write(|tablet| tablet.finish_contact(request.client, &request.draft))
}

#[command(async)]
pub fn read_gaps(session: State<'_, Session>, request: ReadGaps) -> Answer<ReadGaps> {
    let ReadGaps {} = request;
    session.read(|tablet| tablet.read_gaps())
}
