//! The lock that closes by itself: after a while without a touch, and when the app is not looked at.
//!
//! What is being written is saved first (`Session::lock`). While the window is hidden a plain sheet
//! lies over it: the picture that a tablet shows of its apps must not be one of a client.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Date;
use leptos::prelude::*;

use crate::session::Session;

/// How long the app may be out of sight: a look at the map, and not a forgotten tablet. A webview
/// can't tell the screen's going dark from another app in front.
const OUT_OF_SIGHT: f64 = 10_000.0;
/// How often is looked.
const MOMENT: Duration = Duration::from_secs(1);
/// What counts as a touch.
const TOUCHES: [&str; 6] =
    ["pointerdown", "pointermove", "keydown", "touchstart", "wheel", "input"];

/// When the tablet was touched, and whether it is looked at. Times are milliseconds of the wall
/// clock: it goes on while the tablet sleeps.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Attention {
    touched: f64,
    hidden: Option<f64>,
}

impl Attention {
    /// Whether it is time to lock. A clock that was set back counts from now on.
    fn is_over(&mut self, now: f64, idle_seconds: u32) -> bool {
        self.touched = self.touched.min(now);
        self.hidden = self.hidden.map(|since| since.min(now));
        let is_forgotten = now - self.touched >= f64::from(idle_seconds) * 1000.0;
        let is_out_of_sight = self.hidden.is_some_and(|since| now - since >= OUT_OF_SIGHT);
        is_forgotten || is_out_of_sight
    }
}

/// Watches for as long as the app runs.
pub fn watch(session: Session) {
    let attention = Rc::new(RefCell::new(Attention { touched: Date::now(), hidden: None }));
    for touch in TOUCHES {
        let attention = Rc::clone(&attention);
        let touched = move |_| {
            // The touch that comes after the time is over doesn't make it not over.
            if !lock_if_over(session, &attention) {
                attention.borrow_mut().touched = Date::now();
            }
        };
        let _listens_as_long_as_the_page = window_event_listener_untyped(touch, touched);
    }
    let look = {
        let attention = Rc::clone(&attention);
        move || {
            lock_if_over(session, &attention);
        }
    };
    // Without it a touch still finds that the time is over.
    let _ticks_as_long_as_the_page = set_interval_with_handle(look, MOMENT);
    let seen = move |_| {
        let is_hidden = document().hidden();
        if is_hidden {
            attention.borrow_mut().hidden = Some(Date::now());
            leptos::task::spawn_local(crate::saver::flush_all());
        } else {
            lock_if_over(session, &attention);
            attention.borrow_mut().hidden = None;
            // The system may have stopped the app, and locked it, without a word to the screen.
            session.read();
        }
        cover(is_hidden);
    };
    // The event is the document's, and comes up to the window.
    let _listens_as_long_as_the_page = window_event_listener_untyped("visibilitychange", seen);
}

fn lock_if_over(session: Session, attention: &RefCell<Attention>) -> bool {
    let Some(idle_seconds) = session.idle_seconds_untracked() else {
        // While it is locked nothing runs out; whoever unlocks it begins anew.
        attention.borrow_mut().touched = Date::now();
        return false;
    };
    let is_over = attention.borrow_mut().is_over(Date::now(), idle_seconds);
    if is_over {
        session.lock();
    }
    is_over
}

/// Lays the sheet over everything, or takes it away.
fn cover(is_hidden: bool) {
    if let Some(page) = document().document_element() {
        let covered = if is_hidden {
            page.set_attribute("data-covered", "")
        } else {
            page.remove_attribute("data-covered")
        };
        // A name that is an attribute's can't be refused.
        drop(covered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_locks_when_nobody_touches_or_looks() {
        let touched = Attention { touched: 1_000.0, hidden: None };
        let is_over = |mut attention: Attention, now| attention.is_over(now, 120);
        assert!(!is_over(touched, 120_999.0) && is_over(touched, 121_000.0));
        let hidden = Attention { hidden: Some(5_000.0), ..touched };
        assert!(!is_over(hidden, 14_999.0) && is_over(hidden, 15_000.0));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_keep_it_open() {
        let mut attention = Attention { touched: 900_000.0, hidden: Some(900_000.0) };
        assert!(!attention.is_over(50_000.0, 120));
        assert!(attention.is_over(60_000.0, 120));
        attention.hidden = None;
        assert!(!attention.is_over(169_999.0, 120) && attention.is_over(170_000.0, 120));
    }
}
