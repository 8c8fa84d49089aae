//! The dialog in which one measurement is written: keys for numbers, words for the rest.

use kjent_core::clinical::{Consciousness, Measurement, MeasurementKind};
use kjent_core::problem::Problem;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::measurements_model::{judge, last, range_text};
use super::pad_keys::PadKeys;
use super::sheet::Sheet;
use super::tile::{change_words, judged_words};
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::icon::{ALERT, icon};
use crate::i18n::{
    I18n, kind_word, level_word, moment, purpose_word, sentence, t, t_string, use_i18n, value_said,
};

/// Opens the dialog for a kind.
#[derive(Clone, Copy)]
pub struct PadHandle {
    dialog: DialogHandle,
    kind: RwSignal<Option<MeasurementKind>>,
    typed: RwSignal<String>,
    problem: RwSignal<Option<Problem>>,
    /// Whether the litres of oxygen are asked for.
    flow: RwSignal<bool>,
}

impl PadHandle {
    /// A handle for a `Pad` to come.
    pub fn new() -> Self {
        Self {
            dialog: DialogHandle::new(),
            kind: RwSignal::new(None),
            typed: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            flow: RwSignal::new(false),
        }
    }

    /// Opens it with what stands on the sheet.
    pub fn open(self, kind: &MeasurementKind, sheet: Sheet) {
        self.show(kind, sheet.seen.with_untracked(|seen| seen.of(kind).cloned()));
    }

    /// Opens it with a measurement.
    pub fn open_with(self, measurement: &Measurement) {
        self.show(&measurement.kind, Some(measurement.clone()));
    }

    fn show(self, kind: &MeasurementKind, now: Option<Measurement>) {
        let on_oxygen = now.as_ref().and_then(Measurement::first).is_some_and(|flow| flow > 0);
        let words = *kind == MeasurementKind::Consciousness;
        let text = now.filter(|_| !words).map(|now| now.format()).unwrap_or_default();
        self.flow.set(*kind == MeasurementKind::Oxygen && on_oxygen);
        self.typed.set(if *kind == MeasurementKind::Oxygen && !on_oxygen {
            String::new()
        } else {
            text
        });
        self.problem.set(None);
        self.kind.set(Some(kind.clone()));
        self.dialog.open();
    }
}

/// The dialog.
#[component]
pub fn Pad(handle: PadHandle, sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || {
        handle.kind.with(|kind| kind.as_ref().map(|kind| kind_word(i18n, kind)).unwrap_or_default())
    };
    let body = move || {
        let kind = handle.kind.get()?;
        Some(match kind {
            MeasurementKind::Consciousness => levels(i18n, handle, sheet).into_any(),
            MeasurementKind::Oxygen if !handle.flow.get() => {
                breathing(i18n, handle, sheet).into_any()
            }
            kind => view! { <Number kind handle sheet /> }.into_any(),
        })
    };
    view! {
        <Dialog handle=handle.dialog id="pad-dialog" title=Signal::derive(move || title().to_owned())>
            <p class="kj-subtle kj-pad__why">
                {move || handle.kind.with(|kind| kind.as_ref().map(|kind| purpose_word(i18n, kind)))}
            </p>
            {body}
        </Dialog>
    }
}

fn write(handle: PadHandle, sheet: Sheet, measurement: Measurement) {
    sheet.change(|seen| seen.set(measurement));
    handle.dialog.close();
}

fn levels(i18n: I18n, handle: PadHandle, sheet: Sheet) -> impl IntoView {
    let one = move |level: &'static Consciousness| {
        let pressed = move || {
            let now = sheet.seen.with(|seen| seen.of(&MeasurementKind::Consciousness)?.level());
            (now.as_ref() == Some(level)).to_string()
        };
        let tapped = move |_| write(handle, sheet, Measurement::consciousness(level));
        view! {
            <button type="button" class="kj-answer kj-level" data-answer="same" aria-pressed=pressed data-testid=format!("level-{}", level.code()) on:click=tapped>
                <span class="kj-level__code">{level.code()}</span>
                <span>{level_word(i18n, level)}</span>
            </button>
        }
    };
    view! {
        <div class="kj-levels">{Consciousness::ALL.iter().map(one).collect_view()}</div>
        <Remove handle sheet />
    }
}

fn breathing(i18n: I18n, handle: PadHandle, sheet: Sheet) -> impl IntoView {
    let on_air = move || {
        let now = sheet.seen.with(|seen| seen.of(&MeasurementKind::Oxygen)?.first());
        (now == Some(0)).to_string()
    };
    view! {
        <div class="kj-levels">
            <button type="button" class="kj-answer kj-level" data-answer="same" aria-pressed=on_air data-testid="on-air"
                on:click=move |_| write(handle, sheet, Measurement::air())>
                {t!(i18n, measure.air)}
            </button>
            <button type="button" class="kj-answer kj-level" data-answer="same" data-testid="on-oxygen" on:click=move |_| handle.flow.set(true)>
                {t!(i18n, measure.on_oxygen)}
            </button>
        </div>
        <Remove handle sheet />
    }
}

