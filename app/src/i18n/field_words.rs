//! What a plan's fields are called, and how their values are said.

use kjent_core::plan::{
    Competence, ContactRole, CriticalKind, ExpressedBy, GoalStatus, Interpreter,
    InterventionCategory, InterventionStatus, LegalBasis, MandateArea, NeedArea, Part, Recurrence,
    Scalar, SelfManagement, of_limit_field,
};

use super::{
    I18n, area_word, basis_word, category_word, competence_word, contact_word, critical_word, date,
    expressed_word, interpreter_word, intervention_status_word, kind_word, mandate_word,
    recurrence_words, self_management_word, status_word, t_string,
};

macro_rules! fields {
    ($($field:ident)*; $($of_people:ident)*) => {
        /// What a field of the plan is called.
        pub fn field_word(i18n: I18n, field: &str) -> String {
            if let Some(area) = NeedArea::of_need_field(field) {
                let area = area_word(i18n, &area);
                return t_string!(i18n, people_fields.need, area = area).to_string();
            }
            if let Some(area) = NeedArea::of_strength_field(field) {
                let area = area_word(i18n, &area);
                return t_string!(i18n, people_fields.strength, area = area).to_string();
            }
            if let Some(kind) = of_limit_field(field) {
                let what = kind_word(i18n, &kind).to_lowercase();
                return t_string!(i18n, curves.limit_field, what = what).to_string();
            }
            let word = match field {
                "spo2_scale2_order" => t_string!(i18n, curves.order_field),
                $(stringify!($field) => t_string!(i18n, fields.$field),)*
                $(stringify!($of_people) => t_string!(i18n, people_fields.$of_people),)*
                _ => t_string!(i18n, fields.other),
            };
            word.to_owned()
        }
    };
}

fields! {
    title how why schedule competence status due own_part expressed_by goal decision conversation self_management
    service outcome case_number your_ref disclosure_marking applied_on decided_on received_on
    valid_from valid_to reassess_at_expiry content scope granted_visits granted_days granted_minutes
    agreed_later purpose client_goal reasons legal_basis sources information supplier
    supplier_chosen_on copayment copayment_bands appeal caseworker caseworker_title caseworker_phone
    decided_by decided_by_title attachments;
    name called self_description address postal_place address_protected phone entry missed_contact_plan key house_rules language
    interpreter interpreter_words about_me personality life_story health social interests strengths
    gp gp_unknown primary_contact primary_contact_from primary_contact_to primary_contact_phone
    service_lead service_lead_from service_lead_to service_lead_phone
    role relation has_key mandate mandate_from mandate_to mandate_document contributes own_needs
    burden respite_considered ended kind label details since source
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
            Scalar::Flag(true) => Some(t_string!(i18n, people.yes).to_owned()),
            Scalar::Flag(false) => Some(t_string!(i18n, people.no).to_owned()),
            Scalar::Text(_) => None,
        };
    };
    Some(match (part, field) {
        (_, "goal" | "decision" | "conversation" | "primary_contact" | "service_lead") => {
            return None;
        }
        (Part::Contacts, "role") => contact_word(i18n, &ContactRole::from_code(text)),
        (Part::CriticalInfo, "kind") => critical_word(i18n, &CriticalKind::from_code(text)),
        (_, "mandate") => mandate_word(i18n, &MandateArea::from_code(text)),
        (_, "interpreter") => interpreter_word(i18n, &Interpreter::from_code(text)),
        (Part::Goals, "status") => status_word(i18n, &GoalStatus::from_code(text)),
        (Part::Interventions, "status") => {
            intervention_status_word(i18n, &InterventionStatus::from_code(text))
        }
        (_, "expressed_by") => expressed_word(i18n, &ExpressedBy::from_code(text), called),
        (_, "competence") => competence_word(i18n, &Competence::from_code(text)),
        (_, "need_area") => area_word(i18n, &NeedArea::from_code(text)),
        (_, "self_management") => self_management_word(i18n, &SelfManagement::from_code(text)),
        (_, "category") => category_word(i18n, &InterventionCategory::from_code(text)),
        (Part::Interventions, "legal_basis") => basis_word(i18n, &LegalBasis::from_code(text)),
        (_, "recurrence") => text
            .parse::<Recurrence>()
            .map_or_else(|_| text.clone(), |recurrence| recurrence_words(i18n, &recurrence)),
        _ => text.parse().map_or_else(|_| text.clone(), |day| date(i18n, day)),
    })
}
