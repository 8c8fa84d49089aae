//! A client's care document: profile, decisions, conversations, goals and interventions, each
//! written by the one and at the time that it would have been.

use std::collections::BTreeMap;

use kjent_core::clinical::ScaleTwoOrder;
use kjent_core::document::{DocumentRef, Edit};
use kjent_core::fact::{
    Discussed, DiscussedWith, FactBody, GoalEvaluation, GoalProgress, PlanReview, ProgressSource,
    WhatMatters,
};
use kjent_core::ids::FactId;
use kjent_core::oslo;
use kjent_core::plan::decision::{Information, SourceDocument};
use kjent_core::plan::{
    Client, ClientLimits, Contact, CriticalInfo, Decision, DecisionOutcome, Goal, GoalStatus,
    Intervention, InterventionStatus, NeedArea, NeedsAndStrengths, Part, ServiceType,
};
use kjent_core::time::Timestamp;
use uuid::Uuid;

use super::GenerateError;
use super::entry::Entry;
use super::ledger::Ledger;
use super::schedule::Visit;
use super::world::World;
use crate::data::{ClientFile, ConversationData, GoalData, InterventionData, date};
use crate::names;

/// Oslo's rates of 2019, as annex 2 of the standard prints them.
const COPAYMENT_BANDS: [&str; 4] = [
    "0-193766: 35/h 210/month",
    "193766-290649: 76/h 7600/year",
    "290649-387532: 194/h 19400/year",
    "387532-: 319/h 31900/year",
];

/// Writes it all.
pub fn write(
    world: &World<'_>,
    key: &str,
    client: &ClientFile,
    visits: &[Visit<'_>],
    ledger: &mut Ledger<'_>,
) -> Result<(), GenerateError> {
    let care = Care { world, key, client, visits };
    care.profile(ledger)?;
    care.decisions(ledger)?;
    care.conversations(ledger)?;
    care.goals(ledger)?;
    care.interventions(ledger)?;
    care.reviews(ledger)
}

fn with_client() -> Discussed {
    Discussed { with: DiscussedWith::Client, words: String::new() }
}

struct Care<'a> {
    world: &'a World<'a>,
    key: &'a str,
    client: &'a ClientFile,
    visits: &'a [Visit<'a>],
}

impl<'a> Care<'a> {
    fn document(&self) -> DocumentRef {
        DocumentRef::care(names::client(self.key))
    }

    /// The day when the client came to the team: with the first decision, or before the history.
    fn first_day(&self) -> i64 {
        let decided = self.client.decisions.iter().map(|decision| decision.days.decided).min();
        decided.unwrap_or(0).min(self.world.first_day() - 7)
    }

    fn profile(&self, ledger: &mut Ledger<'_>) -> Result<(), GenerateError> {
        let file = self.client;
        let people = &file.people;
        let areas = |words: &BTreeMap<String, String>| {
            let areas = words.iter();
            areas.map(|(code, words)| (NeedArea::from_code(code), words.clone())).collect()
        };
        let worker = |key: &str| Some(self.world.worker(key));
        let client = Client {
            name: file.name.clone(),
            called: file.called.clone(),
            national_number: file.national_number.parse().ok(),
            birth_date: date(&file.birth_date),
            address: file.address.clone(),
            postal_place: file.postal_place.clone(),
            phone: file.phone.clone(),
            entry: Some(file.entry.clone()),
            missed_contact_plan: file.missed_contact_plan.clone(),
            house_rules: file.house_rules.clone(),
            language: file.language.clone(),
            about_me: Some(file.about_me.clone()),
            strengths: Some(file.strengths.clone()),
            gp: file.gp.clone(),
            gp_unknown: file.gp.is_none().then_some(true),
            primary_contact: worker(&file.primary_contact),
            primary_contact_from: Some(self.world.day(self.first_day())),
            primary_contact_to: people.primary_contact_to.map(|day| self.world.day(day)),
            primary_contact_phone: people.primary_contact_phone.clone(),
            service_lead: worker(&file.service_lead),
            spo2_scale2_order: self.scale_two_order(),
            limits: ClientLimits(file.limits.clone()),
            service_lead_from: Some(self.world.day(self.first_day())),
            self_description: people.self_description.clone(),
            key: people.key.clone(),
            interpreter: people.interpreter.clone(),
            interpreter_words: people.interpreter_words.clone(),
            personality: people.personality.clone(),
            life_story: people.life_story.clone(),
            health: people.health.clone(),
            social: people.social.clone(),
            interests: people.interests.clone(),
            areas: NeedsAndStrengths {
                needs: areas(&people.needs),
                strengths: areas(&people.strengths),
            },
            ..Client::default()
        };
        let mut edits = Edit::make(Part::Client, Uuid::nil(), &client)?;
        for contact in &file.contacts {
            let id = names::contact(self.key, &contact.name);
            let mandate_day = |index: usize| {
                let days = contact.mandate_days.as_ref();
                days.and_then(|days| days.get(index)).map(|day| self.world.day(*day))
            };
            let contact = Contact {
                relation: contact.relation.clone(),
                phone: contact.phone.clone(),
                has_key: contact.has_key,
                mandate: contact.mandate.clone(),
                mandate_from: mandate_day(0),
                mandate_to: mandate_day(1),
                mandate_document: contact.mandate_document.clone(),
                contributes: contact.contributes.clone(),
                own_needs: contact.own_needs.clone(),
                burden: contact.burden.clone(),
                respite_considered: contact.respite_considered.map(|day| self.world.day(day)),
                ..Contact::new(contact.name.clone(), contact.role.clone())
            };
            edits.extend(Edit::make(Part::Contacts, id.0, &contact)?);
        }
        for critical in &file.critical {
            let id = names::critical(self.key, &critical.label);
            let critical = CriticalInfo {
                kind: critical.kind.clone(),
                label: critical.label.clone(),
                details: critical.details.clone(),
                since: critical.since.map(|day| self.world.day(day)),
                source: critical.source.clone(),
                ended: None,
            };
            edits.extend(Edit::make(Part::CriticalInfo, id.0, &critical)?);
        }
        let at = self.world.at(self.first_day(), "09:10");
        ledger.add(self.document(), at, &self.world.data.team.lead, edits);
        Ok(())
    }