/// Takes away what stands on the sheet.
#[component]
fn Remove(handle: PadHandle, sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let is_there = Memo::new(move |_| {
        handle.kind.with(|kind| {
            kind.as_ref().is_some_and(|kind| sheet.seen.with(|seen| seen.of(kind).is_some()))
        })
    });
    let remove = move |_| {
        if let Some(kind) = handle.kind.get_untracked() {
            sheet.change(|seen| seen.clear(&kind));
        }
        handle.dialog.close();
    };
    view! {
        <Show when=move || is_there.get()>
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="remove-measurement" on:click=remove>
                {t!(i18n, measure.remove)}
            </button>
        </Show>
    }
}

#[component]
fn Number(kind: MeasurementKind, handle: PadHandle, sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let PadHandle { typed, problem, .. } = handle;
    let unit = kind.scale().map_or("", |scale| scale.unit);
    let keys = kind.clone();
    let kind = StoredValue::new(kind);
    let read = move |text: &str| kind.with_value(|kind| Measurement::parse(kind.clone(), text));
    let reading = Memo::new(move |_| typed.with(|typed| read(typed).ok()));
    let use_it = move |event: SubmitEvent| {
        event.prevent_default();
        match typed.with_untracked(|typed| read(typed)) {
            Ok(measurement) => write(handle, sheet, measurement),
            Err(error) => problem.set(Some((&error).into())),
        }
    };
    let label = move || match unit {
        "" => t_string!(i18n, measure.value).to_owned(),
        unit => t_string!(i18n, measure.value_in, unit = unit).to_string(),
    };
    let range = move || {
        let (own, range) = kind.with_value(|kind| sheet.before(|view| range_text(view, kind)))?;
        let name = sheet.before(|view| view.called.clone());
        Some(if own {
            t_string!(i18n, measure.limits, name = name, range = range).to_string()
        } else {
            t_string!(i18n, measure.usual, range = range).to_string()
        })
    };
    let before = move || {
        let before = kind.with_value(|kind| {
            sheet.before(|view| last(view, kind).map(|(it, at)| (it.clone(), at)))
        });
        match before {
            Some((it, at)) => {
                let (value, when) = (value_said(i18n, &it), moment(i18n, at));
                t_string!(i18n, measure.last, value = value, when = when).to_string()
            }
            None => t_string!(i18n, measure.never).to_owned(),
        }
    };
    let change = move || reading.with(|it| change_words(i18n, sheet, it.as_ref()?));
    let warning = move || {
        reading.with(|it| {
            let it = it.as_ref()?;
            let judged = sheet.before(|view| judge(view, it)).filter(|it| it.is_outside())?;
            let called = sheet.before(|view| view.called.clone());
            let words = judged_words(i18n, it, judged, &called);
            let again = t_string!(i18n, measure.look_again);
            Some(view! {
                <p class="kj-pad__warning" data-testid="pad-warning">{icon(ALERT)} <span>{format!("{words}. {again}")}</span></p>
            })
        })
    };
    let wrong = move || {
        let words = problem.with(|problem| problem.as_ref().map(|it| sentence(i18n, it)))?;
        Some(
            view! { <p class="kj-pad__problem" id="pad-problem" role="alert" data-testid="pad-problem">{icon(ALERT)} <span>{words}</span></p> },
        )
    };
    view! {
        <form class="kj-pad" novalidate on:submit=use_it>
            <div class="kj-pad__side">
                <label class="ds-label kj-label" for="pad-value">{label}</label>
                <input
                    class="ds-input kj-pad__value"
                    id="pad-value"
                    data-testid="pad-value"
                    inputmode="none"
                    autocomplete="off"
                    aria-describedby="pad-problem"
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    prop:value=move || typed.get()
                    on:input:target=move |event| {
                        problem.set(None);
                        typed.set(event.target().value());
                    }
                />
                {wrong}
                <div class="kj-pad__said" role="status">{warning} <p>{change}</p></div>
                <p class="kj-subtle">{before}</p>
                <p class="kj-subtle">{range}</p>
            </div>
            <PadKeys kind=keys typed pressed=Callback::new(move |()| problem.set(None)) />
            <div class="kj-dialog__actions kj-pad__actions">
                <Remove handle sheet />
                <button type="submit" class="ds-button" data-testid="use-measurement">{t!(i18n, measure.use_it)}</button>
            </div>
        </form>
    }
}
