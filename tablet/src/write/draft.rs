//! Drafts: what has been tapped and typed, kept at once and shared with nobody.

use kjent_core::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::TabletError;

/// The kinds of draft.
#[derive(Clone, Copy)]
pub(crate) enum DraftKind {
    /// About a visit.
    Visit,
    /// A what-matters conversation, about a client.
    Conversation,
    /// What is measured outside a visit, of a client.
    Observations,
    /// An incident, about a client.
    Incident,
    /// What is done because nobody opens, at a visit.
    MissedContact,
    /// Care that is resisted, at a visit.
    ResistedCare,
    /// A note outside a visit, about a client.
    Note,
    /// A note about a thread.
    Answer,
    /// A correction, about the entry.
    Correction,
    /// A talk with somebody around a client, about the client.
    Contact,
    /// A form of the plan, about the form.
    Plan,
}

impl DraftKind {
    const fn code(self) -> &'static str {
        match self {
            DraftKind::Visit => "visit",
            DraftKind::Conversation => "conversation",
            DraftKind::Observations => "observations",
            DraftKind::Incident => "incident",
            DraftKind::MissedContact => "missed_contact",
            DraftKind::ResistedCare => "resisted_care",
            DraftKind::Note => "note",
            DraftKind::Answer => "answer",
            DraftKind::Correction => "correction",
            DraftKind::Contact => "contact",
            DraftKind::Plan => "plan",
        }
    }
}

pub(crate) fn save<T: Serialize>(
    connection: &Connection,
    kind: DraftKind,
    about: &[u8; 16],
    draft: &T,
    now: Timestamp,
) -> Result<(), TabletError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO draft (kind, about, body, saved) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![kind.code(), about, serde_json::to_string(draft)?, now.millis()])?;
    Ok(())
}

/// The draft and when it was saved.
pub(crate) fn load<T: DeserializeOwned>(
    connection: &Connection,
    kind: DraftKind,
    about: &[u8; 16],
) -> Result<Option<(T, Timestamp)>, TabletError> {
    let row: Option<(String, i64)> = connection
        .prepare_cached("SELECT body, saved FROM draft WHERE kind = ?1 AND about = ?2")?
        .query_row(params![kind.code(), about], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(body, saved)| Ok((serde_json::from_str(&body)?, Timestamp::from_millis(saved))))
        .transpose()
}

/// When what is signed now happened, as long as nobody has said when: at the last key or tap, which may
/// be hours ago, and before the worker left the client's team.
pub(crate) fn happened(
    connection: &Connection,
    kind: DraftKind,
    about: &[u8; 16],
    now: Timestamp,
) -> Result<Timestamp, TabletError> {
    let saved: Option<i64> = connection
        .prepare_cached("SELECT saved FROM draft WHERE kind = ?1 AND about = ?2")?
        .query_row(params![kind.code(), about], |row| row.get(0))
        .optional()?;
    Ok(saved.map_or(now, Timestamp::from_millis).min(now))
}

pub(crate) fn discard(
    connection: &Connection,
    kind: DraftKind,
    about: &[u8; 16],
) -> Result<(), TabletError> {
    connection
        .prepare_cached("DELETE FROM draft WHERE kind = ?1 AND about = ?2")?
        .execute(params![kind.code(), about])?;
    Ok(())
}
