//! What stands in a field for a day, or for a day and a time, in words below it. The webview writes
//! the field's own figures in the order of the machine's language, and no page can choose another:
//! 04/12 is April to one and December to the other, and 02:30 has lost its PM.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use leptos::prelude::*;

use crate::i18n::{full_date, full_moment, use_i18n};

/// Whether a field of this kind is for days.
pub fn is_for_days(kind: &str) -> bool {
    matches!(kind, "date" | "datetime-local")
}

/// The id of the words, by that of the field that they describe.
pub fn words_id(field: &str) -> String {
    format!("{field}-in-words")
}

/// The words. Their line is there before they are, so that nothing moves while a day is typed.
#[component]
pub fn DayInWords(
    /// The field's id.
    #[prop(into)]
    of: String,
    /// What stands in the field, as the webview gives it.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        Some(match text.with(|text| read(text))? {
            Standing::Day(day) => full_date(i18n, day),
            Standing::Moment(at) => full_moment(i18n, at),
        })
    };
    view! {
        <p class="kj-subtle kj-day-in-words" id=words_id(&of) aria-live="polite" data-testid="day-in-words">
            {words}
        </p>
    }
}

/// What a field for days can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Day(NaiveDate),
    Moment(NaiveDateTime),
}

/// Nothing while the year is being typed: it passes 0002 and 0020 on the way to 2026.
fn read(text: &str) -> Option<Standing> {
    let day = || text.parse::<NaiveDate>().ok().map(Standing::Day);
    let moment = || {
        let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"];
        let at = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        at.map(Standing::Moment)
    };
    day().or_else(moment).filter(|standing| match standing {
        Standing::Day(day) => day.year() >= 1000,
        Standing::Moment(at) => at.year() >= 1000,
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_a_whole_day_is_said() {
        for (text, is_said) in [
            ("2026-12-04", true),
            ("2026-12-04T14:30", true),
            ("2026-12-04T14:30:00", true),
            ("", false),
            ("2026-12", false),
            ("0202-12-04", false),
            ("0202-12-04T14:30", false),
        ] {
            assert_eq!(read(text).is_some(), is_said, "{text}");
        }
    }
}
