//! A PIN while it is typed.

/// The longest PIN the pad takes.
const LONGEST: usize = 12;

/// The PIN with one digit more; other characters, and digits beyond the longest, change nothing.
pub fn with_digit(pin: &str, digit: char) -> String {
    only_digits(&format!("{pin}{digit}"))
}

/// The PIN without its last digit.
pub fn without_last(pin: &str) -> String {
    let mut pin = pin.to_owned();
    pin.pop();
    pin
}

/// What a keyboard typed, as a PIN.
pub fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_grows_and_shrinks_by_digits_only() {
        assert_eq!(with_digit("12", '3'), "123");
        assert_eq!(with_digit("12", 'x'), "12");
        assert_eq!(with_digit("123456789012", '3'), "123456789012");
        assert_eq!(without_last("123"), "12");
        assert_eq!(without_last(""), "");
        assert_eq!(only_digits("1 2a3"), "123");
    }
}
