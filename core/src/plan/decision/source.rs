//! The papers that a decision rests on.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

/// A paper: written as a line «2019-04-10 | Hjemmebesøksrapport | (navn) | attached».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDocument {
    /// Its date.
    pub date: NaiveDate,
    /// What it is.
    pub what: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// Whether the letter has it as an attachment.
    pub attached: bool,
}

/// A line that is no paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date and a paper's name")]
pub struct NotASource;

impl fmt::Display for SourceDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { date, what, author, attached } = self;
        let attached = if *attached { " | attached" } else { "" };
        write!(f, "{date} | {what} | {author}{attached}")
    }
}

impl FromStr for SourceDocument {
    type Err = NotASource;

    fn from_str(line: &str) -> Result<Self, NotASource> {
        let mut parts = line.split('|').map(str::trim);
        let date = parts.next().and_then(|date| date.parse().ok()).ok_or(NotASource)?;
        let what = parts.next().filter(|what| !what.is_empty()).ok_or(NotASource)?.to_owned();
        let author = parts.next().unwrap_or_default().to_owned();
        let attached = parts.next() == Some("attached");
        Ok(Self { date, what, author, attached })
    }
}
