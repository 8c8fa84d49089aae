//! What tapping does to the draft of resisted care. Pure.

use kjent_core::fact::Notified;

/// Presses or releases.
pub fn toggle<T: PartialEq>(all: &mut Vec<T>, one: T) {
    match all.iter().position(|other| *other == one) {
        Some(place) => {
            all.remove(place);
        }
        None => all.push(one),
    }
}

/// Who has been told: «nobody yet» and somebody put each other away.
pub fn toggle_notified(all: &mut Vec<Notified>, one: Notified) {
    all.retain(|other| (*other == Notified::Nobody) == (one == Notified::Nobody));
    toggle(all, one);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_and_somebody_put_each_other_away() {
        use Notified::{Gp, Nobody, Nurse};
        let mut all = Vec::new();
        let cases: [(Notified, &[Notified]); 5] = [
            (Nurse, &[Nurse]),
            (Gp, &[Nurse, Gp]),
            (Nobody, &[Nobody]),
            (Nurse, &[Nurse]),
            (Nurse, &[]),
        ];
        for (tapped, left) in cases {
            toggle_notified(&mut all, tapped.clone());
            assert_eq!(all, left, "after {tapped:?}");
        }
    }
}
