//! The worker's initials, and behind them: who is at work, the language, the look, opening by face or
//! finger, handing in, the lock.

use leptos::prelude::*;

use crate::appearance::AppearanceSettings;
use crate::biometry::BiometrySettings;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::icon::{INCIDENT, LOCK, icon};
use crate::components::language_switch::LanguageSwitch;
use crate::i18n::{profession_word, t, t_string, use_i18n};
use crate::session::Session;

use super::hand_in::HandInButton;

/// The button with the initials and its dialog.
#[component]
pub fn WorkerMenu() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let menu = DialogHandle::new();
    let name = move || session.worker().map(|worker| worker.name).unwrap_or_default();
    let title = Signal::derive(move || t_string!(i18n, menu.title, name = name()).to_string());
    view! {
        <button
            type="button"
            class="kj-initials"
            data-testid="worker-menu"
            aria-haspopup="dialog"
            aria-label=move || format!("{} – {}", initials(&name()), t_string!(i18n, menu.open, name = name()))
            on:click=move |_| menu.open()
        >
            {move || initials(&name())}
        </button>
        <Dialog handle=menu id="worker-dialog" title>
            <div class="kj-menu">
                <p>{move || session.worker().map(|worker| profession_word(i18n, &worker.profession))}</p>
                <LanguageSwitch />
                <AppearanceSettings />
                <BiometrySettings />
                <a class="ds-button" data-variant="secondary" data-testid="open-incidents" href="/incidents">
                    {icon(INCIDENT)}
                    <span>{t!(i18n, incident.see_all)}</span>
                </a>
                <HandInButton />
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    data-testid="lock"
                    on:click=move |_| {
                        menu.close();
                        session.lock();
                    }
                >
                    {icon(LOCK)}
                    <span>{t!(i18n, menu.lock)}</span>
                </button>
            </div>
        </Dialog>
    }
}

fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    words.next().into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_the_first_and_the_last() {
        assert_eq!(initials("Anna Nilsen"), "AN");
        assert_eq!(initials("Åse Marie Øverby"), "ÅØ");
        assert_eq!(initials("Berit"), "B");
        assert_eq!(initials(""), "");
    }
}
