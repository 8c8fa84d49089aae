//! One measurement's tile: what it is now, or what it was.

use kjent_core::clinical::{Measurement, MeasurementKind, Standing};
use leptos::prelude::*;

use super::measurements_model::{Judged, change, judge, last};
use super::pad::PadHandle;
use super::sheet::Sheet;
use crate::clock;
use crate::components::icon::{ALERT, icon};
use crate::i18n::{I18n, kind_word, relative_day, t, t_string, use_i18n, value_said};

/// Where a value stands, in words.
pub fn judged_words(i18n: I18n, measurement: &Measurement, judged: Judged, called: &str) -> String {
    let name = called.to_owned();
    match judged {
        Judged::Limits(Standing::Below) => {
            t_string!(i18n, measure.below_limits, name = name).to_string()
        }
        Judged::Limits(Standing::Above) => {
            t_string!(i18n, measure.above_limits, name = name).to_string()
        }
        Judged::Usual(Standing::Below) if measurement.level().is_some() => {
            t_string!(i18n, measure.not_alert).to_owned()
        }
        Judged::Usual(Standing::Below) => t_string!(i18n, measure.below_usual).to_owned(),
        Judged::Usual(Standing::Above) => t_string!(i18n, measure.above_usual).to_owned(),
        Judged::Limits(Standing::Within) | Judged::Usual(Standing::Within) => String::new(),
    }
}

/// How it has changed, in words.
pub fn change_words(i18n: I18n, sheet: Sheet, measurement: &Measurement) -> Option<String> {
    let now = clock::now();
    let (change, days) = sheet.before(|view| change(view, measurement, now))?;
    Some(t_string!(i18n, measure.change, change = change, count = days).to_string())
}

/// The tile; it opens the keys.
#[component]
pub fn Tile(kind: MeasurementKind, sheet: Sheet, pad: PadHandle) -> impl IntoView {
    let i18n = use_i18n();
    let test_id = format!("tile-{}", kind.code());
    let kind = StoredValue::new(kind);
    let now =
        Memo::new(move |_| kind.with_value(|kind| sheet.seen.with(|seen| seen.of(kind).cloned())));
    let label = move || {
        let unit = kind.with_value(|kind| kind.scale().map_or("", |scale| scale.unit));
        let name = kind.with_value(|kind| kind_word(i18n, kind));
        match unit {
            "" | "/min" | "mmHg" => name.to_owned(),
            unit => format!("{name}, {unit}"),
        }
    };
    let value = move || match now.get() {
        Some(measurement) if measurement.kind == MeasurementKind::Oxygen => {
            value_said(i18n, &measurement)
        }
        Some(measurement) => match measurement.level() {
            Some(_) => value_said(i18n, &measurement),
            None => measurement.format(),
        },
        None => "–".to_owned(),
    };
    let small = move || match now.get() {
        Some(measurement) => {
            let called = sheet.before(|view| view.called.clone());
            let judged = sheet.before(|view| judge(view, &measurement));
            match judged.filter(|judged| judged.is_outside()) {
                Some(judged) => {
                    let words = judged_words(i18n, &measurement, judged, &called);
                    view! { <span class="kj-tile__outside">{icon(ALERT)} <span>{words}</span></span> }.into_any()
                }
                None => change_words(i18n, sheet, &measurement).into_any(),
            }
        }
        None => {
            let before = kind.with_value(|kind| {
                sheet.before(|view| last(view, kind).map(|(it, at)| (it.clone(), at)))
            });
            match before {
                Some((measurement, at)) => {
                    let (value, when) =
                        (value_said(i18n, &measurement), relative_day(i18n, at.date()));
                    t_string!(i18n, measure.last, value = value, when = when).to_string().into_any()
                }
                None => t!(i18n, measure.not_today).into_any(),
            }
        }
    };
    view! {
        <button
            type="button"
            class="kj-tile"
            data-testid=test_id
            data-measured=move || now.with(Option::is_some).to_string()
            on:click=move |_| kind.with_value(|kind| pad.open(kind, sheet))
        >
            <span class="kj-tile__label">{label}</span>
            <span class="kj-tile__value">{value}</span>
            <span class="kj-tile__small">{small}</span>
        </button>
    }
}
