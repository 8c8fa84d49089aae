//! Whose profiles are on the tablet, by their initials: it may lie on a table where anybody reads it.

use kjent_core::view::ProfileView;
use leptos::html;
use leptos::prelude::*;

use super::unlock_screen::Shown;
use crate::components::choice::Quiet;
use crate::components::icon::{PERSON, icon};
use crate::components::language_switch::LanguageSwitch;
use crate::i18n::{t, use_i18n};

/// A large button for each, and one for a worker who is new to the tablet.
#[component]
pub fn ProfileList(profiles: Memo<Vec<ProfileView>>, shown: RwSignal<Shown>) -> impl IntoView {
    let i18n = use_i18n();
    let heading = NodeRef::<html::H1>::new();
    heading.on_load(|heading| drop(heading.focus()));
    let one = move |it: ProfileView| {
        let profile = it.profile.clone();
        view! {
            <li>
                <button
                    type="button"
                    class="ds-button kj-profile"
                    data-testid="profile"
                    on:click=move |_| shown.set(Shown::Pin(profile.clone()))
                >
                    {it.initials}
                </button>
            </li>
        }
    };
    view! {
        <main class="kj-first">
            <div class="kj-first__card kj-pin">
                <h1 class="ds-heading" data-size="lg" data-testid="profiles-title" tabindex="-1" node_ref=heading>
                    {t!(i18n, unlock.who)}
                </h1>
                <ul class="kj-plain-list kj-profiles">
                    {move || profiles.get().into_iter().map(one).collect_view()}
                </ul>
                <button
                    type="button"
                    class="ds-button kj-quiet-button"
                    data-testid="another-worker"
                    on:click=move |_| shown.set(Shown::Another)
                >
                    {icon(PERSON)}
                    <span>{t!(i18n, unlock.another)}</span>
                </button>
            </div>
            <LanguageSwitch quiet=Quiet::Yes />
        </main>
    }
}
