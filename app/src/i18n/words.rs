//! Words for the codes of the domain. A code that this version does not know is shown as it came.

use kjent_core::fact::{
    CancelReason, Direction, DiscussedWith, FactKind, NotDoneReason, NoteOccasion, Occasion,
    ProgressSource, UnplannedReason,
};
use kjent_core::plan::decision::Information;
use kjent_core::plan::{
    Competence, ContactRole, CriticalKind, DecisionOutcome, ExpressedBy, GoalStatus,
    InterventionStatus, Part, ServiceType,
};
use kjent_core::team::Profession;
use kjent_core::view::WorkView;

use super::{I18n, t_string};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($type:ident) { $($variant:ident => $key:ident,)* })*) => {$(
        $(#[$doc])*
        pub fn $name(i18n: I18n, value: &$type) -> String {
            match value {
                $($type::$variant => t_string!(i18n, words.$key).to_owned(),)*
                $type::Unknown(code) => code.clone(),
            }
        }
    )*};
}

words! {
    /// What led to a note outside a visit.
    occasion_of_note_word(NoteOccasion) {
        Phone => note_occasion_phone,
        Message => note_occasion_message,
        Talk => note_occasion_talk,
        Meeting => note_occasion_meeting,
    }
    /// A profession.
    profession_word(Profession) {
        Nurse => profession_nurse,
        SocialEducator => profession_social_educator,
        HealthcareWorker => profession_healthcare_worker,
        Physiotherapist => profession_physiotherapist,
        OccupationalTherapist => profession_occupational_therapist,
        AssistantWorker => profession_assistant_worker,
        Apprentice => profession_apprentice,
    }
    /// Why an intervention was not done.
    not_done_word(NotDoneReason) {
        Declined => not_done_declined,
        DidItAlone => not_done_did_it_alone,
        DoneByOther => not_done_done_by_other,
        NotWellEnough => not_done_not_well_enough,
        NotNeeded => not_done_not_needed,
        NoTime => not_done_no_time,
        Missing => not_done_missing,
    }
    /// What led to a visit that nobody planned.
    unplanned_word(UnplannedReason) {
        Alarm => unplanned_alarm,
        Called => unplanned_called,
        Check => unplanned_check,
        Other => unplanned_other,
    }
    /// Which way a goal goes.
    direction_word(Direction) {
        Further => direction_further,
        Same => direction_same,
        Closer => direction_closer,
    }
    /// Where a goal stands.
    status_word(GoalStatus) {
        Active => status_active,
        Reached => status_reached,
        PartlyReached => status_partly_reached,
        Ended => status_ended,
    }
    /// Whether an intervention is in use.
    intervention_status_word(InterventionStatus) {
        Active => intervention_active,
        Ended => intervention_ended,
    }
    /// Who may do an intervention.
    competence_word(Competence) {
        Anyone => competence_anyone,
        Medicines => competence_medicines,
        Nurse => competence_nurse,
        Therapist => competence_therapist,
    }
    /// A service.
    service_word(ServiceType) {
        HomeNursing => service_home_nursing,
        PracticalAssistance => service_practical_assistance,
        AssistanceAndTraining => service_assistance_and_training,
        Reablement => service_reablement,
        HousingSupport => service_housing_support,
        SafetyAlarm => service_safety_alarm,
        SupportContact => service_support_contact,
    }
    /// What was decided.
    outcome_word(DecisionOutcome) {
        Granted => outcome_granted,
        PartlyGranted => outcome_partly_granted,
        Refused => outcome_refused,
    }
    /// What the client was told with a decision.
    information_word(Information) {
        Helsenorge => information_helsenorge,
        Assessment => information_assessment,
        Hearing => information_hearing,
        SubjectAccess => information_subject_access,
        Appeal => information_appeal,
        SupplierChoice => information_supplier_choice,
    }
    /// What a person is to the client.
    contact_word(ContactRole) {
        NextOfKin => contact_next_of_kin,
        Relative => contact_relative,
        Guardian => contact_guardian,
        EnduringAttorney => contact_enduring_attorney,
        SocialNetwork => contact_social_network,
        Volunteer => contact_volunteer,
        Gp => contact_gp,
        OtherService => contact_other_service,
    }
    /// A kind of critical information.
    critical_word(CriticalKind) {
        Allergy => critical_allergy,
        Infection => critical_infection,
        Implant => critical_implant,
        TreatmentLimit => critical_treatment_limit,
        Condition => critical_condition,
        Alert => critical_alert,
    }
    /// With whom a change of the plan was talked over.
    discussed_word(DiscussedWith) {
        Client => discussed_client,
        ClientAndRelative => discussed_client_and_relative,
        Representative => discussed_representative,
        Nobody => discussed_nobody,
    }
    /// What led to a change of the plan.
    occasion_word(Occasion) {
        Made => occasion_made,
        Edited => occasion_edited,
        Settled => occasion_settled,
        Proposal => occasion_proposal,
    }
    /// Why a visit is not made.
    cancel_word(CancelReason) {
        InHospital => cancel_in_hospital,
        ByClient => cancel_by_client,
        Away => cancel_away,
        Other => cancel_other,
    }
    /// A kind of fact.
    fact_word(FactKind) {
        VisitReport => fact_visit_report,
        Note => fact_note,
        WhatMatters => fact_what_matters,
        GoalProgress => fact_goal_progress,
        PlanChange => fact_plan_change,
        PlanProposal => fact_plan_proposal,
        ProposalDeclined => fact_proposal_declined,
        WrongPerson => fact_wrong_person,
        Handover => fact_handover,
        HandoverAccepted => fact_handover_accepted,
        DeliveryExplained => fact_delivery_explained,
        VisitTakenOver => fact_visit_taken_over,
        VisitGivenBack => fact_visit_given_back,
        VisitCancelled => fact_visit_cancelled,
        VisitReinstated => fact_visit_reinstated,
        MissedContact => fact_missed_contact,
        ResistedCare => fact_resisted_care,
        Observations => fact_observations,
        Incident => fact_incident,
        IncidentStep => fact_incident_step,
        GoalEvaluation => fact_goal_evaluation,
        PlanReview => fact_plan_review,
        Consent => fact_consent,
        ConsentWithdrawn => fact_consent_withdrawn,
        CapacityAssessment => fact_capacity_assessment,
        ContactLogged => fact_contact_logged,
        Restriction => fact_restriction,
        RestrictionEnded => fact_restriction_ended,
        EntryReaders => fact_entry_readers,
        EntryRestricted => fact_entry_restricted,
        EntryRestrictionEnded => fact_entry_restriction_ended,
    }
}

