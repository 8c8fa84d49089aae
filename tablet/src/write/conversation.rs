//! «Hva er viktig for deg?»: the conversation, and the goal that it leads to.

use kjent_core::command::ConversationDraft;
use kjent_core::document::{DocumentRef, Edit, Fact};
use kjent_core::fact::{ConversationOutcome, FactBody, FactKind};
use kjent_core::ids::ClientId;
use kjent_core::plan::{Goal, GoalStatus, Part};
use kjent_core::view::{ChangeSet, WorkView};

use super::draft::{self, DraftKind};
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

    /// Signs the conversation. It and its goal are one change: neither is there without the other.
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
            let author = writing.identity.worker;
            let body = FactBody::WhatMatters(conversation.clone());
            let fact = Fact::new(client, author, writing.now, writing.now, &body)?;
            let id = writing.fact_id()?;
            let mut edits = vec![Edit::AddFact { id, bytes: fact.seal()? }];
            let wanted = &draft.goal;
            if !wanted.title.trim().is_empty() {
                let own_part = wanted.own_part.trim();
                let goal = Goal {
                    title: wanted.title.trim().to_owned(),
                    expressed_by: wanted.expressed_by.clone(),
                    own_part: (!own_part.is_empty()).then(|| own_part.to_owned()),
                    due: wanted.due,
                    status: GoalStatus::Active,
                    conversation: Some(id),
                };
                edits.extend(Edit::make(Part::Goals, writing.object_id()?, &goal)?);
            }
            let document = DocumentRef::care(client);
            writing.write(document, &edits, &WorkView::Fact(FactKind::WhatMatters))?;
            draft::discard(&writing.tx, DraftKind::Conversation, client.bytes())
        })?;
        Ok(done.1)
    }
}
