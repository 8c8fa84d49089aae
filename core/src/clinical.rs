//! The clinical room: what is measured, the limits of one client, and the scores.
//!
//! A score that the app shows is clinical advice. Each score's table lies in one file, names its
//! source there and is tested at every boundary; no score is given where an answer is missing.
//! Numbers are whole, in the smallest unit that is shown: 36,8 °C is 368.

pub mod fall;
pub mod limits;
pub mod measurement;
pub mod mst;
pub mod news2;

pub use fall::{FallAnswers, FallRisk};
pub use limits::{Limits, LimitsError, Standing};
pub use measurement::{Consciousness, Measurement, MeasurementError, MeasurementKind, Value};
pub use mst::{MstAnswers, MstScore};
pub use news2::{News2, ScaleTwoOrder};

use crate::open_enum;

open_enum! {
    /// An answer to a question with two answers.
    pub enum YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}
