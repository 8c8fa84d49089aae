//! The tablets that listen: each has one stream, and hears how far its worker's teams' logs go.
//!
//! Only numbers pass here. A tablet that doesn't read loses its stream, so that nobody's slowness
//! is kept in the server's memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::response::sse::Event;
use kjent_core::ids::{TabletId, TeamId};
use kjent_core::protocol::LiveNews;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::MissedTickBehavior;

use crate::service::{Service, lock};
use crate::store::{StoreError, TeamNumbers};

/// How many events may wait for one tablet to read them.
const UNREAD: usize = 32;

/// All tablets that listen.
pub(crate) struct Listeners {
    at_most: usize,
    list: Mutex<List>,
}

#[derive(Default)]
struct List {
    by_tablet: HashMap<TabletId, Listener>,
    places: u64,
    closed: bool,
}

/// A tablet's place among the listeners. A tablet that connects anew gets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    tablet: TabletId,
    number: u64,
}

struct Listener {
    place: u64,
    say: Sender<Event>,
    /// Its worker's teams, each with the number that it has been told of or has read.
    knows: BTreeMap<TeamId, u64>,
}

impl Listeners {
    pub(crate) fn new(at_most: usize) -> Self {
        Self { at_most, list: Mutex::default() }
    }

    /// Adds a tablet, which ends the stream that it had; `None` when there is no place left.
    pub(crate) fn add(&self, tablet: TabletId) -> Option<(Place, Receiver<Event>)> {
        let mut list = self.list();
        let is_full = list.by_tablet.len() >= self.at_most;
        if list.closed || is_full && !list.by_tablet.contains_key(&tablet) {
            return None;
        }
        list.places += 1;
        let place = list.places;
        let (say, said) = mpsc::channel(UNREAD);
        list.by_tablet.insert(tablet, Listener { place, say, knows: BTreeMap::new() });
        Some((Place { tablet, number: place }, said))
    }

    /// Takes a tablet away whose stream has ended, unless it has another by now.
    pub(crate) fn remove(&self, place: Place) {
        let mut list = self.list();
        if list.by_tablet.get(&place.tablet).is_some_and(|it| it.place == place.number) {
            list.by_tablet.remove(&place.tablet);
        }
    }

    /// Tells everybody whom it concerns how far the logs go now. The tablet that pushed has read
    /// so far with its answer, and is not woken by its own work.
    pub(crate) fn tell(
        &self,
        numbers: &TeamNumbers,
        pushed: TabletId,
        has_read: impl Iterator<Item = (TeamId, u64)>,
    ) {
        let mut list = self.list();
        if let Some(listener) = list.by_tablet.get_mut(&pushed) {
            for (team, through) in has_read {
                if let Some(knows) = listener.knows.get_mut(&team) {
                    *knows = (*knows).max(through);
                }
            }
        }
        list.by_tablet.retain(|_, listener| {
            let concern = |(team, _): &&(TeamId, u64)| listener.knows.contains_key(team);
            let numbers: Vec<_> = numbers.iter().filter(concern).copied().collect();
            listener.hear(&numbers)
        });
    }

    /// Tells a tablet what its worker's teams are and how far their logs go; ends the stream of one
    /// that is revoked.
    pub(crate) fn update(&self, tablet: TabletId, numbers: Option<TeamNumbers>) {
        let mut list = self.list();
        let Some(listener) = list.by_tablet.get_mut(&tablet) else { return };
        let goes_on = numbers.is_some_and(|numbers| {
            listener.knows.retain(|team, _| numbers.iter().any(|(one, _)| one == team));
            listener.hear(&numbers)
        });
        if !goes_on {
            list.by_tablet.remove(&tablet);
        }
    }

    /// Ends every stream, and begins no other.
    pub(crate) fn close(&self) {
        let mut list = self.list();
        list.closed = true;
        list.by_tablet.clear();
    }

    fn give_sign_of_life(&self) {
        // A comment, which no reader of events takes for one.
        let sign = || Event::default().comment("");
        self.list().by_tablet.retain(|_, listener| listener.say.try_send(sign()).is_ok());
    }

    fn tablets(&self) -> Vec<TabletId> {
        self.list().by_tablet.keys().copied().collect()
    }

    fn list(&self) -> MutexGuard<'_, List> {
        lock(&self.list)
    }
}

