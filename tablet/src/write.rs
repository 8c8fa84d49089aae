//! What a worker writes: one file per act, each one transaction.

mod conversation;
mod decision;
pub(crate) mod draft;
mod goal;
mod grant;
mod handover;
mod incident;
mod missed_contact;
pub(crate) mod note;
mod observations;
mod older;
mod people;
pub(crate) mod plan;
pub(crate) mod plan_draft;
mod read_mark;
mod resisted_care;
mod restricted_entry;
mod restriction;
mod review;
mod settle;
mod visit;
mod visit_change;
mod wrong_person;
