//! Today's visits: one look tells what to do next.

mod hand_in;
mod readiness;
mod today_model;
mod today_screen;
mod visit_card;
mod visit_tags;
mod worker_menu;

pub use today_screen::{TodayScreen, provide_day};
