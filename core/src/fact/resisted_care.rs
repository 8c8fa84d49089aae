//! Care that a client resisted: what was done to win trust, whether the client can consent in this
//! matter, what harm it would do to leave it, and who knows.

use serde::{Deserialize, Serialize};

use super::{CoerciveMeasure, Content};
use crate::ids::{InterventionId, VisitId};
use crate::open_enum;

open_enum! {
    /// What was tried to win trust.
    pub enum TrustTried {
        /// Took time.
        TookTime = "took_time",
        /// Came back later.
        CameBack = "came_back",
        /// Let another carer try.
        OtherCarer = "other_carer",
        /// A relative took part.
        Relative = "relative",
        /// Explained it again, in another way.
        Explained = "explained",
        /// Something else; the words say what.
        Other = "other",
    }
}

open_enum! {
    /// Whether the client can consent in this matter.
    pub enum Capacity {
        /// Can.
        Has = "has",
        /// Obviously can't; the words say why.
        Lacks = "lacks",
        /// Nobody has judged it.
        NotAssessed = "not_assessed",
    }
}

open_enum! {
    /// Who has been told.
    pub enum Notified {
        /// A nurse.
        Nurse = "nurse",
        /// The GP.
        Gp = "gp",
        /// The service lead.
        ServiceLead = "service_lead",
        /// Nobody yet.
        Nobody = "nobody",
    }
}

/// Care that was resisted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResistedCare {
    /// At which visit.
    pub visit: VisitId,
    /// What was resisted, of what the visit was for.
    pub interventions: Vec<InterventionId>,
    /// What was resisted, and how, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// What was tried to win trust.
    pub tried: Vec<TrustTried>,
    /// How that went.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tried_words: String,
    /// Whether the client can consent in this matter.
    pub capacity: Capacity,
    /// What that rests on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub capacity_words: String,
    /// What harm it does to leave it.
    pub harm: String,
    /// Who has been told.
    pub notified: Vec<Notified>,
    /// Whether a decision after chapter 4A is needed.
    pub decision_needed: bool,
    /// A measure that was taken all the same, with what it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coercion: Option<CoerciveMeasure>,
}

impl ResistedCare {
    /// The field of the routine that is missing.
    pub fn missing(&self) -> Option<&'static str> {
        let is_blank = |words: &str| words.trim().is_empty();
        let wordless_other = self.tried.contains(&TrustTried::Other) && is_blank(&self.tried_words);
        let wordless_lack = self.capacity == Capacity::Lacks && is_blank(&self.capacity_words);
        let nobody_and_somebody =
            self.notified.contains(&Notified::Nobody) && self.notified.len() > 1;
        let rules = [
            (self.interventions.is_empty() && is_blank(&self.what), "resisted"),
            (self.tried.is_empty(), "tried"),
            (wordless_other, "tried_words"),
            (wordless_lack, "capacity_words"),
            (is_blank(&self.harm), "harm"),
            (self.notified.is_empty() || nobody_and_somebody, "notified"),
        ];
        rules.into_iter().find(|(is_broken, _)| *is_broken).map(|(_, field)| field)
    }
}

impl Content for ResistedCare {
    fn texts(&self) -> Vec<&str> {
        let own = [&self.what, &self.tried_words, &self.capacity_words, &self.harm];
        let coercion = self.coercion.iter().flat_map(CoerciveMeasure::texts);
        own.into_iter().map(String::as_str).chain(coercion).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_routine_is_followed_to_its_end() {
        let whole = ResistedCare {
            visit: VisitId(Uuid::nil()),
            interventions: vec![InterventionId(Uuid::nil())],
            what: String::new(),
            tried: vec![TrustTried::TookTime],
            tried_words: String::new(),
            capacity: Capacity::NotAssessed,
            capacity_words: String::new(),
            harm: "Sår".into(),
            notified: vec![Notified::Nobody],
            decision_needed: false,
            coercion: None,
        };
        assert_eq!(whole.missing(), None);
        let cases = [
            (ResistedCare { interventions: Vec::new(), ..whole.clone() }, "resisted"),
            (ResistedCare { tried: Vec::new(), ..whole.clone() }, "tried"),
            (ResistedCare { tried: vec![TrustTried::Other], ..whole.clone() }, "tried_words"),
            (ResistedCare { capacity: Capacity::Lacks, ..whole.clone() }, "capacity_words"),
            (ResistedCare { harm: " ".into(), ..whole.clone() }, "harm"),
            (ResistedCare { notified: Vec::new(), ..whole.clone() }, "notified"),
            (
                ResistedCare { notified: vec![Notified::Nobody, Notified::Gp], ..whole.clone() },
                "notified",
            ),
        ];
        for (one, field) in cases {
            assert_eq!(one.missing(), Some(field), "{one:?}");
        }
        let words = ResistedCare { interventions: Vec::new(), what: "Alt".into(), ..whole };
        assert_eq!(words.missing(), None);
    }
}
