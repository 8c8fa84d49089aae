//! `POST /v1/sync`.

mod authentication;
mod bodies;
mod cost;
mod filling;
mod hostile;
mod late;
mod moving;
mod pull;
mod push;
mod receipts;
mod refusals;
mod retention;
