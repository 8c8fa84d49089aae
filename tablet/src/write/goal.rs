//! How a goal goes, and how far it was reached.

use kjent_core::document::DocumentRef;
use kjent_core::fact::{FactKind, GoalEvaluation, GoalProgress, Occasion};
use kjent_core::ids::ClientId;
use kjent_core::plan::{Part, Scalar};
use kjent_core::view::{ChangeSet, WorkView};

use super::plan::{NewFields, PlanEdit};
use crate::{Tablet, TabletError};

impl Tablet {
    /// Notes how a goal is going, outside a visit.
    pub fn note_progress(
        &mut self,
        client: ClientId,
        progress: &GoalProgress,
    ) -> Result<ChangeSet, TabletError> {
        let done = self.transact(|writing| {
            let goal = progress.goal.0;
            writing.standing(client, Part::Goals, goal)?.ok_or(TabletError::NotFound)?;
            writing.add_fact(client, writing.now, None, progress.clone())
        })?;
        Ok(done.1)
    }

    /// Evaluates a goal. Where it stands from now on is written in the same change: neither is there
    /// without the other.
    pub fn evaluate_goal(
        &mut self,
        client: ClientId,
        evaluation: &GoalEvaluation,
    ) -> Result<ChangeSet, TabletError> {
        if evaluation.words.trim().is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        if evaluation.discussed.lacks_reason() {
            return Err(TabletError::DiscussionNeeded);
        }
        let done = self.transact(|writing| {
            let goal = evaluation.goal.0;
            writing.standing(client, Part::Goals, goal)?.ok_or(TabletError::NotFound)?;
            writing.check_may_edit(client, Part::Goals)?;
            let told = evaluation.clone().into();
            let mut edits = vec![writing.fact_edit(client, writing.now, None, &told)?.1];
            if let Some(status) = evaluation.status() {
                let fields = NewFields::from([("status".into(), Scalar::code(status.code()))]);
                edits.extend(writing.plan_edits(
                    client,
                    &PlanEdit {
                        part: Part::Goals,
                        object: goal,
                        fields: &fields,
                        occasion: Occasion::Edited,
                        discussed: Some(&evaluation.discussed),
                        reason: &evaluation.words,
                        proposal: None,
                    },
                )?);
            }
            let work = WorkView::Fact(FactKind::GoalEvaluation);
            writing.write(DocumentRef::care(client), &edits, &work)
        })?;
        Ok(done.1)
    }
}