/// Where a client lives, or that it is protected.
pub fn address_word(i18n: I18n, address: &str) -> String {
    match address {
        "" => t_string!(i18n, client.address_protected).to_owned(),
        address => address.to_owned(),
    }
}

/// According to whom: «sier Line».
pub fn source_word(i18n: I18n, source: &ProgressSource, client: &str) -> String {
    match source {
        ProgressSource::Client => {
            t_string!(i18n, words.source_client, name = client.to_owned()).to_string()
        }
        ProgressSource::Relative => t_string!(i18n, words.source_relative).to_owned(),
        ProgressSource::Worker => t_string!(i18n, words.source_worker).to_owned(),
        ProgressSource::Unknown(code) => code.clone(),
    }
}

/// Whose wish a goal is.
pub fn expressed_word(i18n: I18n, by: &ExpressedBy, client: &str) -> String {
    match by {
        ExpressedBy::Client => {
            t_string!(i18n, words.expressed_client, name = client.to_owned()).to_string()
        }
        ExpressedBy::Relative => t_string!(i18n, words.expressed_relative).to_owned(),
        ExpressedBy::Worker => t_string!(i18n, words.expressed_worker).to_owned(),
        ExpressedBy::Unknown(code) => code.clone(),
    }
}

/// What kind of work waits.
pub fn work_word(i18n: I18n, work: &WorkView) -> String {
    match work {
        WorkView::Fact(kind) => fact_word(i18n, kind),
        WorkView::Plan(part) => part_word(i18n, *part).to_owned(),
    }
}

/// A part of the plan.
pub fn part_word(i18n: I18n, part: Part) -> &'static str {
    match part {
        Part::Client => t_string!(i18n, words.part_client),
        Part::Contacts => t_string!(i18n, words.part_contacts),
        Part::CriticalInfo => t_string!(i18n, words.part_critical_info),
        Part::Decisions => t_string!(i18n, words.part_decisions),
        Part::Goals => t_string!(i18n, words.part_goals),
        Part::Interventions => t_string!(i18n, words.part_interventions),
        Part::Visits => t_string!(i18n, words.part_visits),
    }
}
