//! What an object of the plan must be to be written: checked before any edit, field by field, so
//! that a form can show an error beside the field it is about.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::clinical::Limits;

use super::{
    Client, Contact, CriticalInfo, Decision, Goal, Intervention, Part, PlannedVisit, Recurrence,
    of_limit_field,
};

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldFault {
    /// It must not be empty.
    Needed,
    /// It holds what such a field can't.
    Invalid,
    /// There is no such field.
    Unknown,
}

/// A field that can't be written as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a field of the plan can't be written as it is")]
pub struct FieldProblem {
    /// Which.
    pub field: String,
    /// What is wrong.
    pub fault: FieldFault,
}

impl Part {
    /// The fields without which an object of this part says nothing.
    const fn needed(self) -> &'static [&'static str] {
        match self {
            Part::Client => &["name", "address", "postal_place"],
            Part::Contacts => &["name", "role"],
            Part::CriticalInfo => &["kind", "label"],
            Part::Decisions => &["service", "valid_from", "valid_to"],
            Part::Goals => &["title", "expressed_by", "status"],
            Part::Interventions => &["title", "competence", "status"],
            Part::Visits => &["starts", "minutes", "worker"],
        }
    }

    /// The fields that hold sentences, not codes, dates or ids; the first is what the object is
    /// called.
    pub const fn sentences(self) -> &'static [&'static str] {
        match self {
            Part::Client => &["name", "called", "about_me", "life_story", "health", "social"],
            Part::Contacts => &["name", "relation", "contributes", "own_needs", "burden"],
            Part::CriticalInfo => &["label", "details"],
            Part::Decisions => &["content", "scope", "purpose", "client_goal", "reasons"],
            Part::Goals => &["title", "own_part"],
            Part::Interventions => &["title", "how", "why", "schedule", "purpose"],
            Part::Visits => &[],
        }
    }

    /// Checks an object as it would be after an edit of the fields named; a field that was taken
    /// away is absent.
    pub fn check(self, object: &Map<String, Value>, edited: &[&str]) -> Result<(), FieldProblem> {
        let fault = |field: &str, fault| Err(FieldProblem { field: field.to_owned(), fault });
        for field in self.needed() {
            let is_empty = match object.get(*field) {
                None | Some(Value::Null) => true,
                Some(Value::String(text)) => text.trim().is_empty(),
                Some(_) => false,
            };
            if is_empty {
                return fault(field, FieldFault::Needed);
            }
        }
        for field in edited.iter().filter(|_| self == Part::Client) {
            let limits = object.get(*field).and_then(Value::as_str);
            if let (Some(kind), Some(limits)) = (of_limit_field(field), limits)
                && Limits::parse(&kind, limits).is_err()
            {
                return fault(field, FieldFault::Invalid);
            }
        }
        if self == Part::Interventions && edited.contains(&"recurrence") {
            let text = object.get("recurrence").and_then(Value::as_str);
            if text.is_some_and(|text| text.parse::<Recurrence>().is_err()) {
                return fault("recurrence", FieldFault::Invalid);
            }
        }
        let Some(read) = self.read_back(object) else {
            // The field with another value in which it could be read is the one that is wrong.
            let wrong = edited.iter().find(|field| {
                let could_be_read = |value: Option<Value>| {
                    let mut other = object.clone();
                    match value {
                        Some(value) => drop(other.insert((**field).to_owned(), value)),
                        None => drop(other.remove(**field)),
                    }
                    self.read_back(&other).is_some()
                };
                let values = [json!("2000-01-01"), json!(1), json!(Uuid::nil())];
                could_be_read(None) || values.into_iter().map(Some).any(could_be_read)
            });
            let field = wrong.or(edited.first()).copied().unwrap_or_default();
            return fault(field, FieldFault::Invalid);
        };
        // What the struct doesn't know would be written and never read.
        let unknown = edited.iter().find(|field| {
            object.get(**field).is_some_and(|value| !value.is_null()) && !read.contains_key(**field)
        });
        unknown.map_or(Ok(()), |field| fault(field, FieldFault::Unknown))
    }

    /// The object read as its struct and written again.
    fn read_back(self, object: &Map<String, Value>) -> Option<Map<String, Value>> {
        fn through<T: Serialize + DeserializeOwned>(object: &Map<String, Value>) -> Option<Value> {
            let read: T = serde_json::from_value(Value::Object(object.clone())).ok()?;
            serde_json::to_value(read).ok()
        }
        let read = match self {
            Part::Client => through::<Client>(object),
            Part::Contacts => through::<Contact>(object),
            Part::CriticalInfo => through::<CriticalInfo>(object),
            Part::Decisions => through::<Decision>(object),
            Part::Goals => through::<Goal>(object),
            Part::Interventions => through::<Intervention>(object),
            Part::Visits => through::<PlannedVisit>(object),
        };
        match read? {
            Value::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_and_the_order_for_scale_two_are_read_before_they_are_written() {
        let with = |field: &str, value: Value| {
            let mut client =
                json!({ "name": "Line", "address": "Testveien 2", "postal_place": "0985 OSLO" });
            client[field] = value;
            Part::Client.check(&client.as_object().cloned().unwrap_or_default(), &[field])
        };
        assert_eq!(with("limit_pulse", json!("50–110")), Ok(()));
        assert_eq!(with("limit_pulse", Value::Null), Ok(()));
        assert_eq!(with("spo2_scale2_order", json!("2026-03-01 Kari Lege")), Ok(()));
        let wrong =
            [("limit_pulse", "110–50"), ("limit_wings", "1–2"), ("spo2_scale2_order", "ja")];
        for (field, value) in wrong {
            let fault = with(field, json!(value)).map_err(|problem| (problem.field, problem.fault));
            assert_eq!(fault, Err((field.to_owned(), FieldFault::Invalid)));
        }
    }

    #[test]
    fn a_profile_knows_the_fields_of_its_areas_and_no_others() {
        let profile = |more: Value| {
            let mut profile =
                json!({ "name": "Line", "address": "Gata 1", "postal_place": "Oslo" });
            if let (Some(profile), Value::Object(more)) = (profile.as_object_mut(), more) {
                profile.extend(more);
            }
            profile.as_object().cloned().unwrap_or_default()
        };
        let cases: [(Value, &str, Option<FieldFault>); 7] = [
            (json!({ "need_skin": "Tørr hud" }), "need_skin", None),
            (json!({ "need_skin": null }), "need_skin", None),
            (
                json!({ "strength_of_a_newer_version": "Synger" }),
                "strength_of_a_newer_version",
                None,
            ),
            (json!({ "need_skin": 3 }), "need_skin", Some(FieldFault::Invalid)),
            (json!({ "needs": "Tørr hud" }), "needs", Some(FieldFault::Unknown)),
            (json!({ "interpreter": "phone" }), "interpreter", None),
            (
                json!({ "primary_contact_to": "i går" }),
                "primary_contact_to",
                Some(FieldFault::Invalid),
            ),
        ];
        for (more, edited, expected) in cases {
            let found = Part::Client.check(&profile(more.clone()), &[edited]).err();
            let expected = expected.map(|fault| FieldProblem { field: edited.to_owned(), fault });
            assert_eq!(found, expected, "{more}");
        }
    }

    #[test]
    fn a_form_is_told_which_field_is_wrong_and_how() {
        let goal = |more: Value| {
            let mut goal =
                json!({ "title": "Gå tur", "expressed_by": "client", "status": "active" });
            if let (Some(goal), Value::Object(more)) = (goal.as_object_mut(), more) {
                goal.extend(more);
            }
            goal.as_object().cloned().unwrap_or_default()
        };
        let cases: [(Value, &[&str], Option<(&str, FieldFault)>); 7] = [
            (json!({}), &["title"], None),
            (json!({ "due": "2026-12-01" }), &["due"], None),
            (json!({ "due": null }), &["due"], None),
            (json!({ "title": "  " }), &["title"], Some(("title", FieldFault::Needed))),
            (json!({ "title": null }), &["title"], Some(("title", FieldFault::Needed))),
            (json!({ "due": "snart" }), &["title", "due"], Some(("due", FieldFault::Invalid))),
            (json!({ "titel": "x" }), &["titel"], Some(("titel", FieldFault::Unknown))),
        ];
        for (more, edited, expected) in cases {
            let found = Part::Goals.check(&goal(more.clone()), edited).err();
            let expected =
                expected.map(|(field, fault)| FieldProblem { field: field.to_owned(), fault });
            assert_eq!(found, expected, "{more}");
        }
    }
}
