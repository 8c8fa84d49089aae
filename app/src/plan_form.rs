//! A form over fields of an object of the plan: only what was changed is written, and what is wrong
//! is said beside its field.

mod plan_form_model;
mod plan_form_view;

pub use plan_form_model::{Kind, Spec};
pub use plan_form_view::PlanForm;
