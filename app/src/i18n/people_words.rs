//! Words about the client and the people around them.

use kjent_core::fact::{
    BasisKind, Caller, CapacityOutcome, Channel, ConsentForm, ConsentGiver, ConsentScope,
};
use kjent_core::people::Disclosure;
use kjent_core::plan::{Aspect, Interpreter, MandateArea};
use kjent_core::team::Role;

use super::{I18n, t_string};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($type:ident) { $($variant:ident => $key:ident,)* })*) => {$(
        $(#[$doc])*
        pub fn $name(i18n: I18n, value: &$type) -> String {
            match value {
                $($type::$variant => t_string!(i18n, people_words.$key).to_owned(),)*
                $type::Unknown(code) => code.clone(),
            }
        }
    )*};
}

words! {
    /// What a worker may do in a team.
    role_word(Role) {
        Helper => role_helper,
        Nurse => role_nurse,
        Therapist => role_therapist,
        Planner => role_planner,
        TeamLead => role_team_lead,
        BreakGlass => role_break_glass,
    }
    /// Whether an interpreter is needed.
    interpreter_word(Interpreter) {
        None => interpreter_none,
        Phone => interpreter_phone,
        Present => interpreter_present,
    }
    /// What a mandate is about.
    mandate_word(MandateArea) {
        Personal => mandate_personal,
        Economic => mandate_economic,
        Both => mandate_both,
    }
    /// What may be told.
    scope_word(ConsentScope) {
        Practical => scope_practical,
        Health => scope_health,
        Economy => scope_economy,
        All => scope_all,
        Other => scope_other,
    }
    /// How a consent was given.
    consent_form_word(ConsentForm) {
        Spoken => form_spoken,
        Written => form_written,
        Shown => form_shown,
    }
    /// Who gave it.
    giver_word(ConsentGiver) {
        Client => giver_client,
        Guardian => giver_guardian,
        Attorney => giver_attorney,
    }
    /// What an assessment came to.
    capacity_word(CapacityOutcome) {
        Has => capacity_has,
        Lacks => capacity_lacks,
        Unclear => capacity_unclear,
    }
    /// By what means.
    channel_word(Channel) {
        Phone => channel_phone,
        Meeting => channel_meeting,
        Video => channel_video,
        Message => channel_message,
    }
    /// Who turned to whom.
    caller_word(Caller) {
        They => caller_they,
        We => caller_we,
    }
    /// On what ground something was told.
    ground_word(BasisKind) {
        Consent => basis_consent,
        Law => basis_law,
        ReceivedOnly => basis_received_only,
    }
}

/// A side of the person.
pub fn aspect_word(i18n: I18n, aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Physical => t_string!(i18n, people_words.aspect_physical),
        Aspect::Mental => t_string!(i18n, people_words.aspect_mental),
        Aspect::Social => t_string!(i18n, people_words.aspect_social),
        Aspect::Existential => t_string!(i18n, people_words.aspect_existential),
    }
}

/// What may be told to somebody: «Kan få vite om: helse og behandling».
pub fn disclosure_word(i18n: I18n, disclosure: &Disclosure) -> String {
    match disclosure {
        Disclosure::Consented { scopes } => {
            let what: Vec<String> = scopes.iter().map(|it| scope_word(i18n, it)).collect();
            t_string!(i18n, people.may_hear, what = what.join(", ")).to_string()
        }
        Disclosure::Mandate => t_string!(i18n, people.may_mandate).to_owned(),
        Disclosure::EconomyOnly => t_string!(i18n, people.may_economy).to_owned(),
        Disclosure::MandateOver => t_string!(i18n, people.may_mandate_over).to_owned(),
        Disclosure::HealthCare => t_string!(i18n, people.may_health_care).to_owned(),
        Disclosure::Nothing => t_string!(i18n, people.may_nothing).to_owned(),
    }
}
