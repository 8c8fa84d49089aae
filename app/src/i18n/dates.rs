//! Days and times in words: «i dag», «torsdag», «12. november», «Lørdag 21. november».

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use kjent_core::time::Month;

use super::{I18n, t_string};

/// How near a day is, which decides how it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayWord {
    /// The same day.
    Today,
    /// The day before.
    Yesterday,
    /// The day after.
    Tomorrow,
    /// Within the last six days: its name says enough.
    Weekday(Weekday),
    /// Further away in the same year.
    Date(NaiveDate),
    /// In another year.
    DateWithYear(NaiveDate),
}

/// How to say `day` on the day `today`.
pub fn day_word(day: NaiveDate, today: NaiveDate) -> DayWord {
    match (today - day).num_days() {
        0 => DayWord::Today,
        1 => DayWord::Yesterday,
        -1 => DayWord::Tomorrow,
        2..=6 => DayWord::Weekday(day.weekday()),
        _ if day.year() == today.year() => DayWord::Date(day),
        _ => DayWord::DateWithYear(day),
    }
}

/// A day as it is said today.
pub fn relative_day(i18n: I18n, day: NaiveDate) -> String {
    match day_word(day, crate::clock::now().date()) {
        DayWord::Today => t_string!(i18n, dates.today).to_owned(),
        DayWord::Yesterday => t_string!(i18n, dates.yesterday).to_owned(),
        DayWord::Tomorrow => t_string!(i18n, dates.tomorrow).to_owned(),
        DayWord::Weekday(weekday) => weekday_name(i18n, weekday).to_owned(),
        DayWord::Date(day) => day_month(i18n, day),
        DayWord::DateWithYear(day) => date(i18n, day),
    }
}

/// A day and a time as they are said today: «i dag 08:14».
pub fn moment(i18n: I18n, at: NaiveDateTime) -> String {
    t_string!(i18n, dates.moment, day = relative_day(i18n, at.date()), time = time(at)).to_string()
}

/// A moment as it can be read anywhere and later: «21. november 2026 08:14».
pub fn moment_with_date(i18n: I18n, at: NaiveDateTime) -> String {
    t_string!(i18n, dates.moment, day = date(i18n, at.date()), time = time(at)).to_string()
}

/// «juli 2026».
pub fn month(i18n: I18n, month: Month) -> String {
    let name = month_name(i18n, month.number());
    t_string!(i18n, dates.month_year, month = name, year = month.year()).to_string()
}

/// A day with its year.
pub fn date(i18n: I18n, day: NaiveDate) -> String {
    t_string!(
        i18n,
        dates.day_month_year,
        day = day.day(),
        month = month_name(i18n, day.month()),
        year = day.year()
    )
    .to_string()
}

/// A day so that nobody takes it for another: «fredag 4. desember 2026».
pub fn full_date(i18n: I18n, day: NaiveDate) -> String {
    let weekday = weekday_name(i18n, day.weekday());
    t_string!(i18n, dates.heading, weekday = weekday, date = date(i18n, day)).to_string()
}

/// The same with its time: «fredag 4. desember 2026 14:30».
pub fn full_moment(i18n: I18n, at: NaiveDateTime) -> String {
    t_string!(i18n, dates.moment, day = full_date(i18n, at.date()), time = time(at)).to_string()
}

/// «Lørdag 21. november».
pub fn heading(i18n: I18n, day: NaiveDate) -> String {
    let weekday = weekday_name(i18n, day.weekday());
    let text =
        t_string!(i18n, dates.heading, weekday = weekday, date = day_month(i18n, day)).to_string();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// «08:14».
pub fn time(at: NaiveDateTime) -> String {
    at.format("%H:%M").to_string()
}

fn day_month(i18n: I18n, day: NaiveDate) -> String {
    t_string!(i18n, dates.day_month, day = day.day(), month = month_name(i18n, day.month()))
        .to_string()
}

/// «mandag».
pub fn weekday_name(i18n: I18n, weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => t_string!(i18n, dates.weekday_1),
        Weekday::Tue => t_string!(i18n, dates.weekday_2),
        Weekday::Wed => t_string!(i18n, dates.weekday_3),
        Weekday::Thu => t_string!(i18n, dates.weekday_4),
        Weekday::Fri => t_string!(i18n, dates.weekday_5),
        Weekday::Sat => t_string!(i18n, dates.weekday_6),
        Weekday::Sun => t_string!(i18n, dates.weekday_7),
    }
}

fn month_name(i18n: I18n, month: u32) -> &'static str {
    match month {
        1 => t_string!(i18n, dates.month_1),
        2 => t_string!(i18n, dates.month_2),
        3 => t_string!(i18n, dates.month_3),
        4 => t_string!(i18n, dates.month_4),
        5 => t_string!(i18n, dates.month_5),
        6 => t_string!(i18n, dates.month_6),
        7 => t_string!(i18n, dates.month_7),
        8 => t_string!(i18n, dates.month_8),
        9 => t_string!(i18n, dates.month_9),
        10 => t_string!(i18n, dates.month_10),
        11 => t_string!(i18n, dates.month_11),
        _ => t_string!(i18n, dates.month_12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_days_have_names_and_far_days_have_dates() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let today = day("2026-11-21");
        let cases = [
            ("2026-11-21", DayWord::Today),
            ("2026-11-20", DayWord::Yesterday),
            ("2026-11-22", DayWord::Tomorrow),
            ("2026-11-19", DayWord::Weekday(Weekday::Thu)),
            ("2026-11-15", DayWord::Weekday(Weekday::Sun)),
            ("2026-11-14", DayWord::Date(day("2026-11-14"))),
            ("2026-11-28", DayWord::Date(day("2026-11-28"))),
            ("2025-12-31", DayWord::DateWithYear(day("2025-12-31"))),
        ];
        for (text, expected) in cases {
            assert_eq!(day_word(day(text), today), expected, "{text}");
        }
    }
}