    fn scale_two_order(&self) -> Option<ScaleTwoOrder> {
        let order = self.client.scale_two_order.as_ref()?;
        ScaleTwoOrder::new(self.world.day(order.day), &order.doctor).ok()
    }

    fn decisions(&self, ledger: &mut Ledger<'_>) -> Result<(), GenerateError> {
        for decision in &self.client.decisions {
            let days = decision.days;
            let is_assistance = decision.service == ServiceType::PracticalAssistance;
            let bands = COPAYMENT_BANDS.iter().filter(|_| decision.copayment);
            let value = Decision {
                service: decision.service.clone(),
                outcome: Some(DecisionOutcome::Granted),
                title: Some("VEDTAK OM HELSE- OG OMSORGSTJENESTER".into()),
                case_number: decision.case_number.clone(),
                your_ref: None,
                disclosure_marking: Some("Unntatt offentlighet, offentleglova § 13".into()),
                decided_on: Some(self.world.day(days.decided)),
                applied_on: Some(self.world.day(days.applied)),
                received_on: Some(self.world.day(days.decided + 2)),
                reassess_at_expiry: Some(true),
                granted_visits: decision.granted.map(|granted| granted.visits),
                granted_days: decision.granted.map(|granted| granted.days),
                granted_minutes: decision.granted.and_then(|granted| granted.minutes),
                agreed_later: Some(
                    if is_assistance { "tidspunkt" } else { "innhold og tidspunkt" }.into(),
                ),
                sources: vec![SourceDocument {
                    date: self.world.day(days.decided - 1),
                    what: "Hjemmebesøksrapport".into(),
                    author: decision.caseworker.clone(),
                    attached: false,
                }],
                information: Information::ALL.to_vec(),
                supplier: Some("kommunen".into()),
                supplier_chosen_on: Some(self.world.day(days.decided)),
                copayment_bands: bands.filter_map(|band| band.parse().ok()).collect(),
                appeal: Some("Klagefristen er fire uker fra vedtaket kom fram til deg.".into()),
                caseworker_title: Some("saksbehandler".into()),
                caseworker_phone: None,
                decided_by: Some("Torunn Øverby".into()),
                decided_by_title: Some("seksjonsleder".into()),
                attachments: None,
                valid_from: self.world.day(days.from),
                valid_to: self.world.day(days.to),
                content: decision.content.clone(),
                scope: decision.scope.clone(),
                purpose: decision.purpose.clone(),
                client_goal: decision.client_goal.clone(),
                reasons: decision.reasons.clone(),
                legal_basis: decision.legal_basis.clone(),
                copayment: decision.copayment,
                caseworker: decision.caseworker.clone(),
            };
            let id = names::decision(self.key, &decision.key);
            let edits = Edit::make(Part::Decisions, id.0, &value)?;
            let at = self.world.at(days.decided, "13:40");
            ledger.add(self.document(), at, &self.world.data.team.lead, edits);
        }
        Ok(())
    }

