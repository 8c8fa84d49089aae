//! Commands about the two routines of a visit: nobody opens, and the client resists care.

use kjent_core::command::{
    FinishMissedContact, FinishResistedCare, ReadMissedContact, ReadResistedCare,
    SaveMissedContactDraft, SaveResistedCareDraft,
};
use tauri::{State, command};

use super::Answer;
use crate::session::Session;

#[command(async)]
pub fn read_missed_contact(
    session: State<'_, Session>,
    request: ReadMissedContact,
) -> Answer<ReadMissedContact> {
    session.read(|tablet| tablet.read_missed_contact(request.visit))
}

#[command(async)]
pub fn save_missed_contact_draft(
    session: State<'_, Session>,
    request: SaveMissedContactDraft,
) -> Answer<SaveMissedContactDraft> {
    session.write(|tablet| tablet.save_missed_contact_draft(request.visit, &request.draft))
}

#[command(async)]
pub fn finish_missed_contact(
    session: State<'_, Session>,
    request: FinishMissedContact,
) -> Answer<FinishMissedContact> {
    session.write(|tablet| tablet.finish_missed_contact(request.visit, &request.draft))
}

#[command(async)]
pub fn read_resisted_care(
    session: State<'_, Session>,
    request: ReadResistedCare,
) -> Answer<ReadResistedCare> {
    session.read(|tablet| tablet.read_resisted_care(request.visit))
}

#[command(async)]
pub fn save_resisted_care_draft(
    session: State<'_, Session>,
    request: SaveResistedCareDraft,
) -> Answer<SaveResistedCareDraft> {
    session.write(|tablet| tablet.save_resisted_care_draft(request.visit, &request.draft))
}

#[command(async)]
pub fn finish_resisted_care(
    session: State<'_, Session>,
    request: FinishResistedCare,
) -> Answer<FinishResistedCare> {
    session.write(|tablet| tablet.finish_resisted_care(request.visit, &request.draft))
}
