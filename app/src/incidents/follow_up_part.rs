//! What an incident asks to be followed up: what, by when, from whom. It opens a thread.

use kjent_core::command::IncidentDraft;
use kjent_core::fact::FollowUpFrom;
use kjent_core::view::LinksView;
use leptos::prelude::*;

use crate::components::text_field::{TextArea, error_line};
use crate::draft_form::DraftForm;
use crate::i18n::{t_string, use_i18n};
use crate::note::{By, From};

/// The fields. By when and from whom are asked once it is said what.
#[component]
pub fn FollowUpPart(
    form: DraftForm<IncidentDraft>,
    /// From whom it can be asked.
    links: Signal<LinksView>,
    /// What is wrong with the words.
    #[prop(into)]
    what_error: Signal<Option<String>>,
    /// What is wrong with the day.
    #[prop(into)]
    by_error: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.draft.with_untracked(|draft| draft.incident.follow_up.clone());
    let asks = Memo::new(move |_| {
        form.draft.with(|draft| {
            !draft.incident.follow_up.trim().is_empty() || draft.incident.follow_up_by.is_some()
        })
    });
    let by = Memo::new(move |_| form.draft.with(|draft| draft.incident.follow_up_by));
    let set = Callback::new(move |day| {
        form.tap(|draft| draft.incident.follow_up_by = Some(day));
    });
    let from = Memo::new(move |_| {
        let from = form.draft.with(|draft| draft.incident.follow_up_from.clone());
        Some(from.unwrap_or(FollowUpFrom::Team))
    });
    let worker = Memo::new(move |_| form.draft.with(|draft| draft.incident.follow_up_worker));
    let ask = Callback::new(move |(from, worker): (FollowUpFrom, Option<_>)| {
        form.tap(|draft| {
            draft.incident.follow_up_worker = worker.filter(|_| from == FollowUpFrom::Worker);
            draft.incident.follow_up_from = Some(from);
        });
    });
    view! {
        <TextArea
            id="incident-follow-up"
            label=Signal::derive(move || t_string!(i18n, incident.follow_up).to_owned())
            seed
            error=what_error
            typed=form.typed(|draft, text| draft.incident.follow_up = text)
        />
        <Show when=move || asks.get()>
            <By by set />
            {error_line("incident-follow-up-by-error".to_owned(), by_error)}
            <From from worker ask links />
        </Show>
    }
}
