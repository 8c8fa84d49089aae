//! The signing bar and its dialog.

use kjent_core::command::{DiscardVisit, FinishVisit};
use kjent_core::ids::VisitId;
use kjent_core::problem::Problem;
use kjent_core::view::VisitView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use super::summary::summary;
use super::visit_form::VisitForm;
use super::visit_model::to_sign;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::failure::Trouble;
use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;

/// «Se over og signer», and what it opens.
#[component]
pub fn Sign(
    visit: VisitId,
    view: Memo<VisitView>,
    form: VisitForm,
    #[prop(into)] all_answered: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = DialogHandle::new();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let navigate = use_navigate();
    let review = move |_| {
        form.left();
        problem.set(None);
        dialog.open();
    };
    let sign = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let navigate = navigate.clone();
        form.close(move || {
            spawn_local(async move {
                let draft = form.draft.get_untracked();
                let result = call(FinishVisit { visit, draft: to_sign(&draft) }).await;
                busy.try_set(false);
                match result {
                    Ok(()) => {
                        dialog.close();
                        navigate("/", Default::default());
                    }
                    Err(why) => {
                        problem.try_set(Some(why));
                        // Signing dropped what waited to be saved; it is still only a draft.
                        form.tap(|_| ());
                    }
                }
            });
        });
    };
    let is_fresh = Memo::new(move |_| {
        view.with(|view| view.unplanned.is_some())
            && form.draft.with(|draft| !draft.says_something() && draft.progress.is_empty())
    });
    let go = use_navigate();
    let discard = move |_| {
        let go = go.clone();
        form.close(move || {
            spawn_local(async move {
                match call(DiscardVisit { visit }).await {
                    Ok(()) => go("/", Default::default()),
                    Err(why) => {
                        problem.try_set(Some(why));
                        dialog.open();
                    }
                }
            });
        });
    };
    let discard = StoredValue::new_local(discard);
    view! {
        {move || is_fresh.get().then(|| view! {
            <button type="button" class="ds-button kj-quiet-button" data-testid="discard-visit"
                on:click=move |event| discard.with_value(|discard| discard(event))>
                {t!(i18n, visits.discard)}
            </button>
        })}
        <button
            type="button"
            class="ds-button"
            // One filled button at a time: until everything is answered, that is «Alt utført».
            data-variant=move || if all_answered.get() { "primary" } else { "secondary" }
            data-testid="review-and-sign"
            on:click=review
        >
            {t!(i18n, visit.review)}
        </button>
        <Dialog handle=dialog id="sign-dialog" title=Signal::derive(move || t_string!(i18n, visit.sign_title).to_owned())>
            {move || view.with(|view| form.draft.with(|draft| summary(i18n, view, draft)))}
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-dialog__actions">
                <button type="button" class="ds-button" data-variant="secondary" data-testid="keep-writing" on:click=move |_| dialog.close()>
                    {t!(i18n, visit.keep_writing)}
                </button>
                <button type="button" class="ds-button" data-testid="sign" aria-disabled=move || busy.get().to_string() on:click=sign>
                    {move || if busy.get() { t_string!(i18n, visit.signing) } else { t_string!(i18n, visit.sign) }}
                </button>
            </div>
        </Dialog>
    }
}
