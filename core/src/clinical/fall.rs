//! The risk of falling: three key questions, and where they lead.
//!
//! Source: Montero-Odasso et al., World guidelines for falls prevention and management for older
//! adults: a global initiative, Age and Ageing 2022;51(9):afac205, the algorithm for risk.
//! STRATIFY is left out: it is made for hospitals.

use serde::{Deserialize, Serialize};

use super::YesNo;

/// A gait this slow is impaired: 0,8 m/s.
const SLOW_GAIT_CM_PER_S: u16 = 80;
/// A timed up and go longer than this is impaired: 15 s.
const LONG_UP_AND_GO_TENTHS: u16 = 150;

/// The answers, as they are stored. One that nobody has given is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FallAnswers {
    /// Fallen in the last 12 months?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallen: Option<YesNo>,
    /// Unsteady when standing or walking?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsteady: Option<YesNo>,
    /// Worried about falling?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worried: Option<YesNo>,
    /// After a fall: an injury that needed treatment?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injury: Option<YesNo>,
    /// After a fall: two or more in the last 12 months?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeated: Option<YesNo>,
    /// After a fall: is the client frail?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frail: Option<YesNo>,
    /// After a fall: could not get up, or lay for an hour or more?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long_lie: Option<YesNo>,
    /// After a fall: lost consciousness, or may have?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_consciousness: Option<YesNo>,
    /// Gait speed in centimetres a second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gait_cm_per_s: Option<u16>,
    /// Timed up and go, in tenths of a second; instead of gait speed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_and_go_tenths: Option<u16>,
}

/// Where the answers lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FallRisk {
    /// A key question is not answered.
    NeedsKeyAnswers,
    /// There was a fall, and not all is asked about how bad it was.
    NeedsSeverity,
    /// Gait speed, or timed up and go, decides.
    NeedsGaitSpeed,
    /// Low.
    Low,
    /// Intermediate.
    Intermediate,
    /// High: to be assessed from all sides.
    High,
}

impl FallAnswers {
    /// Where the answers lead. One that this version does not know counts as not given.
    pub fn risk(&self) -> FallRisk {
        let yes = |answer: &Option<YesNo>| *answer == Some(YesNo::Yes);
        let no = |answer: &Option<YesNo>| *answer == Some(YesNo::No);
        let given = |answer: &Option<YesNo>| yes(answer) || no(answer);
        let key = [&self.fallen, &self.unsteady, &self.worried];
        let severity =
            [&self.injury, &self.repeated, &self.frail, &self.long_lie, &self.lost_consciousness];
        // Nothing that is still unasked makes a severe fall less.
        if yes(&self.fallen) && severity.into_iter().any(yes) {
            FallRisk::High
        } else if !key.into_iter().all(given) {
            FallRisk::NeedsKeyAnswers
        } else if key.into_iter().all(no) {
            FallRisk::Low
        } else if yes(&self.fallen) && !severity.into_iter().all(given) {
            FallRisk::NeedsSeverity
        } else {
            self.risk_of_gait()
        }
    }

