//! Decisions (vedtak), with the fields of Oslo's two printed examples.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::open_enum;

open_enum! {
    /// The service that a decision grants.
    pub enum ServiceType {
        /// Hjemmesykepleie.
        HomeNursing = "home_nursing",
        /// Praktisk bistand.
        PracticalAssistance = "practical_assistance",
        /// Praktisk bistand og opplæring.
        AssistanceAndTraining = "assistance_and_training",
        /// Hverdagsrehabilitering.
        Reablement = "reablement",
        /// Booppfølging.
        HousingSupport = "housing_support",
        /// Trygghetsalarm.
        SafetyAlarm = "safety_alarm",
        /// Støttekontakt.
        SupportContact = "support_contact",
    }
}

/// A decision: what the client has been granted, why, and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Service.
    pub service: ServiceType,
    /// Vår ref.
    pub case_number: String,
    /// Date of the decision.
    pub decided_on: NaiveDate,
    /// Date of the application.
    pub applied_on: NaiveDate,
    /// First day, inclusive.
    pub valid_from: NaiveDate,
    /// Last day, inclusive.
    pub valid_to: NaiveDate,
    /// What is granted: «medisinhåndtering, personlig pleie og ernæring».
    pub content: String,
    /// How much: «hver morgen og kveld».
    pub scope: String,
    /// Formålet med tjenesten.
    pub purpose: String,
    /// The goal that the decision states for the client.
    pub client_goal: String,
    /// Begrunnelse: the health facts it rests on.
    pub reasons: String,
    /// Hjemmel, as printed.
    pub legal_basis: String,
    /// Whether the client pays a share.
    pub copayment: bool,
    /// Saksbehandler.
    pub caseworker: String,
}
