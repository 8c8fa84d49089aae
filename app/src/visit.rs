//! A visit: its plan before it starts, the documentation while it is under way, and where to read
//! about it afterwards.

mod bars;
mod goals;
mod important;
mod intervention_row;
mod interventions;
mod note;
mod plan_ahead;
mod sign;
mod summary;
mod visit_change;
mod visit_form;
mod visit_model;
mod visit_screen;

pub use visit_form::VisitForm;
pub use visit_screen::VisitScreen;
