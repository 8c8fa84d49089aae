//! The plan's forms and folds, without a screen: what an edit writes, and what a recurrence's form
//! says. Pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use kjent_core::plan::{DayPart, Recurrence, Rhythm, Scalar, TimeOfDay};
use kjent_core::view::{GoalView, InterventionView};

use crate::plan_draft::Texts;

/// Fields with their texts.
pub fn texts<const N: usize>(fields: [(&str, String); N]) -> Texts {
    fields.into_iter().map(|(field, text)| (field.to_owned(), text)).collect()
}

/// A goal's fields as a form has them.
pub fn goal_texts(goal: &GoalView) -> Texts {
    texts([
        ("title", goal.title.value.clone()),
        ("own_part", goal.own_part.value.clone()),
        ("expressed_by", goal.expressed_by.code().to_owned()),
        ("due", goal.due.map(|day| day.to_string()).unwrap_or_default()),
        ("need_area", goal.need_area.as_ref().map(|it| it.code().to_owned()).unwrap_or_default()),
    ])
}

/// An intervention's fields as a form has them.
pub fn intervention_texts(it: &InterventionView) -> Texts {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    texts([
        ("title", it.title.clone()),
        ("why", text(&it.why)),
        ("how", text(&it.how)),
        ("schedule", text(&it.schedule)),
        ("recurrence", text(&it.recurrence)),
        ("purpose", text(&it.purpose)),
        (
            "self_management",
            it.self_management.as_ref().map(|it| it.code().to_owned()).unwrap_or_default(),
        ),
        ("competence", it.competence.code().to_owned()),
        ("goal", it.goal.map(|goal| goal.to_string()).unwrap_or_default()),
        ("decision", it.decision.map(|decision| decision.to_string()).unwrap_or_default()),
        ("category", it.category.as_ref().map(|it| it.code().to_owned()).unwrap_or_default()),
        ("need_area", it.need_area.as_ref().map(|it| it.code().to_owned()).unwrap_or_default()),
        ("legal_basis", it.legal_basis.as_ref().map(|it| it.code().to_owned()).unwrap_or_default()),
    ])
}

/// What an edit writes: the fields that differ. One that nobody touched is not written, so that it
/// can't undo a colleague's edit.
pub fn changed(before: &Texts, now: &Texts) -> BTreeMap<String, Option<Scalar>> {
    now.iter()
        .filter(|(field, text)| before.get(*field).map_or("", |was| was.trim()) != text.trim())
        .map(|(field, text)| (field.clone(), Scalar::text(text)))
        .collect()
}

/// On which days, as a form asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RhythmKind {
    /// Not set.
    None,
    /// Every so many days.
    Days,
    /// On weekdays, every so many weeks.
    Weeks,
}

/// When something is due, while it is being edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecurrenceForm {
    /// On which days.
    pub kind: RhythmKind,
    /// Every so many of them.
    pub every: u32,
    /// The weekdays, 0 for Monday.
    pub weekdays: BTreeSet<u8>,
    /// The parts of the day.
    pub parts: BTreeSet<DayPart>,
    /// Times, as they are typed.
    pub times: String,
    /// The first day, as it is typed.
    pub from: String,
}

impl RecurrenceForm {
    /// The form of a stored text; an empty one that begins today when there is none.
    pub fn of(text: &str, today: NaiveDate) -> Self {
        let mut form = Self {
            kind: RhythmKind::None,
            every: 1,
            weekdays: BTreeSet::new(),
            parts: BTreeSet::new(),
            times: String::new(),
            from: today.to_string(),
        };
        let Ok(recurrence) = text.parse::<Recurrence>() else { return form };
        form.from = recurrence.from.to_string();
        (form.kind, form.every) = match recurrence.rhythm {
            Rhythm::Days(every) => (RhythmKind::Days, every),
            Rhythm::Weeks(every, weekdays) => {
                form.weekdays = weekdays;
                (RhythmKind::Weeks, every)
            }
        };
        let mut clocks = Vec::new();
        for time in recurrence.at {
            match time {
                TimeOfDay::In(part) => {
                    form.parts.insert(part);
                }
                TimeOfDay::At(time) => clocks.push(time.format("%H:%M").to_string()),
            }
        }
        form.times = clocks.join(", ");
        form
    }

    /// The text that is stored: empty when nothing is set, and one that can't be read when
    /// something is missing or can't be a time, so that the form is told so.
    pub fn text(&self) -> String {
        let rhythm = match self.kind {
            RhythmKind::None => return String::new(),
            RhythmKind::Days => Rhythm::Days(self.every),
            RhythmKind::Weeks => Rhythm::Weeks(self.every, self.weekdays.clone()),
        };
        let times: Option<Vec<TimeOfDay>> = self
            .times
            .split([',', ';', ' '])
            .filter(|one| !one.is_empty())
            .map(|one| time(one).map(TimeOfDay::At))
            .collect();
        match (times, self.from.parse()) {
            (Some(times), Ok(from)) => {
                let at = times.into_iter().chain(self.parts.iter().copied().map(TimeOfDay::In));
                Recurrence { from, rhythm, at: at.collect() }.to_string()
            }
            _ => "?".to_owned(),
        }
    }
}

/// A time as people write it: `8`, `08:00`, `8.30`.
fn time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "0"));
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_changed_is_written_and_an_empty_field_is_taken_away() {
        let before = texts([("title", "Gå tur".to_owned()), ("due", "2026-12-01".to_owned())]);
        assert_eq!(changed(&before, &before), BTreeMap::new());
        let mut now = before.clone();
        now.insert("title".to_owned(), " Gå tur ".into());
        now.insert("own_part".to_owned(), "  ".into());
        assert_eq!(changed(&before, &now), BTreeMap::new());
        now.insert("due".to_owned(), String::new());
        now.insert("own_part".to_owned(), "Går selv".into());
        let expected = BTreeMap::from([
            ("due".to_owned(), None),
            ("own_part".to_owned(), Scalar::text("Går selv")),
        ]);
        assert_eq!(changed(&before, &now), expected);
        assert_eq!(changed(&Texts::new(), &before).len(), 2);
    }

    #[test]
    fn a_recurrence_comes_out_of_its_form_as_it_went_in() {
        let today = NaiveDate::default();
        for text in [
            "",
            "DTSTART:20261121 RRULE:FREQ=DAILY;INTERVAL=3 X-AT:0800,1330",
            "DTSTART:20261121 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH X-AT:0705,MORNING,NIGHT",
        ] {
            assert_eq!(RecurrenceForm::of(text, today).text(), text);
        }
    }

    #[test]
    fn times_are_read_as_people_write_them_and_what_is_none_is_told() {
        let daily = RecurrenceForm::of("DTSTART:20261121 RRULE:FREQ=DAILY", NaiveDate::default());
        let cases = [
            ("8", "DTSTART:20261121 RRULE:FREQ=DAILY X-AT:0800"),
            ("8.30, 13:15", "DTSTART:20261121 RRULE:FREQ=DAILY X-AT:0830,1315"),
            ("25", "?"),
            ("morgen", "?"),
        ];
        for (times, text) in cases {
            let form = RecurrenceForm { times: times.into(), ..daily.clone() };
            assert_eq!(form.text(), text, "{times}");
        }
        let weekly = RecurrenceForm { kind: RhythmKind::Weeks, ..daily };
        assert!(weekly.text().parse::<Recurrence>().is_err(), "no weekday is chosen");
    }
}
