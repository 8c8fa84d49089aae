//! What the facts tell of the plan: evaluations, wordings, proposals, reviews; and the fields that
//! two tablets wrote at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use kjent_core::fact::{FactBody, Occasion};
use kjent_core::ids::{ClientId, FactId, GoalId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Currency, Part, Scalar, currency, untouched_visits};
use kjent_core::time::Timestamp;
use kjent_core::view::{
    ConflictView, EvaluationView, ProposalView, ReviewView, StandingView, WordingView,
};
use rusqlite::params;
use uuid::Uuid;

use super::goals::Mark;
use super::plan::{Standing, id};
use crate::{Tablet, TabletError};

/// What became of the client's goals.
#[derive(Default)]
pub(super) struct GoalHistory {
    pub evaluations: HashMap<Uuid, Vec<EvaluationView>>,
    pub wordings: HashMap<Uuid, Vec<WordingView>>,
    /// When somebody last wrote about a goal.
    touched: HashMap<Uuid, Timestamp>,
    /// When the client was visited, since the goal was touched that is longest untouched.
    visits: Vec<Timestamp>,
}

impl GoalHistory {
    /// How many visits there were since anybody noted how a goal goes.
    pub fn untouched(&self, goal: Uuid) -> u32 {
        untouched_visits(self.touched.get(&goal).copied(), self.visits.iter().copied())
    }

    fn touch(&mut self, goal: GoalId, at: Timestamp) {
        let last = self.touched.entry(goal.0).or_insert(at);
        *last = at.max(*last);
    }
}

/// A fact about the plan.
pub(super) struct PlanFact {
    fact: FactId,
    author: WorkerId,
    happened: Timestamp,
    body: FactBody,
}

impl Tablet {
    /// Evaluations, wordings and when goals were touched, newest first.
    pub(super) fn goal_history(
        &self,
        client: ClientId,
        facts: &[PlanFact],
        marks: &HashMap<Uuid, Vec<Mark>>,
    ) -> Result<GoalHistory, TabletError> {
        let mut history = GoalHistory::default();
        for fact in facts {
            let (by, at) = (self.worker_name(fact.author), oslo::local(fact.happened));
            match &fact.body {
                FactBody::GoalEvaluation(evaluation) => {
                    history.touch(evaluation.goal, fact.happened);
                    let of = history.evaluations.entry(evaluation.goal.0).or_default();
                    of.insert(0, EvaluationView { evaluation: evaluation.clone(), by, at });
                }
                FactBody::GoalProgress(progress) => history.touch(progress.goal, fact.happened),
                FactBody::PlanChange(change) if change.part == Part::Goals => {
                    if change.occasion == Occasion::Made {
                        history.touch(GoalId(change.object), fact.happened);
                    }
                    let title = change.fields.iter().find(|one| one.field == "title");
                    let was = title.map(|title| title.before.iter().chain(&title.put_aside));
                    let mut words: Vec<&str> =
                        was.into_iter().flatten().filter_map(Scalar::as_text).collect();
                    let now = title.and_then(|title| title.after.as_ref());
                    words.retain(|words| Some(*words) != now.and_then(Scalar::as_text));
                    words.dedup();
                    for words in words {
                        history.wordings.entry(change.object).or_default().insert(
                            0,
                            WordingView {
                                words: words.to_owned(),
                                changed_by: by.clone(),
                                at,
                                reason: change.reason.clone(),
                            },
                        );
                    }
                }
                _ => {}
            }
        }
        let mut since = Some(Timestamp::from_millis(i64::MAX));
        for (goal, marks) in marks {
            if let Some(newest) = marks.first() {
                history.touch(GoalId(*goal), newest.at);
            }
            since = since.min(history.touched.get(goal).copied());
        }
        // Before that, no visit counts for any of them.
        let since = since.unwrap_or(Timestamp::from_millis(i64::MIN));
        history.visits = self.visits_after(client, since)?;
        Ok(history)
    }

