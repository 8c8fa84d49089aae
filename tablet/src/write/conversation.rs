//! «Hva er viktig for deg?»: the conversation, and the goals that it leads to.

use kjent_core::command::ConversationDraft;
use kjent_core::document::DocumentRef;
use kjent_core::fact::{
    ConversationOutcome, Discussed, DiscussedWith, FactKind, Occasion, WhatMatters,
};
use kjent_core::ids::ClientId;
use kjent_core::plan::{GoalStatus, Part, Scalar};
use kjent_core::view::{ChangeSet, WorkView};

use super::draft::{self, DraftKind};
use super::plan::{NewFields, PlanEdit};
use crate::{Tablet, TabletError};

impl Tablet {
    /// The conversation as it was last typed; empty when none is under way.
    pub fn read_conversation_draft(
        &self,
        client: ClientId,
    ) -> Result<ConversationDraft, TabletError> {
        let draft = draft::load(&self.connection, DraftKind::Conversation, client.bytes())?;
        Ok(draft.map(|(draft, _)| draft).unwrap_or_default())
    }

    /// Saves the conversation so far.
    pub fn save_conversation_draft(
        &mut self,
        client: ClientId,
        draft: &ConversationDraft,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            writing.team_of(client)?;
            draft::save(&writing.tx, DraftKind::Conversation, client.bytes(), draft, writing.now)
        })?;
        Ok(done.1)
    }

    /// Signs the conversation. It and its goals are one change: none is there without the others.
    pub fn finish_conversation(
        &mut self,
        client: ClientId,
        draft: &ConversationDraft,
    ) -> Result<ChangeSet, TabletError> {
        let conversation = &draft.conversation;
        let words_are_due = matches!(
            conversation.outcome,
            ConversationOutcome::Answered | ConversationOutcome::NotAble
        );
        if words_are_due && conversation.words.trim().is_empty() {
            return Err(TabletError::WordsNeeded);
        }
        let done = self.transact(|writing| {
            let told = conversation.clone().into();
            let (id, edit) = writing.fact_edit(client, writing.now, None, &told)?;
            let mut edits = vec![edit];
            let discussed = talked_with(conversation);
            for wanted in draft.goals() {
                let fields = NewFields::from([
                    ("title".into(), Scalar::text(&wanted.title)),
                    ("own_part".into(), Scalar::text(&wanted.own_part)),
                    ("expressed_by".into(), Scalar::code(wanted.expressed_by.code())),
                    ("due".into(), Scalar::day(wanted.due)),
                    ("status".into(), Scalar::code(GoalStatus::Active.code())),
                    ("conversation".into(), Scalar::code(id)),
                ]);
                let object = writing.object_id()?;
                edits.extend(writing.plan_edits(
                    client,
                    &PlanEdit {
                        part: Part::Goals,
                        object,
                        fields: &fields,
                        occasion: Occasion::Made,
                        discussed: Some(&discussed),
                        reason: "",
                        proposal: None,
                    },
                )?);
            }
            let document = DocumentRef::care(client);
            writing.write(document, &edits, &WorkView::Fact(FactKind::WhatMatters))?;
            draft::discard(&writing.tx, DraftKind::Conversation, client.bytes())
        })?;
        Ok(done.1)
    }
}

/// With whom the goals of a conversation were talked over: with whoever spoke in it.
fn talked_with(conversation: &WhatMatters) -> Discussed {
    let (with, words) = match conversation.outcome {
        ConversationOutcome::NotAble => (DiscussedWith::Representative, &conversation.spoken_by),
        _ => (DiscussedWith::Client, &conversation.participants),
    };
    Discussed { with, words: words.clone() }
}
