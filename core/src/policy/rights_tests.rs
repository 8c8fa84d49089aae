//! The table cell by cell, as it was agreed, and every row of it asked through the rules that tablet
//! and server run.

use uuid::Uuid;

use super::*;
use crate::ids::{ClientId, FactId, WorkerId};
use crate::policy::{APPOINTMENTS, Act, Amended, AmendedBy, Move, Refusal, Writer, check};

/// Every right with its cells, in the order of `COLUMNS`: helper, nurse, therapist, planner, team
/// lead, break-glass.
const AGREED: &str = "
    read client                                  xxxxxx
    read contacts                                xxx-xx
    read critical_info                           xxx-xx
    read decisions                               xxxxxx
    read goals                                   xxx-xx
    read interventions                           xxx-xx
    read visits                                  xxxxxx
    edit client                                  rx--x-
    edit contacts                                rx--x-
    edit critical_info                           -xx-x-
    edit decisions                               ----x-
    edit goals                                   rxx-x-
    edit interventions                           rxx-x-
    edit visits                                  ---xx-
    read visit_report                            xxx-xx
    read note                                    xxx-xx
    read what_matters                            xxx-xx
    read goal_progress                           xxx-xx
    read plan_change                             xxx-xx
    read plan_proposal                           xxx-xx
    read proposal_declined                       xxx-xx
    read delivery_explained                      xxxxxx
    read visit_taken_over                        xxxxxx
    read visit_given_back                        xxxxxx
    read visit_cancelled                         xxxxxx
    read visit_reinstated                        xxxxxx
    read missed_contact                          xxx-xx
    read resisted_care                           xxx-xx
    read observations                            xxx-xx
    read incident                                xxx-xx
    read incident_step                           xxx-xx
    read wrong_person                            xxx-xx
    read handover                                xxx-xx
    read handover_accepted                       xxx-xx
    read goal_evaluation                         xxx-xx
    read plan_review                             xxx-xx
    read consent                                 xxx-xx
    read consent_withdrawn                       xxx-xx
    read capacity_assessment                     xxx-xx
    read contact_logged                          xxx-xx
    read restriction                             xxx-xx
    read restriction_ended                       xxx-xx
    read entry_readers                           xxx-xx
    read entry_restricted                        xxx-xx
    read entry_restriction_ended                 xxx-xx
    write visit_report                           xxx-x-
    write note                                   xxx-xx
    write what_matters                           xxx-x-
    write goal_progress                          xxx-x-
    write plan_change                            rxx-x-
    write plan_proposal                          xxx-x-
    write proposal_declined                      rxx-x-
    write delivery_explained                     xxxxx-
    write visit_taken_over                       xxx-x-
    write visit_given_back                       xxx-x-
    write visit_cancelled                        xxxxx-
    write visit_reinstated                       xxxxx-
    write missed_contact                         xxx-x-
    write resisted_care                          xxx-x-
    write observations                           xxx-x-
    write incident                               xxxxxx
    write incident_step                          -x--x-
    write wrong_person                           xxx-xx
    write handover                               xxx-x-
    write handover_accepted                      xxx-x-
    write goal_evaluation                        rxx-x-
    write plan_review                            rxx-x-
    write consent                                xxx-x-
    write consent_withdrawn                      xxx-x-
    write capacity_assessment                    xxx-x-
    write contact_logged                         xxxxx-
    write restriction                            rxr-x-
    write restriction_ended                      rxr-x-
    write entry_readers                          xxx-x-
    write entry_restricted                       xxx-x-
    write entry_restriction_ended                xxx-x-
    take an incident to assessed                 -x--x-
    take an incident to acted                    -x--x-
    take an incident to measured                 -x--x-
    take an incident to closed                   ----x-
    read a protected address on any day          ----x-
    read the list of late work                   ----x-
    read the list of gaps in responsibility      ----x-
    appoint primary contact and service lead     -x--x-
    correct an own entry                         xxx-xx
    put right a colleague's measurement          xxx-x-
    correct a colleague's entry                  ------
    restrict an own entry                        xxx-x-
    restrict a colleague's entry                 rxr-x-
    open a client by break-glass                 xxx-xx
    review break-glass                           ----x-
";

fn agreed() -> Vec<(&'static str, &'static str)> {
    let lines = AGREED.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(name, cells)| (name.trim(), cells))
        .collect()
}

