//! What is asked most of the table of rights, in the words of those who ask.

use super::rights::{Deed, Right, may};
use crate::plan::Part;
use crate::team::Role;

/// Whether a role edits a part; `responsible` is true for the client's primary contact and service
/// lead.
pub fn may_edit(role: &Role, responsible: bool, part: Part) -> bool {
    may(&Right::EditPart(part), role, responsible)
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
    may(&Right::Do(Deed::Appoint), role, false)
}
