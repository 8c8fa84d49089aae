//! Words for what is measured, for scores and for incidents.

use kjent_core::clinical::news2::{Parameter, Risk};
use kjent_core::clinical::{Consciousness, FallRisk, Measurement, MeasurementKind};
use kjent_core::fact::{Harm, IncidentKind, IncidentState, InjurySign, Told};

use super::measurement_words::measurement_name;
use super::{I18n, t_string};

/// What a kind of measurement is called.
pub fn kind_word(i18n: I18n, kind: &MeasurementKind) -> &'static str {
    measurement_name(i18n, kind.code())
}

/// A level of consciousness.
pub fn level_word(i18n: I18n, level: &Consciousness) -> String {
    match level {
        Consciousness::Alert => t_string!(i18n, measure.level_a),
        Consciousness::Confused => t_string!(i18n, measure.level_c),
        Consciousness::Voice => t_string!(i18n, measure.level_v),
        Consciousness::Pain => t_string!(i18n, measure.level_p),
        Consciousness::Unresponsive => t_string!(i18n, measure.level_u),
        Consciousness::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// A measurement's value as it is said: «58,4 kg», «Våken», «Luft».
pub fn value_said(i18n: I18n, measurement: &Measurement) -> String {
    if let Some(level) = measurement.level() {
        return level_word(i18n, &level);
    }
    let value = measurement.format();
    match (&measurement.kind, measurement.first()) {
        (MeasurementKind::Oxygen, Some(0)) => t_string!(i18n, measure.air).to_owned(),
        (MeasurementKind::Oxygen, _) => {
            t_string!(i18n, measure.on_liters, value = value).to_string()
        }
        (kind, _) => with_unit(&value, kind),
    }
}

/// A value with its unit.
pub fn with_unit(value: &str, kind: &MeasurementKind) -> String {
    match kind.scale().map_or("", |scale| scale.unit) {
        "" => value.to_owned(),
        unit if unit.starts_with('/') => format!("{value}{unit}"),
        unit => format!("{value} {unit}"),
    }
}

/// What it is measured for, in words for the client; nothing for a newer version's kind.
pub fn purpose_word(i18n: I18n, kind: &MeasurementKind) -> &'static str {
    match kind {
        MeasurementKind::Pulse => t_string!(i18n, measure.why_pulse),
        MeasurementKind::BloodPressure => t_string!(i18n, measure.why_blood_pressure),
        MeasurementKind::Spo2 => t_string!(i18n, measure.why_spo2),
        MeasurementKind::Respiration => t_string!(i18n, measure.why_respiration),
        MeasurementKind::Temperature => t_string!(i18n, measure.why_temperature),
        MeasurementKind::Consciousness => t_string!(i18n, measure.why_consciousness),
        MeasurementKind::Oxygen => t_string!(i18n, measure.why_oxygen),
        MeasurementKind::Weight => t_string!(i18n, measure.why_weight),
        MeasurementKind::Glucose => t_string!(i18n, measure.why_glucose),
        MeasurementKind::Pain => t_string!(i18n, measure.why_pain),
        MeasurementKind::Unknown(_) => "",
    }
}

/// A parameter of NEWS2.
pub fn parameter_word(i18n: I18n, parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::Systolic => t_string!(i18n, measure.systolic),
        other => kind_word(i18n, &other.kind()),
    }
}

/// A risk of NEWS2, and what it asks for.
pub fn risk_words(i18n: I18n, risk: Risk) -> (&'static str, &'static str) {
    match risk {
        Risk::Low => (t_string!(i18n, measure.risk_low), t_string!(i18n, measure.advice_low)),
        Risk::LowMedium => {
            (t_string!(i18n, measure.risk_low_medium), t_string!(i18n, measure.advice_low_medium))
        }
        Risk::Medium => {
            (t_string!(i18n, measure.risk_medium), t_string!(i18n, measure.advice_medium))
        }
        Risk::High => (t_string!(i18n, measure.risk_high), t_string!(i18n, measure.advice_high)),
    }
}

/// Where the answers about falls lead.
pub fn fall_risk_word(i18n: I18n, risk: FallRisk) -> &'static str {
    match risk {
        FallRisk::NeedsKeyAnswers => t_string!(i18n, measure.fall_needs_key),
        FallRisk::NeedsSeverity => t_string!(i18n, measure.fall_needs_severity),
        FallRisk::NeedsGaitSpeed => t_string!(i18n, measure.fall_needs_gait),
        FallRisk::Low => t_string!(i18n, measure.fall_low),
        FallRisk::Intermediate => t_string!(i18n, measure.fall_intermediate),
        FallRisk::High => t_string!(i18n, measure.fall_high),
    }
}

/// What an incident is about.
pub fn incident_kind_word(i18n: I18n, kind: &IncidentKind) -> String {
    match kind {
        IncidentKind::Fall => t_string!(i18n, incident.kind_fall),
        IncidentKind::Medicine => t_string!(i18n, incident.kind_medicine),
        IncidentKind::Nutrition => t_string!(i18n, incident.kind_nutrition),
        IncidentKind::Documentation => t_string!(i18n, incident.kind_documentation),
        IncidentKind::Involvement => t_string!(i18n, incident.kind_involvement),
        IncidentKind::Cooperation => t_string!(i18n, incident.kind_cooperation),
        IncidentKind::Other => t_string!(i18n, incident.kind_other),
        IncidentKind::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// What an incident did to the client.
pub fn harm_word(i18n: I18n, harm: &Harm) -> String {
    match harm {
        Harm::None => t_string!(i18n, incident.harm_none),
        Harm::Minor => t_string!(i18n, incident.harm_minor),
        Harm::Serious => t_string!(i18n, incident.harm_serious),
        Harm::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// Whether somebody has been told.
pub fn told_word(i18n: I18n, told: &Told) -> String {
    match told {
        Told::Yes => t_string!(i18n, incident.told_yes),
        Told::NotYet => t_string!(i18n, incident.told_not_yet),
        Told::NotWanted => t_string!(i18n, incident.told_not_wanted),
        Told::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// What is found on the body.
pub fn injury_word(i18n: I18n, sign: &InjurySign) -> String {
    match sign {
        InjurySign::Head => t_string!(i18n, incident.sign_head),
        InjurySign::Hip => t_string!(i18n, incident.sign_hip),
        InjurySign::Arm => t_string!(i18n, incident.sign_arm),
        InjurySign::Back => t_string!(i18n, incident.sign_back),
        InjurySign::Skin => t_string!(i18n, incident.sign_skin),
        InjurySign::BloodThinner => t_string!(i18n, incident.sign_blood_thinner),
        InjurySign::Unknown(code) => return code.clone(),
    }
    .to_owned()
}

/// How far the work with an incident has come.
pub fn incident_state_word(i18n: I18n, state: &IncidentState) -> String {
    match state {
        IncidentState::Reported => t_string!(i18n, incident.state_reported),
        IncidentState::Assessed => t_string!(i18n, incident.state_assessed),
        IncidentState::Acted => t_string!(i18n, incident.state_acted),
        IncidentState::Measured => t_string!(i18n, incident.state_measured),
        IncidentState::Closed => t_string!(i18n, incident.state_closed),
        IncidentState::Unknown(code) => return code.clone(),
    }
    .to_owned()
}
