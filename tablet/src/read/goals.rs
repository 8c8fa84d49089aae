//! Goals with their interventions and how they have gone.

use std::collections::HashMap;

use kjent_core::cbor;
use kjent_core::fact::{GoalProgress, VisitReport};
use kjent_core::ids::{ClientId, GoalId, InterventionId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Goal, GoalStatus, Intervention, InterventionStatus, Part};
use kjent_core::time::Timestamp;
use kjent_core::view::{GoalView, InterventionView, ProgressView};
use uuid::Uuid;

use super::plan::{Object, id, text};
use super::plan_facts::PlanFact;
use crate::{Tablet, TabletError};

/// How many marks a goal's page shows.
const MARKS: usize = 12;

impl Tablet {
    /// The client's goals, active first, newest first within.
    pub(super) fn goals(
        &self,
        client: ClientId,
        facts: &[PlanFact],
    ) -> Result<Vec<GoalView>, TabletError> {
        let interventions = self.plan::<Intervention>(client, Part::Interventions)?;
        let mut progress = self.progress(client)?;
        let mut history = self.goal_history(client, facts)?;
        let mut goals: Vec<GoalView> = self
            .plan::<Goal>(client, Part::Goals)?
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
                progress: progress.remove(&goal.id).unwrap_or_default(),
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

    /// Each goal's newest marks, newest first: those of visits and those on their own.
    pub(super) fn progress(
        &self,
        client: ClientId,
    ) -> Result<HashMap<Uuid, Vec<ProgressView>>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_progress.sql"))?;
        let rows = query.query_map([client.bytes()], |row| {
            let author = id(row, 0, WorkerId::from_bytes)?;
            Ok((author, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, row.get::<_, Vec<u8>>(3)?))
        })?;
        let mut progress: HashMap<Uuid, Vec<ProgressView>> = HashMap::new();
        for row in rows {
            let (author, happened, kind, body) = row?;
            let marks = if kind == "visit_report" {
                cbor::read::<VisitReport>(&body).map(|report| report.progress)
            } else {
                cbor::read::<GoalProgress>(&body).map(|mark| vec![mark])
            };
            // What can't be read is in `unreadable` and counted there.
            for mark in marks.unwrap_or_default() {
                let shown = progress.entry(mark.goal.0).or_default();
                if shown.len() < MARKS {
                    shown.push(ProgressView {
                        direction: mark.direction,
                        source: mark.source,
                        words: mark.words,
                        by: self.worker_name(author),
                        at: oslo::local(Timestamp::from_millis(happened)),
                    });
                }
            }
        }
        Ok(progress)
    }
}
