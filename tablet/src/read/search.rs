//! Search: words in notes, goals and names.

mod snippet;
mod words;

use kjent_core::fact::FactKind;
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::time::Timestamp;
use kjent_core::view::{HitKind, HitView, SearchView};
use rusqlite::{Row, params};

use super::plan::id;
use crate::projection::Band;
use crate::{Tablet, TabletError};
use words::Words;

/// Of each kind of hits that stands before the journal, so that the journal is seen too.
const BEFORE_THE_JOURNAL: u32 = 8;

/// A hit's row.
struct HitRow {
    client: ClientId,
    kind: String,
    id: Vec<u8>,
    text: String,
    happened: Option<i64>,
    author: Option<Vec<u8>>,
}

impl Tablet {
    /// Finds what has all the words of a query: each as the beginning of a word or with another
    /// ending, or in the client's name. People first, then the plan, then the journal, the newest
    /// first; for one letter only clients.
    pub fn search(&self, query: &str, limit: u32) -> Result<SearchView, TabletError> {
        let words = Words::of(query);
        if words.is_empty() {
            return Ok(SearchView::default());
        }
        self.searched();
        let few = limit.min(BEFORE_THE_JOURNAL);
        // One letter is in half of all texts: it is the beginning of a name.
        if words.is_one_letter() {
            let hits = self.hits(Band::Clients, &words.all(), limit)?;
            return self.view(hits, &words);
        }
        let mut rows = self.hits(Band::Clients, &words.all(), few)?;
        // «Line» is to stand before «Lina».
        rows.sort_by_key(|row| !words.begin_words_of(&row.text));
        rows.extend(self.hits(Band::Contacts, &words.all(), few)?);
        let all = words.all_or_client(&self.clients_called(&words)?);
        rows.extend(self.hits(Band::Plan, &all, few)?);
        rows.extend(self.hits(Band::Journal, &all, limit)?);
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        self.view(rows, &words)
    }

    fn view(&self, mut rows: Vec<HitRow>, words: &Words) -> Result<SearchView, TabletError> {
        let closed = self.closed_clients(&self.all_bars()?);
        let is_client = |row: &HitRow| row.kind == Part::Client.key();
        rows.retain(|row| {
            !closed.contains(&row.client) && (is_client(row) || self.reads_record(row.client))
        });
        let hits = rows.into_iter().filter_map(|row| self.hit(row, words).transpose());
        Ok(SearchView { hits: hits.collect::<Result<_, _>>()? })
    }

    fn hits(&self, band: Band, expression: &str, limit: u32) -> Result<Vec<HitRow>, TabletError> {
        let numbers = band.numbers();
        let mut query = self.connection.prepare_cached(include_str!("select_hits.sql"))?;
        let rows =
            query.query_map(params![expression, numbers.start(), numbers.end(), limit], hit_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// For each word the clients in whose name it is, when there are several words.
    fn clients_called(&self, words: &Words) -> Result<Vec<Vec<ClientId>>, TabletError> {
        let called = |expression: String| -> Result<Vec<ClientId>, TabletError> {
            let rows = self.hits(Band::Clients, &expression, BEFORE_THE_JOURNAL)?;
            Ok(rows.into_iter().map(|row| row.client).collect())
        };
        if words.is_one() { Ok(Vec::new()) } else { words.each().map(called).collect() }
    }

    /// What the screen shows of a row; nothing for a kind that this version can't have written.
    fn hit(&self, row: HitRow, words: &Words) -> Result<Option<HitView>, TabletError> {
        let Some(kind) = hit_kind(&row.kind) else { return Ok(None) };
        let author = row.author.as_deref().and_then(WorkerId::from_bytes);
        Ok(Some(HitView {
            client: row.client,
            client_name: self.profile(row.client).map(|it| it.value.name).unwrap_or_default(),
            kind,
            fact: row.happened.and_then(|_| FactId::from_bytes(&row.id)),
            when: row.happened.map(|at| oslo::local(Timestamp::from_millis(at))),
            author: author.map(|author| self.worker_name(author)),
            snippet: snippet::snippet(&row.text, words),
        }))
    }
}

fn hit_kind(code: &str) -> Option<HitKind> {
    const PARTS: [(Part, HitKind); 6] = [
        (Part::Client, HitKind::Client),
        (Part::Contacts, HitKind::Contact),
        (Part::Goals, HitKind::Goal),
        (Part::Interventions, HitKind::Intervention),
        (Part::Decisions, HitKind::Decision),
        (Part::CriticalInfo, HitKind::Critical),
    ];
    if let Some((_, kind)) = PARTS.into_iter().find(|(part, _)| part.key() == code) {
        return Some(kind);
    }
    let kind = FactKind::from_code(code);
    kind.home().map(|_| HitKind::Fact(kind))
}

fn hit_row(row: &Row<'_>) -> rusqlite::Result<HitRow> {
    Ok(HitRow {
        client: id(row, 0, ClientId::from_bytes)?,
        kind: row.get(1)?,
        id: row.get(2)?,
        text: row.get(3)?,
        happened: row.get(4)?,
        author: row.get(5)?,
    })
}
