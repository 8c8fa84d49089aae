//! What screens read: views made from the projection, never from a document.

mod carers;
mod client;
mod erased;
mod goals;
mod journal;
mod plan;
mod since;
mod sync;
mod today;
mod visit;
