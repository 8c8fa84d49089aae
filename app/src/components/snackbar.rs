//! What was just done, with a way to undo it: for a few seconds, and as long as somebody is at it.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

/// How long it stays.
const STAYS: Duration = Duration::from_secs(8);

/// Shows and hides a snackbar.
#[derive(Clone, Copy)]
pub struct SnackbarHandle {
    words: RwSignal<Option<String>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl SnackbarHandle {
    /// A handle for a `Snackbar` to come.
    pub fn new() -> Self {
        let handle = Self { words: RwSignal::new(None), timer: StoredValue::new(None) };
        on_cleanup(move || handle.pause());
        handle
    }

    /// Says what was done, and counts anew.
    pub fn say(self, words: String) {
        self.words.set(Some(words));
        self.count();
    }

    /// Takes it away.
    pub fn hide(self) {
        self.pause();
        self.words.set(None);
    }

    fn pause(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    fn count(self) {
        self.pause();
        let away = move || {
            self.words.try_set(None);
        };
        self.timer.set_value(set_timeout_with_handle(away, STAYS).ok());
    }
}

/// The words and the button. The place is there always, so that screen readers hear what comes.
#[component]
pub fn Snackbar(
    /// Shows and hides it.
    handle: SnackbarHandle,
    /// What the button says.
    #[prop(into)]
    undo: Signal<String>,
    /// Undoes it.
    act: Callback<()>,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| handle.words.with(Option::is_some));
    let tapped = move |_| {
        handle.hide();
        act.run(());
    };
    view! {
        <div class="kj-snackbar" role="status" data-testid="snackbar" data-shown=move || is_shown.get().to_string()>
            <Show when=move || is_shown.get()>
                <div
                    class="kj-snackbar__body"
                    on:focusin=move |_| handle.pause()
                    on:focusout=move |_| handle.count()
                    on:pointerenter=move |_| handle.pause()
                    on:pointerleave=move |_| handle.count()
                >
                    <span>{move || handle.words.get()}</span>
                    <button type="button" class="kj-snackbar__undo" data-testid="undo" on:click=tapped>
                        {undo}
                    </button>
                </div>
            </Show>
        </div>
    }
}
