//! What screens read: views made from the projection, never from a document.

mod before_door;
mod carers;
mod client;
mod clients;
mod curves;
mod decisions;
mod erased;
mod goals;
mod handover;
mod incidents;
mod journal;
mod late;
mod left;
mod note;
mod older;
mod plan;
mod readiness;
mod receipts;
mod search;
mod since;
mod sync;
mod threads;
mod today;
mod unplanned;
mod visit;
mod visit_change;
