//! The form of a talk: seeded once from the draft, saved at each tap and while typing.

use kjent_core::command::SaveContactDraft;
use kjent_core::fact::ContactLogged;
use kjent_core::ids::ClientId;

use crate::draft_form::DraftForm;
use crate::ipc::call;

/// The form, shared by its parts.
pub type ContactForm = DraftForm<ContactLogged>;

/// A form with what was there when the screen opened.
pub fn contact_form(client: ClientId, seed: ContactLogged) -> ContactForm {
    DraftForm::new(seed, move |draft| call(SaveContactDraft { client, draft }))
}
