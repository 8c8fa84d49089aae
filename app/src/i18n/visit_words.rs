//! Sentences about who makes a visit, and that it is not made: on the list and on the visit.

use chrono::NaiveDateTime;
use kjent_core::fact::{CancelReason, ContactOutcome, Unplanned, UnplannedReason};
use kjent_core::view::{ErasedView, TakenOverView, WrongPersonView};

use super::{I18n, cancel_word, contact_outcome_word, date, t_string, time, unplanned_word};

/// «Tatt over fra Sara», or by whom; without her when she isn't named.
pub fn taken_over_line(i18n: I18n, taken: &TakenOverView, from: &str) -> String {
    let names = taken.by.join(", ");
    let is_mine_alone = taken.by_me && taken.by.len() == 1;
    // Whom the client bars by now is not named.
    if from.is_empty() {
        if is_mine_alone {
            t_string!(i18n, visits.taken_over).to_owned()
        } else {
            t_string!(i18n, visits.taken_over_by_them, names = names).to_string()
        }
    } else if is_mine_alone {
        t_string!(i18n, visits.taken_over_from, name = from.to_owned()).to_string()
    } else if taken.by_me {
        t_string!(i18n, visits.taken_over_by_several, names = names, name = from.to_owned())
            .to_string()
    } else {
        t_string!(i18n, visits.taken_over_by, names = names, name = from.to_owned()).to_string()
    }
}

/// Why a visit is not made, who said so, and when.
pub fn cancelled_line(
    i18n: I18n,
    at: NaiveDateTime,
    by: &str,
    reason: &CancelReason,
    words: &str,
) -> String {
    let said = said(i18n, reason, words);
    t_string!(i18n, visits.cancelled, why = said, name = by.to_owned(), time = time(at)).to_string()
}

/// That nobody opened, how it ended, who was there, and when.
pub fn not_met_line(i18n: I18n, at: NaiveDateTime, by: &str, outcome: &ContactOutcome) -> String {
    let outcome = contact_outcome_word(i18n, outcome).to_lowercase();
    t_string!(i18n, routine.not_met, outcome = outcome, name = by.to_owned(), time = time(at))
        .to_string()
}

/// The reason, with its words.
pub fn said(i18n: I18n, reason: &CancelReason, words: &str) -> String {
    match (reason, words.trim()) {
        (CancelReason::Other, words) => words.to_owned(),
        (reason, "") => cancel_word(i18n, reason),
        (reason, words) => format!("{}: {words}", cancel_word(i18n, reason)),
    }
}

/// That nobody had planned the visit, and what led to it.
pub fn unplanned_line(i18n: I18n, it: &Unplanned) -> String {
    let why = match (&it.reason, it.words.trim()) {
        (UnplannedReason::Other, words) => words.to_owned(),
        (reason, "") => unplanned_word(i18n, reason).to_lowercase(),
        (reason, words) => format!("{}, {words}", unplanned_word(i18n, reason).to_lowercase()),
    };
    t_string!(i18n, visits.unplanned, why = why).to_string()
}

/// That a visit is not documented, because its report was erased.
pub fn erased_line(i18n: I18n, it: &ErasedView) -> String {
    let when = date(i18n, it.at.date());
    t_string!(i18n, visits.erased, when = when, ground = it.ground.clone()).to_string()
}

/// That a visit is not documented, because its report was about somebody else.
pub fn wrong_person_line(i18n: I18n, it: &WrongPersonView) -> String {
    t_string!(i18n, visits.wrong_person, name = it.by.clone(), time = time(it.at)).to_string()
}
