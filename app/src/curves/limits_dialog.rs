//! The client's own limits, and the order for scale 2.

use std::collections::BTreeMap;

use kjent_core::clinical::{Limits, MeasurementKind, ScaleTwoOrder};
use kjent_core::command::EditPlan;
use kjent_core::plan::{Part, Scalar, limit_field};
use kjent_core::problem::Problem;
use kjent_core::view::CurvesView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::failure::Trouble;
use crate::components::icon::{PENCIL, icon};
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{kind_word, sentence, t, t_string, use_i18n};
use crate::ipc::call;

const ORDER: &str = "spo2_scale2_order";

/// The kinds that have limits, with an example of each.
const KINDS: [(MeasurementKind, &str); 8] = [
    (MeasurementKind::Weight, "56,0–62,0"),
    (MeasurementKind::Pulse, "50–110"),
    (MeasurementKind::BloodPressure, "110–150"),
    (MeasurementKind::Glucose, "5,0–12,0"),
    (MeasurementKind::Temperature, "36,0–38,0"),
    (MeasurementKind::Spo2, "88–92"),
    (MeasurementKind::Respiration, "12–24"),
    (MeasurementKind::Pain, "0–3"),
];

/// What has been typed into the fields that differ, by field.
type Typed = BTreeMap<String, String>;

/// The button and the dialog; nothing for those who don't set limits.
#[component]
pub fn LimitsDialog(data: Memo<CurvesView>) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = DialogHandle::new();
    let may = Memo::new(move |_| data.with(|view| view.may_set_limits));
    // The fields are made anew each time, so that they begin with what stands.
    let round = RwSignal::new(0_u32);
    let open = move |_| {
        round.update(|round| *round += 1);
        dialog.open();
    };
    let title = Signal::derive(move || {
        t_string!(i18n, curves.limits_title, name = data.with(|view| view.called.clone()))
            .to_string()
    });
    view! {
        <Show when=move || may.get()>
            <button type="button" class="ds-button" data-variant="secondary" data-testid="open-limits" on:click=open>
                {icon(PENCIL)}
                <span>{t!(i18n, curves.limits)}</span>
            </button>
            <Dialog handle=dialog id="limits-dialog" title>
                {move || (round.get() > 0).then(|| view! { <Fields data dialog /> })}
            </Dialog>
        </Show>
    }
}

