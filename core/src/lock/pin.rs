//! Which PINs are refused: those that are tried first by anybody who finds a tablet.

use chrono::NaiveDate;

/// The fewest digits.
const SHORTEST: usize = 6;

/// Among the most used PINs of published leaks, those that no rule below catches: ways over the
/// keys, and numbers that people know by heart.
const MUCH_USED: [&str; 24] = [
    "102030", "112358", "123654", "124578", "134679", "141592", "142536", "147258", "147852",
    "147896", "159357", "159753", "235689", "246800", "246810", "258369", "314159", "321654",
    "456852", "741852", "789456", "852456", "963852", "987456",
];

/// Why a PIN is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinFault {
    /// Fewer than six digits, or something else than digits.
    #[error("the PIN is too short")]
    TooShort,
    /// One that anybody would try.
    #[error("the PIN is too easy")]
    Trivial,
}

/// Whether a PIN may be used.
pub fn check_pin(pin: &str) -> Result<(), PinFault> {
    let digits = pin.as_bytes();
    if digits.len() < SHORTEST || !digits.iter().all(u8::is_ascii_digit) {
        return Err(PinFault::TooShort);
    }
    let is_trivial = has_few_digits(digits)
        || is_stair(digits)
        || repeats(digits)
        || is_mirrored(digits)
        || is_date(pin)
        || MUCH_USED.contains(&pin);
    if is_trivial { Err(PinFault::Trivial) } else { Ok(()) }
}

/// 111111, 111112, 121212: one or two digits only.
fn has_few_digits(digits: &[u8]) -> bool {
    let mut kinds = digits.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() < 3
}

/// 123456, 987654, 135791, and 112233: every step the same, around the end of the digits too.
fn is_stair(digits: &[u8]) -> bool {
    let even = |digits: &[u8]| {
        let mut steps = digits.windows(2).map(|pair| match pair {
            [from, to] => (10 + to - from) % 10,
            _ => 0,
        });
        let first = steps.next();
        steps.all(|step| Some(step) == first)
    };
    let halves: Vec<u8> = digits.iter().copied().step_by(2).collect();
    let is_doubled = digits.chunks(2).all(|pair| pair.first() == pair.last());
    even(digits) || (is_doubled && even(&halves))
}

/// 121212, 123123, 48294829: a piece again and again.
fn repeats(digits: &[u8]) -> bool {
    (1..=digits.len() / 2).any(|piece| {
        digits.len().is_multiple_of(piece)
            && digits.iter().zip(digits.iter().skip(piece)).all(|(one, next)| one == next)
    })
}

/// 123321, 258852: the same forwards and backwards.
fn is_mirrored(digits: &[u8]) -> bool {
    digits.iter().eq(digits.iter().rev())
}

/// A day of this century or the last, as a birthday is written: 241256, 561224, 24121956, 19561224.
fn is_date(pin: &str) -> bool {
    let number = |from: usize, to: usize| pin.get(from..to).and_then(|it| it.parse::<u32>().ok());
    let is_day = |year: Option<u32>, month, day| match (year, month, day) {
        (Some(year), Some(month), Some(day)) => {
            let year = i32::try_from(year).unwrap_or_default();
            NaiveDate::from_ymd_opt(year, month, day).is_some()
        }
        _ => false,
    };
    // The year 2000 has every day that any other year has.
    let leap = Some(2000);
    match pin.len() {
        6 => is_day(leap, number(2, 4), number(0, 2)) || is_day(leap, number(2, 4), number(4, 6)),
        8 => {
            let in_living_memory =
                |year: Option<u32>| year.filter(|year| (1900..2100).contains(year));
            is_day(in_living_memory(number(4, 8)), number(2, 4), number(0, 2))
                || is_day(in_living_memory(number(0, 4)), number(4, 6), number(6, 8))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_easy_pins_are_refused() {
        for short in ["", "12345", "12345a", "48291", "４８２９１５"] {
            assert_eq!(check_pin(short), Err(PinFault::TooShort), "{short}");
        }
        let easy = [
            "111111", "111112", "000000", "123456", "654321", "987654", "890123", "135791",
            "121212", "123123", "48294829", "112233", "998877", "123321", "258852", "241256",
            "290200", "561224", "010170", "24121956", "19561224", "159753", "147258", "102030",
            "246810", "1234567",
        ];
        for pin in easy {
            assert_eq!(check_pin(pin), Err(PinFault::Trivial), "{pin}");
        }
    }

    #[test]
    fn others_are_taken() {
        for pin in ["482915", "135792", "739164", "905738", "48291537", "000147", "24129956"] {
            assert_eq!(check_pin(pin), Ok(()), "{pin}");
        }
    }

    #[test]
    fn nine_of_ten_pins_are_left_to_choose() {
        let taken = (0..1_000_000).filter(|pin| check_pin(&format!("{pin:06}")).is_ok()).count();
        assert!(taken > 900_000, "{taken}");
    }
}
