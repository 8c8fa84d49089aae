//! Kjent's screens: Leptos, rendered in the webview. A folder per screen.
//!
//! Here is what a worker sees and taps, and nothing else: what is stored, allowed and sent is
//! decided behind the commands that `ipc` calls. No time zones, no rules, no storage (but for the
//! chosen language and look).

mod access;
mod app;
mod appearance;
mod auto_lock;
mod biometry;
mod break_glass;
mod changes;
mod client;
mod clients;
mod clipboard;
mod clock;
mod components;
mod contact;
mod conversation;
mod counts;
mod curves;
mod draft_form;
mod follow_ups;
mod gaps;
mod handover;
mod i18n;
mod incidents;
mod ipc;
mod late;
mod live;
mod log_in;
mod measurements;
mod note;
mod people;
mod plan_draft;
mod routine;
mod saver;
mod search;
mod session;
mod settings;
mod sync;
mod today;
mod unlock;
mod visit;

pub use app::App;
