//! Checks of `team.toml`, and what a profession may do.

use std::collections::BTreeSet;

use kjent_core::plan::Competence;
use kjent_core::team::{Profession, Role};

use super::{Checker, unknown};
use crate::data::{TeamFile, WorkerData};
use crate::fault::{DataError, Fault};
use crate::source::SourceFile;

/// Whether a profession may do what an intervention asks.
pub fn is_competent(worker: &WorkerData, competence: &Competence) -> bool {
    use Profession as P;
    let nurse = matches!(worker.profession, P::Nurse | P::SocialEducator);
    let therapist = matches!(worker.profession, P::Physiotherapist | P::OccupationalTherapist);
    match competence {
        Competence::Anyone => true,
        Competence::Medicines => nurse || worker.profession == P::HealthcareWorker,
        Competence::Nurse => nurse,
        Competence::Therapist => therapist,
        Competence::Unknown(_) => false,
    }
}

/// Checks the team.
pub fn team(file: &SourceFile, team: &TeamFile, errors: &mut Vec<DataError>) {
    let mut check = Checker::new(file, errors);
    check.text("name", &team.name);
    check.text("key", &team.key);
    for (field, key, role, name) in [
        ("lead", &team.lead, Role::TeamLead, "team_lead"),
        ("planner", &team.planner, Role::Planner, "planner"),
    ] {
        check.worker(field, team, key);
        if team.worker(key).is_some_and(|worker| worker.role != role) {
            check.fault(field, Fault::WrongRole { worker: key.clone(), role: name });
        }
    }
    check.worker("main", team, &team.main);
    if team.workers.is_empty() {
        check.fault("workers", Fault::NoneAtAll);
    }
    let (mut keys, mut numbers) = (BTreeSet::new(), BTreeSet::new());
    for (index, worker) in team.workers.iter().enumerate() {
        let field = |name: &str| format!("workers[{index}].{name}");
        let number = &worker.employee_number;
        check.key(field("key"), &worker.key, &mut keys);
        if number.len() != 4 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            check.fault(field("employee_number"), Fault::NotAnEmployeeNumber(number.clone()));
        } else {
            check.key(field("employee_number"), number, &mut numbers);
        }
        check.text(field("name"), &worker.name);
        check.code(field("role"), unknown!(worker.role, Role));
        check.code(field("profession"), unknown!(worker.profession, Profession));
        check.past(field("member_from"), worker.member_from);
        let letters = |letter: u8| matches!(letter, b'D' | b'A' | b'-');
        if worker.roster.len() != 14 || !worker.roster.bytes().all(letters) {
            check.fault(field("roster"), Fault::Roster);
        }
    }
}
