//! Telling a tablet what is new in its worker's teams.

use chrono::NaiveDate;
use kjent_core::document::digest;
use kjent_core::ids::TeamId;
use kjent_core::protocol::{Cursor, NewChange, TeamNews};
use kjent_core::team::Team;
use serde_bytes::{ByteArray, ByteBuf};

use crate::store::{NewsFrom, OneAtLeast, Records, StoreError, TabletRow};

/// The news of every team that the tablet's worker is in on that day, and of no other, whatever the
/// cursors name. All teams together share the page.
pub(super) fn run(
    records: &Records<'_>,
    tablet: TabletRow,
    cursors: &[Cursor],
    day: NaiveDate,
    page: usize,
) -> Result<Vec<TeamNews>, StoreError> {
    let mut left = page;
    let mut one_at_least = OneAtLeast::Yes;
    let mut all = Vec::new();
    for team in records.teams_of(tablet.worker, day)? {
        let news = records.news(&NewsFrom {
            team: team.id,
            after: cursor(cursors, team.id),
            tablet: tablet.tablet,
            budget: left,
            one_at_least,
        })?;
        left = left.saturating_sub(news.bytes);
        if !news.changes.is_empty() {
            one_at_least = OneAtLeast::No;
        }
        let changes = news
            .changes
            .into_iter()
            .map(|(document, bytes)| NewChange { document, bytes: ByteBuf::from(bytes) })
            .collect();
        let digest = ByteArray::new(digest_of(records, &team)?);
        all.push(TeamNews { team, changes, through: news.through, more: news.more, digest });
    }
    Ok(all)
}

fn cursor(cursors: &[Cursor], team: TeamId) -> u64 {
    cursors.iter().find(|cursor| cursor.team == team).map_or(0, |cursor| cursor.through)
}

fn digest_of(records: &Records<'_>, team: &Team) -> Result<[u8; 32], StoreError> {
    let heads = records.all_heads(team.id)?;
    Ok(digest(heads.iter().map(|(id, heads)| (*id, heads.as_slice()))))
}
