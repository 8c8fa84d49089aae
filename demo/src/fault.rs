//! What can be wrong with the data files, and where. One sentence each.

use std::fmt;

use kjent_core::national_number::NotANationalNumber;

/// Everything that is wrong, in the order of the files.
#[derive(Debug, thiserror::Error)]
pub struct DataErrors(pub Vec<DataError>);

impl fmt::Display for DataErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in &self.0 {
            writeln!(f, "{error}")?;
        }
        let errors = if self.0.len() == 1 { "error" } else { "errors" };
        write!(f, "{} {errors} in the demo data", self.0.len())
    }
}

/// One error.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A file or folder can't be read.
    #[error("{file}: can't be read: {source}")]
    Unreadable {
        /// Which.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// Not TOML, a field that isn't known, or a value of the wrong type. The rest of that file is
    /// not checked.
    #[error("{file}:{line}: {message}")]
    Syntax {
        /// Which file.
        file: String,
        /// Which line, from 1.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// A value that is wrong.
    #[error("{place}: {fault}")]
    Wrong {
        /// Where.
        place: Place,
        /// What.
        fault: Fault,
    },
}

/// A field in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which file.
    pub file: String,
    /// Which line, from 1; `None` when the field isn't there.
    pub line: Option<usize>,
    /// The path, such as `visits[2].workers[0]`; items are counted from 0.
    pub field: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.field)
    }
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing there.
    #[error("is empty")]
    Empty,
    /// A list that needs an item.
    #[error("needs at least one")]
    NoneAtAll,
    /// The other file or list has no such key.
    #[error("there is no {what} «{key}»")]
    NoSuch {
        /// What was looked for.
        what: &'static str,
        /// Under which key.
        key: String,
    },
    /// Used before.
    #[error("«{0}» is used already")]
    Twice(String),
    /// A code that the product doesn't know.
    #[error("«{0}» is not a known code")]
    UnknownCode(String),
    /// Not a national number.
    #[error(transparent)]
    NotANationalNumber(#[from] NotANationalNumber),
    /// A number that a real person could have.
    #[error("the national number is not of a synthetic series")]
    NotSynthetic,
    /// Not an employee number.
    #[error("«{0}» is not an employee number of four digits")]
    NotAnEmployeeNumber(String),
    /// Not a date.
    #[error("«{0}» is not a date like 1941-03-12")]
    NotADate(String),
    /// Not a time.
    #[error("«{0}» is not a time like 08:15")]
    NotATime(String),
    /// Not a weekday.
    #[error("«{0}» is not a weekday like mon")]
    NotAWeekday(String),
    /// No recurrence of `kjent_core::plan::Recurrence`.
    #[error("is no recurrence: {0}")]
    NotARecurrence(String),
    /// Too short or too long.
    #[error("a visit lasts 5 to 120 minutes, not {0}")]
    Minutes(u32),
    /// Not fourteen of `D`, `A` and `-`.
    #[error("a roster is fourteen of D, A and -")]
    Roster,
    /// Two days in the wrong order.
    #[error("{first} (day {first_day}) comes after {second} (day {second_day})")]
    OutOfOrder {
        /// What should come first.
        first: &'static str,
        /// Its day.
        first_day: i64,
        /// What should come second.
        second: &'static str,
        /// Its day.
        second_day: i64,
    },
    /// History lies before today.
    #[error("day {0} is not in the past")]
    NotPast(i64),
    /// The role doesn't fit.
    #[error("«{worker}» has not the role {role}")]
    WrongRole {
        /// Who.
        worker: String,
        /// What was needed.
        role: &'static str,
    },
    /// The worker may not do the intervention.
    #[error("«{worker}» has not the competence for «{intervention}»")]
    Competence {
        /// Who.
        worker: String,
        /// What.
        intervention: String,
    },
    /// No visit does it.
    #[error("no visit has the intervention «{0}»")]
    NeverDone(String),
    /// Neither on a visit nor at a time by somebody, or both.
    #[error("an event is either on a visit, or at a time by a worker")]
    EventWhere,
    /// The visit isn't there every day, so the event could be lost.
    #[error("the visit «{0}» is not every day")]
    NotEveryDay(String),
    /// Words are missing, or there are words where nobody spoke.
    #[error("the words don't fit the outcome: {0}")]
    Words(&'static str),
    /// A reading has no place for its value.
    #[error("the sentence has no {{}} for the value")]
    NoPlaceForValue,
    /// No measurement, or no limits, of its kind.
    #[error("«{0}» can't be measured, or is no limits")]
    NotMeasured(String),
}
