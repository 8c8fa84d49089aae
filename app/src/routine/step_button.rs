//! One step as a large button: what to do, the number to phone, and when it was done.

use kjent_core::command::MissedContactDraft;
use kjent_core::fact::ContactStep;
use leptos::prelude::*;

use super::missed_contact_model::{Offered, taken_at, toggle_step};
use crate::clock;
use crate::components::icon::{ALERT, BELL, CHECK_CIRCLE, KEY, PHONE, icon};
use crate::draft_form::DraftForm;
use crate::i18n::{I18n, t_string, time, use_i18n};

/// The button; a tap notes the time, another takes it back.
#[component]
pub fn StepButton(
    offered: Offered,
    #[prop(into)] called: Signal<String>,
    #[prop(into)] entry: Signal<Option<String>>,
    form: DraftForm<MissedContactDraft>,
) -> impl IntoView {
    let i18n = use_i18n();
    let offered = StoredValue::new(offered);
    let taken = Memo::new(move |_| {
        form.draft.with(|draft| offered.with_value(|offered| taken_at(draft, offered)))
    });
    let tapped = move |_| {
        let now = clock::now();
        offered.with_value(|offered| form.tap(|draft| toggle_step(draft, offered, now)));
    };
    let code = offered.with_value(|offered| offered.step.code().to_owned());
    let svg = offered.with_value(|offered| match offered.step {
        ContactStep::Rang => BELL,
        ContactStep::WentIn => KEY,
        ContactStep::PhonedEmergency => ALERT,
        _ => PHONE,
    });
    let done = move || {
        taken.get().map(|at| {
            let words = t_string!(i18n, routine.done_at, time = time(at)).to_string();
            view! { <span class="kj-step__done" data-testid="step-time">{icon(CHECK_CIRCLE)} <span>{words}</span></span> }
        })
    };
    view! {
        <li>
            <button type="button" class="kj-step" data-testid=format!("step-{code}")
                aria-pressed=move || taken.get().is_some().to_string() on:click=tapped>
                {icon(svg)}
                <span class="kj-step__what">
                    <span class="kj-strong">{move || offered.with_value(|it| todo(i18n, it, &called.get()))}</span>
                    <span class="kj-subtle">{move || offered.with_value(|it| beside(i18n, it, entry.get()))}</span>
                </span>
                {move || offered.with_value(|it| (!it.phone.is_empty()).then(|| view! { <span class="kj-step__phone">{it.phone.clone()}</span> }))}
                {done}
            </button>
        </li>
    }
}

fn todo(i18n: I18n, offered: &Offered, called: &str) -> String {
    let phone = |name: &str| t_string!(i18n, routine.phone, name = name.to_owned()).to_string();
    match offered.step {
        ContactStep::PhonedClient => phone(called),
        ContactStep::PhonedContact => phone(&offered.whom),
        ContactStep::WentIn => t_string!(i18n, routine.go_in).to_owned(),
        ContactStep::PhonedLead => t_string!(i18n, routine.phone_lead).to_owned(),
        ContactStep::PhonedEmergency => t_string!(i18n, routine.phone_emergency).to_owned(),
        _ => t_string!(i18n, routine.ring_again).to_owned(),
    }
}

fn beside(i18n: I18n, offered: &Offered, entry: Option<String>) -> String {
    match offered.step {
        ContactStep::Rang => t_string!(i18n, routine.ring_again_hint).to_owned(),
        ContactStep::PhonedContact => offered.relation.clone(),
        ContactStep::WentIn => match entry {
            Some(entry) => t_string!(i18n, routine.go_in_by, entry = entry).to_string(),
            None => t_string!(i18n, routine.go_in_hint).to_owned(),
        },
        ContactStep::PhonedLead => t_string!(i18n, routine.phone_lead_hint).to_owned(),
        ContactStep::PhonedEmergency => t_string!(i18n, routine.phone_emergency_hint).to_owned(),
        _ => String::new(),
    }
}