    fn conversations(&self, ledger: &mut Ledger<'_>) -> Result<(), GenerateError> {
        for conversation in &self.client.conversations {
            let (at, by) = self.asked(conversation);
            let entry = Entry {
                client: names::client(self.key),
                worker: by,
                happened: at,
                written: at.plus_minutes(12),
                body: FactBody::WhatMatters(WhatMatters {
                    outcome: conversation.outcome.clone(),
                    words: conversation.words.clone(),
                    spoken_by: conversation.spoken_by.clone(),
                    judgement: conversation.judgement.clone(),
                    follow_up_on: conversation.follow_up.map(|day| self.world.day(day)),
                    participants: conversation.participants.clone(),
                }),
            };
            entry.add_as(self.conversation_id(conversation), self.world, ledger)?;
        }
        Ok(())
    }

    /// When the question was asked and by whom: on the visit that is nearest in time, by whoever
    /// had it; by the one in the file when there is none within an hour and a half.
    fn asked(&self, conversation: &'a ConversationData) -> (Timestamp, &'a str) {
        let at = self.world.at(conversation.day, &conversation.at);
        let here = self.visits.iter().filter(|visit| visit.key == self.key);
        here.filter(|visit| visit.day == conversation.day)
            .map(|visit| {
                let starts = self.world.moment(visit.day, visit.starts);
                let asked = starts.plus_minutes(i64::from(visit.pattern.minutes) * 2 / 3);
                (asked, visit.worker)
            })
            .filter(|(asked, _)| (asked.millis() - at.millis()).abs() <= 90 * 60_000)
            .min_by_key(|(asked, _)| (asked.millis() - at.millis()).abs())
            .unwrap_or((at, &conversation.by))
    }

    fn conversation_id(&self, conversation: &ConversationData) -> FactId {
        let name = format!("conversation/{}/{}", self.key, conversation.key);
        let (at, _) = self.asked(conversation);
        FactId::mint(at.plus_minutes(12), self.world.random(&name).bytes())
    }

    fn goals(&self, ledger: &mut Ledger<'_>) -> Result<(), GenerateError> {
        for goal in &self.client.goals {
            let id = names::goal(self.key, &goal.key);
            let (at, wish) = self.made(goal);
            let conversation = self.origin(goal).map(|origin| self.conversation_id(origin));
            let value = Goal {
                title: goal.title.clone(),
                expressed_by: goal.expressed_by.clone(),
                own_part: goal.own_part.clone(),
                due: goal.due.map(|day| self.world.day(day)),
                status: GoalStatus::Active,
                conversation,
                need_area: goal.need_area.clone(),
            };
            let editor = self.world.editor(self.client, Part::Goals, wish);
            let edits = Edit::make(Part::Goals, id.0, &value)?;
            ledger.add(self.document(), at, editor, edits);
            if goal.status != GoalStatus::Active {
                let day = goal.due.unwrap_or(-1).min(-1);
                let edit = Edit::SetField {
                    part: Part::Goals,
                    object: id.0,
                    field: "status".into(),
                    value: goal.status.code().into(),
                };
                let at = self.world.at(day, "14:50");
                ledger.add(self.document(), at, editor, vec![edit]);
            }
            self.progress(goal, ledger)?;
            for told in &goal.evaluations {
                let body = GoalEvaluation {
                    goal: id,
                    outcome: told.outcome.clone(),
                    goes_on: told.outcome.leaves_a_choice() && goal.status == GoalStatus::Active,
                    words: told.words.clone(),
                    client_view: told.client_view.clone(),
                    next: told.next.clone(),
                    discussed: with_client(),
                };
                self.told(&format!("evaluation/{}", goal.key), told.day, body.into(), ledger)?;
            }
        }
        Ok(())
    }

    fn reviews(&self, ledger: &mut Ledger<'_>) -> Result<(), GenerateError> {
        for told in &self.client.reviews {
            let body = PlanReview {
                discussed: with_client(),
                participants: told.participants.clone(),
                words: told.words.clone(),
                next_on: Some(self.world.day(told.next)),
            };
            self.told("review", told.day, body.into(), ledger)?;
        }
        Ok(())
    }

