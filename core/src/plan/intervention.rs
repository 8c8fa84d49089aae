//! Interventions (tiltak): what is done, why, how, when and by whom.

use serde::{Deserialize, Serialize};

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
}

#[cfg(test)]
mod tests {
    use super::*;

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
