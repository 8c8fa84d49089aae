//! That an entry was written about the wrong person. It amends the entry, which stays readable until
//! somebody decides that it is to be deleted.

use serde::{Deserialize, Serialize};

use super::Content;

/// «Ført på feil bruker».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongPerson {
    /// How it came about; it names nobody.
    pub reason: String,
}

impl Content for WrongPerson {
    fn texts(&self) -> Vec<&str> {
        vec![&self.reason]
    }
}
