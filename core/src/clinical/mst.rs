//! MST, the Malnutrition Screening Tool: two questions about the last six months.
//!
//! Source: Helsedirektoratet, Nasjonal faglig retningslinje om forebygging og behandling av
//! underernæring; after Ferguson et al., Nutrition 1999;15:458–464. 2 points or more mean risk of
//! malnutrition. Kilograms are asked for whole: 5,5 kg would lie between two bands.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::YesNo;
use crate::open_enum;

/// A score from here on is risk.
const AT_RISK: u8 = 2;
/// Within two weeks of the first service.
const DAYS_TO_FIRST: u64 = 14;
/// The guideline names a month for institutions; the project uses it for homes too.
const MONTHS_BETWEEN: u32 = 1;

open_enum! {
    /// Whether the client has lost weight without meaning to.
    pub enum WeightLoss {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Does not know.
        Unsure = "unsure",
    }
}

/// The answers, as they are stored. One that nobody has given is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MstAnswers {
    /// Lost weight lately without meaning to?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_loss: Option<WeightLoss>,
    /// How many whole kilograms, from 1; absent when nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_kg: Option<u16>,
    /// Eaten less because of poor appetite?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poor_appetite: Option<YesNo>,
}

/// The score of answered questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MstScore {
    /// 0–5.
    pub total: u8,
}

/// When the questions are due: two weeks after services began, then a month after the last time.
pub fn due(began: NaiveDate, last: Option<NaiveDate>) -> NaiveDate {
    match last {
        Some(last) => last + Months::new(MONTHS_BETWEEN),
        None => began + Days::new(DAYS_TO_FIRST),
    }
}

impl MstScore {
    /// Whether the client is to be assessed further and followed up.
    pub const fn at_risk(self) -> bool {
        self.total >= AT_RISK
    }
}

impl MstAnswers {
    /// The score; `None` until both questions are answered, and when answers speak against each
    /// other: a loss of 0 kg, or kilograms without a loss.
    pub fn score(&self) -> Option<MstScore> {
        let loss = match (self.weight_loss.as_ref()?, self.lost_kg) {
            (WeightLoss::No, None) => 0,
            (WeightLoss::Unsure, None) | (WeightLoss::Yes, None) => 2,
            (WeightLoss::Yes, Some(1..=5)) => 1,
            (WeightLoss::Yes, Some(6..=10)) => 2,
            (WeightLoss::Yes, Some(11..=15)) => 3,
            (WeightLoss::Yes, Some(16..)) => 4,
            (WeightLoss::Yes, Some(0))
            | (WeightLoss::No | WeightLoss::Unsure, Some(_))
            | (WeightLoss::Unknown(_), _) => return None,
        };
        let appetite = match self.poor_appetite.as_ref()? {
            YesNo::Yes => 1,
            YesNo::No => 0,
            YesNo::Unknown(_) => return None,
        };
        Some(MstScore { total: loss + appetite })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_questions_are_due_within_two_weeks_and_then_every_month() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        assert_eq!(due(day("2026-11-01"), None), day("2026-11-15"));
        assert_eq!(due(day("2026-01-01"), Some(day("2026-01-31"))), day("2026-02-28"));
    }

    #[test]
    fn scores_and_risk() {
        use WeightLoss::{No, Unsure, Yes};
        // Loss, kilograms, poor appetite: total.
        let cases = [
            (No, None, YesNo::No, 0),
            (No, None, YesNo::Yes, 1),
            (Unsure, None, YesNo::No, 2),
            (Unsure, None, YesNo::Yes, 3),
            (Yes, None, YesNo::No, 2),
            (Yes, None, YesNo::Yes, 3),
            (Yes, Some(1), YesNo::No, 1),
            (Yes, Some(3), YesNo::Yes, 2),
            (Yes, Some(5), YesNo::No, 1),
            (Yes, Some(6), YesNo::No, 2),
            (Yes, Some(10), YesNo::No, 2),
            (Yes, Some(11), YesNo::No, 3),
            (Yes, Some(15), YesNo::No, 3),
            (Yes, Some(16), YesNo::No, 4),
            (Yes, Some(16), YesNo::Yes, 5),
            (Yes, Some(u16::MAX), YesNo::Yes, 5),
        ];
        for (loss, kilograms, appetite, total) in cases {
            let answers = MstAnswers {
                weight_loss: Some(loss),
                lost_kg: kilograms,
                poor_appetite: Some(appetite),
            };
            let score = answers.score();
            assert_eq!(score, Some(MstScore { total }), "{answers:?}");
            assert_eq!(score.map(MstScore::at_risk), Some(total >= 2), "{answers:?}");
        }
    }

    #[test]
    fn no_score_without_both_answers_or_with_answers_that_disagree() {
        use WeightLoss::{No, Unknown, Unsure, Yes};
        let cases = [
            (None, None, None),
            (Some(No), None, None),
            (None, None, Some(YesNo::No)),
            (None, Some(3), Some(YesNo::No)),
            (Some(Yes), Some(0), Some(YesNo::No)),
            (Some(No), Some(3), Some(YesNo::No)),
            (Some(Unsure), Some(3), Some(YesNo::No)),
            (Some(Unknown("newer".into())), None, Some(YesNo::No)),
            (Some(No), None, Some(YesNo::Unknown("newer".into()))),
        ];
        for (weight_loss, lost_kg, poor_appetite) in cases {
            let answers = MstAnswers { weight_loss, lost_kg, poor_appetite };
            assert_eq!(answers.score(), None, "{answers:?}");
        }
    }

    #[test]
    fn answers_are_stored_without_what_was_not_asked() -> anyhow::Result<()> {
        let answers = MstAnswers {
            weight_loss: Some(WeightLoss::Yes),
            lost_kg: Some(3),
            poor_appetite: Some(YesNo::No),
        };
        let json = r#"{"weight_loss":"yes","lost_kg":3,"poor_appetite":"no"}"#;
        assert_eq!(serde_json::to_string(&answers)?, json);
        assert_eq!(serde_json::from_str::<MstAnswers>(json)?, answers);
        assert_eq!(serde_json::to_string(&MstAnswers::default())?, "{}");
        assert_eq!(serde_json::from_str::<MstAnswers>("{}")?, MstAnswers::default());
        Ok(())
    }
}
