//! What stands where a fact was erased: that something was, when and on what ground.
//!
//! Nothing of what it said or who wrote it. Of a visit's report the visit stays, which stands in the
//! plan anyway: it is to be documented anew.

use serde::{Deserialize, Serialize};

use crate::cbor::{self, NotCbor};
use crate::ids::VisitId;
use crate::time::Timestamp;

/// The value that takes an erased fact's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// When it was erased.
    pub at: Timestamp,
    /// On what legal ground.
    pub ground: Ground,
    /// The visit that a report was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<VisitId>,
    /// Whether it stands in a document of its own since, as the client wishes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_moved: bool,
}

/// The envelope: a map with one name that no fact has, and nothing beside it, so that nothing can be
/// read both as a fact and as a tombstone.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed<T> {
    tombstone: T,
}

impl Tombstone {
    /// The bytes that the document holds.
    pub fn seal(&self) -> Result<Vec<u8>, NotCbor> {
        cbor::write(&Sealed { tombstone: self })
    }

    /// Reads a tombstone; fails on a fact.
    pub fn open(bytes: &[u8]) -> Result<Self, NotCbor> {
        cbor::read(bytes).map(|Sealed { tombstone }| tombstone)
    }
}

/// A legal ground, such as `hpl. § 43`. On every tablet, so never more than the law's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ground(String);

/// A text that is no legal ground.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a ground is one short line, such as `hpl. § 43`")]
pub struct NotAGround;

impl Ground {
    /// How many characters a ground has at most.
    pub const LONGEST: usize = 80;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Ground {
    type Err = NotAGround;

    fn from_str(text: &str) -> Result<Self, NotAGround> {
        let text = text.trim();
        let is_one = !text.is_empty()
            && text.chars().count() <= Self::LONGEST
            && !text.chars().any(char::is_control);
        if is_one { Ok(Self(text.to_owned())) } else { Err(NotAGround) }
    }
}

impl TryFrom<String> for Ground {
    type Error = NotAGround;
    fn try_from(text: String) -> Result<Self, NotAGround> {
        text.parse()
    }
}

impl From<Ground> for String {
    fn from(ground: Ground) -> Self {
        ground.0
    }
}
