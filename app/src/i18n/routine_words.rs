//! Words of the two routines of a visit: nobody opens, and the client resists care.

use kjent_core::fact::{Capacity, ContactOutcome, ContactStep, Notified, TrustTried};

use super::{I18n, t_string};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($type:ident) { $($variant:ident => $key:ident,)* })*) => {$(
        $(#[$doc])*
        pub fn $name(i18n: I18n, value: &$type) -> String {
            match value {
                $($type::$variant => t_string!(i18n, routine.$key).to_owned(),)*
                $type::Unknown(code) => code.clone(),
            }
        }
    )*};
}

words! {
    /// How it ended when nobody opened.
    contact_outcome_word(ContactOutcome) {
        Well => outcome_well,
        NeedsHelp => outcome_needs_help,
        InHospital => outcome_in_hospital,
        Away => outcome_away,
        NotFound => outcome_not_found,
    }
    /// What was tried to win trust.
    tried_word(TrustTried) {
        TookTime => tried_took_time,
        CameBack => tried_came_back,
        OtherCarer => tried_other_carer,
        Relative => tried_relative,
        Explained => tried_explained,
        Other => tried_other,
    }
    /// Whether the client can consent.
    consents_word(Capacity) {
        Has => capacity_has,
        Lacks => capacity_lacks,
        NotAssessed => capacity_not_assessed,
    }
    /// Who has been told.
    notified_word(Notified) {
        Nurse => notified_nurse,
        Gp => notified_gp,
        ServiceLead => notified_service_lead,
        Nobody => notified_nobody,
    }
}

/// A step that was taken, as the journal tells it.
pub fn contact_step_line(i18n: I18n, step: &ContactStep, whom: &str, called: &str) -> String {
    let phoned = |name: &str| t_string!(i18n, routine.phoned, name = name.to_owned()).to_string();
    match step {
        ContactStep::Rang => t_string!(i18n, routine.rang).to_owned(),
        ContactStep::PhonedClient => phoned(called),
        ContactStep::PhonedContact => phoned(whom),
        ContactStep::WentIn => t_string!(i18n, routine.went_in).to_owned(),
        ContactStep::PhonedLead => t_string!(i18n, routine.phoned_lead).to_owned(),
        ContactStep::PhonedEmergency => t_string!(i18n, routine.phoned_emergency).to_owned(),
        ContactStep::Unknown(code) => code.clone(),
    }
}
