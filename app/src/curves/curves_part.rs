//! The part of a client's page with the curves.

use kjent_core::clinical::Measurement;
use kjent_core::command::ReadCurves;
use kjent_core::ids::{ClientId, FactId};
use kjent_core::view::CurvesView;
use leptos::prelude::*;

use super::correct_dialog::{CorrectDialog, CorrectHandle};
use super::curve_card::{Curve, CurveCard};
use super::curves_model::{Period, kinds, news2};
use super::limits_dialog::LimitsDialog;
use crate::changes::Changes;
use crate::components::choice::Choices;
use crate::components::icon::{ADD, icon};
use crate::i18n::{t, t_string, use_i18n};
use crate::live::{Live, loaded};

/// The curves of a client.
#[component]
pub fn Curves(client: ClientId) -> impl IntoView {
    let live = Live::new(ReadCurves { client }, Changes::get().client(client));
    loaded(live, move |data| view! { <All data client /> })
}

#[component]
fn All(data: Memo<CurvesView>, client: ClientId) -> impl IntoView {
    let i18n = use_i18n();
    let period = RwSignal::new(Period::Days14);
    let correcting = CorrectHandle::new();
    let curves = Memo::new(move |_| {
        data.with(|view| {
            let has_news2 = !news2(view, Period::All).is_empty();
            let kinds = kinds(view).into_iter().map(Curve::Kind);
            has_news2.then_some(Curve::News2).into_iter().chain(kinds).collect::<Vec<_>>()
        })
    });
    let correct = Callback::new(move |(fact, measurement): (FactId, Measurement)| {
        data.with_untracked(|view| correcting.open(view, fact, &measurement));
    });
    let periods = Period::ALL
        .into_iter()
        .map(|it| {
            let words = Signal::derive(move || {
                match it {
                    Period::Days14 => t_string!(i18n, curves.days_14),
                    Period::Months3 => t_string!(i18n, curves.months_3),
                    Period::All => t_string!(i18n, curves.all),
                }
                .to_owned()
            });
            ((it, words), it.code().to_owned())
        })
        .collect::<Vec<_>>();
    view! {
        <div class="kj-curves__head">
            <Choices
                name="period"
                legend=Signal::derive(move || t_string!(i18n, curves.period).to_owned())
                choices=periods
                chosen=Signal::derive(move || Some(period.get()))
                choose=Callback::new(move |it| period.set(it))
            />
            <div class="kj-form__actions">
                <a class="ds-button" data-testid="new-measurement" href=format!("/client/{client}/measure")>
                    {icon(ADD)}
                    <span>{t!(i18n, measure.new)}</span>
                </a>
                <LimitsDialog data />
            </div>
        </div>
        <Show when=move || curves.with(Vec::is_empty)>
            <p class="kj-card">{t!(i18n, curves.none)}</p>
        </Show>
        <div class="kj-curves">
            <For each=move || curves.get() key=Curve::clone let(curve)>
                <CurveCard curve data period correct />
            </For>
        </div>
        <CorrectDialog handle=correcting client />
    }
}
