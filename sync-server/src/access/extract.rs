//! The client's own extract: who has read in their record, in words that they understand.

use kjent_core::document::DocumentRef;
use kjent_core::ids::ClientId;
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::protocol::AccessLine;
use kjent_core::sync::server::load;
use kjent_core::time::Timestamp;
use uuid::Uuid;

use super::words::{OFFICE, OFFLINE, SOMEBODY};
use super::{Language, html, line, text};
use crate::store::{Records, StoreError};

/// A row that came so much later was made without a network, in milliseconds.
const LATE: i64 = 60 * 60_000;

/// The extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extract {
    /// In which language.
    pub language: Language,
    /// The client's name.
    pub name: String,
    /// When it was made.
    pub made: String,
    /// The openings, the newest first.
    pub lines: Vec<Line>,
}

/// One opening, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub when: String,
    /// When it was heard of, when that is long after.
    pub late: Option<String>,
    /// Who: name, profession, unit.
    pub who: String,
    /// What was done.
    pub what: String,
    /// Why.
    pub why: String,
}

/// Makes the extract of a client; `None` when there is no such client.
pub fn extract(
    records: &Records<'_>,
    client: ClientId,
    language: Language,
    now: Timestamp,
) -> Result<Option<Extract>, StoreError> {
    if records.client(client)?.is_none() {
        return Ok(None);
    }
    let mut rows = records.access_of_client(client, usize::MAX)?;
    // The newest that happened, not the newest that came.
    rows.sort_by_key(|stored| std::cmp::Reverse((stored.entry.row.at, stored.number)));
    let told = rows.into_iter().map(|stored| Ok(said(line(records, stored)?, language)));
    Ok(Some(Extract {
        language,
        name: name(records, client)?,
        made: language.moment(oslo::local(now)),
        lines: told.collect::<Result<_, StoreError>>()?,
    }))
}

impl Extract {
    /// As a text of lines.
    pub fn as_text(&self) -> String {
        text::write(self)
    }

    /// As a page to be printed, in large type.
    pub fn as_html(&self) -> String {
        html::write(self)
    }
}

fn said(line: AccessLine, language: Language) -> Line {
    let AccessLine { name, profession, unit, operator, row, received } = line;
    let late = received.millis().saturating_sub(row.at.millis()) > LATE;
    let came = || format!("{} {}.", language.of(OFFLINE), language.moment(oslo::local(received)));
    let name = match (name.is_empty(), profession.is_some() || !unit.is_empty()) {
        (false, _) => name,
        // Of a team, and nobody there knows the name any more.
        (true, true) => language.of(SOMEBODY).to_owned(),
        (true, false) => language.of(OFFICE).to_owned(),
    };
    let profession = profession.map(|profession| language.profession(&profession));
    let about = [profession.unwrap_or_default(), unit, operator];
    let about = about.into_iter().filter(|part| !part.is_empty());
    let who: Vec<String> = std::iter::once(name).chain(about).collect();
    Line {
        when: language.moment(oslo::local(row.at)),
        late: late.then(came),
        who: who.join(", "),
        what: language.act(&row.act, &row.outcome),
        why: language.why(row.why.as_ref(), &row.words),
    }
}

/// The client's name as the plan has it; empty when it doesn't say.
fn name(records: &Records<'_>, client: ClientId) -> Result<String, StoreError> {
    let document = load(records, DocumentRef::care(client))?;
    let fields = document.fields(Part::Client, Uuid::nil());
    let name = fields.and_then(|fields| fields.values.get("name").cloned());
    Ok(name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default())
}
