//! A sentence for every problem, and for one that nobody thought of.

use kjent_core::fact::FactKind;
use kjent_core::problem::Problem;

use super::{I18n, fact_word, measurement_words, t_string};

macro_rules! sentences {
    ($($code:ident)*) => {
        /// The codes that have a sentence of their own.
        #[cfg(test)]
        const KNOWN: &[&str] = &[$(stringify!($code)),*];

        fn known(i18n: I18n, code: &str) -> Option<&'static str> {
            match code {
                $(stringify!($code) => Some(t_string!(i18n, problem.$code)),)*
                _ => None,
            }
        }
    };
}

sentences! {
    key_lost key_store_failed key_store_missing lease_over locked_out not_recoverable pin_waits
    pin_due biometry_off biometry_refused
    wrong_pin pin_too_short pin_trivial not_enrolled locked already_enrolled
    code_unknown code_used code_expired invitation_unreadable
    wrong_log_in profile_not_yours device_known device_damaged tablet_revoked
    proof_clock proof_replayed server_not_trusted address_unsafe
    server_unreachable server_refused server_error server_busy server_full not_authenticated access_log_role server_speaks_newer answer_unreadable
    client_unknown reason_too_short
    way_in_closed sign_in_unknown sign_in_cancelled sign_in_not_confirmed
    provider_unreachable not_a_worker account_ended browser_not_opened
    storage_full storage_failed database_damaged being_repaired document_unreadable not_found
    field_needed field_invalid field_unknown discussion_needed reason_needed already_answered
    visit_already_finished visit_written nothing_written goal_needs_title words_needed
    not_your_team not_your_actor wrong_author not_for_your_role
    fact_altered fact_removed fact_unreadable fact_in_wrong_document
    plan_unreadable unknown_object change_unreadable missing_dependency
    change_empty actor_reused server_takes_no_more too_many_changes
    server_speaks_older body_not_zstd body_not_cbor body_too_large too_many_tries method_not_allowed
    address_unreadable profile_damaged refused
    coercion_without_basis coercion_without_words coercion_decided_later
    pressure_order incident_step_role incident_step_order
    pressure_order
    answer_needs_words follow_up_needs_what colleague_needed client_needed concern_needs_follow_up
    in_the_future not_your_entry entry_of_wrong_person
    not_a_reader entry_restricted entry_not_moved entry_not_restrictable
    no_shell
}

/// What a problem says to the worker.
pub fn sentence(i18n: I18n, problem: &Problem) -> String {
    let count = |name| problem.args.get(name).and_then(|count| count.parse::<u32>().ok());
    match (problem.code.as_str(), count("tries_left").or(count("minutes")).or(count("count"))) {
        ("wrong_pin", Some(count)) => {
            t_string!(i18n, problem.wrong_pin_tries, count = count).to_string()
        }
        ("too_many_tries", Some(count)) => {
            t_string!(i18n, problem.too_many_tries_wait, count = count).to_string()
        }
        ("work_waits", Some(count)) => {
            t_string!(i18n, problem.work_waits, count = count).to_string()
        }
        ("role_may_not", _) => {
            let part = problem.args.get("part").map_or("", String::as_str);
            t_string!(i18n, problem.role_may_not, part = part_name(i18n, part)).to_string()
        }
        ("role_may_not_write", _) => {
            let kind = problem.args.get("kind").map_or("", String::as_str);
            let kind = fact_word(i18n, &FactKind::from_code(kind)).to_lowercase();
            t_string!(i18n, problem.role_may_not_write, kind = kind).to_string()
        }
        (code, _) => known(i18n, code)
            .map(str::to_owned)
            .or_else(|| measurement_words::sentence(i18n, problem))
            .unwrap_or_else(|| t_string!(i18n, problem.other, code = code.to_owned()).to_string()),
    }
}

fn part_name(i18n: I18n, part: &str) -> &'static str {
    match part {
        "client" => t_string!(i18n, words.what_client),
        "contacts" => t_string!(i18n, words.what_contacts),
        "critical_info" => t_string!(i18n, words.what_critical_info),
        "decisions" => t_string!(i18n, words.what_decisions),
        "goals" => t_string!(i18n, words.what_goals),
        "interventions" => t_string!(i18n, words.what_interventions),
        "visits" => t_string!(i18n, words.what_visits),
        _ => t_string!(i18n, words.what_else),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::KNOWN;
    use super::measurement_words::CODES;

    const LOCALES: [(&str, &str); 3] = [
        ("nb", include_str!("../../locales/nb.json")),
        ("nn", include_str!("../../locales/nn.json")),
        ("en", include_str!("../../locales/en.json")),
    ];

    fn texts(json: &str) -> Vec<(String, String)> {
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        let groups = value.as_object().cloned().unwrap_or_default();
        groups
            .into_iter()
            .flat_map(|(group, keys)| {
                let keys = keys.as_object().cloned().unwrap_or_default();
                keys.into_iter().map(move |(key, text)| {
                    (format!("{group}.{key}"), text.as_str().unwrap_or_default().to_owned())
                })
            })
            .collect()
    }

    /// The `{{ names }}` in a text.
    fn holes(text: &str) -> BTreeSet<String> {
        text.split("{{")
            .skip(1)
            .filter_map(|part| part.split("}}").next())
            .map(|name| name.trim().to_owned())
            .collect()
    }

    #[test]
    fn every_known_code_has_a_sentence_in_every_language() {
        for (language, json) in LOCALES {
            let texts = texts(json);
            for code in KNOWN.iter().chain(CODES).chain(&[
                "role_may_not",
                "role_may_not_write",
                "wrong_pin_tries_one",
                "wrong_pin_tries_other",
                "too_many_tries_wait_one",
                "too_many_tries_wait_other",
                "work_waits_one",
                "work_waits_other",
                "other",
            ]) {
                let sentence = texts.iter().find(|(key, _)| *key == format!("problem.{code}"));
                assert!(
                    sentence.is_some_and(|(_, text)| text.ends_with('.')),
                    "{language}: {code}"
                );
            }
        }
    }

    #[test]
    fn the_languages_have_the_same_keys_with_the_same_holes_and_no_empty_text() {
        let norwegian = texts(LOCALES[0].1);
        assert!(norwegian.len() > 300);
        for (language, json) in LOCALES {
            let texts = texts(json);
            assert_eq!(norwegian.len(), texts.len(), "{language}");
            for ((key, text), (other_key, other)) in norwegian.iter().zip(&texts) {
                assert_eq!(key, other_key, "{language}");
                assert!(!other.is_empty(), "{language}: {key}");
                assert_eq!(holes(text), holes(other), "{language}: {key}");
            }
        }
    }
}
