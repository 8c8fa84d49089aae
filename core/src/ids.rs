//! Identifiers: one newtype over a UUID for each thing that has one, so that they can't be mixed.
//!
//! New ids are UUID v7 (they sort by time), minted from a time and random bytes that the caller
//! brings. Ids of things that two offline tablets could both create are v5, see
//! `document::DocumentRef`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::Timestamp;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id of UUID version 7 from the time it is made and ten random bytes.
            pub fn mint(at: Timestamp, random: [u8; 10]) -> Self {
                let millis = u64::try_from(at.millis()).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }

            /// The sixteen bytes, as databases and actor ids hold them.
            pub fn bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// Reads the sixteen bytes back; `None` for any other length.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A client (tjenestemottaker).
    ClientId;
    /// A worker (medarbeider), the same on every tablet.
    WorkerId;
    /// A team (arbeidslag): the unit that shares clients and a sync cursor.
    TeamId;
    /// One worker's profile on one device: made at the first log-in there, never used again after a
    /// new one.
    TabletId;
    /// A device, known to the server by its key: it may hold several workers' profiles.
    DeviceId;
    /// A document: `care` or a month's `journal` of one client.
    DocumentId;
    /// A fact in a document's append-only map.
    FactId;
    /// A decision (vedtak) in the care document.
    DecisionId;
    /// A goal (mål) in the care document.
    GoalId;
    /// An intervention (tiltak) in the care document.
    InterventionId;
    /// A relative or other person around the client, in the care document.
    ContactId;
    /// A piece of critical information in the care document.
    CriticalInfoId;
    /// A planned visit in a month's journal.
    VisitId;
    /// A row of the access log.
    AccessId;
    /// That somebody was let in to a client by break-glass.
    GrantId;
}

impl FactId {
    /// When the fact was written, as its id says; 1970 for an id that says nothing.
    pub fn written(&self) -> Timestamp {
        let is_minted = self.0.get_version_num() == 7;
        let millis = if is_minted { self.0.as_u64_pair().0 >> 16 } else { 0 };
        Timestamp::from_millis(i64::try_from(millis).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minted_ids_are_version_7_and_sort_by_time() {
        let early = FactId::mint(Timestamp::from_millis(1_700_000_000_000), [255; 10]);
        let late = FactId::mint(Timestamp::from_millis(1_700_000_000_001), [0; 10]);
        assert_eq!(early.0.get_version_num(), 7);
        assert!(early < late);
        assert_eq!(FactId::from_bytes(early.bytes()), Some(early));
        assert_eq!(early.to_string().parse::<FactId>().ok(), Some(early));
        assert_eq!(early.written().millis(), 1_700_000_000_000);
        // One that somebody made up, for which the time is of no meaning.
        assert_eq!(FactId(Uuid::from_u128(7)).written().millis(), 0);
    }
}
