//! When an intervention is due: days or weekdays, how often, and when in the day.

use std::collections::BTreeSet;

use kjent_core::plan::{DayPart, Recurrence, weekday};
use leptos::prelude::*;

use super::item_form::ItemForm;
use super::plan_model::{RecurrenceForm, RhythmKind};
use crate::components::choice::Choices;
use crate::components::text_field::{TextInput, error_line};
use crate::i18n::{day_part_word, recurrence_words, t_string, use_i18n, weekday_name};

/// The field; it writes the form's text for it at each tap.
#[component]
pub fn RecurrenceField(form: ItemForm) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.now.with_untracked(|now| now.get("recurrence").cloned().unwrap_or_default());
    let seed = RecurrenceForm::of(&seed, crate::clock::now().date());
    let value = RwSignal::new(seed.clone());
    let change = move |change: &dyn Fn(&mut RecurrenceForm)| {
        value.update(|value| change(value));
        let text = value.with_untracked(RecurrenceForm::text);
        form.now.update(|now| drop(now.insert("recurrence".to_owned(), text)));
        form.mended("recurrence");
    };
    let kind = Memo::new(move |_| value.with(|value| value.kind));
    let kinds = [
        (RhythmKind::None, "none", Signal::derive(move || t_string!(i18n, plan.r_none).to_owned())),
        (RhythmKind::Days, "days", Signal::derive(move || t_string!(i18n, plan.r_days).to_owned())),
        (
            RhythmKind::Weeks,
            "weeks",
            Signal::derive(move || t_string!(i18n, plan.r_weeks).to_owned()),
        ),
    ];
    let kinds = kinds.map(|(kind, code, words)| ((kind, words), code.to_owned())).to_vec();
    let every = (1..=4_u32).map(|n| ((n, Signal::stored(n.to_string())), n.to_string())).collect();
    let every_legend = move || match kind.get() {
        RhythmKind::Weeks => t_string!(i18n, plan.r_every_weeks).to_owned(),
        _ => t_string!(i18n, plan.r_every_days).to_owned(),
    };
    let weekdays = (0..7_u8).filter_map(|number| {
        let name = weekday(number)?;
        let on = Memo::new(move |_| value.with(|value| value.weekdays.contains(&number)));
        let words = Signal::derive(move || weekday_name(i18n, name).to_owned());
        let tapped = Callback::new(move |()| change(&|value| toggle(&mut value.weekdays, number)));
        Some(toggle_button(format!("weekday-{number}"), words, on, tapped))
    });
    let parts = DayPart::ALL.into_iter().map(|part| {
        let on = Memo::new(move |_| value.with(|value| value.parts.contains(&part)));
        let words = Signal::derive(move || day_part_word(i18n, part).to_owned());
        let tapped = Callback::new(move |()| change(&|value| toggle(&mut value.parts, part)));
        toggle_button(format!("part-of-day-{}", part.code().to_lowercase()), words, on, tapped)
    });
    let said = move || {
        let recurrence = value.with(|value| value.text().parse::<Recurrence>().ok());
        recurrence.map(|recurrence| recurrence_words(i18n, &recurrence))
    };
    let error = form.error("recurrence");
    view! {
        <div class="kj-recurrence" data-field-of="recurrence" data-testid="recurrence">
            <Choices
                name="recurrence-kind"
                legend=Signal::derive(move || t_string!(i18n, plan.r_legend).to_owned())
                choices=kinds
                chosen=Signal::derive(move || Some(kind.get()))
                choose=Callback::new(move |kind| change(&|value| value.kind = kind))
            />
            <div class="kj-form" hidden=move || kind.get() == RhythmKind::None>
                <fieldset class="kj-choices" hidden=move || kind.get() != RhythmKind::Weeks>
                    <legend class="ds-label kj-label">{move || t_string!(i18n, plan.r_weekdays)}</legend>
                    <div class="kj-choices__row">{weekdays.collect_view()}</div>
                </fieldset>
                <Choices
                    name="recurrence-every"
                    legend=Signal::derive(every_legend)
                    choices=every
                    chosen=Signal::derive(move || Some(value.with(|value| value.every)))
                    choose=Callback::new(move |every| change(&|value| value.every = every))
                />
                <fieldset class="kj-choices">
                    <legend class="ds-label kj-label">{move || t_string!(i18n, plan.r_parts)}</legend>
                    <div class="kj-choices__row">{parts.collect_view()}</div>
                </fieldset>
                <TextInput
                    id="recurrence-times"
                    of=form.of()
                    label=Signal::derive(move || t_string!(i18n, plan.r_times).to_owned())
                    seed=seed.times
                    typed=Callback::new(move |text: String| change(&|value| value.times.clone_from(&text)))
                />
                <TextInput
                    id="recurrence-from"
                    of=form.of()
                    kind="date"
                    label=Signal::derive(move || t_string!(i18n, plan.r_from).to_owned())
                    seed=seed.from
                    typed=Callback::new(move |text: String| change(&|value| value.from.clone_from(&text)))
                />
                <p class="kj-strong" role="status" data-testid="recurrence-said">{said}</p>
            </div>
            {error_line(format!("recurrence-error{}", form.of()), error)}
        </div>
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, one: T) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

/// One of several that may all be chosen.
fn toggle_button(
    test_id: String,
    words: Signal<String>,
    on: Memo<bool>,
    tapped: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="kj-choice">
            <input type="checkbox" data-testid=test_id prop:checked=on on:change=move |_| tapped.run(()) />
            <span>{words}</span>
        </label>
    }
}
