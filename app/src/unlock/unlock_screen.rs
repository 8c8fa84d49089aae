//! The lock screen: the profiles on the tablet, one worker's PIN, or one worker more.

use kjent_core::view::ProfileView;
use leptos::prelude::*;

use super::pin_screen::PinScreen;
use super::profile_list::ProfileList;
use crate::log_in::{LogInScreen, Purpose};
use crate::session::Session;

/// What the lock screen shows.
#[derive(Clone, PartialEq)]
pub enum Shown {
    /// All profiles.
    List,
    /// The PIN of one.
    Pin(String),
    /// Logging in again to one.
    Again(String),
    /// The first log-in of one worker more.
    Another,
}

/// The lock screen.
#[component]
pub fn UnlockScreen() -> impl IntoView {
    let session = Session::get();
    let shown = RwSignal::new(first(&session.locked_untracked()));
    let profiles = Memo::new(move |last: Option<&Vec<ProfileView>>| {
        let (profiles, _) = session.locked();
        // While a profile is being opened the screen stays as it is.
        if profiles.is_empty() { last.cloned().unwrap_or_default() } else { profiles }
    });
    move || match shown.get() {
        Shown::List => view! { <ProfileList profiles shown /> }.into_any(),
        Shown::Pin(profile) => {
            let found = Memo::new(move |_| {
                profiles.with(|all| all.iter().find(|it| it.profile == profile).cloned())
            });
            // Read once: what changes in it is followed inside.
            match found.get_untracked() {
                Some(profile) => {
                    let profile =
                        Memo::new(move |_| found.get().unwrap_or_else(|| profile.clone()));
                    view! { <PinScreen profile shown /> }.into_any()
                }
                None => view! { <ProfileList profiles shown /> }.into_any(),
            }
        }
        Shown::Again(profile) => {
            let (purpose, pin) = (Purpose::Again(profile.clone()), Shown::Pin(profile));
            let back = Callback::new(move |()| shown.set(pin.clone()));
            view! { <LogInScreen purpose back /> }.into_any()
        }
        Shown::Another => {
            let back = Callback::new(move |()| shown.set(Shown::List));
            view! { <LogInScreen purpose=Purpose::Join back /> }.into_any()
        }
    }
}

/// The one profile that there is, or the one that was open last; otherwise the list.
fn first((profiles, last): &(Vec<ProfileView>, Option<String>)) -> Shown {
    let was_open = profiles.iter().find(|it| Some(&it.profile) == last.as_ref());
    match (was_open, profiles.as_slice()) {
        (Some(profile), _) | (None, [profile]) => Shown::Pin(profile.profile.clone()),
        _ => Shown::List,
    }
}

#[cfg(test)]
mod tests {
    use kjent_core::view::LockState;

    use super::*;

    #[test]
    fn the_pad_is_shown_when_it_is_clear_whose() {
        let profile = |name: &str| ProfileView {
            profile: name.into(),
            initials: name.into(),
            state: LockState::Ready,
            has_key_store: true,
            by_biometry: false,
        };
        let shown = |names: &[&str], last: Option<&str>| {
            let profiles = names.iter().map(|name| profile(name)).collect();
            match first(&(profiles, last.map(str::to_owned))) {
                Shown::Pin(profile) => profile,
                _ => "list".to_owned(),
            }
        };
        assert_eq!(shown(&["a"], None), "a");
        assert_eq!(shown(&["a", "b"], None), "list");
        assert_eq!(shown(&["a", "b"], Some("b")), "b");
        assert_eq!(shown(&["a", "b"], Some("gone")), "list");
    }
}
