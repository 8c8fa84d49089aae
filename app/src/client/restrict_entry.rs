//! «Skjerm dette notatet»: whom the client lets read a single entry, in the client's words; and who
//! reads one that is restricted.

use kjent_core::command::{EndEntryRestriction, RestrictEntry};
use kjent_core::ids::{FactId, WorkerId};
use kjent_core::problem::Problem;
use kjent_core::view::{ClientView, EntryView, JournalView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::entry_readers::EntryReadersField;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::failure::Trouble;
use crate::components::icon::ALERT;
use crate::components::tag::tag;
use crate::components::text_field::TextInput;
use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;

/// The dialog, for the entry that was tapped.
#[component]
pub fn RestrictEntryDialog(
    page: Memo<ClientView>,
    journal: Memo<JournalView>,
    handle: DialogHandle,
    #[prop(into)] entry: Signal<Option<FactId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let found = move |fact| {
        journal.with_untracked(|it| it.entries.iter().find(|it| it.fact == fact).cloned())
    };
    let form = move || {
        let entry = entry.get().and_then(found);
        entry.map(|entry| view! { <Form page entry handle /> })
    };
    view! {
        <Dialog handle id="restrict-entry-dialog" title=Signal::derive(move || t_string!(i18n, restricted_entry.restrict).to_owned())>
            {form}
        </Dialog>
    }
}

#[component]
fn Form(page: Memo<ClientView>, entry: EntryView, handle: DialogHandle) -> impl IntoView {
    let i18n = use_i18n();
    let (client, fact) = (page.with_untracked(|page| page.client), entry.fact);
    let restricted = entry.restricted.filter(|it| !it.is_ended);
    let is_restricted = restricted.is_some();
    let chosen = RwSignal::new(restricted.map(|it| it.readers).unwrap_or_default());
    let words = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let settle = move |done: Result<(), Problem>| {
        busy.try_set(false);
        match done {
            Ok(()) => handle.close(),
            Err(why) => drop(problem.try_set(Some(why))),
        }
    };
    let begin = move || {
        let is_free = !busy.get_untracked();
        if is_free {
            busy.set(true);
            problem.set(None);
        }
        is_free
    };
    let restrict = move |_| {
        if begin() {
            let (readers, words) = (chosen.get_untracked(), words.get_untracked());
            let request = RestrictEntry { client, entry: fact, readers, words };
            spawn_local(async move { settle(call(request).await) });
        }
    };
    let end = move |_| {
        if begin() {
            let words = words.get_untracked();
            let request = EndEntryRestriction { client, entry: fact, words };
            spawn_local(async move { settle(call(request).await) });
        }
    };
    let tapped = Callback::new(move |worker: WorkerId| {
        chosen.update(|all| match all.iter().position(|it| *it == worker) {
            Some(place) => drop(all.remove(place)),
            None => all.push(worker),
        });
    });
    let me = page.with_untracked(|page| page.people.me).filter(|_| !entry.mine);
    let loses_it = move || me.is_some_and(|me| chosen.with(|all| !all.contains(&me)));
    let save = move || {
        if is_restricted {
            t_string!(i18n, restricted_entry.save)
        } else {
            t_string!(i18n, restricted_entry.confirm)
        }
    };
    view! {
        <div class="kj-note" data-testid="restrict-entry-form">
            <p>{t!(i18n, restricted_entry.lead)}</p>
            <EntryReadersField client kind=entry.kind author=entry.author_id chosen tapped />
            <div role="status">
                {move || loses_it().then(|| view! { <div class="kj-tags" data-testid="restrict-without-you">{tag("warning", ALERT, t_string!(i18n, restricted_entry.without_you).to_owned())}</div> })}
            </div>
            <TextInput
                id="restrict-words"
                label=Signal::derive(move || t_string!(i18n, restricted_entry.why).to_owned())
                hint=Signal::derive(move || t_string!(i18n, restricted_entry.why_hint).to_owned())
                wrong=Signal::derive(move || problem.with(Option::is_some))
                typed=Callback::new(move |text| words.set(text))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        </div>
        <div class="kj-dialog__actions">
            <button type="button" class="ds-button" data-variant="secondary" on:click=move |_| handle.close()>{t!(i18n, app.cancel)}</button>
            {is_restricted.then(|| view! {
                <button type="button" class="ds-button" data-variant="secondary" data-testid="end-entry-restriction" aria-disabled=move || busy.get().to_string() on:click=end>
                    {t!(i18n, restricted_entry.end)}
                </button>
            })}
            <button type="button" class="ds-button" data-testid="confirm-restrict" aria-disabled=move || busy.get().to_string() on:click=restrict>
                {save}
            </button>
        </div>
    }
}
