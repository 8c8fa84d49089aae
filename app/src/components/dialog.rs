//! A dialog on the browser's own `<dialog>`: it keeps the focus inside, and Escape closes it.

use leptos::html;
use leptos::prelude::*;

use super::icon::{CLOSE, icon};
use crate::i18n::{t, t_string, use_i18n};

/// Opens and closes a dialog.
#[derive(Clone, Copy)]
pub struct DialogHandle(NodeRef<html::Dialog>);

impl DialogHandle {
    /// A handle for a `Dialog` to come.
    pub fn new() -> Self {
        Self(NodeRef::new())
    }

    /// Opens it above all else.
    pub fn open(self) {
        if let Some(dialog) = self.0.try_get_untracked().flatten().filter(|dialog| !dialog.open()) {
            // It fails only when the dialog is not in the page, and then there is nothing to open.
            let _opened = dialog.show_modal();
        }
    }

    /// Closes it; the focus goes back to where it was.
    pub fn close(self) {
        if let Some(dialog) = self.0.try_get_untracked().flatten() {
            dialog.close();
        }
    }
}

/// A dialog with a title and a button to close it.
#[component]
pub fn Dialog(
    /// Opens and closes it.
    handle: DialogHandle,
    /// The id of its title.
    id: &'static str,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <dialog class="ds-dialog kj-dialog" node_ref=handle.0 aria-labelledby=id data-testid=id>
            <div class="kj-dialog__head">
                // The focus begins at the title: what the dialog is about is heard first.
                <h2 class="ds-heading kj-dialog__title" data-size="sm" id=id tabindex="-1" autofocus>{title}</h2>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    data-color="neutral"
                    data-testid=format!("close-{id}")
                    on:click=move |_| handle.close()
                    title=move || t_string!(i18n, app.close)
                >
                    {icon(CLOSE)}
                    <span class="ds-sr-only">{t!(i18n, app.close)}</span>
                </button>
            </div>
            {children()}
        </dialog>
    }
}
