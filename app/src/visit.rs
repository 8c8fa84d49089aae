//! A visit: its plan before it starts, the documentation while it is under way, and where to read
//! about it afterwards.

mod bars;
mod before_door;
mod goals;
mod important;
mod intervention_row;
mod interventions;
mod new_visit;
mod note;
mod otherwise;
mod plan_ahead;
mod sign;
mod summary;
mod visit_change;
mod visit_form;
mod visit_model;
mod visit_screen;

pub use new_visit::NewVisit;
pub use visit_form::VisitForm;
pub use visit_screen::VisitScreen;