    /// When the client was visited after a moment.
    fn visits_after(
        &self,
        client: ClientId,
        after: Timestamp,
    ) -> Result<Vec<Timestamp>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT happened FROM standing_fact
             WHERE client = ?1 AND kind = 'visit_report' AND happened > ?2",
        )?;
        let rows = query.query_map(params![client.bytes(), after.millis()], |row| row.get(0))?;
        Ok(rows.map(|at| at.map(Timestamp::from_millis)).collect::<Result<_, _>>()?)
    }

    /// The proposals that nobody has answered, oldest first.
    pub(super) fn proposals(
        &self,
        client: ClientId,
        facts: &[PlanFact],
    ) -> Result<Vec<ProposalView>, TabletError> {
        let titles = self.titles(client)?;
        let mut answered = HashSet::new();
        let mut asked = Vec::new();
        for fact in facts {
            match &fact.body {
                FactBody::PlanProposal(proposal) => asked.push(ProposalView {
                    fact: fact.fact,
                    title: proposal.object.map(|object| titles.of(object)).unwrap_or_default(),
                    proposal: proposal.clone(),
                    by: self.worker_name(fact.author),
                    at: oslo::local(fact.happened),
                }),
                FactBody::PlanChange(change) => answered.extend(change.proposal),
                FactBody::ProposalDeclined(declined) => {
                    answered.insert(declined.proposal);
                }
                _ => {}
            }
        }
        asked.retain(|one| !answered.contains(&one.fact));
        Ok(asked)
    }

    /// The last time that the plan was gone through.
    pub(super) fn last_review(&self, facts: &[PlanFact]) -> Option<ReviewView> {
        facts.iter().rev().find_map(|fact| match &fact.body {
            FactBody::PlanReview(review) => Some(ReviewView {
                review: review.clone(),
                by: self.worker_name(fact.author),
                on: oslo::day(fact.happened),
            }),
            _ => None,
        })
    }

    /// Where the plan stands between its reviews.
    pub(super) fn currency(
        &self,
        client: ClientId,
        facts: &[PlanFact],
        today: NaiveDate,
    ) -> Result<Currency, TabletError> {
        let review = facts.iter().rev().find_map(|fact| match &fact.body {
            FactBody::PlanReview(review) => Some((fact.happened, review.next_on)),
            _ => None,
        });
        let since = review.map(|(at, _)| at);
        let concern = self.last_concern(client)?.filter(|told| since.is_some_and(|it| *told > it));
        Ok(currency(review.map(|(_, next)| next), concern.map(oslo::day), today))
    }

    /// Every field of the plan that has several values.
    pub(super) fn conflicts(&self, client: ClientId) -> Result<Vec<ConflictView>, TabletError> {
        let titles = self.titles(client)?;
        let mut query = self.connection.prepare_cached(
            "SELECT part, id, conflicts FROM plan_object
             WHERE client = ?1 AND conflicts IS NOT NULL ORDER BY part, id",
        )?;
        let rows = query.query_map([client.bytes()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, String>(2)?))
        })?;
        let mut conflicts = Vec::new();
        for row in rows {
            let (part, object, fields) = row?;
            let Some(part) = Part::CARE.into_iter().find(|one| one.key() == part) else { continue };
            let object = Uuid::from_slice(&object).map_err(|_| TabletError::Unreadable)?;
            let fields: BTreeMap<String, Vec<Standing>> = serde_json::from_str(&fields)?;
            for (field, values) in fields {
                let values = values.into_iter().map(|one| {
                    let value = Scalar::from_json(&one.value);
                    StandingView {
                        means: value.as_ref().and_then(|value| self.means(&field, value, &titles)),
                        value,
                        by: self.worker_name(one.by),
                        at: oslo::local(one.at),
                    }
                });
                let values = values.collect();
                let title = if part == Part::Client { String::new() } else { titles.of(object) };
                conflicts.push(ConflictView { part, object, title, field, values });
            }
        }
        Ok(conflicts)
    }

    /// What an id in a field stands for.
    fn means(
        &self,
        field: &str,
        value: &Scalar,
        titles: &super::journal::Titles,
    ) -> Option<String> {
        let text = value.as_text()?;
        match field {
            "primary_contact" | "service_lead" => {
                text.parse().ok().map(|worker| self.worker_name(worker))
            }
            "goal" | "decision" => text.parse().ok().map(|object| titles.of(object)),
            _ => None,
        }
    }

    /// The facts about the plan, oldest first.
    pub(super) fn plan_facts(&self, client: ClientId) -> Result<Vec<PlanFact>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_plan_facts.sql"))?;
        let rows = query.query_map([client.bytes()], |row| {
            let (fact, author) =
                (id(row, 0, FactId::from_bytes)?, id(row, 2, WorkerId::from_bytes)?);
            Ok((fact, row.get::<_, String>(1)?, author, row.get::<_, i64>(3)?, row.get(4)?))
        })?;
        let mut facts = Vec::new();
        for row in rows {
            let (fact, kind, author, happened, body): (_, _, _, _, Vec<u8>) = row?;
            // What can't be read is in `unreadable` and counted there.
            let Ok(body) = FactBody::from_bytes(&kind.as_str().into(), &body) else { continue };
            facts.push(PlanFact { fact, author, happened: Timestamp::from_millis(happened), body });
        }
        Ok(facts)
    }
}
