//! Interventions (tiltak): what is done, why, how, when and by whom.

use serde::{Deserialize, Serialize};

use super::NeedArea;
use crate::ids::{DecisionId, GoalId};
use crate::open_enum;
use crate::team::Profession;

open_enum! {
    /// What the one who does it must be able to do.
    pub enum Competence {
        /// Anyone in the team.
        Anyone = "anyone",
        /// Course in handling medicines.
        Medicines = "medicines",
        /// A nurse.
        Nurse = "nurse",
        /// A therapist.
        Therapist = "therapist",
    }
}

impl Competence {
    /// Whether nothing speaks against this profession doing it. It is no permission: whoever is sent
    /// without it is warned and not stopped, and a newer version's demand warns nobody.
    pub fn fits(&self, profession: &Profession) -> bool {
        use Profession::{Apprentice, AssistantWorker, Nurse, OccupationalTherapist};
        use Profession::{Physiotherapist, SocialEducator};
        match self {
            Competence::Anyone | Competence::Unknown(_) => true,
            // Who has taken the course is not known here; these two seldom have.
            Competence::Medicines => !matches!(profession, AssistantWorker | Apprentice),
            Competence::Nurse => matches!(profession, Nurse | SocialEducator),
            Competence::Therapist => matches!(profession, Physiotherapist | OccupationalTherapist),
        }
    }
}

open_enum! {
    /// Whether an intervention is in use.
    pub enum InterventionStatus {
        /// In use.
        Active = "active",
        /// Ended.
        Ended = "ended",
    }
}

open_enum! {
    /// What an intervention does for the client.
    pub enum InterventionCategory {
        /// Helsefremmende.
        HealthPromoting = "health_promoting",
        /// Forebyggende.
        Preventive = "preventive",
        /// Behandlende.
        Treating = "treating",
        /// Kompenserende.
        Compensating = "compensating",
        /// Rehabiliterende.
        Rehabilitating = "rehabilitating",
    }
}

open_enum! {
    /// The letter of helse- og omsorgstjenesteloven § 3-2 first paragraph no. 6 that grants it.
    pub enum LegalBasis {
        /// a: helsetjenester i hjemmet.
        HealthService = "health_service",
        /// b: personlig assistanse, praktisk bistand.
        PracticalAssistance = "practical_assistance",
    }
}

open_enum! {
    /// Whether the client can manage it with less than somebody's help: asked before help is given.
    pub enum SelfManagement {
        /// With an aid.
        Aid = "aid",
        /// With training.
        Training = "training",
        /// With a home that is adapted.
        Adaptation = "adaptation",
        /// With a relative or others around.
        Relative = "relative",
        /// With technology.
        Technology = "technology",
        /// Not now: it takes help.
        None = "none",
    }
}

/// What an intervention should say and doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InterventionGap {
    /// Why: neither a need nor a goal.
    Why,
    /// How.
    How,
    /// When.
    When,
}

/// An intervention in the care plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervention {
    /// What: «Morgenstell».
    pub title: String,
    /// How: the procedure in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Why: the need it meets. Shown beside the goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// When, in words: «hver morgen».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
    /// By whom.
    pub competence: Competence,
    /// The goal it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<GoalId>,
    /// The decision that grants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionId>,
    /// Whether it is in use.
    pub status: InterventionStatus,
    /// When, so that days can be counted: a text that `Recurrence` reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// What it does for the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<InterventionCategory>,
    /// The area of life that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need_area: Option<NeedArea>,
    /// What grants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<LegalBasis>,
    /// What it is good for, in words for the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// With what the client could manage it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_management: Option<SelfManagement>,
}

impl Intervention {
    /// What it should say and doesn't: whoever does it must know what, why, how and when.
    pub fn gaps(&self) -> Vec<InterventionGap> {
        let empty = |text: &Option<String>| text.as_ref().is_none_or(|it| it.trim().is_empty());
        let mut gaps = Vec::new();
        if empty(&self.why) && self.goal.is_none() {
            gaps.push(InterventionGap::Why);
        }
        if empty(&self.how) {
            gaps.push(InterventionGap::How);
        }
        if empty(&self.schedule) && empty(&self.recurrence) {
            gaps.push(InterventionGap::When);
        }
        gaps
    }

    /// Whether it would rather be a health service: hygiene and nutrition are that in the main.
    pub fn basis_is_doubtful(&self) -> bool {
        self.legal_basis == Some(LegalBasis::PracticalAssistance)
            && matches!(self.need_area, Some(NeedArea::Skin | NeedArea::Nutrition))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn complete() -> Intervention {
        Intervention {
            title: "Morgenstell".into(),
            how: Some("Hun vasker ansiktet selv.".into()),
            why: Some("Hun blir svimmel".into()),
            schedule: Some("hver morgen".into()),
            competence: Competence::Anyone,
            goal: None,
            decision: None,
            status: InterventionStatus::Active,
            recurrence: None,
            category: None,
            need_area: None,
            legal_basis: None,
            purpose: None,
            self_management: None,
        }
    }

    #[test]
    fn an_intervention_without_why_how_or_when_is_incomplete() {
        assert_eq!(complete().gaps(), []);
        let goal = Some(GoalId(Uuid::nil()));
        let cases = [
            (Intervention { why: None, ..complete() }, vec![InterventionGap::Why]),
            (Intervention { why: Some("  ".into()), ..complete() }, vec![InterventionGap::Why]),
            (Intervention { why: None, goal, ..complete() }, vec![]),
            (Intervention { how: None, ..complete() }, vec![InterventionGap::How]),
            (Intervention { schedule: None, ..complete() }, vec![InterventionGap::When]),
            (
                Intervention {
                    schedule: None,
                    recurrence: Some("DTSTART:20261121 RRULE:FREQ=DAILY".into()),
                    ..complete()
                },
                vec![],
            ),
        ];
        for (intervention, gaps) in cases {
            assert_eq!(intervention.gaps(), gaps, "{intervention:?}");
        }
    }

    #[test]
    fn hygiene_and_nutrition_as_practical_assistance_raise_a_doubt() {
        for (area, basis, is_doubtful) in [
            (Some(NeedArea::Skin), LegalBasis::PracticalAssistance, true),
            (Some(NeedArea::Nutrition), LegalBasis::PracticalAssistance, true),
            (Some(NeedArea::Nutrition), LegalBasis::HealthService, false),
            (Some(NeedArea::Home), LegalBasis::PracticalAssistance, false),
            (None, LegalBasis::PracticalAssistance, false),
        ] {
            let one = Intervention { need_area: area, legal_basis: Some(basis), ..complete() };
            assert_eq!(one.basis_is_doubtful(), is_doubtful, "{one:?}");
        }
    }

    /// A row a profession, in the order of `Profession::ALL`: anyone, medicines, nurse, therapist.
    const FITS: [[bool; 4]; 7] = [
        [true, true, true, false],
        [true, true, true, false],
        [true, true, false, false],
        [true, true, false, true],
        [true, true, false, true],
        [true, false, false, false],
        [true, false, false, false],
    ];

    #[test]
    fn a_profession_fits_what_the_table_says() {
        assert_eq!(Profession::ALL.len(), FITS.len());
        for (profession, row) in Profession::ALL.iter().zip(FITS) {
            for (competence, fits) in Competence::ALL.iter().zip(row) {
                assert_eq!(competence.fits(profession), fits, "{profession:?} {competence:?}");
            }
        }
        assert!(Competence::from_code("newer").fits(&Profession::Apprentice));
    }
}
