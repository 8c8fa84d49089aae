//! What is one opening: screens that are read anew, and a worker who goes from one part of a client's
//! page to another, must not fill the log with the same thing.

use std::collections::HashMap;

use crate::ids::ClientId;
use crate::time::Timestamp;

/// For so long without a look, in minutes, and the next one is a new opening.
const PAUSE: i64 = 10;

/// What is being looked at. It lives as long as the profile is open: who unlocks it opens anew.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    client: Option<(ClientId, Timestamp)>,
    reports: HashMap<ClientId, Timestamp>,
    refused: HashMap<ClientId, Timestamp>,
    search: Option<Timestamp>,
}

impl Watch {
    /// Something of one client is shown; true when that is a new opening. It lasts until another
    /// client is opened, or nothing of this one has been looked at for ten minutes.
    pub fn opens(&mut self, client: ClientId, now: Timestamp) -> bool {
        let last = self.client.replace((client, now));
        !last.is_some_and(|(was, at)| was == client && is_near(at, now))
    }

    /// Whether this client is the one that is open.
    pub fn is_open(&self, client: ClientId) -> bool {
        self.client.is_some_and(|(open, _)| open == client)
    }

    /// A client is in a report that is shown; true when that is a new opening.
    pub fn reports(&mut self, client: ClientId, now: Timestamp) -> bool {
        !self.reports.insert(client, now).is_some_and(|at| is_near(at, now))
    }

    /// Something of a client was refused; true when that is a new try. It says nothing about what
    /// is shown afterwards.
    pub fn refuses(&mut self, client: ClientId, now: Timestamp) -> bool {
        !self.refused.insert(client, now).is_some_and(|at| is_near(at, now))
    }

    /// Words are searched for; true when a search begins. Letters typed one after the other are one
    /// search.
    pub fn searches(&mut self, now: Timestamp) -> bool {
        !self.search.replace(now).is_some_and(|at| is_near(at, now))
    }
}

/// A clock that was set back by much tells nothing of how long it was.
fn is_near(before: Timestamp, now: Timestamp) -> bool {
    now.millis().abs_diff(before.millis()) <= PAUSE.unsigned_abs() * 60_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_millis(1_795_255_200_000).plus_minutes(minutes)
    }

    #[test]
    fn an_opening_lasts_until_another_client_or_ten_minutes_without_a_look() {
        let [line, kari] = [1, 2].map(|number| ClientId(Uuid::from_u128(number)));
        let looks = [
            (line, 0, true),
            (line, 1, false),
            // Refreshed all the time, for longer than the pause.
            (line, 10, false),
            (line, 20, false),
            (line, 31, true),
            (kari, 32, true),
            (line, 33, true),
            (line, 34, false),
            // A clock set back by a day, and by a little.
            (line, -1400, true),
            (line, -1405, false),
        ];
        let mut watch = Watch::default();
        for (client, minutes, is_new) in looks {
            assert_eq!(watch.opens(client, at(minutes)), is_new, "{client} at {minutes}");
            assert!(watch.is_open(client));
        }
        assert!(!watch.is_open(kari));
    }

    #[test]
    fn reports_and_searches_have_a_pause_of_their_own() {
        let [line, kari] = [1, 2].map(|number| ClientId(Uuid::from_u128(number)));
        let mut watch = Watch::default();
        assert!(watch.reports(line, at(0)) && watch.reports(kari, at(0)));
        assert!(!watch.reports(line, at(9)) && !watch.reports(kari, at(9)));
        assert!(watch.opens(line, at(9)) && !watch.reports(line, at(10)));
        assert!(watch.refuses(kari, at(9)) && !watch.refuses(kari, at(10)));
        assert!(watch.opens(kari, at(10)));
        assert!(watch.reports(line, at(21)));
        assert!(watch.searches(at(0)) && !watch.searches(at(1)) && watch.searches(at(12)));
    }
}
