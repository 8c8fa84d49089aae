//! Words for the codes of the plan, and when something is due in a sentence.

use chrono::NaiveTime;
use kjent_core::fact::{DiscussedWith, GoalAttainment};
use kjent_core::plan::{
    DayPart, InterventionCategory, InterventionGap, LegalBasis, NeedArea, Recurrence, Rhythm,
    SelfManagement, TimeOfDay,
};

use super::dates::weekday_name;
use super::{I18n, t_string};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($type:ident) { $($variant:ident => $key:ident,)* })*) => {$(
        $(#[$doc])*
        pub fn $name(i18n: I18n, value: &$type) -> String {
            match value {
                $($type::$variant => t_string!(i18n, plan.$key).to_owned(),)*
                $type::Unknown(code) => code.clone(),
            }
        }
    )*};
}

words! {
    /// How far a goal was reached.
    attainment_word(GoalAttainment) {
        Reached => attained_reached,
        Partly => attained_partly,
        Not => attained_not,
        Changed => attained_changed,
        Ended => attained_ended,
    }
    /// What an intervention does for the client.
    category_word(InterventionCategory) {
        HealthPromoting => category_health_promoting,
        Preventive => category_preventive,
        Treating => category_treating,
        Compensating => category_compensating,
        Rehabilitating => category_rehabilitating,
    }
    /// With what the client could manage something without help.
    self_management_word(SelfManagement) {
        Aid => manage_aid,
        Training => manage_training,
        Adaptation => manage_adaptation,
        Relative => manage_relative,
        Technology => manage_technology,
        None => manage_none,
    }
    /// What grants an intervention.
    basis_word(LegalBasis) {
        HealthService => basis_health_service,
        PracticalAssistance => basis_practical_assistance,
    }
    /// An area of life.
    area_word(NeedArea) {
        Communication => area_communication,
        Coping => area_coping,
        Breathing => area_breathing,
        Nutrition => area_nutrition,
        Elimination => area_elimination,
        Skin => area_skin,
        Activity => area_activity,
        Rest => area_rest,
        Intimacy => area_intimacy,
        MentalHealth => area_mental_health,
        Social => area_social,
        Existential => area_existential,
        Medicines => area_medicines,
        Home => area_home,
    }
}

/// With whom a change is talked over, as the one who writes it chooses.
pub fn talked_with_word(i18n: I18n, with: &DiscussedWith, called: &str) -> String {
    let name = called.to_owned();
    match with {
        DiscussedWith::Client => t_string!(i18n, plan.discussed_client, name = name).to_string(),
        DiscussedWith::ClientAndRelative => {
            t_string!(i18n, plan.discussed_client_and_relative, name = name).to_string()
        }
        DiscussedWith::Representative => {
            t_string!(i18n, plan.discussed_representative, name = name).to_string()
        }
        DiscussedWith::Nobody => t_string!(i18n, plan.discussed_nobody).to_owned(),
        DiscussedWith::Unknown(code) => code.clone(),
    }
}

/// What an intervention lacks.
pub fn gap_word(i18n: I18n, gap: InterventionGap) -> &'static str {
    match gap {
        InterventionGap::Why => t_string!(i18n, plan.gap_why),
        InterventionGap::How => t_string!(i18n, plan.gap_how),
        InterventionGap::When => t_string!(i18n, plan.gap_when),
    }
}

/// A part of the day.
pub fn day_part_word(i18n: I18n, part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => t_string!(i18n, plan.part_morning),
        DayPart::Midday => t_string!(i18n, plan.part_midday),
        DayPart::Afternoon => t_string!(i18n, plan.part_afternoon),
        DayPart::Evening => t_string!(i18n, plan.part_evening),
        DayPart::Night => t_string!(i18n, plan.part_night),
    }
}

/// When something is due: «annenhver uke: mandag og torsdag, morgen og kl. 13.30».
pub fn recurrence_words(i18n: I18n, recurrence: &Recurrence) -> String {
    let days = match &recurrence.rhythm {
        Rhythm::Days(1) => t_string!(i18n, plan.r_daily).to_owned(),
        Rhythm::Days(2) => t_string!(i18n, plan.r_second_day).to_owned(),
        Rhythm::Days(n) => t_string!(i18n, plan.r_nth_day, count = *n).to_string(),
        Rhythm::Weeks(every, weekdays) => {
            let names: Vec<String> = weekdays
                .iter()
                .filter_map(|day| kjent_core::plan::weekday(*day))
                .map(|day| weekday_name(i18n, day).to_owned())
                .collect();
            let days = listed(i18n, names);
            match every {
                1 => t_string!(i18n, plan.r_weekly, days = days).to_string(),
                2 => t_string!(i18n, plan.r_second_week, days = days).to_string(),
                n => t_string!(i18n, plan.r_nth_week, count = *n, days = days).to_string(),
            }
        }
    };
    if recurrence.at.is_empty() {
        return days;
    }
    let one = |time: &TimeOfDay| match time {
        TimeOfDay::In(part) => day_part_word(i18n, *part).to_owned(),
        TimeOfDay::At(time) => t_string!(i18n, plan.r_at, time = clock(*time)).to_string(),
    };
    // Parts of the day first, and both in the order of the day.
    let (parts, clocks): (Vec<_>, Vec<_>) =
        recurrence.at.iter().partition(|time| matches!(time, TimeOfDay::In(_)));
    let times = listed(i18n, parts.into_iter().chain(clocks).map(one).collect());
    t_string!(i18n, plan.r_sentence, days = days, times = times).to_string()
}

fn clock(time: NaiveTime) -> String {
    time.format("%H.%M").to_string()
}

/// «mandag, onsdag og fredag».
fn listed(i18n: I18n, mut words: Vec<String>) -> String {
    match (words.pop(), words.is_empty()) {
        (Some(last), false) => {
            t_string!(i18n, plan.r_and, first = words.join(", "), last = last).to_string()
        }
        (last, _) => last.unwrap_or_default(),
    }
}
