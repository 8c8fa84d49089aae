//! Search: words in notes, goals and names.

mod snippet;
mod words;

use std::collections::HashMap;

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
const BEFORE_THE_JOURNAL: usize = 8;

/// How many entries are read through before the index is asked for the beginnings of many words.
const READ_THROUGH: usize = 400;

/// A hit's row.
#[derive(Clone)]
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
        let clients = self.entries_in(Band::Clients)?;
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let few = most.min(BEFORE_THE_JOURNAL);
        let mut rows = with_all(&words, &clients, if words.is_one_letter() { most } else { few });
        // One letter is in half of all texts: it is the beginning of a name.
        if !words.is_one_letter() {
            // «Line» is to stand before «Lina».
            rows.sort_by_key(|row| !words.begin_words_of(&row.text));
            rows.extend(with_all(&words, &self.entries_in(Band::Contacts)?, few));
            let called = clients_called(&words, &clients);
            let mut plan = self.entries_in(Band::Plan)?;
            plan.retain(|row| is_hit(row, &words, &called));
            rows.extend(plan.into_iter().take(few));
            rows.extend(self.journal_hits(&words, &called, most)?);
            rows.truncate(most);
        }
        let names = clients.iter().filter_map(|row| Some((row.client, row.text.lines().next()?)));
        self.view(rows, &words, &names.collect())
    }

    fn view(
        &self,
        mut rows: Vec<HitRow>,
        words: &Words,
        names: &HashMap<ClientId, &str>,
    ) -> Result<SearchView, TabletError> {
        let closed = self.closed_clients(&self.all_bars()?);
        let is_client = |row: &HitRow| row.kind == Part::Client.key();
        rows.retain(|row| {
            !closed.contains(&row.client) && (is_client(row) || self.reads_record(row.client))
        });
        let hits = rows.into_iter().filter_map(|row| {
            let name = names.get(&row.client).copied().unwrap_or_default();
            self.hit(row, words, name)
        });
        Ok(SearchView { hits: hits.collect() })
    }

    /// All that stands before the journal is a few hundred texts: they are read through sooner than
    /// the index is asked for the beginning of a word, which it has to gather from all words that
    /// begin so (2026-11).
    fn entries_in(&self, band: Band) -> Result<Vec<HitRow>, TabletError> {
        let numbers = band.numbers();
        let mut query = self.connection.prepare_cached(
            "SELECT client, kind, id, text, NULL, NULL FROM search_entry
             WHERE number BETWEEN ?1 AND ?2 ORDER BY number DESC",
        )?;
        let rows = query.query_map(params![numbers.start(), numbers.end()], hit_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The newest entries of the journal that have all the words. The index is slow with the beginning
    /// of very many words, which a letter or two are: what it finds for the rest is read through, and
    /// it is asked for everything only where that doesn't come to an end soon.
    fn journal_hits(
        &self,
        words: &Words,
        called: &[Vec<ClientId>],
        most: usize,
    ) -> Result<Vec<HitRow>, TabletError> {
        if let Some(expression) = words.longer_ones(called) {
            let (mut seen, mut found) = (0, Vec::new());
            let mut query = self.connection.prepare_cached(include_str!("select_hits.sql"))?;
            let numbers = Band::Journal.numbers();
            let rows =
                query.query_map(params![expression, numbers.start(), numbers.end()], hit_row)?;
            for row in rows.take(READ_THROUGH) {
                let row = row?;
                seen += 1;
                if is_hit(&row, words, called) {
                    found.push(row);
                }
                if found.len() == most {
                    break;
                }
            }
            if found.len() == most || seen < READ_THROUGH {
                return Ok(found);
            }
        }
        let numbers = Band::Journal.numbers();
        let mut query = self.connection.prepare_cached(include_str!("select_hits.sql"))?;
        let expression = words.all_or_client(called);
        let rows = query.query_map(params![expression, numbers.start(), numbers.end()], hit_row)?;
        Ok(rows.take(most).collect::<Result<_, _>>()?)
    }

    /// What the screen shows of a row; nothing for a kind that this version can't have written.
    fn hit(&self, row: HitRow, words: &Words, client_name: &str) -> Option<HitView> {
        let kind = hit_kind(&row.kind)?;
        let author = row.author.as_deref().and_then(WorkerId::from_bytes);
        Some(HitView {
            client: row.client,
            client_name: client_name.to_owned(),
            kind,
            fact: row.happened.and_then(|_| FactId::from_bytes(&row.id)),
            when: row.happened.map(|at| oslo::local(Timestamp::from_millis(at))),
            author: author.map(|author| self.worker_name(author)),
            snippet: snippet::snippet(&row.text, words),
        })
    }
}

/// Whether a text has all the words, or the client's name has some of them.
fn is_hit(row: &HitRow, words: &Words, called: &[Vec<ClientId>]) -> bool {
    let of_client =
        |word: usize| called.get(word).is_some_and(|clients| clients.contains(&row.client));
    words.are_in_or(&row.text, of_client)
}

/// The first that have all the words.
fn with_all(words: &Words, rows: &[HitRow], most: usize) -> Vec<HitRow> {
    rows.iter().filter(|row| words.are_in(&row.text)).take(most).cloned().collect()
}

/// For each word the clients in whose name it is, when there are several words.
fn clients_called(words: &Words, clients: &[HitRow]) -> Vec<Vec<ClientId>> {
    if words.is_one() {
        return Vec::new();
    }
    let called = |word| {
        let called = clients.iter().filter(move |row| words.is_in(word, &row.text));
        called.map(|row| row.client).take(BEFORE_THE_JOURNAL).collect()
    };
    (0..words.count()).map(called).collect()
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
