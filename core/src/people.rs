//! The people around a client: who may be told what, who is responsible, and who is known here.
//!
//! Pure: the tablet brings what is written and which day it is.

mod consent;
mod continuity;
mod disclosure;
mod responsibility;

pub use consent::{ConsentState, EXPIRES_SOON_DAYS, consent_state};
pub use continuity::{Continuity, continuity};
pub use disclosure::{Disclosure, disclosure};
pub use responsibility::{Responsibility, Tenure, is_responsible, responsibility};
