//! What a team lead's tablet keeps of break-glass, and what it has to send of it.

use kjent_core::ids::{GrantId, TeamId};
use kjent_core::protocol::{GrantReport, GrantReview};
use kjent_core::time::Timestamp;
use rusqlite::{Transaction, params};

use crate::TabletError;

/// What this tablet's worker said of grants, and the server has not told of.
pub(super) fn unsent_reviews(tx: &Transaction<'_>) -> Result<Vec<GrantReview>, TabletError> {
    let mut query = tx.prepare_cached(
        "SELECT id, reviewed, comment FROM break_glass WHERE comment IS NOT NULL ORDER BY id",
    )?;
    let mut rows = query.query([])?;
    let mut reviews = Vec::new();
    while let Some(row) = rows.next()? {
        let grant = GrantId::from_bytes(&row.get::<_, Vec<u8>>(0)?);
        reviews.push(GrantReview {
            grant: grant.ok_or(TabletError::Unreadable)?,
            at: Timestamp::from_millis(row.get(1)?),
            comment: row.get(2)?,
        });
    }
    Ok(reviews)
}

/// Stores what there is in a team in the place of what there was; tells whether that is something
/// else.
pub(super) fn save(
    tx: &Transaction<'_>,
    team: TeamId,
    grants: &[GrantReport],
) -> Result<bool, TabletError> {
    let known: Vec<(Vec<u8>, String)> = {
        let query = "SELECT id, body FROM break_glass WHERE team = ?1 ORDER BY id";
        let mut query = tx.prepare_cached(query)?;
        let rows = query.query_map([team.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    let mut changed = false;
    for (id, _) in &known {
        if !grants.iter().any(|grant| grant.grant.bytes() == id.as_slice()) {
            tx.execute("DELETE FROM break_glass WHERE id = ?1", [id])?;
            changed = true;
        }
    }
    let mut save = tx.prepare_cached(include_str!("save_grant.sql"))?;
    for grant in grants {
        let body = serde_json::to_string(grant)?;
        let is_this = |(id, known): &(Vec<u8>, String)| {
            id.as_slice() == grant.grant.bytes() && *known == body
        };
        if !known.iter().any(is_this) {
            let is_reviewed = grant.reviewed.is_some();
            save.execute(params![grant.grant.bytes(), team.bytes(), body, is_reviewed])?;
            changed = true;
        }
    }
    Ok(changed)
}
