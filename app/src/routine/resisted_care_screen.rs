//! Wires the routine for care that is resisted.

use kjent_core::command::{
    FinishResistedCare, ReadResistedCare, ResistedCareDraft, SaveResistedCareDraft,
};
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::problem::Problem;
use leptos::prelude::*;

use super::resisted_care_fields::ResistedCareFields;
use super::sign_routine::{SignRoutine, of_visit};
use crate::components::page::{Back, Page};
use crate::components::saved_line::SavedLine;
use crate::draft_form::DraftForm;
use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

type Form = DraftForm<ResistedCareDraft>;

/// «Motsetter seg hjelp», at one visit.
#[component]
pub fn ResistedCareScreen() -> impl IntoView {
    of_visit(|client, visit| view! { <ResistedCare client visit /> }.into_any())
}

#[component]
fn ResistedCare(client: ClientId, visit: VisitId) -> impl IntoView {
    let i18n = use_i18n();
    // Read once: what comes in by sync is never a draft, and the visit is under way.
    let live = Live::new(ReadResistedCare { visit }, Memo::new(|_| 0));
    let form = Memo::new(move |old: Option<&Option<Form>>| {
        old.copied().flatten().or_else(|| {
            live.data.get().map(|view| {
                DraftForm::new(view.draft, move |draft| {
                    call(SaveResistedCareDraft { visit, draft })
                })
            })
        })
    });
    let problem = RwSignal::new(None::<Problem>);
    let name =
        move || live.data.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    let content = move |view: Memo<_>| {
        move || {
            form.get().map(|form| {
                view! {
                    <div class="kj-form kj-routine" on:focusout=move |_| form.left() on:input=move |_| problem.set(None)>
                        <ResistedCareFields view=view.get_untracked() form problem />
                    </div>
                }
            })
        }
    };
    let to = format!("/client/{client}/visit/{visit}");
    let after = to.clone();
    let bar = move || {
        move || {
            let to = after.clone();
            form.get().map(|form| {
                let finish =
                    move || FinishResistedCare { visit, draft: form.draft.get_untracked() };
                view! {
                    <SavedLine state=form.saved() />
                    <SignRoutine form finish to problem />
                }
            })
        }
    };
    let back = Back { to, words: Signal::derive(move || t_string!(i18n, app.back).to_owned()) };
    view! {
        <Page
            title=Signal::derive(move || t_string!(i18n, routine.resists).to_owned())
            subtitle=Signal::derive(name)
            back=Some(back)
            bar=bar
        >
            <p>{t!(i18n, routine.resists_lead)}</p>
            {loaded(live, content)}
        </Page>
    }
}
