//! Handing something over: about whom, to whom, what.

use kjent_core::command::HandOver;
use kjent_core::fact::HandoverTo;
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::problem::Problem;
use kjent_core::view::HandoverView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::choice::Choices;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::failure::Trouble;
use crate::components::text_field::TextArea;
use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;
use crate::note::Colleague;

/// The dialog. It opens by itself when the address names an entry.
#[component]
pub fn HandOverForm(
    view: Memo<HandoverView>,
    handle: DialogHandle,
    /// About whom, when that is given.
    client: Option<ClientId>,
    /// The entry that it is about.
    about: Option<FactId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(client);
    let to = RwSignal::new(HandoverTo::NextShift);
    let worker = RwSignal::new(None::<WorkerId>);
    let text = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    // A field is seeded once: it is made anew when what stood in it has been sent.
    let sent = RwSignal::new(0_u32);
    let send = move |_| {
        let Some(client) = chosen.get_untracked() else {
            problem.set(Some(Problem::new("client_needed")));
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let request = HandOver {
            client,
            to: to.get_untracked(),
            worker: worker.get_untracked().filter(|_| to.get_untracked() == HandoverTo::Worker),
            text: text.get_untracked(),
            about,
        };
        spawn_local(async move {
            let result = call(request).await;
            busy.try_set(false);
            match result {
                Ok(()) => {
                    handle.close();
                    text.try_set(String::new());
                    sent.try_update(|sent| *sent += 1);
                }
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    let words = move |to: &HandoverTo| match to {
        HandoverTo::NextShift => t_string!(i18n, handover.to_next).to_owned(),
        HandoverTo::Worker => t_string!(i18n, handover.to_colleague).to_owned(),
        HandoverTo::Unknown(code) => code.clone(),
    };
    let choices = HandoverTo::ALL
        .iter()
        .map(|to| ((to.clone(), Signal::derive(move || words(to))), to.code().to_owned()))
        .collect();
    let clients = move || {
        let one = |(client, name): (ClientId, String)| {
            view! { <option value=client.to_string() selected=chosen.get_untracked() == Some(client)>{name}</option> }
        };
        view.with(|view| view.all_clients.clone()).into_iter().map(one).collect_view()
    };
    view! {
        <Dialog handle id="hand-over-dialog" title=Signal::derive(move || t_string!(i18n, handover.hand_over).to_owned())>
            <div class="kj-note">
                <div class="ds-field">
                    <label class="ds-label kj-label" for="hand-over-client">{t!(i18n, handover.client)}</label>
                    <select class="ds-input kj-input kj-select" id="hand-over-client" data-testid="hand-over-client"
                        on:change:target=move |event| chosen.set(event.target().value().parse().ok())>
                        <option value="" selected=chosen.get_untracked().is_none()>{t!(i18n, handover.choose_client)}</option>
                        {clients}
                    </select>
                </div>
                <Choices
                    name="hand-over-to"
                    legend=Signal::derive(move || t_string!(i18n, handover.to_whom).to_owned())
                    choices
                    chosen=Signal::derive(move || Some(to.get()))
                    choose=Callback::new(move |it| to.set(it))
                />
                <Show when=move || to.get() == HandoverTo::Worker>
                    <Colleague
                        id="hand-over-worker"
                        colleagues=Signal::derive(move || view.with(|view| view.colleagues.clone()))
                        chosen=worker
                        picked=Callback::new(move |it| worker.set(it))
                    />
                </Show>
                {move || {
                    sent.track();
                    view! {
                        <TextArea
                            id="hand-over-text"
                            label=Signal::derive(move || t_string!(i18n, handover.text).to_owned())
                            seed=String::new()
                            typed=Callback::new(move |it| text.set(it))
                        />
                    }
                }}
                <p class="kj-subtle">{t!(i18n, handover.stays_yours)}</p>
                {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            </div>
            <div class="kj-dialog__actions">
                <button type="button" class="ds-button" data-testid="send-handover" aria-disabled=move || busy.get().to_string() on:click=send>
                    {t!(i18n, handover.hand_over)}
                </button>
            </div>
        </Dialog>
    }
}
