//! A client's page.

use chrono::{Datelike, NaiveDate};
use kjent_core::access::may_read_log;
use kjent_core::cbor;
use kjent_core::fact::WhatMatters;
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::Part;
use kjent_core::policy::may_edit;
use kjent_core::time::Timestamp;
use kjent_core::view::{ClientView, FieldView, WhatMattersView};

use super::access::for_planning;
use super::address::without_address;
use super::plan::{Object, called, id};
use crate::{Tablet, TabletError};

impl Tablet {
    /// One client, with the plan.
    pub fn read_client(&self, client: ClientId) -> Result<ClientView, TabletError> {
        self.opened(client, false, self.client_view(client))
    }

    fn client_view(&self, client: ClientId) -> Result<ClientView, TabletError> {
        self.check_not_barred(client)?;
        let profile = self.profile(client)?;
        let today = oslo::day(self.now());
        let value = &profile.value;
        let me = self.identity.worker;
        let responsible = value.is_responsible(me, today);
        let role = self.role_for(client);
        let may = |part| role.as_ref().is_some_and(|role| may_edit(role, responsible, part));
        let shows_address = self.shows_address(client, value)?;
        let facts = self.plan_facts(client)?;
        let view = ClientView {
            client,
            called: called(value),
            name: value.name.clone(),
            national_number: value.national_number.as_ref().map(|number| number.masked()),
            age: value.birth_date.and_then(|born| age(born, today)),
            address: if shows_address { value.address.clone() } else { String::new() },
            postal_place: if shows_address { value.postal_place.clone() } else { String::new() },
            phone: value.phone.clone(),
            entry: value.entry.clone(),
            house_rules: value.house_rules.clone(),
            language: value.language.clone(),
            about_me: value.about_me.clone(),
            strengths: value.strengths.clone(),
            gp: value.gp.clone(),
            primary_contact: self.worker_field(&profile, "primary_contact", value.primary_contact),
            service_lead: self.worker_field(&profile, "service_lead", value.service_lead),
            critical: self.critical(client)?,
            what_matters: self.what_matters(client)?,
            goals: self.goals(client, &facts)?,
            interventions: self.interventions(client)?,
            decisions: self.decisions(client, today)?,
            undecided_since: self.undecided_since(client, today)?,
            people: self.people(client, &profile)?,
            carers_28_days: self.carers(client)?,
            unread: self.unread_entries(client)?,
            has_left: !self.serves(client),
            granted_until: self.granted_until(client).map(oslo::local),
            unreadable: self.unreadable(client)?,
            may_read_access_log: may_read_log(role.as_ref()),
            may_edit: Part::CARE.into_iter().filter(|part| may(*part)).collect(),
            conflicts: self.conflicts(client)?,
            proposals: self.proposals(client, &facts)?,
            currency: self.currency(client, &facts, today)?,
            last_review: self.last_review(&facts),
        };
        let view = if shows_address { view } else { without_address(view) };
        Ok(if self.reads_record(client) { view } else { for_planning(view) })
    }

    pub(super) fn worker_field<T>(
        &self,
        object: &Object<T>,
        field: &str,
        worker: Option<WorkerId>,
    ) -> FieldView {
        let name = |value: &serde_json::Value| {
            let worker = value.as_str().and_then(|id| id.parse().ok());
            worker.map(|worker| self.worker_name(worker)).unwrap_or_default()
        };
        let value = worker.map(|worker| self.worker_name(worker)).unwrap_or_default();
        self.field(object, field, value, name)
    }

    fn what_matters(&self, client: ClientId) -> Result<Vec<WhatMattersView>, TabletError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, author, happened, body FROM fact
             WHERE client = ?1 AND kind = 'what_matters' ORDER BY happened DESC, id DESC",
        )?;
        let rows = query.query_map([client.bytes()], |row| {
            let (fact, author) =
                (id(row, 0, FactId::from_bytes)?, id(row, 1, WorkerId::from_bytes)?);
            Ok((fact, author, row.get::<_, i64>(2)?, row.get::<_, Vec<u8>>(3)?))
        })?;
        let mut views = Vec::new();
        for row in rows {
            let (fact, author, happened, body) = row?;
            let Ok(conversation) = cbor::read::<WhatMatters>(&body) else { continue };
            views.push(WhatMattersView {
                fact,
                outcome: conversation.outcome,
                words: conversation.words,
                spoken_by: conversation.spoken_by,
                judgement: conversation.judgement,
                follow_up_on: conversation.follow_up_on,
                participants: conversation.participants,
                asked_by: self.worker_name(author),
                at: oslo::local(Timestamp::from_millis(happened)),
            });
        }
        Ok(views)
    }

    /// How much of this client's documents can't be read here.
    fn unreadable(&self, client: ClientId) -> Result<u32, TabletError> {
        let mut query =
            self.connection.prepare_cached("SELECT COUNT(*) FROM unreadable WHERE client = ?1")?;
        Ok(query.query_row([client.bytes()], |row| row.get(0))?)
    }
}

/// Whole years from a date of birth to a day.
pub(super) fn age(born: NaiveDate, today: NaiveDate) -> Option<u32> {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    u32::try_from(today.year() - born.year() - i32::from(!had_birthday)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_turns_on_the_birthday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let cases = [
            ("1940-11-21", "2026-11-20", Some(85)),
            ("1940-11-21", "2026-11-21", Some(86)),
            ("1940-02-29", "2026-02-28", Some(85)),
            ("2030-01-01", "2026-01-01", None),
        ];
        for (born, today, years) in cases {
            assert_eq!(age(day(born), day(today)), years, "{born} on {today}");
        }
    }
}
