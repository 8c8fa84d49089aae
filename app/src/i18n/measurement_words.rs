//! What measurements and their numbers are called, and the sentences about those that can't be.

use kjent_core::problem::Problem;

use super::{I18n, t_string};

/// The sentences that name a measurement.
#[cfg(test)]
pub(super) const CODES: &[&str] = &[
    "measurement_unreadable",
    "measurement_too_precise",
    "measurement_impossible",
    "limits_unreadable",
    "limits_order",
    "limits_impossible",
];

/// What a problem with a measurement says; `None` for any other problem.
pub(super) fn sentence(i18n: I18n, problem: &Problem) -> Option<String> {
    let arg = |name: &str| problem.args.get(name).cloned().unwrap_or_default();
    let field = measurement_name(i18n, &arg("field"));
    Some(match problem.code.as_str() {
        "measurement_unreadable" => {
            t_string!(i18n, problem.measurement_unreadable, field = field).to_string()
        }
        "measurement_too_precise" => {
            t_string!(i18n, problem.measurement_too_precise, field = field).to_string()
        }
        "measurement_impossible" => {
            let (low, high) = (arg("low"), arg("high"));
            t_string!(i18n, problem.measurement_impossible, field = field, low = low, high = high)
                .to_string()
        }
        "limits_unreadable" => {
            t_string!(i18n, problem.limits_unreadable, field = field).to_string()
        }
        "limits_order" => t_string!(i18n, problem.limits_order, field = field).to_string(),
        "limits_impossible" => {
            t_string!(i18n, problem.limits_impossible, field = field).to_string()
        }
        _ => return None,
    })
}

/// The name of a kind of measurement, or of one of its numbers, by its code.
pub(super) fn measurement_name(i18n: I18n, code: &str) -> &'static str {
    match code {
        "pulse" => t_string!(i18n, measurement.pulse),
        "blood_pressure" => t_string!(i18n, measurement.blood_pressure),
        "systolic" => t_string!(i18n, measurement.systolic),
        "diastolic" => t_string!(i18n, measurement.diastolic),
        "spo2" => t_string!(i18n, measurement.spo2),
        "respiration" => t_string!(i18n, measurement.respiration),
        "temperature" => t_string!(i18n, measurement.temperature),
        "consciousness" => t_string!(i18n, measurement.consciousness),
        "oxygen" => t_string!(i18n, measurement.oxygen),
        "weight" => t_string!(i18n, measurement.weight),
        "glucose" => t_string!(i18n, measurement.glucose),
        "pain" => t_string!(i18n, measurement.pain),
        _ => t_string!(i18n, measurement.other),
    }
}
