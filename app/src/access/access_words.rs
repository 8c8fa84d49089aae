//! Words of the access log, as colleagues read them.

use kjent_core::access::{AccessAct, AccessOutcome, AccessReason};
use kjent_core::view::AccessLineView;

use crate::i18n::{I18n, moment_with_date, profession_word, t_string};

/// Who: name, profession, unit; the office by its name and who in it.
pub fn who(i18n: I18n, line: &AccessLineView) -> String {
    let Some(profession) = &line.profession else {
        let office = t_string!(i18n, access.office).to_owned();
        return if line.name.is_empty() { office } else { format!("{office} · {}", line.name) };
    };
    let parts = [line.name.clone(), profession_word(i18n, profession), line.unit.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What was done.
pub fn act(i18n: I18n, line: &AccessLineView) -> String {
    let is_refused = line.outcome == AccessOutcome::Refused;
    let words = match &line.act {
        AccessAct::Opened if is_refused => t_string!(i18n, access.act_open_refused),
        AccessAct::Opened => t_string!(i18n, access.act_opened),
        AccessAct::ReadReport => t_string!(i18n, access.act_read_report),
        AccessAct::Copied => t_string!(i18n, access.act_copied),
        AccessAct::Exported => t_string!(i18n, access.act_exported),
        AccessAct::Printed => t_string!(i18n, access.act_printed),
        AccessAct::BreakGlass => t_string!(i18n, access.act_break_glass),
        AccessAct::ReadAccessLog if is_refused => t_string!(i18n, access.act_log_refused),
        AccessAct::ReadAccessLog => t_string!(i18n, access.act_read_access_log),
        AccessAct::WriteRefused => t_string!(i18n, access.act_write_refused),
        AccessAct::Erased => t_string!(i18n, access.act_erased),
        AccessAct::RestrictedEntry => t_string!(i18n, access.act_restricted_entry),
        AccessAct::ChangedEntryReaders => t_string!(i18n, access.act_changed_readers),
        AccessAct::EndedEntryRestriction => t_string!(i18n, access.act_ended_restriction),
        AccessAct::Moved => t_string!(i18n, access.act_moved),
        AccessAct::QuarantineExported => t_string!(i18n, access.act_quarantine_exported),
        AccessAct::LostReport => t_string!(i18n, access.act_lost_report),
        other => return other.code().to_owned(),
    };
    words.to_owned()
}

/// A reason.
pub fn reason(i18n: I18n, why: &AccessReason) -> String {
    let words = match why {
        AccessReason::BeforeDoor => t_string!(i18n, access.why_before_door),
        AccessReason::VisitToday => t_string!(i18n, access.why_visit_today),
        AccessReason::Responsible => t_string!(i18n, access.why_responsible),
        AccessReason::FollowUp => t_string!(i18n, access.why_follow_up),
        AccessReason::Handover => t_string!(i18n, access.why_handover),
        AccessReason::Inquiry => t_string!(i18n, access.why_inquiry),
        AccessReason::Colleague => t_string!(i18n, access.why_colleague),
        AccessReason::Planning => t_string!(i18n, access.why_planning),
        AccessReason::Quality => t_string!(i18n, access.why_quality),
        AccessReason::SubjectAccess => t_string!(i18n, access.why_subject_access),
        AccessReason::ClientsWish => t_string!(i18n, access.why_clients_wish),
        AccessReason::BreakGlass => t_string!(i18n, access.why_break_glass),
        AccessReason::Other => t_string!(i18n, access.why_other),
        AccessReason::Unknown(code) => return code.clone(),
    };
    words.to_owned()
}

/// Why, with what was typed.
pub fn why(i18n: I18n, line: &AccessLineView) -> String {
    let reason = match &line.why {
        None => t_string!(i18n, access.why_not_said).to_owned(),
        Some(AccessReason::Other) => return format!("«{}»", line.words),
        Some(why) => reason(i18n, why),
    };
    if line.words.is_empty() { reason } else { format!("{reason}: «{}»", line.words) }
}

/// When; of what was done offline also when it was heard of.
pub fn when(i18n: I18n, line: &AccessLineView) -> String {
    let at = moment_with_date(i18n, line.at);
    match line.received {
        Some(received) => {
            let received = moment_with_date(i18n, received);
            t_string!(i18n, access.offline, at = at, received = received).to_string()
        }
        None => at,
    }
}
