//! What screens read: views made from the projection, never from a document.

mod carers;
mod client;
mod clients;
mod decisions;
mod erased;
mod gaps;
mod goals;
mod journal;
mod late;
mod left;
mod older;
mod people;
mod plan;
mod readiness;
mod receipts;
mod search;
mod since;
mod sync;
mod today;
mod visit;
