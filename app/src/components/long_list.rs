//! A long list's first screenful is drawn at once, and the rest in the frames after it: what is below
//! the edge of the screen keeps nobody waiting.

use std::time::Duration;

use leptos::prelude::*;

/// The beginning of a list, and soon all of it; `screenful` is more than a tablet held upright shows.
pub fn soon_all<T>(
    screenful: usize,
    all: impl Fn() -> Vec<T> + Send + Sync + 'static,
) -> Memo<Vec<T>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let all = Memo::new(move |_| all());
    let drawn = RwSignal::new(screenful);
    Effect::new(move || {
        if drawn.get() < all.with(Vec::len) {
            after_next_paint(move || {
                // The list may be gone meanwhile.
                let _drawn = drawn.try_update(|drawn| *drawn = drawn.saturating_add(screenful));
            });
        }
    });
    Memo::new(move |_| all.with(|all| all.iter().take(drawn.get()).cloned().collect()))
}

/// A frame's callback runs before the frame is painted, and a timer that it sets after that.
fn after_next_paint(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}
