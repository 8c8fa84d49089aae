//! The table: which role edits which part of the plan.
//!
//! Facts are not in it: everyone in the team documents. A primary contact or service lead edits
//! their own client's plan whatever their profession.

use crate::plan::Part;
use crate::team::Role;

/// Whether a role edits a part; `responsible` is true for the client's primary contact and service
/// lead.
pub fn may_edit(role: &Role, responsible: bool, part: Part) -> bool {
    use Part::{Client, Contacts, CriticalInfo, Decisions, Goals, Interventions, Visits};
    match role {
        Role::TeamLead => true,
        Role::Nurse => !matches!(part, Decisions | Visits),
        Role::Therapist => matches!(part, Goals | Interventions | CriticalInfo),
        Role::Planner => matches!(part, Visits),
        Role::Helper => responsible && matches!(part, Client | Contacts | Goals | Interventions),
        Role::Unknown(_) => false,
    }
}

/// The profile's fields that say who is responsible for the client.
pub const APPOINTMENTS: [&str; 8] = [
    "primary_contact",
    "primary_contact_from",
    "primary_contact_to",
    "primary_contact_phone",
    "service_lead",
    "service_lead_from",
    "service_lead_to",
    "service_lead_phone",
];

/// Whether a role appoints who is responsible. Nobody does it of being responsible: a role is not
/// handed on by the one who has it.
pub fn may_appoint(role: &Role) -> bool {
    matches!(role, Role::TeamLead | Role::Nurse)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row a role, one column a part in the order of `PARTS`; `r` needs responsibility.
    const TABLE: [(Role, [char; 7]); 5] = [
        (Role::Helper, ['r', 'r', '-', '-', 'r', 'r', '-']),
        (Role::Nurse, ['x', 'x', 'x', '-', 'x', 'x', '-']),
        (Role::Therapist, ['-', '-', 'x', '-', 'x', 'x', '-']),
        (Role::TeamLead, ['x', 'x', 'x', 'x', 'x', 'x', 'x']),
        (Role::Planner, ['-', '-', '-', '-', '-', '-', 'x']),
    ];
    const PARTS: [Part; 7] = [
        Part::Client,
        Part::Contacts,
        Part::CriticalInfo,
        Part::Decisions,
        Part::Goals,
        Part::Interventions,
        Part::Visits,
    ];

    #[test]
    fn the_table_is_what_it_says() {
        for (role, cells) in &TABLE {
            for (part, cell) in PARTS.iter().zip(cells) {
                assert_eq!(may_edit(role, false, *part), *cell == 'x', "{role:?} {part:?}");
                assert_eq!(may_edit(role, true, *part), *cell != '-', "{role:?} {part:?}");
            }
        }
        assert!(!may_edit(&Role::from_code("newer"), true, Part::Goals));
        for role in Role::ALL {
            let expected = matches!(role, Role::TeamLead | Role::Nurse);
            assert_eq!(may_appoint(role), expected, "{role:?}");
        }
    }
}
