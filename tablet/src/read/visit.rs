//! A visit under way: the plan to document against, and the draft.

use std::collections::HashMap;

use kjent_core::command::VisitDraft;
use kjent_core::ids::{ClientId, GoalId, InterventionId, VisitId};
use kjent_core::oslo;
use kjent_core::plan::{Goal, GoalStatus, Intervention, Part};
use kjent_core::view::{VisitGoalView, VisitInterventionView, VisitState, VisitView};
use uuid::Uuid;

use super::plan::called;
use super::today::PlannedRow;
use crate::write::draft::{self, DraftKind};
use crate::{Tablet, TabletError};

impl Tablet {
    /// One visit with its draft.
    pub fn read_visit(&self, visit: VisitId) -> Result<VisitView, TabletError> {
        let row = self.visit_row(visit)?;
        let client = row.client;
        let view = self.visit_view(visit, row);
        let is_before = |view: &VisitView| view.mine && view.state == VisitState::Planned;
        let before_door = view.as_ref().is_ok_and(is_before);
        self.opened(client, before_door, view)
    }

    fn visit_view(&self, visit: VisitId, row: PlannedRow) -> Result<VisitView, TabletError> {
        self.check_reads_record(row.client)?;
        let profile = self.profile(row.client)?.value;
        let draft = draft::load::<VisitDraft>(&self.connection, DraftKind::Visit, visit.bytes())?;
        let (draft, saved_at) = match draft {
            Some((draft, saved)) => (draft, Some(oslo::local(saved))),
            None => (VisitDraft::default(), None),
        };
        let last_here = self.last_here(row.client)?;
        let state = self.visit_state(visit)?;
        let before = match state {
            VisitState::Planned | VisitState::UnderWay { .. } => {
                Some(self.before_door(row.client, &profile, last_here)?)
            }
            VisitState::Cancelled { .. }
            | VisitState::Finished { .. }
            | VisitState::NotMet { .. } => None,
        };
        let goes = self.goes(&row, &self.bars(row.client)?)?;
        let interventions = self.visit_interventions(row.client, &row.interventions)?;
        Ok(VisitView {
            visit,
            client: row.client,
            called: called(&profile),
            name: profile.name,
            starts: oslo::local(row.starts),
            minutes: row.minutes,
            mine: goes.mine,
            to_give: goes.to_give(&state),
            worker_name: goes.worker_name,
            taken_over: goes.taken_over,
            erased: self.lost_report(visit, &state)?,
            wrong_person: self.report_of_wrong_person(visit, &state)?,
            state,
            before,
            unplanned: row.unplanned,
            what_matters: self.what_matters_words(row.client)?,
            critical: self.critical(row.client)?,
            important: self.important(row.client, last_here)?,
            goals: self.visit_goals(row.client, &interventions)?,
            interventions,
            links: self.links(row.client)?,
            draft,
            saved_at,
        })
    }

    pub(super) fn visit_interventions(
        &self,
        client: ClientId,
        planned: &[InterventionId],
    ) -> Result<Vec<VisitInterventionView>, TabletError> {
        let mut known: HashMap<Uuid, Intervention> = self
            .plan(client, Part::Interventions)?
            .into_iter()
            .map(|object| (object.id, object.value))
            .collect();
        let (_, profession) = self.name_and_profession(self.identity.worker);
        Ok(planned
            .iter()
            .filter_map(|id| {
                let intervention = known.remove(&id.0)?;
                Some(VisitInterventionView {
                    intervention: *id,
                    title: intervention.title,
                    how: intervention.how,
                    why: intervention.why,
                    goal: intervention.goal,
                    asks_for: Some(intervention.competence)
                        .filter(|competence| !competence.fits(&profession)),
                })
            })
            .collect())
    }

    fn visit_goals(
        &self,
        client: ClientId,
        interventions: &[VisitInterventionView],
    ) -> Result<Vec<VisitGoalView>, TabletError> {
        let served: Vec<GoalId> = interventions.iter().filter_map(|one| one.goal).collect();
        self.plan::<Goal>(client, Part::Goals)?
            .into_iter()
            .filter(|goal| goal.value.status == GoalStatus::Active)
            .filter(|goal| served.contains(&GoalId(goal.id)))
            .map(|goal| {
                let last = self.marks(client, GoalId(goal.id), 1)?.pop();
                Ok(VisitGoalView {
                    goal: GoalId(goal.id),
                    title: goal.value.title,
                    last: last.map(|mark| mark.said.direction),
                })
            })
            .collect()
    }
}
