//! Goals with their interventions and how they have gone.

use std::collections::HashMap;

use kjent_core::fact::{FactBody, FactKind, GoalProgress};
use kjent_core::ids::{ClientId, GoalId, InterventionId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Goal, GoalStatus, Intervention, InterventionStatus, Part};
use kjent_core::time::Timestamp;
use kjent_core::view::{GoalView, InterventionView, ProgressView};
use rusqlite::params;
use uuid::Uuid;

use super::plan::{Object, id, text};
use super::plan_facts::PlanFact;
use crate::{Tablet, TabletError};

/// How many marks a goal's page shows.
const MARKS: u32 = 12;

/// How somebody said that a goal is going.
pub(super) struct Mark {
    pub by: WorkerId,
    pub at: Timestamp,
    pub said: GoalProgress,
}

impl Tablet {
    /// The client's goals, active first, newest first within.
    pub(super) fn goals(
        &self,
        client: ClientId,
        facts: &[PlanFact],
    ) -> Result<Vec<GoalView>, TabletError> {
        let interventions = self.plan::<Intervention>(client, Part::Interventions)?;
        let objects = self.plan::<Goal>(client, Part::Goals)?;
        let mut marks = HashMap::new();
        for goal in &objects {
            marks.insert(goal.id, self.marks(client, GoalId(goal.id), MARKS)?);
        }
        let mut history = self.goal_history(client, facts, &marks)?;
        let mut progress = |goal| {
            let marks = marks.remove(&goal).unwrap_or_default().into_iter();
            marks.map(|mark| self.mark_view(mark)).collect()
        };
        let mut goals: Vec<GoalView> = objects
            .into_iter()
            .map(|goal| GoalView {
                goal: GoalId(goal.id),
                title: self.field(&goal, "title", goal.value.title.clone(), text),
                own_part: self.field(
                    &goal,
                    "own_part",
                    goal.value.own_part.clone().unwrap_or_default(),
                    text,
                ),
                need_area: goal.value.need_area.clone(),
                interventions: interventions
                    .iter()
                    .filter(|one| one.value.goal == Some(GoalId(goal.id)))
                    .filter(|one| one.value.status != InterventionStatus::Ended)
                    .map(|one| one.value.title.clone())
                    .collect(),
                untouched: history.untouched(goal.id),
                progress: progress(goal.id),
                evaluations: history.evaluations.remove(&goal.id).unwrap_or_default(),
                wordings: history.wordings.remove(&goal.id).unwrap_or_default(),
                expressed_by: goal.value.expressed_by,
                due: goal.value.due,
                status: goal.value.status,
            })
            .collect();
        goals.reverse();
        goals.sort_by_key(|goal| goal.status != GoalStatus::Active);
        Ok(goals)
    }

    /// The client's interventions with the titles of their goals, active first.
    pub(super) fn interventions(
        &self,
        client: ClientId,
    ) -> Result<Vec<InterventionView>, TabletError> {
        let goals: HashMap<Uuid, String> = self
            .plan::<Goal>(client, Part::Goals)?
            .into_iter()
            .map(|goal| (goal.id, goal.value.title))
            .collect();
        let mut interventions: Vec<InterventionView> = self
            .plan::<Intervention>(client, Part::Interventions)?
            .into_iter()
            .map(|Object { id, value, .. }| InterventionView {
                intervention: InterventionId(id),
                gaps: value.gaps(),
                basis_is_doubtful: value.basis_is_doubtful(),
                goal_title: value.goal.and_then(|goal| goals.get(&goal.0).cloned()),
                goal: value.goal,
                decision: value.decision,
                title: value.title,
                how: value.how,
                why: value.why,
                schedule: value.schedule,
                competence: value.competence,
                status: value.status,
                recurrence: value.recurrence,
                category: value.category,
                need_area: value.need_area,
                legal_basis: value.legal_basis,
                purpose: value.purpose,
                self_management: value.self_management,
            })
            .collect();
        interventions.sort_by_key(|one| one.status != InterventionStatus::Active);
        Ok(interventions)
    }

    /// A goal's newest marks, newest first: those of visits and those on their own.
    pub(super) fn marks(
        &self,
        client: ClientId,
        goal: GoalId,
        most: u32,
    ) -> Result<Vec<Mark>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_marks.sql"))?;
        let rows = query.query_map(params![client.bytes(), goal.bytes(), most], |row| {
            let author = id(row, 0, WorkerId::from_bytes)?;
            let kind = FactKind::from_code(&row.get::<_, String>(2)?);
            Ok((author, row.get::<_, i64>(1)?, kind, row.get::<_, Vec<u8>>(3)?))
        })?;
        let mut marks = Vec::new();
        for row in rows {
            let (by, happened, kind, body) = row?;
            // What can't be read is in `unreadable` and counted there.
            let Ok(body) = FactBody::from_bytes(&kind, &body) else { continue };
            let at = Timestamp::from_millis(happened);
            let of_goal = body.progress().iter().filter(|mark| mark.goal == goal);
            marks.extend(of_goal.map(|said| Mark { by, at, said: said.clone() }));
        }
        Ok(marks)
    }

    fn mark_view(&self, mark: Mark) -> ProgressView {
        let Mark { by, at, said: GoalProgress { direction, source, words, .. } } = mark;
        ProgressView { direction, source, words, by: self.worker_name(by), at: oslo::local(at) }
    }
}
