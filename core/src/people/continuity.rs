//! Known faces: how many come to a client, and how much of it the same few do. About the client's
//! days and never about workers, who are not ranked.

use serde::{Deserialize, Serialize};

/// How many of the most frequent make the known few.
const FEW: usize = 3;

/// How well a client knows those who come. Shares are in whole per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Continuity {
    /// How many visits.
    pub visits: u32,
    /// How many different carers.
    pub carers: u32,
    /// The share of the visits by the most frequent one (usual-provider index).
    pub usual: u32,
    /// The share of the visits by the three most frequent.
    pub top_three: u32,
}

/// The continuity of visits, from how many each carer made.
pub fn continuity(visits_by_carer: &[u32]) -> Continuity {
    let mut counts: Vec<u32> = visits_by_carer.iter().copied().filter(|count| *count > 0).collect();
    counts.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
    let visits: u32 = counts.iter().sum();
    let share = |first: usize| {
        let part: u32 = counts.iter().take(first).sum();
        // Rounded to the nearest.
        (part * 200 + visits).checked_div(visits * 2).unwrap_or(0)
    };
    Continuity {
        visits,
        carers: u32::try_from(counts.len()).unwrap_or(u32::MAX),
        usual: share(1),
        top_three: share(FEW),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_visits_by_four_carers() {
        // A made 10, B 6, C 3 and D 1: four carers, 0.50 by the usual one, 0.95 by the known three.
        let expected = Continuity { visits: 20, carers: 4, usual: 50, top_three: 95 };
        assert_eq!(continuity(&[10, 6, 3, 1]), expected);
        assert_eq!(continuity(&[1, 3, 10, 0, 6]), expected);
    }

    #[test]
    fn no_visits_are_no_faces_and_one_is_all() {
        assert_eq!(continuity(&[]), Continuity::default());
        let one = Continuity { visits: 7, carers: 1, usual: 100, top_three: 100 };
        assert_eq!(continuity(&[7]), one);
        let thirds = Continuity { visits: 3, carers: 3, usual: 33, top_three: 100 };
        assert_eq!(continuity(&[1, 1, 1]), thirds);
    }
}
