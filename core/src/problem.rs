//! What goes wrong, as it crosses IPC and HTTP: a code and its arguments, never a sentence.
//!
//! The UI has a sentence for every code in every language (`app/locales`). Arguments hold counts
//! and names of fields, never anything about a client.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// An error on its way to a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}")]
pub struct Problem {
    /// Which sentence: `wrong_pin`, `server_unreachable`, …
    pub code: String,
    /// What to put into it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Problem {
    /// A problem without arguments.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into(), args: BTreeMap::new() }
    }

    /// The same problem with one argument more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}
