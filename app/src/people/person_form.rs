//! The form behind the cards about the client and the people around them: a list of fields of one
//! object. Only what was changed is written, and what is wrong is said beside its field.
//!
//! Goals and interventions have another, `client/plan/item_form.rs`: they can also be asked for.

mod person_form_model;
mod person_form_view;

pub use person_form_model::{Kind, Spec};
pub use person_form_view::PersonForm;
