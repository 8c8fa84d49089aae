//! A fact's envelope: who wrote it, about whom, when; and its body's bytes.

use serde::{Deserialize, Serialize};

use super::{DocumentKind, DocumentRef};
use crate::cbor::{self, NotCbor};
use crate::fact::{FactBody, FactKind, Home};
use crate::ids::{ClientId, FactId, WorkerId};
use crate::oslo;
use crate::time::Timestamp;

/// A fact as it is stored: one value in a document's `facts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// About whom.
    pub client: ClientId,
    /// Who wrote it.
    pub author: WorkerId,
    /// When it was written, by the tablet's clock.
    pub written: Timestamp,
    /// When it happened; decides the journal.
    pub happened: Timestamp,
    /// The fact that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<FactId>,
    /// What it is about.
    pub kind: FactKind,
    /// The body, as CBOR of the kind's struct.
    #[serde(with = "serde_bytes")]
    pub body: Vec<u8>,
}

impl Fact {
    /// A fact with its body sealed; fails on a body of an unknown kind.
    pub fn new(
        client: ClientId,
        author: WorkerId,
        written: Timestamp,
        happened: Timestamp,
        body: &FactBody,
    ) -> Result<Self, NotCbor> {
        let kind = body.kind().ok_or(NotCbor)?;
        let body = body.to_bytes()?;
        Ok(Self { client, author, written, happened, amends: None, kind, body })
    }

    /// The bytes that the document holds.
    pub fn seal(&self) -> Result<Vec<u8>, NotCbor> {
        cbor::write(self)
    }

    /// Reads the envelope.
    pub fn open(bytes: &[u8]) -> Result<Self, NotCbor> {
        cbor::read(bytes)
    }

    /// Reads the body; `Unknown` for a kind that this version doesn't know.
    pub fn read(&self) -> Result<FactBody, NotCbor> {
        FactBody::from_bytes(&self.kind, &self.body)
    }

    /// The document that this fact belongs in, unless the client restricts the entry that it is of.
    pub fn document(&self) -> DocumentRef {
        match self.kind.home() {
            Some(Home::Care) => DocumentRef::care(self.client),
            Some(Home::Journal | Home::Entry) | None => {
                DocumentRef::journal(self.client, oslo::month(self.happened))
            }
        }
    }

    /// Whether the fact may stand in a common document of this kind. A newer version's kind may in any.
    pub(super) fn belongs_in(&self, kind: DocumentKind) -> bool {
        match self.kind.home() {
            None => true,
            Some(Home::Entry) => false,
            Some(_) => self.document().kind == kind,
        }
    }
}
