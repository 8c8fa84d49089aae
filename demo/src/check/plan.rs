//! Checks of decisions, goals, reviews and interventions.

use std::collections::BTreeSet;

use kjent_core::fact::{Direction, GoalAttainment, NotDoneReason, ProgressSource};
use kjent_core::plan::{
    Competence, ExpressedBy, GoalStatus, InterventionCategory, LegalBasis, NeedArea, Recurrence,
    ServiceType,
};

use super::{Checker, unknown};
use crate::data::{ClientFile, GoalData, weekday};
use crate::fault::Fault;

pub fn decisions(check: &mut Checker<'_>, data: &ClientFile) {
    if data.decisions.is_empty() {
        check.fault("decisions", Fault::NoneAtAll);
    }
    let mut keys = BTreeSet::new();
    for (index, decision) in data.decisions.iter().enumerate() {
        let field = |name: &str| format!("decisions[{index}].{name}");
        check.key(field("key"), &decision.key, &mut keys);
        check.code(field("service"), unknown!(decision.service, ServiceType));
        for (name, text) in [
            ("caseworker", &decision.caseworker),
            ("content", &decision.content),
            ("scope", &decision.scope),
            ("purpose", &decision.purpose),
            ("client_goal", &decision.client_goal),
            ("reasons", &decision.reasons),
            ("legal_basis", &decision.legal_basis),
        ] {
            check.text(field(name), text);
        }
        let (days, at) = (decision.days, field("days"));
        check.order(&at, ("the application", days.applied), ("the decision", days.decided));
        check.order(&at, ("the decision", days.decided), ("the first day", days.from));
        check.order(&at, ("the first day", days.from), ("the last day", days.to));
    }
}

pub fn goals(check: &mut Checker<'_>, data: &ClientFile) {
    if data.goals.is_empty() {
        check.fault("goals", Fault::NoneAtAll);
    }
    let mut keys = BTreeSet::new();
    for (index, goal) in data.goals.iter().enumerate() {
        let field = |name: &str| format!("goals[{index}].{name}");
        check.key(field("key"), &goal.key, &mut keys);
        check.text(field("title"), &goal.title);
        check.code(field("expressed_by"), unknown!(goal.expressed_by, ExpressedBy));
        check.code(field("status"), unknown!(goal.status, GoalStatus));
        if let Some(own_part) = &goal.own_part {
            check.text(field("own_part"), own_part);
        }
        if let Some(key) = &goal.conversation {
            let keys = data.conversations.iter().map(|conversation| &conversation.key);
            check.reference(field("conversation"), "conversation", key, keys);
        }
        if let Some(area) = &goal.need_area {
            check.code(field("need_area"), unknown!(area, NeedArea));
        }
        progress(check, data, goal, &field("progress"));
        for (index, told) in goal.evaluations.iter().enumerate() {
            let part = |name: &str| field(&format!("evaluations[{index}].{name}"));
            check.past(part("day"), told.day);
            check.code(part("outcome"), unknown!(told.outcome, GoalAttainment));
            check.text(part("words"), &told.words);
            check.text(part("client_view"), &told.client_view);
        }
    }
}

pub fn reviews(check: &mut Checker<'_>, data: &ClientFile) {
    for (index, review) in data.reviews.iter().enumerate() {
        let field = |name: &str| format!("reviews[{index}].{name}");
        check.past(field("day"), review.day);
        check.text(field("words"), &review.words);
        check.order(&field("next"), ("the review", review.day), ("the next one", review.next));
    }
}

fn progress(check: &mut Checker<'_>, data: &ClientFile, goal: &GoalData, list: &str) {
    let conversation = goal.conversation.as_ref().and_then(|key| data.conversation(key));
    for (index, progress) in goal.progress.iter().enumerate() {
        let field = |name: &str| format!("{list}[{index}].{name}");
        let [first, last] = progress.days;
        check.order(&field("days"), ("the first day", first), ("the last day", last));
        check.past(field("days"), last);
        if let Some(conversation) = conversation {
            let asked = ("the conversation", conversation.day);
            check.order(&field("days"), asked, ("the progress", first));
        }
        check.code(field("direction"), unknown!(progress.direction, Direction));
        check.code(field("source"), unknown!(progress.source, ProgressSource));
        check.texts(&field("words"), &progress.words);
    }
}

pub fn interventions(check: &mut Checker<'_>, data: &ClientFile) {
    if data.interventions.is_empty() {
        check.fault("interventions", Fault::NoneAtAll);
    }
    let mut keys = BTreeSet::new();
    for (index, intervention) in data.interventions.iter().enumerate() {
        let field = |name: &str| format!("interventions[{index}].{name}");
        check.key(field("key"), &intervention.key, &mut keys);
        for (name, text) in [
            ("title", &intervention.title),
            ("how", &intervention.how),
            ("why", &intervention.why),
            ("schedule", &intervention.schedule),
        ] {
            check.text(field(name), text);
        }
        check.code(field("competence"), unknown!(intervention.competence, Competence));
        if let Some(category) = &intervention.category {
            check.code(field("category"), unknown!(category, InterventionCategory));
        }
        if let Some(area) = &intervention.need_area {
            check.code(field("need_area"), unknown!(area, NeedArea));
        }
        if let Some(basis) = &intervention.legal_basis {
            check.code(field("legal_basis"), unknown!(basis, LegalBasis));
        }
        if let Some(purpose) = &intervention.purpose {
            check.text(field("purpose"), purpose);
        }
        if let Some(rule) = &intervention.recurrence
            && format!("DTSTART:20260101 {rule}").parse::<Recurrence>().is_err()
        {
            check.fault(field("recurrence"), Fault::NotARecurrence(rule.clone()));
        }
        if let Some(goal) = &intervention.goal {
            let keys = data.goals.iter().map(|goal| &goal.key);
            check.reference(field("goal"), "goal", goal, keys);
        }
        let decisions = data.decisions.iter().map(|decision| &decision.key);
        check.reference(field("decision"), "decision", &intervention.decision, decisions);
        for day in intervention.days.iter().filter(|day| weekday(day).is_none()) {
            check.fault(field("days"), Fault::NotAWeekday(day.clone()));
        }
        for reason in &intervention.not_done {
            check.code(field("not_done"), unknown!(reason, NotDoneReason));
        }
        if let Some(readings) = &intervention.readings {
            if !readings.text.contains("{}") {
                check.fault(field("readings.text"), Fault::NoPlaceForValue);
            }
            if readings.values.is_empty() {
                check.fault(field("readings.values"), Fault::NoneAtAll);
            }
        }
        let key = &intervention.key;
        if !data.visits.iter().any(|visit| visit.interventions.contains(key)) {
            check.fault(field("key"), Fault::NeverDone(key.clone()));
        }
    }
}
