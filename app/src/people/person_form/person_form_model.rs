//! What such a form has, and what it asks to be written. Pure.

use std::collections::BTreeMap;

use kjent_core::plan::Scalar;
use kjent_core::view::PlanFields;

use crate::plan_draft::Texts;

/// How a field is written.
#[derive(Clone)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A telephone number.
    Phone,
    /// A day.
    Day,
    /// Yes or nothing.
    Flag,
    /// One of these codes, with its words.
    Choice(Vec<(String, String)>),
}

/// A field of the form.
#[derive(Clone)]
pub struct Spec {
    /// Its test id, the same in every language.
    pub id: &'static str,
    /// Its name in the plan.
    pub field: String,
    /// How it is written.
    pub kind: Kind,
    /// What it is called, when the field's own word does not do.
    pub label: Option<String>,
    /// A word of help.
    pub hint: Option<String>,
    /// Whether it is there, given the others; always when absent.
    pub shown: Option<fn(&Texts) -> bool>,
}

impl Spec {
    /// A field whose test id is its name.
    pub fn new(field: &'static str, kind: Kind) -> Self {
        let (label, hint, shown) = (None, None, None);
        Self { id: field, field: field.to_owned(), kind, label, hint, shown }
    }

    /// The same with a word of help.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }

    /// The same with words of its own.
    #[must_use]
    pub fn label(mut self, label: &str) -> Self {
        self.label = Some(label.to_owned());
        self
    }

    /// The same, there only when the others say so.
    #[must_use]
    pub fn shown(mut self, shown: fn(&Texts) -> bool) -> Self {
        self.shown = Some(shown);
        self
    }
}

/// The texts that a form begins with.
pub fn seed(fields: &PlanFields, specs: &[Spec]) -> Texts {
    let text = |spec: &Spec| match fields.get(&spec.field) {
        Some(Scalar::Text(text)) => text.clone(),
        Some(Scalar::Flag(true)) => YES.to_owned(),
        Some(Scalar::Number(number)) => number.to_string(),
        Some(Scalar::Flag(false)) | None => String::new(),
    };
    specs.iter().map(|spec| (spec.field.clone(), text(spec))).collect()
}

/// What a ticked box holds.
pub const YES: &str = "yes";

/// The fields that differ from what stood there, with what is to stand. A field that nobody touched
/// is not written, so that it can't undo a colleague's edit; one that is not there any more is taken
/// away.
pub fn changes(
    before: &PlanFields,
    texts: &Texts,
    specs: &[Spec],
) -> BTreeMap<String, Option<Scalar>> {
    let value = |spec: &Spec| {
        let is_shown = spec.shown.is_none_or(|shown| shown(texts));
        let text = texts.get(&spec.field).map(String::as_str).filter(|_| is_shown);
        match spec.kind {
            Kind::Flag => text.filter(|text| !text.is_empty()).map(|_| Scalar::Flag(true)),
            _ => text.and_then(Scalar::text),
        }
    };
    let differs = |field: &str, value: &Option<Scalar>| match before.get(field) {
        Some(Scalar::Flag(false)) => value.is_some(),
        before => before != value.as_ref(),
    };
    specs
        .iter()
        .map(|spec| (spec.field.clone(), value(spec)))
        .filter(|(field, value)| differs(field, value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn specs() -> Vec<Spec> {
        let has_mandate = |texts: &Texts| texts.get("role").is_some_and(|role| role == "guardian");
        vec![
            Spec::new("name", Kind::Line),
            Spec::new("role", Kind::Choice(Vec::new())),
            Spec::new("has_key", Kind::Flag),
            Spec::new("mandate_to", Kind::Day).shown(has_mandate),
        ]
    }

    fn fields() -> PlanFields {
        let text = |text: &str| Scalar::Text(text.to_owned());
        PlanFields::from([
            ("name".into(), text("Harald Sund")),
            ("role".into(), text("guardian")),
            ("mandate_to".into(), text("2027-01-01")),
            ("phone".into(), text("11 31 20 07")),
        ])
    }

    #[test]
    fn only_what_was_changed_is_written() {
        let mut texts = seed(&fields(), &specs());
        assert!(changes(&fields(), &texts, &specs()).is_empty());
        texts.insert("name".into(), " Harald Sund ".into());
        assert!(changes(&fields(), &texts, &specs()).is_empty());
        texts.insert("has_key".into(), YES.into());
        texts.insert("name".into(), "Harald".into());
        let expected = BTreeMap::from([
            ("has_key".to_owned(), Some(Scalar::Flag(true))),
            ("name".to_owned(), Scalar::text("Harald")),
        ]);
        assert_eq!(changes(&fields(), &texts, &specs()), expected);
    }

    #[test]
    fn what_is_emptied_or_no_longer_there_is_taken_away() {
        let mut texts = seed(&fields(), &specs());
        texts.insert("role".into(), "relative".into());
        let found = changes(&fields(), &texts, &specs());
        assert_eq!(found.get("mandate_to"), Some(&None));
        assert_eq!(found.get("role"), Some(&Scalar::text("relative")));
        texts.insert("name".into(), "  ".into());
        assert_eq!(changes(&fields(), &texts, &specs()).get("name"), Some(&None));
    }
}
