//! Checks of conversations, visits, events and phases.

use std::collections::BTreeSet;

use kjent_core::fact::ConversationOutcome;
use kjent_core::plan::VisitKind;

use super::{Checker, is_competent, unknown};
use crate::data::{ClientFile, TeamFile, clock, weekday};
use crate::fault::Fault;

pub fn conversations(check: &mut Checker<'_>, data: &ClientFile, team: &TeamFile) {
    use ConversationOutcome as O;
    if data.conversations.is_empty() {
        check.fault("conversations", Fault::NoneAtAll);
    }
    let mut keys = BTreeSet::new();
    for (index, conversation) in data.conversations.iter().enumerate() {
        let field = |name: &str| format!("conversations[{index}].{name}");
        check.key(field("key"), &conversation.key, &mut keys);
        check.past(field("day"), conversation.day);
        if clock(&conversation.at).is_none() {
            check.fault(field("at"), Fault::NotATime(conversation.at.clone()));
        }
        check.worker(field("by"), team, &conversation.by);
        check.text(field("judgement"), &conversation.judgement);
        check.code(field("outcome"), unknown!(conversation.outcome, O));
        let (spoken, by) = (!conversation.words.is_empty(), !conversation.spoken_by.is_empty());
        let problem = match &conversation.outcome {
            O::Answered if !spoken => Some("the client answered, and there are none"),
            O::NotAble if spoken && !by => Some("somebody spoke for the client, but who?"),
            O::Answered | O::Declined | O::Later if by => Some("nobody speaks for the client here"),
            O::Later if spoken => Some("the question was put off"),
            _ => None,
        };
        if let Some(problem) = problem {
            check.fault(field("words"), Fault::Words(problem));
        }
        if let Some(day) = conversation.follow_up {
            let asked = ("the conversation", conversation.day);
            check.order(&field("follow_up"), asked, ("its follow-up", day));
        }
    }
}

pub fn visits(check: &mut Checker<'_>, data: &ClientFile, team: &TeamFile) {
    if data.visits.is_empty() {
        check.fault("visits", Fault::NoneAtAll);
    }
    let mut keys = BTreeSet::new();
    for (index, visit) in data.visits.iter().enumerate() {
        let field = |name: &str| format!("visits[{index}].{name}");
        check.key(field("key"), &visit.key, &mut keys);
        check.code(field("kind"), unknown!(visit.kind, VisitKind));
        if clock(&visit.at).is_none() {
            check.fault(field("at"), Fault::NotATime(visit.at.clone()));
        }
        if !(5..=120).contains(&visit.minutes) {
            check.fault(field("minutes"), Fault::Minutes(visit.minutes));
        }
        for day in visit.days.iter().filter(|day| weekday(day).is_none()) {
            check.fault(field("days"), Fault::NotAWeekday(day.clone()));
        }
        if visit.workers.is_empty() {
            check.fault(field("workers"), Fault::NoneAtAll);
        }
        if visit.interventions.is_empty() {
            check.fault(field("interventions"), Fault::NoneAtAll);
        }
        for key in &visit.interventions {
            let keys = data.interventions.iter().map(|intervention| &intervention.key);
            check.reference(field("interventions"), "intervention", key, keys);
        }
        for (place, key) in visit.workers.iter().enumerate() {
            let field = field(&format!("workers[{place}]"));
            check.worker(field.as_str(), team, key);
            may(check, &field, data, team, key, &visit.interventions);
        }
    }
    for (index, swap) in data.swaps.iter().enumerate() {
        let field = |name: &str| format!("swaps[{index}].{name}");
        check.worker(field("worker"), team, &swap.worker);
        let visit = data.visits.iter().find(|visit| visit.key == swap.visit);
        match visit {
            Some(visit) => {
                may(check, &field("worker"), data, team, &swap.worker, &visit.interventions);
            }
            None => {
                let key = swap.visit.clone();
                check.fault(field("visit"), Fault::NoSuch { what: "visit", key });
            }
        }
    }
}

fn may(
    check: &mut Checker<'_>,
    field: &str,
    data: &ClientFile,
    team: &TeamFile,
    worker: &str,
    interventions: &[String],
) {
    let Some(worker) = team.worker(worker) else { return };
    for intervention in interventions.iter().filter_map(|key| data.intervention(key)) {
        if !is_competent(worker, &intervention.competence) {
            let (worker, intervention) = (worker.key.clone(), intervention.key.clone());
            check.fault(field, Fault::Competence { worker, intervention });
        }
    }
}

pub fn events(check: &mut Checker<'_>, data: &ClientFile, team: &TeamFile) {
    for (index, event) in data.events.iter().enumerate() {
        let field = |name: &str| format!("events[{index}].{name}");
        check.past(field("day"), event.day);
        if event.note().is_empty() {
            check.fault(field("observation"), Fault::Empty);
        }
        if event.follow_up.as_ref().is_some_and(|asked| asked.what.trim().is_empty()) {
            check.fault(field("follow_up.what"), Fault::Empty);
        }
        match (&event.visit, &event.at, &event.by) {
            (Some(key), None, None) => match data.visits.iter().find(|visit| visit.key == *key) {
                Some(visit) if !visit.days.is_empty() || visit.weeks.is_some() => {
                    check.fault(field("visit"), Fault::NotEveryDay(key.clone()));
                }
                Some(_) => {}
                None => {
                    let key = key.clone();
                    check.fault(field("visit"), Fault::NoSuch { what: "visit", key });
                }
            },
            (None, Some(at), Some(by)) => {
                if clock(at).is_none() {
                    check.fault(field("at"), Fault::NotATime(at.clone()));
                }
                check.worker(field("by"), team, by);
            }
            _ => check.fault(format!("events[{index}]"), Fault::EventWhere),
        }
    }
}

pub fn phases(check: &mut Checker<'_>, data: &ClientFile) {
    if data.phases.is_empty() {
        check.fault("phases", Fault::NoneAtAll);
    }
    for (index, phase) in data.phases.iter().enumerate() {
        let field = |name: &str| format!("phases[{index}].{name}");
        let [first, last] = phase.days;
        check.order(&field("days"), ("the first day", first), ("the last day", last));
        check.past(field("days"), last);
        if phase.observation.is_empty() {
            check.fault(field("observation"), Fault::NoneAtAll);
        }
        check.texts(&field("observation"), &phase.observation);
        check.texts(&field("judgement"), &phase.judgement);
        check.texts(&field("client_view"), &phase.client_view);
        check.texts(&field("further_plan"), &phase.further_plan);
        for key in &phase.visits {
            let keys = data.visits.iter().map(|visit| &visit.key);
            check.reference(field("visits"), "visit", key, keys);
        }
    }
}
