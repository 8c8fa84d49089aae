//! «Nytt besøk nå»: a visit that nobody planned.

use kjent_core::command::StartUnplannedVisit;
use kjent_core::fact::UnplannedReason;
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

use crate::components::choice::Choices;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::failure::Trouble;
use crate::components::icon::{ADD, icon};
use crate::components::text_field::TextInput;
use crate::i18n::{t, t_string, unplanned_word, use_i18n};
use crate::ipc::call;

/// The button, and what it opens.
#[component]
pub fn NewVisit(client: ClientId) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = DialogHandle::new();
    let problem = RwSignal::new(None::<Problem>);
    let chosen = RwSignal::new(None::<UnplannedReason>);
    let words = RwSignal::new(String::new());
    let navigate = use_navigate();
    let start = move |_| {
        let Some(reason) = chosen.get_untracked() else {
            problem.set(Some(Problem::new("reason_needed")));
            return;
        };
        let navigate = navigate.clone();
        let request = StartUnplannedVisit { client, reason, words: words.get_untracked() };
        problem.set(None);
        spawn_local(async move {
            match call(request).await {
                Ok(visit) => {
                    dialog.close();
                    navigate(&format!("/client/{client}/visit/{visit}"), Default::default());
                }
                Err(why) => {
                    problem.try_set(Some(why));
                }
            }
        });
    };
    let choices = UnplannedReason::ALL
        .iter()
        .map(|reason| {
            let words = Signal::derive(move || unplanned_word(i18n, reason));
            ((reason.clone(), words), reason.code().to_owned())
        })
        .collect();
    view! {
        <button type="button" class="ds-button kj-quiet-button" data-testid="new-visit" aria-haspopup="dialog"
            on:click=move |_| dialog.open()>
            {icon(ADD)}
            <span>{t!(i18n, visits.new)}</span>
        </button>
        <Dialog handle=dialog id="new-visit-dialog" title=Signal::derive(move || t_string!(i18n, visits.new_title).to_owned())>
            <Choices
                name="unplanned"
                legend=Signal::derive(move || t_string!(i18n, visits.new_why).to_owned())
                choices=choices
                chosen=chosen
                choose=Callback::new(move |reason| chosen.set(Some(reason)))
            />
            <TextInput
                id="unplanned-words"
                label=Signal::derive(move || t_string!(i18n, visits.new_words).to_owned())
                seed=String::new()
                typed=Callback::new(move |text| words.set(text))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-dialog__actions">
                <button type="button" class="ds-button" data-variant="secondary" data-testid="no-new-visit" on:click=move |_| dialog.close()>
                    {t!(i18n, visits.new_not)}
                </button>
                <button type="button" class="ds-button" data-testid="start-unplanned" on:click=start>
                    {t!(i18n, visits.new_start)}
                </button>
            </div>
        </Dialog>
    }
}
