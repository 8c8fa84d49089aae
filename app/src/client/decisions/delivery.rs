//! Delivered against granted, and why they differ.

use kjent_core::command::ExplainDelivery;
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use kjent_core::view::{DecisionView, DeliveryView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::failure::Trouble;
use crate::components::icon::{ALERT, CHECK};
use crate::components::tag::tag;
use crate::components::text_field::TextArea;
use crate::i18n::{I18n, date, relative_day, t, t_string, use_i18n};
use crate::ipc::call;

/// Weeks in the span that is counted.
const WEEKS: u32 = 4;

/// The last four weeks.
#[component]
pub fn Delivery(client: ClientId, decision: Memo<Option<DecisionView>>) -> impl IntoView {
    let i18n = use_i18n();
    let delivery = Memo::new(move |_| {
        decision.with(|it| it.as_ref().and_then(|it| Some((it.id, it.delivery.clone()?))))
    });
    let is_open = RwSignal::new(false);
    let differs =
        Memo::new(move |_| delivery.with(|it| it.as_ref().is_some_and(|(_, it)| it.differs())));
    let explain = move || {
        (differs.get() && !is_open.get()).then(|| {
            view! {
                <button type="button" class="ds-button" data-variant="secondary" data-testid="explain-delivery" on:click=move |_| is_open.set(true)>
                    {t!(i18n, decisions.explain)}
                </button>
            }
        })
    };
    view! {
        {move || delivery.get().map(|(_, it)| figures(i18n, &it))}
        {explain}
        {move || is_open.get().then(|| {
            let (id, it) = delivery.get_untracked()?;
            let request = ExplainDelivery { client, decision: id, from: it.from, to: it.to, reason: String::new() };
            Some(view! { <Reason request is_open /> })
        })}
    }
}

fn figures(i18n: I18n, it: &DeliveryView) -> impl IntoView + use<> {
    let span = t_string!(i18n, decisions.span, from = date(i18n, it.from), to = date(i18n, it.to))
        .to_string();
    let verdict = if it.differs() {
        tag("warning", ALERT, t_string!(i18n, decisions.differs)).into_any()
    } else {
        tag("success", CHECK, t_string!(i18n, decisions.as_granted)).into_any()
    };
    let minutes = it.granted.minutes.map(|granted| {
        view! {
            <tr>
                <th scope="row">{t!(i18n, decisions.minutes)}</th>
                <td>{granted}</td>
                <td>{it.delivered.minutes}</td>
                <td>{it.delivered.minutes / WEEKS}</td>
            </tr>
        }
    });
    let explained = it.explained.iter().map(|one| {
        let by = format!("{} {}", one.by, relative_day(i18n, one.on));
        view! { <li><span class="kj-text">{one.reason.clone()}</span> <span class="kj-subtle">{by}</span></li> }
    });
    view! {
        <div class="kj-delivery" data-testid="delivery">
            <table class="ds-table">
                <caption>{span}</caption>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{t!(i18n, decisions.granted)}</th>
                        <th scope="col">{t!(i18n, decisions.delivered)}</th>
                        <th scope="col">{t!(i18n, decisions.per_week)}</th>
                    </tr>
                </thead>
                <tbody>
                    <tr>
                        <th scope="row">{t!(i18n, decisions.visits)}</th>
                        <td>{it.granted.visits}</td>
                        <td>{it.delivered.visits}</td>
                        <td>{it.delivered.visits / WEEKS}</td>
                    </tr>
                    {minutes}
                </tbody>
            </table>
            {verdict}
            <ul class="kj-plain-list">{explained.collect_view()}</ul>
        </div>
    }
}

/// Why it differs.
#[component]
fn Reason(request: ExplainDelivery, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let request = ExplainDelivery { reason: reason.get_untracked(), ..request.clone() };
        spawn_local(async move {
            match call(request).await {
                Ok(()) => drop(is_open.try_set(false)),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    view! {
        <form class="kj-form" on:submit=save>
            <TextArea
                id="delivery-reason"
                label=Signal::derive(move || t_string!(i18n, decisions.why).to_owned())
                seed=String::new()
                typed=Callback::new(move |text| reason.set(text))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-delivery-reason">{t!(i18n, app.save)}</button>
                <button type="button" class="ds-button" data-variant="secondary" on:click=move |_| is_open.set(false)>{t!(i18n, app.cancel)}</button>
            </div>
        </form>
    }
}
