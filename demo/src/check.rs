//! The checks: each file by itself, the references to the team, and the clients against each other.

mod client;
mod clinical;
mod people;
mod plan;
mod story;
mod team;

#[cfg(test)]
mod tests;

pub use client::{across, client};
pub use team::{is_competent, team};

use std::collections::BTreeSet;

use crate::data::TeamFile;
use crate::fault::{DataError, Fault, Place};
use crate::locate::line_of;
use crate::source::SourceFile;

/// What one file's checks share: where they are and what they found.
pub struct Checker<'a> {
    file: &'a SourceFile,
    errors: &'a mut Vec<DataError>,
}

impl<'a> Checker<'a> {
    fn new(file: &'a SourceFile, errors: &'a mut Vec<DataError>) -> Self {
        Self { file, errors }
    }

    /// Reports a fault at a field.
    fn fault(&mut self, field: impl Into<String>, fault: Fault) {
        let field = field.into();
        let line = line_of(&self.file.text, &field);
        let place = Place { file: self.file.name.clone(), line, field };
        self.errors.push(DataError::Wrong { place, fault });
    }

    /// A text that must say something.
    fn text(&mut self, field: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            self.fault(field, Fault::Empty);
        }
    }

    /// Texts that must all say something.
    fn texts(&mut self, field: &str, texts: &[String]) {
        for (index, text) in texts.iter().enumerate() {
            self.text(format!("{field}[{index}]"), text);
        }
    }

    /// A code of one of core's open enums.
    fn code(&mut self, field: impl Into<String>, unknown: Option<&str>) {
        if let Some(code) = unknown {
            self.fault(field, Fault::UnknownCode(code.to_owned()));
        }
    }

    /// A key that must be new in its list.
    fn key(&mut self, field: impl Into<String>, key: &str, seen: &mut BTreeSet<String>) {
        if key.trim().is_empty() {
            self.fault(field, Fault::Empty);
        } else if !seen.insert(key.to_owned()) {
            self.fault(field, Fault::Twice(key.to_owned()));
        }
    }

    /// A worker's key.
    fn worker(&mut self, field: impl Into<String>, team: &TeamFile, key: &str) {
        if team.worker(key).is_none() {
            self.fault(field, Fault::NoSuch { what: "worker", key: key.to_owned() });
        }
    }

    /// A key that must be in a list.
    fn reference<'k>(
        &mut self,
        field: impl Into<String>,
        what: &'static str,
        key: &str,
        mut keys: impl Iterator<Item = &'k String>,
    ) {
        if !keys.any(|known| known == key) {
            self.fault(field, Fault::NoSuch { what, key: key.to_owned() });
        }
    }

    /// Two days that must come in this order.
    fn order(&mut self, field: &str, first: (&'static str, i64), second: (&'static str, i64)) {
        if first.1 > second.1 {
            self.fault(
                field,
                Fault::OutOfOrder {
                    first: first.0,
                    first_day: first.1,
                    second: second.0,
                    second_day: second.1,
                },
            );
        }
    }

    /// A day of the history.
    fn past(&mut self, field: impl Into<String>, day: i64) {
        if day >= 0 {
            self.fault(field, Fault::NotPast(day));
        }
    }
}

/// The code of an open enum's value when the product doesn't know it.
macro_rules! unknown {
    ($value:expr, $kind:ident) => {
        match &$value {
            $kind::Unknown(code) => Some(code.as_str()),
            _ => None,
        }
    };
}
pub(crate) use unknown;
