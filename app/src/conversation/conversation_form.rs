//! The form of a conversation: seeded once from the draft, saved at each tap and while typing.

use kjent_core::command::{ConversationDraft, SaveConversationDraft};
use kjent_core::ids::ClientId;

use crate::draft_form::DraftForm;
use crate::ipc::call;

/// The form, shared by its parts.
pub type ConversationForm = DraftForm<ConversationDraft>;

/// A form with what was there when the screen opened.
pub fn conversation_form(client: ClientId, seed: ConversationDraft) -> ConversationForm {
    DraftForm::new(seed, move |draft| call(SaveConversationDraft { client, draft }))
}
