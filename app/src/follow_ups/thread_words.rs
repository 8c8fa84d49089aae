//! What a thread is called, and where it stands, in a sentence.

use kjent_core::fact::FollowUpFrom;
use kjent_core::view::{ThreadStanding, ThreadView};

use crate::i18n::{I18n, moment, relative_day, t_string};

/// What is to be followed up.
pub fn what_words(i18n: I18n, it: &ThreadView) -> String {
    if it.is_conversation { t_string!(i18n, follow_ups.talk).to_owned() } else { it.what.clone() }
}

/// «Fra Sara: puls innen i dag».
pub fn thread_sentence(i18n: I18n, it: &ThreadView) -> String {
    let (what, by, due) = (what_words(i18n, it), it.by.clone(), due_words(i18n, it));
    t_string!(i18n, follow_ups.sentence, what = what, name = by, due = due).to_string()
}

/// By when.
pub fn due_words(i18n: I18n, it: &ThreadView) -> String {
    let day = relative_day(i18n, it.due);
    if it.is_overdue() {
        t_string!(i18n, follow_ups.overdue_since, day = day).to_string()
    } else {
        t_string!(i18n, follow_ups.by, day = day).to_string()
    }
}

/// Whose answer it awaits.
pub fn from_words(i18n: I18n, it: &ThreadView) -> String {
    match (&it.from, it.mine) {
        (_, true) => t_string!(i18n, follow_ups.awaits_you).to_owned(),
        (FollowUpFrom::Team, _) => t_string!(i18n, follow_ups.awaits_team).to_owned(),
        (FollowUpFrom::PrimaryContact, _) if it.from_name.is_empty() => {
            t_string!(i18n, follow_ups.awaits_contact).to_owned()
        }
        _ => t_string!(i18n, follow_ups.awaits, name = it.from_name.clone()).to_string(),
    }
}

/// Where it stands, for the entry that raised it.
pub fn standing_words(i18n: I18n, it: &ThreadView) -> String {
    match &it.standing {
        ThreadStanding::Closed { answer } => {
            let (name, when) = (answer.by.clone(), moment(i18n, answer.at));
            t_string!(i18n, follow_ups.closed, name = name, when = when).to_string()
        }
        _ => format!("{} · {}", due_words(i18n, it), from_words(i18n, it)),
    }
}
