//! Decisions (vedtak), with every field of Oslo's two printed examples (annexes 1 and 2 of the
//! standard for services in the home).
//!
//! The office writes them; the tablet shows them, says what is missing or can't be right, and holds
//! what was delivered against what was granted. The archive code of the printed letters is the
//! client's national number: it stands in the profile, masked, and not here a second time.

mod check;
mod copayment;
mod granted;
mod source;
mod term;

pub use check::DecisionWarning;
pub use copayment::{CopaymentBand, Period};
pub use granted::{Delivered, Granted, undecided_since};
pub use source::SourceDocument;
pub use term::{Standing, appeal_deadline, last_day_of_notice};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lines;
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

open_enum! {
    /// What was decided.
    pub enum DecisionOutcome {
        /// Innvilget.
        Granted = "granted",
        /// Delvis innvilget.
        PartlyGranted = "partly_granted",
        /// Avslått.
        Refused = "refused",
    }
}

open_enum! {
    /// What the client was told with the decision.
    pub enum Information {
        /// Digital services on helsenorge.no.
        Helsenorge = "helsenorge",
        /// That the need is assessed all the time.
        Assessment = "assessment",
        /// The right to be heard before a new decision.
        Hearing = "hearing",
        /// The right to see the case's papers.
        SubjectAccess = "subject_access",
        /// How to appeal.
        Appeal = "appeal",
        /// The choice of supplier.
        SupplierChoice = "supplier_choice",
    }
}

/// A decision: what the client has been granted, why, and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Service.
    pub service: ServiceType,
    /// What was decided; one that doesn't say grants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<DecisionOutcome>,
    /// The letter's heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Vår ref (saksnummer).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub case_number: String,
    /// Deres ref.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub your_ref: Option<String>,
    /// «Unntatt offentlighet …».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosure_marking: Option<String>,
    /// Date of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// Date of the application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<NaiveDate>,
    /// When the letter reached the client: the appeal's deadline runs from then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_on: Option<NaiveDate>,
    /// First day, inclusive.
    pub valid_from: NaiveDate,
    /// Last day, inclusive.
    pub valid_to: NaiveDate,
    /// Whether the need is assessed again when it runs out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reassess_at_expiry: Option<bool>,
    /// What is granted: «medisinhåndtering, personlig pleie og ernæring».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// How much, in words: «hver morgen og kveld».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// How many visits in `granted_days` days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_visits: Option<u32>,
    /// The days that `granted_visits` are for: 1 for «hver dag», 14 for «hver andre uke».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_days: Option<u32>,
    /// How long a visit is, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_minutes: Option<u32>,
    /// What is agreed with the client later: «tidspunkt».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_later: Option<String>,
    /// Formålet med tjenesten.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// The goal that the decision states for the client.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub client_goal: String,
    /// Begrunnelse: the health facts it rests on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reasons: String,
    /// Hjemmel, as printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_basis: String,
    /// The papers that it rests on.
    #[serde(default, with = "lines", skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceDocument>,
    /// What the client was told.
    #[serde(default, with = "lines", skip_serializing_if = "Vec::is_empty")]
    pub information: Vec<Information>,
    /// The supplier that the client chose, or got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// When the client chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier_chosen_on: Option<NaiveDate>,
    /// Whether the client pays a share.
    #[serde(default)]
    pub copayment: bool,
    /// What a share may come to, by the household's income.
    #[serde(default, with = "lines", skip_serializing_if = "Vec::is_empty")]
    pub copayment_bands: Vec<CopaymentBand>,
    /// How to appeal, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal: Option<String>,
    /// Saksbehandler.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caseworker: String,
    /// The caseworker's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caseworker_title: Option<String>,
    /// The caseworker's telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caseworker_phone: Option<String>,
    /// Who decided: the second signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Their title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by_title: Option<String>,
    /// Attachments, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments: Option<String>,
}
