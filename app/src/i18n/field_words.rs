//! What a plan's fields are called, and how their values are said.

use kjent_core::plan::{Competence, ExpressedBy, GoalStatus, InterventionStatus, Part, Scalar};

use super::{
    I18n, competence_word, date, expressed_word, intervention_status_word, status_word, t_string,
};

macro_rules! fields {
    ($($field:ident)*) => {
        /// What a field of the plan is called.
        pub fn field_word(i18n: I18n, field: &str) -> &'static str {
            match field {
                $(stringify!($field) => t_string!(i18n, fields.$field),)*
                "spo2_scale2_order" => t_string!(i18n, curves.order_field),
                _ => t_string!(i18n, fields.other),
            }
        }
    };
}

fields! {
    title how why schedule competence status due own_part expressed_by goal decision conversation
    service outcome case_number your_ref disclosure_marking applied_on decided_on received_on
    valid_from valid_to reassess_at_expiry content scope granted_visits granted_days granted_minutes
    agreed_later purpose client_goal reasons legal_basis sources information supplier
    supplier_chosen_on copayment copayment_bands appeal caseworker caseworker_title caseworker_phone
    decided_by decided_by_title attachments
}

/// A value as a person says it; nothing for an id, which says nothing to anybody.
///
/// `called` is the client's name in a sentence.
pub fn value_word(
    i18n: I18n,
    part: Part,
    field: &str,
    value: &Scalar,
    called: &str,
) -> Option<String> {
    let Scalar::Text(text) = value else {
        return match value {
            Scalar::Number(number) => Some(number.to_string()),
            _ => None,
        };
    };
    Some(match (part, field) {
        (_, "goal" | "decision" | "conversation") => return None,
        (Part::Goals, "status") => status_word(i18n, &GoalStatus::from_code(text)),
        (Part::Interventions, "status") => {
            intervention_status_word(i18n, &InterventionStatus::from_code(text))
        }
        (_, "expressed_by") => expressed_word(i18n, &ExpressedBy::from_code(text), called),
        (_, "competence") => competence_word(i18n, &Competence::from_code(text)),
        _ => text.parse().map_or_else(|_| text.clone(), |day| date(i18n, day)),
    })
}
