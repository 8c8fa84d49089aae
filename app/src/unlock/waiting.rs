//! For how long the lock takes no PIN, counted down.

use std::time::Duration;

use js_sys::Date;
use kjent_core::view::{LockState, ProfileView};
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::session::Session;

/// How often it is counted.
const MOMENT: Duration = Duration::from_secs(1);

/// What is left of a wait, in words' units: seconds only when there is less than a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Seconds(u32),
    Minutes(u32),
}

fn left(seconds: u32) -> Left {
    // A minute more than 59 seconds is told when it is due, not one too few.
    if seconds < 60 { Left::Seconds(seconds) } else { Left::Minutes(seconds.div_ceil(60)) }
}

/// The sentence, while there is a wait; the session is read anew when it ends.
#[component]
pub fn Waiting(profile: Memo<ProfileView>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    // When it ends by the webview's clock: the tablet's own count decides, this only shows it.
    let ends = Memo::new(move |_| {
        profile.with(|profile| match profile.state {
            LockState::Waiting { seconds } => Some(Date::now() + f64::from(seconds) * 1000.0),
            _ => None,
        })
    });
    let tick = RwSignal::new(0_u32);
    let seconds = Memo::new(move |_| {
        tick.track();
        ends.get().map(|ends| ((ends - Date::now()) / 1000.0).ceil().max(0.0) as u32)
    });
    let count = move || {
        if ends.get_untracked().is_none() {
            return;
        }
        tick.update(|tick| *tick += 1);
        // Now and then so that what has passed is written down, and at the end.
        if seconds.get_untracked().is_some_and(|seconds| seconds % 15 == 0) {
            session.read();
        }
    };
    if let Ok(timer) = set_interval_with_handle(count, MOMENT) {
        on_cleanup(move || timer.clear());
    }
    let words = move || {
        seconds.get().map(|seconds| match left(seconds) {
            Left::Seconds(count) => t_string!(i18n, unlock.wait_seconds, count = count).to_string(),
            Left::Minutes(count) => t_string!(i18n, unlock.wait_minutes, count = count).to_string(),
        })
    };
    view! {
        <Show when=move || ends.get().is_some()>
            <div class="kj-pin__wait" data-testid="pin-waits">
                <p><b>{words}</b></p>
                <p>{t!(i18n, unlock.wait_why)}</p>
            </div>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_whole_minutes_until_the_last() {
        let cases = [(1, Left::Seconds(1)), (59, Left::Seconds(59)), (60, Left::Minutes(1))];
        for (seconds, expected) in cases {
            assert_eq!(left(seconds), expected);
        }
        assert_eq!((left(61), left(3600)), (Left::Minutes(2), Left::Minutes(60)));
    }
}
