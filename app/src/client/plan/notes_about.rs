//! What has been written of an intervention over time, by whom and of which profession.

use kjent_core::command::ReadNotesAbout;
use kjent_core::ids::{ClientId, InterventionId};
use kjent_core::view::EntryBody;
use leptos::prelude::*;

use crate::changes::Changes;
use crate::client::journal_model::{Folded, fold};
use crate::i18n::{I18n, moment, profession_word, t, use_i18n};
use crate::live::{Live, loaded};

/// The notes, read once they are asked for.
#[component]
pub fn NotesAbout(client: ClientId, intervention: InterventionId) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    view! {
        <details class="kj-details" on:toggle=move |_| open.set(true)>
            <summary data-testid="notes-about">{t!(i18n, plan.notes_about)}</summary>
            {move || open.get().then(|| view! { <Notes client intervention /> })}
        </details>
    }
}

#[component]
fn Notes(client: ClientId, intervention: InterventionId) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadNotesAbout { client, intervention }, Changes::get().client(client));
    loaded(live, move |entries| {
        move || {
            let folded = entries.with(|entries| fold(entries));
            let lines: Vec<_> = folded
                .iter()
                .filter(|it| is_about(it, intervention))
                .map(|it| line(i18n, client, it))
                .collect();
            if lines.is_empty() {
                view! { <p class="kj-subtle">{t!(i18n, plan.notes_about_none)}</p> }.into_any()
            } else {
                view! { <ul class="kj-plain-list kj-rows">{lines}</ul> }.into_any()
            }
        }
    })
}

/// Whether it still is about it, and about this client, after what was corrected.
fn is_about(it: &Folded, intervention: InterventionId) -> bool {
    let (EntryBody::Note { note } | EntryBody::Visit { note, .. }) = &it.entry.body else {
        return false;
    };
    it.wrong.is_none() && note.interventions.contains(&intervention)
}

fn line(i18n: I18n, client: ClientId, it: &Folded) -> impl IntoView + use<> {
    let entry = &it.entry;
    let profession = profession_word(i18n, &entry.profession);
    let who = format!("{} · {}, {profession}", moment(i18n, entry.happened), entry.author);
    let words = match &entry.body {
        EntryBody::Note { note } | EntryBody::Visit { note, .. } => {
            note.first_text().unwrap_or_default().to_owned()
        }
        _ => String::new(),
    };
    view! {
        <li class="kj-report__entry" data-testid="note-about">
            <a href=format!("/client/{client}?part=journal&entry={}", entry.fact)>
                <span class="kj-subtle">{who}</span>
                <span class="kj-report__gist">{words}</span>
            </a>
        </li>
    }
}
