//! «Ført på feil bruker»: why, and whom it is about.

use kjent_core::command::{MarkWrongPerson, ReadClients};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::failure::Trouble;
use crate::components::text_field::TextArea;
use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;

/// The dialog, for the entry that was tapped.
#[component]
pub fn WrongPersonDialog(
    client: ClientId,
    handle: DialogHandle,
    #[prop(into)] entry: Signal<Option<FactId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = move || entry.get().map(|fact| view! { <Form client fact handle /> });
    view! {
        <Dialog handle id="wrong-person-dialog" title=Signal::derive(move || t_string!(i18n, journal.wrong_title).to_owned())>
            {form}
        </Dialog>
    }
}

#[component]
fn Form(client: ClientId, fact: FactId, handle: DialogHandle) -> impl IntoView {
    let i18n = use_i18n();
    let clients = LocalResource::new(move || call(ReadClients {}));
    let reason = RwSignal::new(String::new());
    let right = RwSignal::new(None::<ClientId>);
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let mark = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let request = MarkWrongPerson {
            client,
            fact,
            reason: reason.get_untracked(),
            right: right.get_untracked(),
        };
        spawn_local(async move {
            let result = call(request).await;
            busy.try_set(false);
            match result {
                Ok(()) => handle.close(),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    let options = move || {
        let all = clients.get().and_then(Result::ok).unwrap_or_default();
        let others = all.into_iter().filter(|card| card.client != client);
        others
            .map(|card| view! { <option value=card.client.to_string()>{card.name}</option> })
            .collect_view()
    };
    view! {
        <div class="kj-note">
            <p>{t!(i18n, journal.wrong_lead)}</p>
            <TextArea
                id="wrong-reason"
                label=Signal::derive(move || t_string!(i18n, journal.wrong_reason).to_owned())
                hint=Signal::derive(move || t_string!(i18n, journal.wrong_reason_hint).to_owned())
                seed=String::new()
                typed=Callback::new(move |text| reason.set(text))
            />
            <div class="ds-field">
                <label class="ds-label kj-label" for="wrong-right">{t!(i18n, journal.wrong_right)}</label>
                <p data-field="description" id="wrong-right-hint">{t!(i18n, journal.wrong_right_hint)}</p>
                <select class="ds-input kj-input kj-select" id="wrong-right" data-testid="wrong-right" aria-describedby="wrong-right-hint"
                    on:change:target=move |event| right.set(event.target().value().parse().ok())>
                    <option value="">{t!(i18n, journal.wrong_nobody)}</option>
                    {options}
                </select>
            </div>
            <p class="kj-subtle">{t!(i18n, journal.wrong_deletion)}</p>
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        </div>
        <div class="kj-dialog__actions">
            <button type="button" class="ds-button" data-variant="secondary" on:click=move |_| handle.close()>{t!(i18n, app.cancel)}</button>
            <button type="button" class="ds-button" data-testid="mark-wrong" aria-disabled=move || busy.get().to_string() on:click=mark>
                {t!(i18n, journal.wrong_mark)}
            </button>
        </div>
    }
}
