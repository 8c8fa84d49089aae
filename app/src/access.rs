//! The access log on a client's page: why the record was opened, and who has opened it.

mod access_card;
mod access_words;
mod why_here;

pub use access_card::AccessCard;
pub use why_here::WhyHere;
