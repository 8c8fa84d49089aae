//! What can go wrong with a store in memory, and when: a crash before any single operation.

use std::cell::Cell;

use kjent_core::document::DocumentError;
use kjent_core::policy::Refusal;
use kjent_core::sync::server::Damaged;

/// Why an act of a store's came to nothing.
#[derive(Debug)]
pub enum Fault {
    /// The process is gone. What it had not committed is too.
    Crash,
    /// What a database would have said; never seen in a run without a mistake.
    Store(&'static str),
    /// A document would not.
    Document(DocumentError),
    /// The rules would not.
    Refused(Refusal),
}

impl From<DocumentError> for Fault {
    fn from(error: DocumentError) -> Self {
        Self::Document(error)
    }
}

impl From<Damaged> for Fault {
    fn from(damaged: Damaged) -> Self {
        Self::Store(damaged.0)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// How many operations are left until the process dies; `None`: it lives.
#[derive(Debug, Default)]
pub struct Fuse(Cell<Option<u32>>);

impl Fuse {
    /// A fuse of this length.
    pub const fn new(operations: Option<u32>) -> Self {
        Self(Cell::new(operations))
    }

    /// One operation more.
    pub fn burn(&self) -> Result<(), Fault> {
        match self.0.get() {
            None => Ok(()),
            Some(0) => Err(Fault::Crash),
            Some(left) => {
                self.0.set(Some(left - 1));
                Ok(())
            }
        }
    }
}
