//! The fields of a decision, in the order of the letter: how each is read, shown and written. Pure.

use chrono::NaiveDate;
use kjent_core::plan::{Decision, Scalar};

use crate::i18n::{I18n, date, field_word, information_word, outcome_word, t_string};

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line.
    Line,
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// One of the codes of an enum; or yes and no.
    Code,
    /// Several of the codes of an enum, one a line.
    Codes,
}

/// A field.
pub struct Field {
    /// Its name in the plan.
    pub name: &'static str,
    /// What is typed.
    pub kind: Kind,
    /// Its value as it is typed; empty when there is none.
    pub read: fn(&Decision) -> String,
}

macro_rules! fields {
    ($($name:ident: $kind:ident = $read:expr,)*) => {
        /// All that the office writes, but the service, which is chosen.
        pub const FIELDS: &[Field] =
            &[$(Field { name: stringify!($name), kind: Kind::$kind, read: $read },)*];
    };
}

fields! {
    outcome: Code = |it| it.outcome.as_ref().map(ToString::to_string).unwrap_or_default(),
    title: Line = |it| it.title.clone().unwrap_or_default(),
    case_number: Line = |it| it.case_number.clone(),
    your_ref: Line = |it| it.your_ref.clone().unwrap_or_default(),
    disclosure_marking: Line = |it| it.disclosure_marking.clone().unwrap_or_default(),
    applied_on: Day = |it| day(it.applied_on),
    decided_on: Day = |it| day(it.decided_on),
    received_on: Day = |it| day(it.received_on),
    valid_from: Day = |it| it.valid_from.to_string(),
    valid_to: Day = |it| it.valid_to.to_string(),
    reassess_at_expiry: Code = |it| it.reassess_at_expiry.map(yes_no).unwrap_or_default(),
    content: Lines = |it| it.content.clone(),
    scope: Line = |it| it.scope.clone(),
    granted_visits: Number = |it| number(it.granted_visits),
    granted_days: Number = |it| number(it.granted_days),
    granted_minutes: Number = |it| number(it.granted_minutes),
    agreed_later: Line = |it| it.agreed_later.clone().unwrap_or_default(),
    purpose: Lines = |it| it.purpose.clone(),
    client_goal: Lines = |it| it.client_goal.clone(),
    reasons: Lines = |it| it.reasons.clone(),
    legal_basis: Lines = |it| it.legal_basis.clone(),
    sources: Lines = |it| joined(&it.sources),
    information: Codes = |it| joined(&it.information),
    supplier: Line = |it| it.supplier.clone().unwrap_or_default(),
    supplier_chosen_on: Day = |it| day(it.supplier_chosen_on),
    copayment: Code = |it| yes_no(it.copayment),
    copayment_bands: Lines = |it| joined(&it.copayment_bands),
    appeal: Lines = |it| it.appeal.clone().unwrap_or_default(),
    caseworker: Line = |it| it.caseworker.clone(),
    caseworker_title: Line = |it| it.caseworker_title.clone().unwrap_or_default(),
    caseworker_phone: Line = |it| it.caseworker_phone.clone().unwrap_or_default(),
    decided_by: Line = |it| it.decided_by.clone().unwrap_or_default(),
    decided_by_title: Line = |it| it.decided_by_title.clone().unwrap_or_default(),
    attachments: Lines = |it| it.attachments.clone().unwrap_or_default(),
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn number(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn joined<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

impl Field {
    /// What was typed as the plan has it; nothing when the field was emptied.
    pub fn value(&self, typed: &str) -> Option<Scalar> {
        let typed = typed.trim();
        match (self.kind, self.name) {
            _ if typed.is_empty() => None,
            (Kind::Code, "reassess_at_expiry" | "copayment") => Some(Scalar::Flag(typed == "yes")),
            // What is no number goes as it is, and comes back with the field's name.
            (Kind::Number, _) => typed.parse().ok().map(Scalar::Number).or(Scalar::text(typed)),
            _ => Scalar::text(typed),
        }
    }
}

/// What a field of a decision is called. Its title is the letter's heading, and not what is granted.
pub fn label(i18n: I18n, name: &str) -> String {
    if name == "title" {
        t_string!(i18n, decisions.heading).to_owned()
    } else {
        field_word(i18n, name)
    }
}

/// A field's value as a person reads it; nothing for one that is empty.
pub fn shown(i18n: I18n, field: &Field, decision: &Decision) -> Option<String> {
    let typed = (field.read)(decision);
    if typed.is_empty() {
        return None;
    }
    Some(match (field.kind, field.name) {
        (Kind::Day, _) => typed.parse().map_or(typed, |day| date(i18n, day)),
        (Kind::Code, "outcome") => outcome_word(i18n, decision.outcome.as_ref()?),
        (Kind::Code, _) if typed == "yes" => t_string!(i18n, decisions.yes).to_owned(),
        (Kind::Code, _) => t_string!(i18n, decisions.no).to_owned(),
        (_, "information") => {
            let words = decision.information.iter().map(|it| information_word(i18n, it));
            words.collect::<Vec<_>>().join("\n")
        }
        (_, "sources") => {
            let papers = decision.sources.iter().map(|it| {
                let parts = [date(i18n, it.date), it.what.clone(), it.author.clone()];
                let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
                parts.join(", ")
            });
            papers.collect::<Vec<_>>().join("\n")
        }
        _ => typed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_becomes_what_the_plan_holds() {
        let field = |name: &str| FIELDS.iter().find(|field| field.name == name);
        let cases = [
            ("title", " VEDTAK ", Scalar::text("VEDTAK")),
            ("title", "  ", None),
            ("granted_visits", "2", Some(Scalar::Number(2))),
            ("granted_visits", "to", Scalar::text("to")),
            ("copayment", "no", Some(Scalar::Flag(false))),
            ("valid_to", "2026-12-01", Scalar::text("2026-12-01")),
        ];
        for (name, typed, expected) in cases {
            assert_eq!(
                field(name).and_then(|field| field.value(typed)),
                expected,
                "{name} {typed}"
            );
        }
    }
}
