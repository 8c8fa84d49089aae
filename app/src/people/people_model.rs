//! What the cards say, from what is known. Pure.

use kjent_core::ids::ContactId;
use kjent_core::plan::{Aspect, NeedArea, NeedsAndStrengths};
use kjent_core::view::{ConsentView, PlanFields};

/// The needs and strengths among the profile's fields.
pub fn areas(profile: &PlanFields) -> NeedsAndStrengths {
    let mut areas = NeedsAndStrengths::default();
    for (field, value) in profile {
        let Some(words) = value.as_text().map(str::to_owned) else { continue };
        if let Some(area) = NeedArea::of_need_field(field) {
            areas.needs.insert(area, words);
        } else if let Some(area) = NeedArea::of_strength_field(field) {
            areas.strengths.insert(area, words);
        }
    }
    areas
}

/// The areas of one side of the person that something is written about, in the order of the list.
pub fn written(areas: &NeedsAndStrengths, aspect: Aspect) -> Vec<NeedArea> {
    let has =
        |area: &&NeedArea| areas.needs.contains_key(*area) || areas.strengths.contains_key(*area);
    let of = |area: &&NeedArea| area.aspect() == Some(aspect);
    NeedArea::ALL.iter().filter(of).filter(has).cloned().collect()
}

/// The areas that nothing is written about.
pub fn unwritten(areas: &NeedsAndStrengths) -> Vec<NeedArea> {
    let has =
        |area: &&NeedArea| areas.needs.contains_key(*area) || areas.strengths.contains_key(*area);
    NeedArea::ALL.iter().filter(|area| !has(area)).cloned().collect()
}

/// The consents that hold today for a contact; for somebody who is none of them when `None`.
pub fn holding(consents: &[ConsentView], to: Option<ContactId>) -> Vec<ConsentView> {
    consents.iter().filter(|it| it.state.holds() && it.consent.to == to).cloned().collect()
}

#[cfg(test)]
mod tests {
    use kjent_core::plan::Scalar;

    use super::*;

    #[test]
    fn an_area_is_written_about_or_still_to_be_asked_about() {
        let text = |text: &str| Scalar::Text(text.to_owned());
        let profile = PlanFields::from([
            ("name".into(), text("Line")),
            ("need_skin".into(), text("Tørr hud")),
            ("strength_existential".into(), text("Troen bærer")),
        ]);
        let areas = areas(&profile);
        assert_eq!(written(&areas, Aspect::Physical), [NeedArea::Skin]);
        assert_eq!(written(&areas, Aspect::Existential), [NeedArea::Existential]);
        assert_eq!(written(&areas, Aspect::Social), []);
        assert_eq!(areas.aspects_without_words(), [Aspect::Mental, Aspect::Social]);
        assert_eq!(unwritten(&areas).len(), 12);
    }
}
