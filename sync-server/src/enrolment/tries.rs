//! Slows guessing: an address that has tried too many wrong codes, or passwords, waits.
//!
//! Sixty bits that are good for fifteen minutes can't be guessed; this keeps anyone from hammering
//! the store while trying. Passwords are slowed for each account too (`account`).

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

use kjent_core::time::Timestamp;

/// How many wrong ones an address may try within `WINDOW_MINUTES`.
const WRONG_CODES: u32 = 10;
const WINDOW_MINUTES: i64 = 15;

/// How many addresses are remembered. When more than that guess at once, addresses that aren't
/// remembered wait too.
const ADDRESSES: usize = 10_000;

/// What was tried wrong of late, by address.
#[derive(Debug, Default)]
pub(crate) struct Tries {
    by_address: HashMap<IpAddr, Window>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    ends: Timestamp,
    wrong: u32,
}

impl Tries {
    /// Counts a try; how many minutes the address waits when it has none left. A try that wasn't
    /// wrong is given back with `give_back`: counted first, tries at the same time can't slip by.
    pub(crate) fn take(&mut self, address: IpAddr, now: Timestamp) -> Result<(), i64> {
        let address = network(address);
        if !self.by_address.contains_key(&address) && self.by_address.len() >= ADDRESSES {
            self.by_address.retain(|_, window| now < window.ends);
            if self.by_address.len() >= ADDRESSES {
                return Err(WINDOW_MINUTES);
            }
        }
        let fresh = Window { ends: now.plus_minutes(WINDOW_MINUTES), wrong: 0 };
        let window = self.by_address.entry(address).or_insert(fresh);
        if now >= window.ends {
            *window = fresh;
        }
        if window.wrong >= WRONG_CODES {
            let millis = window.ends.millis() - now.millis();
            return Err((millis + 59_999).div_euclid(60_000));
        }
        window.wrong += 1;
        Ok(())
    }

    /// Gives back a try that wasn't wrong.
    pub(crate) fn give_back(&mut self, address: IpAddr) {
        if let Some(window) = self.by_address.get_mut(&network(address)) {
            window.wrong = window.wrong.saturating_sub(1);
        }
    }
}

/// What counts as one address: of IPv6, the half that a household is given.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(u128::from(address) >> 64 << 64)),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_after_ten_wrong_codes_and_others_do_not() {
        let now = Timestamp::from_millis(0);
        let mut tries = Tries::default();
        let guesser: IpAddr = [10, 0, 0, 1].into();
        for _ in 0..WRONG_CODES {
            assert_eq!(tries.take(guesser, now), Ok(()));
        }
        assert_eq!(tries.take(guesser, now.plus_minutes(1)), Err(14));
        assert_eq!(tries.take([10, 0, 0, 2].into(), now), Ok(()));
        assert_eq!(tries.take(guesser, now.plus_minutes(15)), Ok(()));
    }

    #[test]
    fn a_try_that_was_not_wrong_costs_nothing() {
        let now = Timestamp::from_millis(0);
        let mut tries = Tries::default();
        let address: IpAddr = [10, 0, 0, 1].into();
        for _ in 0..5 * WRONG_CODES {
            assert_eq!(tries.take(address, now), Ok(()));
            tries.give_back(address);
        }
    }

    #[test]
    fn one_household_is_one_address() {
        let now = Timestamp::from_millis(0);
        let mut tries = Tries::default();
        for host in 0..u128::from(WRONG_CODES) {
            let address = Ipv6Addr::from(0x2001_0db8_u128 << 96 | host);
            assert_eq!(tries.take(address.into(), now), Ok(()));
        }
        let another = Ipv6Addr::from(0x2001_0db8_u128 << 96 | 77);
        assert_eq!(tries.take(another.into(), now), Err(15));
    }
}
