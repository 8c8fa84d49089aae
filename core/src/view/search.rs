//! What a search finds.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::fact::FactKind;
use crate::ids::{ClientId, FactId};

/// The hits: people first, then the plan, then the journal, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchView {
    /// The hits, at most as many as were asked for.
    pub hits: Vec<HitView>,
}

/// One text that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitView {
    /// Whom it is about.
    pub client: ClientId,
    /// Their name.
    pub client_name: String,
    /// What it is.
    pub kind: HitKind,
    /// The fact, for what is one.
    pub fact: Option<FactId>,
    /// When it happened, for a fact.
    pub when: Option<NaiveDateTime>,
    /// Who wrote it, for a fact.
    pub author: Option<String>,
    /// The piece of the text where the words are, in order.
    pub snippet: Vec<SnippetPart>,
}

/// What a hit is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HitKind {
    /// A client.
    Client,
    /// A person around a client.
    Contact,
    /// A goal.
    Goal,
    /// An intervention.
    Intervention,
    /// A decision (vedtak).
    Decision,
    /// Critical information.
    Critical,
    /// Something that was written down once.
    Fact(FactKind),
}

/// A part of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SnippetPart {
    /// Words around those that were looked for.
    Plain(String),
    /// A word that was looked for.
    Match(String),
}
