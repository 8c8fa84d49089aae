//! What tapping does to a visit's draft. Pure.

use kjent_core::command::{Adjustment, VisitDraft};
use kjent_core::fact::{
    Direction, GoalProgress, InterventionOutcome, NotDoneReason, ProgressSource,
};
use kjent_core::ids::{GoalId, InterventionId};
use kjent_core::view::VisitInterventionView;

/// What has been answered for an intervention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was done.
    Done,
    /// It was not, and why.
    NotDone(NotDoneReason),
}

/// The answer for one intervention.
pub fn answer(draft: &VisitDraft, intervention: InterventionId) -> Option<Answer> {
    draft.outcomes.iter().find(|it| it.intervention == intervention).map(|it| match &it.not_done {
        None => Answer::Done,
        Some(reason) => Answer::NotDone(reason.clone()),
    })
}

/// Writes an answer; the same answer again takes it away.
pub fn toggle_answer(draft: &mut VisitDraft, intervention: InterventionId, new: Answer) {
    let old = answer(draft, intervention);
    draft.outcomes.retain(|it| it.intervention != intervention);
    if old.as_ref() != Some(&new) {
        let not_done = match new {
            Answer::Done => None,
            Answer::NotDone(reason) => Some(reason),
        };
        draft.outcomes.push(InterventionOutcome { intervention, not_done });
    }
}

/// «Alt utført»: everything that has no answer yet was done. An answer that is there stays.
pub fn all_done(draft: &mut VisitDraft, interventions: &[VisitInterventionView]) {
    for intervention in unanswered(draft, interventions) {
        draft.outcomes.push(InterventionOutcome { intervention, not_done: None });
    }
}

/// Takes «Alt utført» back: of what it answered, what still says that it was done has no answer again.
/// What was said otherwise since stays.
pub fn undo_done(draft: &mut VisitDraft, answered: &[InterventionId]) {
    draft.outcomes.retain(|it| it.not_done.is_some() || !answered.contains(&it.intervention));
}

/// What was done otherwise than the plan says, as far as it is written.
pub fn adjustment(draft: &VisitDraft, intervention: InterventionId) -> Option<&Adjustment> {
    draft.adjustments.iter().find(|it| it.intervention == intervention)
}

/// Writes what was done otherwise. An intervention that has no answer yet was done, in its way.
pub fn adjust(
    draft: &mut VisitDraft,
    intervention: InterventionId,
    write: impl FnOnce(&mut Adjustment),
) {
    let mut written = adjustment(draft, intervention).cloned().unwrap_or_else(|| Adjustment {
        intervention,
        instead: String::new(),
        reason: String::new(),
    });
    write(&mut written);
    draft.adjustments.retain(|it| it.intervention != intervention);
    if written.is_empty() {
        return;
    }
    draft.adjustments.push(written);
    if answer(draft, intervention).is_none() {
        draft.outcomes.push(InterventionOutcome { intervention, not_done: None });
    }
}

/// What has no answer yet.
pub fn unanswered(
    draft: &VisitDraft,
    interventions: &[VisitInterventionView],
) -> Vec<InterventionId> {
    interventions
        .iter()
        .map(|it| it.intervention)
        .filter(|it| answer(draft, *it).is_none())
        .collect()
}

/// How a goal is going, as noted in this visit.
pub fn progress(draft: &VisitDraft, goal: GoalId) -> Option<&GoalProgress> {
    draft.progress.iter().find(|it| it.goal == goal)
}

/// Notes which way a goal goes. Who says so stays; at first it is the client.
pub fn set_direction(draft: &mut VisitDraft, goal: GoalId, direction: Direction) {
    match draft.progress.iter_mut().find(|it| it.goal == goal) {
        Some(progress) => progress.direction = direction,
        None => draft.progress.push(GoalProgress {
            goal,
            direction,
            source: ProgressSource::Client,
            words: String::new(),
        }),
    }
}

/// Takes away what was noted about a goal.
pub fn clear_progress(draft: &mut VisitDraft, goal: GoalId) {
    draft.progress.retain(|it| it.goal != goal);
}

/// Notes who says so; nothing to note it on is nothing done.
pub fn set_source(draft: &mut VisitDraft, goal: GoalId, source: ProgressSource) {
    if let Some(progress) = draft.progress.iter_mut().find(|it| it.goal == goal) {
        progress.source = source;
    }
}

/// The draft as it is signed: without the spaces around its texts.
pub fn to_sign(draft: &VisitDraft) -> VisitDraft {
    let mut draft = draft.clone();
    draft.note = draft.note.trimmed();
    draft
}

#[cfg(test)]
mod tests;
