//! What the client needs and is good at, by area of life.
//!
//! In the profile each area has two fields of its own, `need_<area>` and `strength_<area>`, so that
//! two tablets can write about two areas at once.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::open_enum;

open_enum! {
    /// Areas of need (behovsområder).
    pub enum NeedArea {
        /// Kommunikasjon og sanser.
        Communication = "communication",
        /// Kunnskap og mestring.
        Coping = "coping",
        /// Respirasjon og sirkulasjon.
        Breathing = "breathing",
        /// Væske og ernæring.
        Nutrition = "nutrition",
        /// Eliminasjon.
        Elimination = "elimination",
        /// Hud, sår og personlig hygiene.
        Skin = "skin",
        /// Aktivitet og funksjon.
        Activity = "activity",
        /// Smerte, søvn og hvile.
        Rest = "rest",
        /// Seksualitet og nære relasjoner.
        Intimacy = "intimacy",
        /// Psykisk helse.
        MentalHealth = "mental_health",
        /// Sosialt og nettverk.
        Social = "social",
        /// Åndelig og eksistensielt.
        Existential = "existential",
        /// Legemidler og medisinsk oppfølging.
        Medicines = "medicines",
        /// Bolig, trygghet og velferdsteknologi.
        Home = "home",
    }
}

/// The sides of a person that a whole plan looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Fysisk.
    Physical,
    /// Psykisk.
    Mental,
    /// Sosialt.
    Social,
    /// Eksistensielt.
    Existential,
}

impl Aspect {
    /// All four.
    pub const ALL: [Aspect; 4] =
        [Aspect::Physical, Aspect::Mental, Aspect::Social, Aspect::Existential];
}

impl NeedArea {
    /// Which side of the person the area is about; `None` for a newer version's area.
    pub const fn aspect(&self) -> Option<Aspect> {
        Some(match self {
            NeedArea::Breathing
            | NeedArea::Nutrition
            | NeedArea::Elimination
            | NeedArea::Skin
            | NeedArea::Activity
            | NeedArea::Rest
            | NeedArea::Medicines
            | NeedArea::Home => Aspect::Physical,
            NeedArea::Coping | NeedArea::MentalHealth => Aspect::Mental,
            NeedArea::Communication | NeedArea::Intimacy | NeedArea::Social => Aspect::Social,
            NeedArea::Existential => Aspect::Existential,
            NeedArea::Unknown(_) => return None,
        })
    }

    /// The profile's field that holds the need.
    pub fn need_field(&self) -> String {
        format!("{NEED}{}", self.code())
    }

    /// The profile's field that holds the strength.
    pub fn strength_field(&self) -> String {
        format!("{STRENGTH}{}", self.code())
    }

    /// The area whose need the field holds.
    pub fn of_need_field(field: &str) -> Option<Self> {
        field.strip_prefix(NEED).map(Self::from_code)
    }

    /// The area whose strength the field holds.
    pub fn of_strength_field(field: &str) -> Option<Self> {
        field.strip_prefix(STRENGTH).map(Self::from_code)
    }
}

const NEED: &str = "need_";
const STRENGTH: &str = "strength_";

/// Needs and strengths by area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedsAndStrengths {
    /// What the client needs.
    pub needs: BTreeMap<NeedArea, String>,
    /// What the client is good at and does.
    pub strengths: BTreeMap<NeedArea, String>,
}

impl NeedsAndStrengths {
    /// The sides of the person that nothing is written about yet.
    pub fn aspects_without_words(&self) -> Vec<Aspect> {
        let has = |aspect| {
            self.needs.keys().chain(self.strengths.keys()).any(|area| area.aspect() == Some(aspect))
        };
        Aspect::ALL.into_iter().filter(|aspect| !has(*aspect)).collect()
    }
}

impl Serialize for NeedsAndStrengths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.needs.len() + self.strengths.len()))?;
        for (area, words) in &self.needs {
            map.serialize_entry(&area.need_field(), words)?;
        }
        for (area, words) in &self.strengths {
            map.serialize_entry(&area.strength_field(), words)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for NeedsAndStrengths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

/// Takes the fields of areas out of a profile's fields.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = NeedsAndStrengths;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a profile's fields")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut areas = NeedsAndStrengths::default();
        while let Some(field) = map.next_key::<String>()? {
            if let Some(area) = NeedArea::of_need_field(&field) {
                keep(&mut areas.needs, area, map.next_value()?);
            } else if let Some(area) = NeedArea::of_strength_field(&field) {
                keep(&mut areas.strengths, area, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(areas)
    }
}

/// A field that is being taken away is null.
fn keep(into: &mut BTreeMap<NeedArea, String>, area: NeedArea, words: Option<String>) {
    if let Some(words) = words {
        into.insert(area, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_has_its_fields_and_one_of_the_four_sides() {
        assert_eq!(NeedArea::ALL.len(), 14);
        for area in NeedArea::ALL {
            assert!(area.aspect().is_some(), "{area:?}");
            assert_eq!(NeedArea::of_need_field(&area.need_field()).as_ref(), Some(area));
            assert_eq!(NeedArea::of_strength_field(&area.strength_field()).as_ref(), Some(area));
        }
        for aspect in Aspect::ALL {
            assert!(NeedArea::ALL.iter().any(|area| area.aspect() == Some(aspect)), "{aspect:?}");
        }
    }

    #[test]
    fn what_nothing_is_written_about_is_named() {
        let mut areas = NeedsAndStrengths::default();
        assert_eq!(areas.aspects_without_words(), Aspect::ALL);
        areas.needs.insert(NeedArea::Skin, "Tørr hud".into());
        areas.strengths.insert(NeedArea::Social, "Mange venner".into());
        assert_eq!(areas.aspects_without_words(), [Aspect::Mental, Aspect::Existential]);
    }
}
