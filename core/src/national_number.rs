//! Norwegian national numbers: fødselsnummer, D-nummer and the synthetic series.
//!
//! Rules from Skatteetaten and NHN, gathered in the project's tables of identifiers. Birth date
//! and sex are never read out of a number: from 2032 the rule for the first control digit is
//! looser, and the number says nothing sure about the person.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const WEIGHTS_1: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const WEIGHTS_2: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/// Eleven digits whose control digits hold.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NationalNumber(String);

/// Why a text is not a national number. It never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotANationalNumber {
    /// Not exactly eleven digits.
    #[error("a national number has eleven digits")]
    Length,
    /// A control digit doesn't match.
    #[error("the control digits of the national number don't match")]
    ControlDigits,
}

impl NationalNumber {
    /// A number as it is typed, with spaces anywhere.
    pub fn typed(text: &str) -> Result<Self, NotANationalNumber> {
        text.chars().filter(|one| !one.is_whitespace()).collect::<String>().parse()
    }

    /// Whether the number is of a synthetic series (month + 65 from NHN, + 80 from Tenor), the only
    /// kind that demo data may hold.
    pub fn is_synthetic(&self) -> bool {
        let month: u32 = self.0.get(2..4).and_then(|text| text.parse().ok()).unwrap_or(0);
        matches!(month, 66..=77 | 81..=92)
    }

    /// The number with its last five digits hidden, as screens show it.
    pub fn masked(&self) -> String {
        format!("{} *****", self.0.get(..6).unwrap_or_default())
    }
}

impl FromStr for NationalNumber {
    type Err = NotANationalNumber;

    fn from_str(text: &str) -> Result<Self, NotANationalNumber> {
        let digits: Vec<u32> = text.chars().filter_map(|digit| digit.to_digit(10)).collect();
        if digits.len() != 11 || text.len() != 11 {
            return Err(NotANationalNumber::Length);
        }
        let sum =
            |weights: &[u32]| -> u32 { weights.iter().zip(&digits).map(|(w, d)| w * d).sum() };
        let reduce = |value: u32| if value >= 11 { value - 11 } else { value };
        // From 2032 new numbers may start from 12, 13 or 14 instead of 11; old ones stay valid.
        let first = sum(&WEIGHTS_1) % 11;
        let first_holds = (11..=14).any(|start| reduce(start - first) == digits[9]);
        let second_holds = reduce(11 - sum(&WEIGHTS_2) % 11) == digits[10];
        if first_holds && second_holds {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotANationalNumber::ControlDigits)
        }
    }
}

impl TryFrom<String> for NationalNumber {
    type Error = NotANationalNumber;
    fn try_from(text: String) -> Result<Self, NotANationalNumber> {
        text.parse()
    }
}

impl From<NationalNumber> for String {
    fn from(number: NationalNumber) -> Self {
        number.0
    }
}

/// Never the digits: numbers must not end in a log.
impl fmt::Debug for NationalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NationalNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vectors_hold() {
        use NotANationalNumber::{ControlDigits, Length};
        let cases = [
            ("10915596784", Ok(true)),
            ("50846202355", Ok(true)),
            ("17703810047", Ok(true)),
            ("81234510053", Ok(false)), // a hjelpenummer: valid, but of no synthetic series
            ("10915596794", Err(ControlDigits)),
            ("10915596785", Err(ControlDigits)),
            ("01915596784", Err(ControlDigits)),
            ("1091559678", Err(Length)),
            ("109155967841", Err(Length)),
            ("1091559678A", Err(Length)),
        ];
        for (text, expected) in cases {
            let number = text.parse::<NationalNumber>();
            assert_eq!(number.map(|number| number.is_synthetic()), expected, "{text}");
        }
    }

    #[test]
    fn neither_debug_nor_the_mask_shows_the_number() {
        let number: NationalNumber = "10915596784".parse().unwrap_or_else(|_| unreachable!());
        assert_eq!(number.masked(), "109155 *****");
        assert_eq!(format!("{number:?}"), "NationalNumber(…)");
    }
}
