//! Something that is handed over: what, by whom, to whom, and how far it has come.

use kjent_core::command::AcceptHandover;
use kjent_core::fact::HandoverTo;
use kjent_core::problem::Problem;
use kjent_core::view::{HandedView, HandoverStep, ReceiptStep};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::icon::{CHECK_CIRCLE, CLOUD, CLOUD_UP, EYE, STOP, TABLET, icon};
use crate::i18n::{I18n, moment, t_string};
use crate::ipc::call;

/// The card. A function and not a component, so that the closure around it follows the language.
pub fn handed_card(
    i18n: I18n,
    it: &HandedView,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView + use<> {
    let (client, handover) = (it.client, it.handover);
    let to = match it.to {
        HandoverTo::Worker if !it.to_name.is_empty() => it.to_name.clone(),
        _ => t_string!(i18n, handover.next_shift).to_owned(),
    };
    let when = moment(i18n, it.at);
    let who = if it.mine {
        t_string!(i18n, handover.to, name = to, when = when).to_string()
    } else {
        t_string!(i18n, handover.from, name = it.by.clone(), when = when).to_string()
    };
    let about = it.about.map(|fact| {
        view! {
            <a class="ds-link" data-testid="handed-about" href=format!("/client/{client}?part=journal&entry={fact}")>
                {t_string!(i18n, handover.about)}
            </a>
        }
    });
    let accept = move |_| {
        problem.set(None);
        spawn_local(async move {
            if let Err(why) = call(AcceptHandover { client, handover }).await {
                problem.try_set(Some(why));
            }
        });
    };
    let button = (!it.mine && !it.is_accepted()).then(|| {
        view! {
            <button type="button" class="ds-button" data-variant="secondary" data-testid="accept-handover" on:click=accept>
                {t_string!(i18n, handover.accept)}
                <span class="ds-sr-only">{it.client_name.clone()}</span>
            </button>
        }
    });
    view! {
        <li class="kj-card kj-handed" data-testid="handed" data-mine=it.mine.to_string() data-accepted=it.is_accepted().to_string()>
            <h3 class="kj-item-heading">
                <a href=format!("/client/{client}")>{it.client_name.clone()}</a>
            </h3>
            <p class="kj-text">{it.text.clone()}</p>
            <p class="kj-subtle">{who}</p>
            {about}
            {step_line(i18n, &it.step, it.mine)}
            {button}
        </li>
    }
}

/// How far it has come; to the one who is to accept it that says nothing.
fn step_line(i18n: I18n, step: &HandoverStep, mine: bool) -> impl IntoView + use<> {
    let (svg, code, words) = match step {
        HandoverStep::Accepted { by, at } => {
            let (name, when) = (by.clone(), moment(i18n, *at));
            let words = t_string!(i18n, handover.accepted, name = name, when = when).to_string();
            (CHECK_CIRCLE, "accepted", words)
        }
        HandoverStep::Refused => (STOP, "refused", t_string!(i18n, handover.refused).to_owned()),
        HandoverStep::Handed { .. } if !mine => return None,
        HandoverStep::Handed { receipt } => match receipt {
            ReceiptStep::Here => (CLOUD_UP, "here", t_string!(i18n, handover.here).to_owned()),
            ReceiptStep::OnServer => {
                (CLOUD, "on_server", t_string!(i18n, handover.sent).to_owned())
            }
            ReceiptStep::OnTablet { name } => {
                let words = t_string!(i18n, handover.received, name = name.clone()).to_string();
                (TABLET, "on_tablet", words)
            }
            ReceiptStep::Read { name, .. } => {
                let words = t_string!(i18n, handover.read, name = name.clone()).to_string();
                (EYE, "read", words)
            }
        },
    };
    Some(view! {
        <p class="kj-subtle kj-with-icon" data-testid="handed-step" data-step=code>{icon(svg)} <span>{words}</span></p>
    })
}