impl Listener {
    /// Says what is new to the tablet; false when it doesn't read.
    fn hear(&mut self, numbers: &[(TeamId, u64)]) -> bool {
        for &(team, through) in numbers {
            if self.knows.get(&team).is_some_and(|knows| *knows >= through) {
                continue;
            }
            self.knows.insert(team, through);
            let news = Event::default().event("news").json_data(LiveNews { team, through });
            if !news.is_ok_and(|news| self.say.try_send(news).is_ok()) {
                return false;
            }
        }
        true
    }
}

/// For as long as the server runs: gives a sign of life, ends the streams of tablets that were revoked, and
/// tells what came without a push through this process, as an import does.
pub(crate) async fn keep_alive(service: Arc<Service>) {
    let mut beats = tokio::time::interval(service.settings.heartbeat);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beats.tick().await;
        service.listeners.give_sign_of_life();
        let tablets = service.listeners.tablets();
        if tablets.is_empty() {
            continue;
        }
        let looked = service
            .work(move |service| {
                let now = service.settings.clock.now();
                let numbers = service.room().store.read(|records| {
                    let of = |tablet| Ok((tablet, records.numbers_for(tablet, now)?));
                    tablets.into_iter().map(of).collect::<Result<Vec<_>, StoreError>>()
                })?;
                for (tablet, numbers) in numbers {
                    service.listeners.update(tablet, numbers);
                }
                Ok(())
            })
            .await;
        if let Err(error) = looked {
            tracing::error!(%error, "could not look after live streams");
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn tablet(number: u128) -> TabletId {
        TabletId(Uuid::from_u128(number))
    }

    fn team() -> TeamId {
        TeamId(Uuid::from_u128(9))
    }

    #[test]
    fn one_that_does_not_read_is_dropped_and_the_others_hear_on() {
        let listeners = Listeners::new(10);
        let mut streams = Vec::new();
        for number in [1, 2] {
            streams.extend(listeners.add(tablet(number)));
            listeners.update(tablet(number), Some(vec![(team(), 0)]));
        }
        let mut heard = 0;
        for number in 1..=100 {
            listeners.tell(&vec![(team(), number)], tablet(3), std::iter::empty());
            heard += std::iter::from_fn(|| streams[1].1.try_recv().ok()).count();
        }
        assert_eq!(listeners.tablets(), [tablet(2)]);
        assert_eq!(heard, 101);
        // What it had not read ends with its stream.
        let unread = std::iter::from_fn(|| streams[0].1.try_recv().ok()).count();
        assert_eq!(unread, UNREAD);
        assert!(streams[0].1.is_closed());
    }

    #[test]
    fn there_are_so_many_places_and_one_for_each_tablet() {
        let listeners = Listeners::new(2);
        let first = listeners.add(tablet(1));
        let second = listeners.add(tablet(2));
        assert!(first.is_some() && second.is_some() && listeners.add(tablet(3)).is_none());
        // Who has a place may change it for another; the end of the old one takes nothing away.
        let again = listeners.add(tablet(1));
        let old = first.map(|(place, said)| (place, said.is_closed()));
        assert!(again.is_some() && old.is_some_and(|(_, closed)| closed));
        old.into_iter().for_each(|(place, _)| listeners.remove(place));
        assert_eq!(listeners.tablets().len(), 2);
        again.into_iter().for_each(|(place, _)| listeners.remove(place));
        assert!(listeners.add(tablet(3)).is_some());
        listeners.close();
        assert!(listeners.tablets().is_empty() && listeners.add(tablet(4)).is_none());
    }

    #[test]
    fn one_who_leaves_a_team_hears_no_more_of_it() {
        let listeners = Listeners::new(1);
        let Some((_, mut said)) = listeners.add(tablet(1)) else { unreachable!() };
        listeners.update(tablet(1), Some(vec![(team(), 4)]));
        listeners.update(tablet(1), Some(vec![(team(), 4)]));
        listeners.tell(&vec![(team(), 5)], tablet(2), std::iter::empty());
        listeners.update(tablet(1), Some(Vec::new()));
        listeners.tell(&vec![(team(), 6)], tablet(2), std::iter::empty());
        let heard = std::iter::from_fn(|| said.try_recv().ok()).count();
        assert_eq!(heard, 2);
        // Nor one whose tablet was revoked, of anything.
        listeners.update(tablet(1), None);
        assert!(said.is_closed());
    }
}
