//! Who the client is, and the people around them: cards of the client's page.

mod about_me;
mod capacity;
mod consent_form;
mod consents;
mod contact_edit;
mod contact_item;
mod contacts;
mod critical;
mod faces;
mod first_time;
mod home;
mod needs;
mod people_model;
mod person_form;
mod responsible;
mod restrictions;
mod shown;
mod talks;

pub use about_me::AboutMe;
pub use capacity::Capacity;
pub use consents::Consents;
pub use contacts::Contacts;
pub use critical::Critical;
pub use faces::Faces;
pub use first_time::{FirstTime, first_time_body};
pub use home::Home;
pub use needs::Needs;
pub use people_model::holding;
pub use responsible::{Responsible, gap_words};
pub use restrictions::Restrictions;
pub use talks::Talks;