#[test]
fn every_right_has_its_row_and_every_cell_is_as_agreed() {
    let table: Vec<(String, String)> = Right::all()
        .iter()
        .map(|right| {
            let signs = COLUMNS.iter().map(|role| right.cell(role).sign()).collect();
            (right.name(), signs)
        })
        .collect();
    let table: Vec<(&str, &str)> =
        table.iter().map(|(name, cells)| (name.as_str(), cells.as_str())).collect();
    assert_eq!(table, agreed());
    for right in Right::all() {
        assert_eq!(right.cell(&Role::from_code("newer")), Cell::Lacks, "{right:?}");
    }
    // A role that has no column would silently have nothing.
    for role in Role::ALL {
        assert!(COLUMNS.contains(role), "{role}");
    }
}

/// An act that takes the right and no other; none for a right that is not an act in a document.
fn act(right: &Right, me: WorkerId, client: ClientId) -> Option<Act> {
    let fact = FactId(Uuid::from_u128(1));
    let add = |kind: FactKind, step, by: Option<WorkerId>| Act::AddFact {
        fact,
        author: me,
        about: client,
        in_right_document: true,
        kind,
        step,
        amends: by.map(|by| Amended { fact, by: Some(AmendedBy::Worker(by)) }),
        moves: Move::No,
    };
    let colleague = WorkerId(Uuid::from_u128(99));
    let edit = |part, field: Option<&str>| Act::EditPlan {
        part,
        object: Uuid::nil(),
        field: field.map(str::to_owned),
    };
    Some(match right {
        Right::EditPart(part) => edit(*part, None),
        Right::WriteFact(kind) => add(kind.clone(), None, None),
        Right::StepIncident(step) => add(FactKind::IncidentStep, Some(step.clone()), None),
        Right::Do(Deed::Appoint) => edit(Part::Client, Some(APPOINTMENTS[0])),
        Right::Do(Deed::CorrectOwn) => add(FactKind::Note, None, Some(me)),
        Right::Do(Deed::CorrectOthers) => add(FactKind::Note, None, Some(colleague)),
        Right::Do(Deed::RestrictOwn) => add(FactKind::EntryRestricted, None, Some(me)),
        Right::Do(Deed::RestrictOthers) => add(FactKind::EntryRestricted, None, Some(colleague)),
        Right::Do(Deed::CorrectMeasurement) => add(FactKind::Observations, None, Some(colleague)),
        Right::ReadPart(_) | Right::ReadFact(_) | Right::Do(_) => return None,
    })
}

#[test]
fn the_rules_let_a_role_do_what_its_cell_says_and_nothing_else() {
    let (me, client) = (WorkerId(Uuid::from_u128(7)), ClientId(Uuid::from_u128(8)));
    let mut asked = 0;
    for right in Right::all() {
        let Some(act) = act(&right, me, client) else { continue };
        for role in &COLUMNS {
            for responsible in [false, true] {
                let writer = Writer { worker: me, role: Some(role.clone()), responsible };
                let outcome = check(&act, &writer, client);
                assert_eq!(
                    outcome.is_ok(),
                    may(&right, role, responsible),
                    "{} as {role}, responsible: {responsible}: {outcome:?}",
                    right.name()
                );
                asked += 1;
            }
        }
        let outside = Writer { worker: me, role: None, responsible: true };
        assert_eq!(check(&act, &outside, client), Err(Refusal::NotYourTeam));
    }
    assert!(asked > 400, "{asked}");
}

#[test]
fn what_was_erased_may_be_corrected_by_its_author_who_is_not_known_any_more() {
    let (me, client) = (WorkerId(Uuid::from_u128(7)), ClientId(Uuid::from_u128(8)));
    let fact = FactId(Uuid::from_u128(1));
    for (by, expected) in [(Some(AmendedBy::Erased), Ok(())), (None, Err(Refusal::NotYourEntry))] {
        let act = Act::AddFact {
            fact,
            author: me,
            about: client,
            in_right_document: true,
            kind: FactKind::Note,
            step: None,
            amends: Some(Amended { fact, by }),
            moves: Move::No,
        };
        let writer = Writer { worker: me, role: Some(Role::Helper), responsible: false };
        assert_eq!(check(&act, &writer, client), expected, "{by:?}");
    }
}

#[test]
fn the_printed_table_has_a_line_a_right_and_one_for_each_act_of_the_office() {
    let text = printed(&["import", "erase"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + Right::all().len() + 2 + 2);
    assert!(lines[0].contains("break_glass") && lines[0].ends_with("office"));
    let closing = lines.iter().find(|line| line.starts_with("take an incident to closed"));
    let cells: Vec<&str> = closing.into_iter().flat_map(|line| line.split(' ')).collect();
    let cells: Vec<&&str> = cells.iter().filter(|it| it.len() == 1).collect();
    assert_eq!(cells, [&"-", &"-", &"-", &"-", &"x", &"-", &"-"]);
    assert!(text.contains("kjent-server erase"));
}
