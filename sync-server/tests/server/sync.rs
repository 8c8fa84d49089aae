//! `POST /v1/sync`.

mod authentication;
mod bodies;
mod hostile;
mod pull;
mod push;
mod refusals;
