//! Curves: what has been measured over time, as lines and as tables, and the client's limits.

mod chart;
mod correct_dialog;
mod curve_card;
mod curves_model;
mod curves_part;
mod limits_dialog;
mod table;

pub use curves_part::Curves;