#[component]
fn Fields(data: Memo<CurvesView>, dialog: DialogHandle) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(Typed::new());
    let reason = RwSignal::new(String::new());
    let wrong = RwSignal::new(BTreeMap::<String, Problem>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let client = data.with_untracked(|view| view.client);
    let now = move |kind: &MeasurementKind| {
        data.with_untracked(|view| {
            let limits = view.limits.iter().find(|limits| limits.kind == *kind);
            limits.map(|limits| limits.text.clone()).unwrap_or_default()
        })
    };
    let keep = move |field: String| {
        Callback::new(move |text: String| {
            wrong.update(|wrong| drop(wrong.remove(&field)));
            typed.update(|typed| drop(typed.insert(field.clone(), text)));
        })
    };
    let fault = move |field: String| {
        move || {
            let words = wrong.with(|wrong| wrong.get(&field).map(|it| sentence(i18n, it)))?;
            Some(
                view! { <p class="kj-pad__problem" role="alert" data-testid="limit-problem">{words}</p> },
            )
        }
    };
    let field = move |(kind, example): (MeasurementKind, &'static str)| {
        let name = limit_field(&kind);
        let is_wrong = {
            let name = name.clone();
            Signal::derive(move || wrong.with(|wrong| wrong.contains_key(&name)))
        };
        let unit = kind.scale().map_or("", |scale| scale.unit);
        let seed = now(&kind);
        let label = Signal::derive(move || match unit {
            "" => kind_word(i18n, &kind).to_owned(),
            unit => t_string!(i18n, curves.limits_of, what = kind_word(i18n, &kind), unit = unit)
                .to_string(),
        });
        let hint = Signal::derive(move || {
            t_string!(i18n, curves.limits_hint, example = example).to_string()
        });
        view! {
            <TextInput id="limit" of=format!("-{name}") label hint seed wrong=is_wrong typed=keep(name.clone()) />
            {fault(name)}
        }
    };
    let save = move |_| {
        if busy.get_untracked() {
            return;
        }
        let typed = typed.get_untracked();
        let faults = faults(&typed);
        let is_sound = faults.is_empty();
        wrong.set(faults);
        if !is_sound {
            return;
        }
        busy.set(true);
        problem.set(None);
        let fields = typed.iter().map(|(field, text)| (field.clone(), written(field, text)));
        let request = EditPlan {
            client,
            part: Part::Client,
            object: None,
            fields: fields.collect(),
            discussed: None,
            reason: reason.get_untracked(),
        };
        spawn_local(async move {
            let result = call(request).await;
            busy.try_set(false);
            match result {
                Ok(_) => dialog.close(),
                Err(why) => {
                    problem.try_set(Some(why));
                }
            }
        });
    };
    let order = data.with_untracked(|view| {
        view.scale_two.as_ref().map(ToString::to_string).unwrap_or_default()
    });
    let order_wrong = Signal::derive(move || wrong.with(|wrong| wrong.contains_key(ORDER)));
    view! {
        <div class="kj-form">
            {KINDS.map(field).collect_view()}
            <TextInput id="scale-two-order" label=Signal::derive(move || t_string!(i18n, curves.order).to_owned())
                hint=Signal::derive(move || t_string!(i18n, curves.order_hint).to_owned())
                seed=order wrong=order_wrong typed=keep(ORDER.to_owned()) />
            <Show when=move || order_wrong.get()>
                <p class="kj-pad__problem" role="alert">{t!(i18n, curves.order_wrong)}</p>
            </Show>
            <TextArea id="limits-reason" label=Signal::derive(move || t_string!(i18n, curves.limits_reason).to_owned())
                seed=String::new() typed=Callback::new(move |text| reason.set(text)) />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        </div>
        <div class="kj-dialog__actions">
            <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-limits" on:click=move |_| dialog.close()>{t!(i18n, curves.cancel)}</button>
            <button type="button" class="ds-button" data-testid="save-limits" aria-disabled=move || busy.get().to_string() on:click=save>
                {move || if busy.get() { t_string!(i18n, curves.saving) } else { t_string!(i18n, curves.save) }}
            </button>
        </div>
    }
}

/// What can't be written, by field.
fn faults(typed: &Typed) -> BTreeMap<String, Problem> {
    let of = |field: &str, text: &str| -> Option<Problem> {
        if text.trim().is_empty() {
            return None;
        }
        if field == ORDER {
            let read = text.trim().parse::<ScaleTwoOrder>();
            return read.err().map(|_| Problem::new("field_invalid"));
        }
        let kind = kjent_core::plan::of_limit_field(field)?;
        Limits::parse(&kind, text.trim()).err().map(|error| (&error).into())
    };
    typed.iter().filter_map(|(field, text)| Some((field.clone(), of(field, text)?))).collect()
}

/// The value that is written: limits in the form that all tablets show.
fn written(field: &str, text: &str) -> Option<Scalar> {
    let kind = kjent_core::plan::of_limit_field(field);
    let limits = kind.and_then(|kind| Some(Limits::parse(&kind, text.trim()).ok()?.format(&kind)));
    Scalar::text(limits.as_deref().unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_checked_field_by_field_and_written_in_one_form() {
        let typed = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
        };
        let wrong: Typed = typed(&[
            ("limit_pulse", "110-50"),
            ("limit_weight", "56 - 62"),
            ("limit_spo2", ""),
            (ORDER, "ja"),
        ]);
        let codes: Vec<(String, String)> =
            faults(&wrong).into_iter().map(|(field, problem)| (field, problem.code)).collect();
        let expected = [("limit_pulse", "limits_order"), (ORDER, "field_invalid")];
        let expected: Vec<(String, String)> =
            expected.map(|(field, code)| (field.to_owned(), code.to_owned())).to_vec();
        assert_eq!(codes, expected);
        assert_eq!(written("limit_weight", "56 - 62"), Scalar::text("56,0–62,0"));
        assert_eq!(written("limit_spo2", " "), None);
        assert_eq!(written(ORDER, " 2026-03-01 Kari Lege "), Scalar::text("2026-03-01 Kari Lege"));
    }
}