    /// What the primary contact writes after sitting down with the client.
    fn told(
        &self,
        what: &str,
        day: i64,
        body: FactBody,
        ledger: &mut Ledger<'_>,
    ) -> Result<(), GenerateError> {
        let at = self.world.at(day, "13:30");
        let entry = Entry {
            client: names::client(self.key),
            worker: &self.client.primary_contact,
            happened: at,
            written: at.plus_minutes(15),
            body,
        };
        let mut random = self.world.random(&format!("{what}/{}/{day}", self.key));
        entry.add(self.world, &mut random, ledger)
    }

    /// What relatives say comes on the telephone, not on a visit: a fact of its own.
    fn progress(&self, goal: &GoalData, ledger: &mut Ledger<'_>) -> Result<(), GenerateError> {
        let told = goal.progress.iter().filter(|told| told.source == ProgressSource::Relative);
        for (index, told) in told.enumerate() {
            let name = format!("progress/{}/{}/{index}", self.key, goal.key);
            let mut random = self.world.random(&name);
            for words in &told.words {
                let [first, last] = told.days;
                let day = random.between((first + 1).min(last), last);
                let at = self.world.at(day, "14:20").plus_minutes(random.between(0, 35));
                let entry = Entry {
                    client: names::client(self.key),
                    worker: &self.client.primary_contact,
                    happened: at,
                    written: at.plus_minutes(4),
                    body: FactBody::GoalProgress(GoalProgress {
                        goal: names::goal(self.key, &goal.key),
                        direction: told.direction.clone(),
                        source: told.source.clone(),
                        words: words.clone(),
                    }),
                };
                entry.add(self.world, &mut random, ledger)?;
            }
        }
        Ok(())
    }

    fn interventions(&self, ledger: &mut Ledger<'_>) -> Result<(), GenerateError> {
        for intervention in &self.client.interventions {
            let id = names::intervention(self.key, &intervention.key);
            let value = Intervention {
                title: intervention.title.clone(),
                how: Some(intervention.how.clone()),
                why: Some(intervention.why.clone()),
                // Words say what a recurrence can't.
                schedule: Some(intervention.schedule.clone())
                    .filter(|_| intervention.recurrence.is_none()),
                competence: intervention.competence.clone(),
                goal: None,
                decision: Some(names::decision(self.key, &intervention.decision)),
                status: InterventionStatus::Active,
                recurrence: intervention.recurrence.as_ref().map(|rule| {
                    let from = oslo::day(self.begun(intervention)).format("%Y%m%d");
                    format!("DTSTART:{from} {rule}")
                }),
                category: intervention.category.clone(),
                need_area: intervention.need_area.clone(),
                legal_basis: intervention.legal_basis.clone(),
                purpose: intervention.purpose.clone(),
                self_management: intervention.self_management.clone(),
            };
            let editor = self.world.editor(self.client, Part::Interventions, None);
            let edits = Edit::make(Part::Interventions, id.0, &value)?;
            ledger.add(self.document(), self.begun(intervention), editor, edits);
            // The goal comes out of the conversation, often later than the intervention.
            let goal = intervention.goal.as_ref();
            if let Some(goal) =
                goal.and_then(|key| self.client.goals.iter().find(|g| g.key == *key))
            {
                let edit = Edit::SetField {
                    part: Part::Interventions,
                    object: id.0,
                    field: "goal".into(),
                    value: names::goal(self.key, &goal.key).to_string().into(),
                };
                let at = self.made(goal).0.max(self.begun(intervention)).plus_minutes(5);
                ledger.add(self.document(), at, editor, vec![edit]);
            }
        }
        Ok(())
    }

    fn origin(&self, goal: &GoalData) -> Option<&'a ConversationData> {
        goal.conversation.as_ref().and_then(|key| self.client.conversation(key))
    }

    /// When the goal was made and who would write it: after its conversation by who asked, or with
    /// the plan.
    fn made(&self, goal: &GoalData) -> (Timestamp, Option<&'a str>) {
        match self.origin(goal) {
            Some(origin) => {
                let (at, by) = self.asked(origin);
                (at.plus_minutes(20), Some(by))
            }
            None => (self.world.at(self.first_day() + 2, "14:30"), None),
        }
    }

    /// When the intervention came into the plan: with its decision, or before the history.
    fn begun(&self, intervention: &InterventionData) -> Timestamp {
        let decision = self.client.decision(&intervention.decision);
        let decided = decision.map_or(0, |decision| decision.days.decided);
        self.world.at(decided.min(self.world.first_day() - 6), "14:10")
    }
}
