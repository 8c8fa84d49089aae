//! Taking the work with an incident a step on: what was found, done or measured, in words.

use kjent_core::command::TakeIncidentStep;
use kjent_core::fact::IncidentState;
use kjent_core::ids::{ClientId, FactId};
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::failure::Trouble;
use crate::components::text_field::TextArea;
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::ipc::call;

fn button_word(i18n: I18n, step: &IncidentState) -> &'static str {
    match step {
        IncidentState::Acted => t_string!(i18n, incident.take_acted),
        IncidentState::Measured => t_string!(i18n, incident.take_measured),
        IncidentState::Closed => t_string!(i18n, incident.take_closed),
        _ => t_string!(i18n, incident.take_assessed),
    }
}

fn question(i18n: I18n, step: &IncidentState) -> &'static str {
    match step {
        IncidentState::Acted => t_string!(i18n, incident.words_acted),
        IncidentState::Measured => t_string!(i18n, incident.words_measured),
        IncidentState::Closed => t_string!(i18n, incident.words_closed),
        _ => t_string!(i18n, incident.words_assessed),
    }
}

/// The button of one step, and the dialog behind it.
#[component]
pub fn StepForm(client: ClientId, incident: FactId, step: IncidentState) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = DialogHandle::new();
    let step = StoredValue::new(step);
    let words = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let take = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let step = step.get_value();
        let request = TakeIncidentStep { client, incident, step, words: words.get_untracked() };
        spawn_local(async move {
            let result = call(request).await;
            busy.try_set(false);
            match result {
                Ok(()) => dialog.close(),
                Err(why) => {
                    problem.try_set(Some(why));
                }
            }
        });
    };
    let label = move || step.with_value(|step| button_word(i18n, step));
    view! {
        <button type="button" class="ds-button" data-variant="secondary" data-testid=step.with_value(|step| format!("step-{}", step.code())) on:click=move |_| dialog.open()>
            {label}
        </button>
        <Dialog handle=dialog id="step-dialog" title=Signal::derive(move || label().to_owned())>
            <TextArea id="step-words" of=step.with_value(|step| format!("-{incident}-{}", step.code()))
                label=Signal::derive(move || step.with_value(|step| question(i18n, step)).to_owned())
                seed=String::new() typed=Callback::new(move |text| { problem.set(None); words.set(text); }) />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-dialog__actions">
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-step" on:click=move |_| dialog.close()>{t!(i18n, curves.cancel)}</button>
                <button type="button" class="ds-button" data-testid="take-step" aria-disabled=move || busy.get().to_string() on:click=take>{label}</button>
            </div>
        </Dialog>
    }
}
