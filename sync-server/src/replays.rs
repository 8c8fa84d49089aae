//! The proofs of late, so that none is good twice.

use std::collections::BTreeSet;

use kjent_core::time::Timestamp;

/// How many are remembered at most; past this, requests wait rather than pass unremembered. A
/// hundred bytes each, and more than any server answers in the few minutes for which one is kept.
const MOST: usize = 200_000;

/// The signatures that were seen, by the time that they were made for.
#[derive(Debug, Default)]
pub(crate) struct Replays {
    seen: BTreeSet<(Timestamp, [u8; 64])>,
}

/// What is known of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replay {
    /// It is seen for the first time.
    First,
    /// It has been seen before.
    Again,
    /// More of them are remembered than there is room for.
    NoRoom,
}

impl Replays {
    /// Notes a signature, and forgets those from before `earliest`, which are good no more.
    pub(crate) fn note(
        &mut self,
        time: Timestamp,
        signature: [u8; 64],
        earliest: Timestamp,
    ) -> Replay {
        while self.seen.first().is_some_and(|(time, _)| *time < earliest) {
            self.seen.pop_first();
        }
        if self.seen.contains(&(time, signature)) {
            return Replay::Again;
        }
        if self.seen.len() >= MOST {
            return Replay::NoRoom;
        }
        self.seen.insert((time, signature));
        Replay::First
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_good_twice_and_old_ones_are_forgotten() {
        let at = Timestamp::from_millis;
        let mut replays = Replays::default();
        assert_eq!(replays.note(at(10), [1; 64], at(0)), Replay::First);
        assert_eq!(replays.note(at(10), [2; 64], at(0)), Replay::First);
        assert_eq!(replays.note(at(11), [1; 64], at(0)), Replay::First);
        assert_eq!(replays.note(at(10), [1; 64], at(10)), Replay::Again);
        assert_eq!(replays.note(at(20), [1; 64], at(11)), Replay::First);
        assert_eq!(replays.seen.len(), 2);
    }

    #[test]
    fn there_is_room_for_so_many() {
        let mut replays = Replays::default();
        let signature = |number: usize| {
            let mut bytes = [0; 64];
            bytes[..8].copy_from_slice(&number.to_be_bytes());
            bytes
        };
        let zero = Timestamp::from_millis(0);
        for number in 0..MOST {
            assert_eq!(replays.note(zero, signature(number), zero), Replay::First);
        }
        assert_eq!(replays.note(zero, signature(MOST), zero), Replay::NoRoom);
        assert_eq!(replays.note(zero, signature(0), zero), Replay::Again);
        let later = Timestamp::from_millis(1);
        assert_eq!(replays.note(later, signature(0), later), Replay::First);
    }
}
