//! Who made a change: a worker on a tablet, readable from the change itself.

use automerge::Change;

use crate::ids::{TabletId, WorkerId};

/// The actor of a change: the worker's sixteen bytes and the tablet's.
///
/// The tablet's half is new with every enrolment, so a tablet that starts over never counts an
/// actor's changes from one again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    /// The worker.
    pub worker: WorkerId,
    /// The tablet's profile.
    pub tablet: TabletId,
}

impl Actor {
    /// The bytes that Automerge knows the actor by.
    pub fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(self.worker.bytes());
        bytes[16..].copy_from_slice(self.tablet.bytes());
        bytes
    }

    /// Reads an actor back; `None` when the bytes are not a worker and a tablet, as in the genesis
    /// change.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (worker, tablet) = bytes.split_at_checked(16)?;
        Some(Self { worker: WorkerId::from_bytes(worker)?, tablet: TabletId::from_bytes(tablet)? })
    }

    /// Who made this change.
    pub fn of(change: &Change) -> Option<Self> {
        Self::from_bytes(change.actor_id().to_bytes())
    }
}
