//! Chance that repeats itself: splitmix64, seeded by the seed, the day and a name.
//!
//! Each thing that is decided has a stream of its own, so that a sentence more in one client's file
//! changes no other client's history.

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of a name under a seed.
    pub fn new(seed: u64, name: &str) -> Self {
        // FNV-1a over the name; splitmix64 scrambles what is left of its order.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mut random = Self(hash);
        random.number();
        random
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 when `end` is.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number() % end).unwrap_or(0)
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        let span = usize::try_from(last - first + 1).unwrap_or(1);
        first + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in this many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// The random part of an id.
    pub fn bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.number().to_be_bytes());
        bytes[8..].copy_from_slice(&self.number().to_be_bytes()[..2]);
        bytes
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

/// Sentences that are drawn like cards: none comes again before all have been used. A lonely one
/// comes back seldom.
#[derive(Clone, Debug, Default)]
pub struct Deck {
    left: Vec<usize>,
    last: Option<usize>,
}

impl Deck {
    /// The next sentence; `None` when there are none.
    pub fn draw<'a>(&mut self, items: &'a [String], random: &mut Random) -> Option<&'a str> {
        if items.len() == 1 && self.last.is_some() && random.chance(80) {
            return None;
        }
        if self.left.is_empty() {
            self.left = (0..items.len()).collect();
            if self.left.len() > 1 {
                self.left.retain(|index| Some(*index) != self.last);
            }
        }
        if self.left.is_empty() {
            return None;
        }
        let index = self.left.swap_remove(random.below(self.left.len()));
        self.last = Some(index);
        items.get(index).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_seed_make_one_stream() {
        let numbers = |seed, name| {
            let mut random = Random::new(seed, name);
            [random.number(), random.number()]
        };
        assert_eq!(numbers(1, "a"), numbers(1, "a"));
        assert_ne!(numbers(1, "a"), numbers(2, "a"));
        assert_ne!(numbers(1, "a"), numbers(1, "b"));
    }

    #[test]
    fn a_deck_deals_every_card_before_one_comes_again() {
        let items: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        let (mut deck, mut random) = (Deck::default(), Random::new(7, "deck"));
        let mut dealt: Vec<_> = (0..3).filter_map(|_| deck.draw(&items, &mut random)).collect();
        dealt.sort_unstable();
        assert_eq!(dealt, ["a", "b", "c"]);
        assert_eq!(Deck::default().draw(&[], &mut random), None);
    }
}
