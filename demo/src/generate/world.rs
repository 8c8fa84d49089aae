//! What every part of the generator asks: which day is that, who is this, who may write it.

use chrono::{Duration, NaiveDate, NaiveTime};
use kjent_core::document::Actor;
use kjent_core::ids::WorkerId;
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::policy::may_edit;
use kjent_core::time::Timestamp;

use super::Options;
use crate::data::{ClientFile, clock};
use crate::load::Data;
use crate::names;
use crate::random::Random;

/// The data seen from a day.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The data.
    pub data: &'a Data,
    /// The day, the length and the seed.
    pub options: Options,
}

impl<'a> World<'a> {
    /// Sees the data from a day.
    pub fn new(data: &'a Data, options: Options) -> Self {
        Self { data, options }
    }

    /// The first day of the history, counted from today.
    pub fn first_day(&self) -> i64 {
        -i64::from(self.options.days)
    }

    /// The date of a day counted from today.
    pub fn day(&self, day: i64) -> NaiveDate {
        self.options.today.checked_add_signed(Duration::days(day)).unwrap_or(self.options.today)
    }

    /// A moment.
    pub fn moment(&self, day: i64, time: NaiveTime) -> Timestamp {
        oslo::moment(self.day(day).and_time(time))
    }

    /// A moment from a time of the files, which `load` has checked.
    pub fn at(&self, day: i64, time: &str) -> Timestamp {
        self.moment(day, clock(time).unwrap_or_default())
    }

    /// The stream of chance of a name.
    pub fn random(&self, name: &str) -> Random {
        Random::new(self.options.seed, &format!("{}/{name}", self.options.today))
    }

    /// A worker's id.
    pub fn worker(&self, key: &str) -> WorkerId {
        names::worker(self.number(key))
    }

    /// Who writes, as Automerge knows them.
    pub fn actor(&self, key: &str) -> Actor {
        Actor { worker: self.worker(key), tablet: names::tablet(self.number(key)) }
    }

    fn number(&self, key: &str) -> &'a str {
        self.data.team.worker(key).map_or("", |worker| worker.employee_number.as_str())
    }

    /// Who writes a part of a client's plan: the one who would like to when the policy lets them,
    /// else the primary contact, else the service lead, else the team lead.
    pub fn editor(&self, client: &'a ClientFile, part: Part, wish: Option<&'a str>) -> &'a str {
        let responsible = [client.primary_contact.as_str(), client.service_lead.as_str()];
        wish.into_iter()
            .chain(responsible)
            .find(|key| {
                self.data
                    .team
                    .worker(key)
                    .is_some_and(|worker| may_edit(&worker.role, responsible.contains(key), part))
            })
            .unwrap_or(&self.data.team.lead)
    }
}
