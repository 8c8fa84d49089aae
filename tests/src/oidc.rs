//! An identity provider, and a worker's browser at it.

mod browser;
mod provider;

pub use browser::{Browser, Visitor, client};
pub use provider::Provider;