    /// What the gait says; of two tests the worse.
    fn risk_of_gait(&self) -> FallRisk {
        let slow = self.gait_cm_per_s.map(|speed| speed <= SLOW_GAIT_CM_PER_S);
        let long = self.up_and_go_tenths.map(|time| time > LONG_UP_AND_GO_TENTHS);
        match (slow, long) {
            (None, None) => FallRisk::NeedsGaitSpeed,
            (Some(true), _) | (_, Some(true)) => FallRisk::Intermediate,
            _ => FallRisk::Low,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FallRisk::{
        High, Intermediate, Low, NeedsGaitSpeed, NeedsKeyAnswers, NeedsSeverity,
    };
    use super::*;

    /// `y`, `n`, `?` for a newer version's answer, and anything else for none.
    fn answer(letter: u8) -> Option<YesNo> {
        match letter {
            b'y' => Some(YesNo::Yes),
            b'n' => Some(YesNo::No),
            b'?' => Some(YesNo::Unknown("newer".into())),
            _ => None,
        }
    }

    /// Answers in the order of the fields.
    fn answers(
        key: &str,
        severity: &str,
        gait: Option<u16>,
        up_and_go: Option<u16>,
    ) -> FallAnswers {
        let letter = |text: &str, place: usize| {
            answer(text.as_bytes().get(place).copied().unwrap_or_default())
        };
        FallAnswers {
            fallen: letter(key, 0),
            unsteady: letter(key, 1),
            worried: letter(key, 2),
            injury: letter(severity, 0),
            repeated: letter(severity, 1),
            frail: letter(severity, 2),
            long_lie: letter(severity, 3),
            lost_consciousness: letter(severity, 4),
            gait_cm_per_s: gait,
            up_and_go_tenths: up_and_go,
        }
    }

    #[test]
    fn where_the_answers_lead() {
        let cases = [
            ("", "", None, None, NeedsKeyAnswers),
            ("nn", "", None, None, NeedsKeyAnswers),
            ("yn", "", None, None, NeedsKeyAnswers),
            ("nn?", "", None, None, NeedsKeyAnswers),
            ("nnn", "", None, None, Low),
            // Without a yes nobody's gait is asked for, and a fast one changes nothing.
            ("nnn", "", Some(40), None, Low),
            // A fall: how bad was it?
            ("ynn", "", None, None, NeedsSeverity),
            ("ynn", "nnnn", None, None, NeedsSeverity),
            ("ynn", "nnnn?", None, None, NeedsSeverity),
            ("ynn", "nnnn", Some(120), None, NeedsSeverity),
            ("ynn", "ynnnn", None, None, High),
            ("ynn", "nynnn", None, None, High),
            ("ynn", "nnynn", None, None, High),
            ("ynn", "nnnyn", None, None, High),
            ("ynn", "nnnny", None, None, High),
            ("ynn", "nnnny", Some(120), Some(90), High),
            ("y", "y", None, None, High),
            // What belongs to a fall says nothing where there was none.
            ("nyn", "nnynn", Some(100), None, Low),
            ("nnn", "yyyyy", None, None, Low),
            // One fall that was not severe, unsteady, or worried: the gait decides.
            ("ynn", "nnnnn", None, None, NeedsGaitSpeed),
            ("nyn", "", None, None, NeedsGaitSpeed),
            ("nny", "", None, None, NeedsGaitSpeed),
            ("yyy", "nnnnn", None, None, NeedsGaitSpeed),
            ("ynn", "nnnnn", Some(80), None, Intermediate),
            ("ynn", "nnnnn", Some(81), None, Low),
            ("nyn", "", Some(80), None, Intermediate),
            ("nyn", "", Some(81), None, Low),
            ("nny", "", Some(80), None, Intermediate),
            ("nny", "", Some(81), None, Low),
            ("nyn", "", None, Some(150), Low),
            ("nyn", "", None, Some(151), Intermediate),
            ("nyn", "", Some(81), Some(151), Intermediate),
            ("nyn", "", Some(80), Some(150), Intermediate),
            ("nyn", "", Some(81), Some(150), Low),
        ];
        for (key, severity, gait, up_and_go, expected) in cases {
            let answers = answers(key, severity, gait, up_and_go);
            assert_eq!(answers.risk(), expected, "{key} {severity} {gait:?} {up_and_go:?}");
        }
    }

    #[test]
    fn answers_are_stored_without_what_was_not_asked() -> anyhow::Result<()> {
        let stored = answers("nyn", "", Some(75), None);
        let json = r#"{"fallen":"no","unsteady":"yes","worried":"no","gait_cm_per_s":75}"#;
        assert_eq!(serde_json::to_string(&stored)?, json);
        assert_eq!(serde_json::from_str::<FallAnswers>(json)?, stored);
        assert_eq!(serde_json::from_str::<FallAnswers>("{}")?, FallAnswers::default());
        Ok(())
    }
}
