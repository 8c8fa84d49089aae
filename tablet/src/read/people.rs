//! The profile as fields, who is responsible, and the people around the client.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kjent_core::cbor;
use kjent_core::fact::{CapacityAssessment, Consent, ConsentWithdrawn, ContactLogged, FactKind};
use kjent_core::ids::{ClientId, ContactId, CriticalInfoId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::people::{consent_state, disclosure, responsibility};
use kjent_core::plan::{Client, Contact, CriticalInfo, Part, Scalar};
use kjent_core::policy::{Right, may, may_appoint, may_edit};
use kjent_core::team::{Member, Role};
use kjent_core::time::Timestamp;
use kjent_core::view::{
    AssessmentView, ConsentView, ContactLogView, ContactView, CriticalItemView, MayView,
    PeopleView, PlanFields, ResponsibleView, WorkerView,
};
use rusqlite::params;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::plan::{Object, id};
use crate::{Tablet, TabletError};

/// How many talks the page shows; the journal has them all.
const TALKS: usize = 12;

/// An object of the plan as it lies in the projection.
type Raw = Map<String, Value>;

/// A fact that stands, read.
pub(super) struct Written<T> {
    pub fact: FactId,
    pub author: WorkerId,
    pub happened: Timestamp,
    pub content: T,
}

impl Tablet {
    /// The profile and the people.
    pub(super) fn people(
        &self,
        client: ClientId,
        profile: &Object<Client>,
    ) -> Result<PeopleView, TabletError> {
        let today = oslo::day(self.now());
        let raw = self.plan::<Raw>(client, Part::Client)?;
        let raw = raw.into_iter().next().ok_or(TabletError::NotFound)?;
        let mut fields = fields(&raw.value);
        // Screens show it masked.
        fields.remove("national_number");
        let mut contacts = self.contacts(client)?;
        let consents = self.consents(client, &contacts, today)?;
        for contact in &mut contacts {
            if let Some(value) = self.contact_value(client, contact.contact)? {
                let holding: Vec<&Consent> = consents
                    .iter()
                    .filter(|it| it.state.holds() && it.consent.to == Some(contact.contact))
                    .map(|it| &it.consent)
                    .collect();
                contact.disclosure = disclosure(&value, &holding, today);
            }
        }
        let log = self.talks(client, &contacts)?;
        Ok(PeopleView {
            me: Some(self.identity.worker),
            profile: fields,
            primary_contact: self.primary_contact(profile, today),
            service_lead: self.service_lead(profile, today),
            appointable: self.appointable(client, today),
            critical: self.critical_items(client)?,
            contacts,
            consents,
            restrictions: self.restrictions(client)?,
            assessments: self.assessments(client)?,
            log,
            continuity: self.continuity(client)?,
            ahead: self.ahead(client)?,
            first_time: match self.last_here(client)? {
                None => Some(self.first_time(client, &profile.value)?),
                Some(_) => None,
            },
            may: self.may(client, &profile.value, today),
        })
    }

    /// What the reader may change.
    fn may(&self, client: ClientId, profile: &Client, today: NaiveDate) -> MayView {
        let me = self.identity.worker;
        let responsible = profile.is_responsible(me, today);
        let Some(role) = self.role_for(client) else {
            return MayView::default();
        };
        MayView {
            profile: may_edit(&role, responsible, Part::Client),
            contacts: may_edit(&role, responsible, Part::Contacts),
            critical: may_edit(&role, responsible, Part::CriticalInfo),
            appoint: may_edit(&role, responsible, Part::Client) && may_appoint(&role),
            restrict: may(&Right::WriteFact(FactKind::Restriction), &role, responsible),
        }
    }

    pub(super) fn primary_contact(
        &self,
        profile: &Object<Client>,
        today: NaiveDate,
    ) -> ResponsibleView {
        let Client { primary_contact, primary_contact_from, primary_contact_to, .. } =
            profile.value;
        let phone = profile.value.primary_contact_phone.clone();
        let days = (primary_contact_from, primary_contact_to);
        self.responsible(profile, "primary_contact", primary_contact, days, phone, today)
    }

    /// Who is primary contact today.
    pub(super) fn primary_contact_now(&self, profile: &Client) -> Option<WorkerId> {
        let Client { primary_contact, primary_contact_from, primary_contact_to, .. } = *profile;
        let left = primary_contact.and_then(|worker| self.left_on(worker));
        let today = oslo::day(self.now());
        let state =
            responsibility(primary_contact, primary_contact_from, primary_contact_to, left, today);
        primary_contact.filter(|_| !state.is_gap())
    }

    pub(super) fn service_lead(
        &self,
        profile: &Object<Client>,
        today: NaiveDate,
    ) -> ResponsibleView {
        let Client { service_lead, service_lead_from, service_lead_to, .. } = profile.value;
        let phone = profile.value.service_lead_phone.clone();
        let days = (service_lead_from, service_lead_to);
        self.responsible(profile, "service_lead", service_lead, days, phone, today)
    }

    fn responsible(
        &self,
        profile: &Object<Client>,
        field: &str,
        worker: Option<WorkerId>,
        (from, to): (Option<NaiveDate>, Option<NaiveDate>),
        phone: Option<String>,
        today: NaiveDate,
    ) -> ResponsibleView {
        let field = self.worker_field(profile, field, worker);
        let left = worker.and_then(|worker| self.left_on(worker));
        ResponsibleView {
            state: responsibility(worker, from, to, left, today),
            worker,
            name: field.value,
            phone,
            from,
            to,
            conflict: field.conflict,
        }
    }

    /// A worker's last day in the team, of one who has one.
    fn left_on(&self, worker: WorkerId) -> Option<NaiveDate> {
        let all: Vec<_> = self.teams.iter().filter_map(|team| team.member(worker)).collect();
        let lasts: Option<Vec<NaiveDate>> = all.iter().map(|member| member.to).collect();
        lasts.and_then(|lasts| lasts.into_iter().max())
    }

    fn appointable(&self, client: ClientId, today: NaiveDate) -> Vec<WorkerView> {
        self.members(client, today, |_| true)
    }

    /// Those members of the client's team whom `is_wanted` lets through, by name.
    pub(super) fn members(
        &self,
        client: ClientId,
        today: NaiveDate,
        is_wanted: impl Fn(&Member) -> bool,
    ) -> Vec<WorkerView> {
        let team = self.teams.iter().find(|team| team.clients.contains(&client));
        let members = team.into_iter().flat_map(|team| &team.members);
        let mut all: Vec<WorkerView> = members
            .filter(|member| member.is_member_on(today) && member.role != Role::BreakGlass)
            .filter(|member| is_wanted(member))
            .map(|member| WorkerView {
                worker: member.worker,
                name: member.name.clone(),
                profession: member.profession.clone(),
            })
            .collect();
        all.sort_by(|one, next| (&one.name, one.worker).cmp(&(&next.name, next.worker)));
        all
    }

    fn critical_items(&self, client: ClientId) -> Result<Vec<CriticalItemView>, TabletError> {
        let raw = self.plan::<Raw>(client, Part::CriticalInfo)?;
        let mut items: Vec<CriticalItemView> = raw
            .iter()
            .filter_map(|object| {
                let it: CriticalInfo = typed(&object.value)?;
                Some(CriticalItemView {
                    item: CriticalInfoId(object.id),
                    kind: it.kind,
                    label: it.label,
                    details: it.details,
                    since: it.since,
                    source: it.source,
                    ended: it.ended,
                    fields: fields(&object.value),
                })
            })
            .collect();
        items.sort_by_key(|it| it.ended.is_some());
        Ok(items)
    }

    pub(super) fn contacts(&self, client: ClientId) -> Result<Vec<ContactView>, TabletError> {
        let raw = self.plan::<Raw>(client, Part::Contacts)?;
        let today = oslo::day(self.now());
        let mut contacts: Vec<ContactView> = raw
            .iter()
            .filter_map(|object| {
                let it: Contact = typed(&object.value)?;
                Some(ContactView {
                    contact: ContactId(object.id),
                    disclosure: disclosure(&it, &[], today),
                    name: it.name,
                    role: it.role,
                    relation: it.relation,
                    phone: it.phone,
                    ended: it.ended,
                    fields: fields(&object.value),
                })
            })
            .collect();
        contacts.sort_by(|one, next| {
            (one.ended.is_some(), &one.role, &one.name).cmp(&(
                next.ended.is_some(),
                &next.role,
                &next.name,
            ))
        });
        Ok(contacts)
    }

    fn contact_value(
        &self,
        client: ClientId,
        contact: ContactId,
    ) -> Result<Option<Contact>, TabletError> {
        let all = self.plan::<Contact>(client, Part::Contacts)?;
        Ok(all.into_iter().find(|one| one.id == contact.0).map(|one| one.value))
    }

    fn consents(
        &self,
        client: ClientId,
        contacts: &[ContactView],
        today: NaiveDate,
    ) -> Result<Vec<ConsentView>, TabletError> {
        let withdrawn: HashMap<FactId, String> = self
            .written::<ConsentWithdrawn>(client, "consent_withdrawn")?
            .into_iter()
            .map(|one| (one.content.consent, one.content.how))
            .collect();
        let all = self.written::<Consent>(client, "consent")?;
        Ok(all
            .into_iter()
            .map(|one| ConsentView {
                fact: one.fact,
                to: name_of(contacts, one.content.to, &one.content.to_words),
                state: consent_state(&one.content, withdrawn.contains_key(&one.fact), today),
                withdrawn: withdrawn.get(&one.fact).cloned(),
                consent: one.content,
                by: self.worker_name(one.author),
                at: oslo::local(one.happened),
            })
            .collect())
    }

    /// Whether a consent holds today for this contact, or for somebody who is none of them.
    pub(crate) fn consent_holds(
        &self,
        client: ClientId,
        consent: FactId,
        to: Option<ContactId>,
    ) -> Result<bool, TabletError> {
        let all = self.consents(client, &[], oslo::day(self.now()))?;
        let is_it =
            |it: &ConsentView| it.fact == consent && it.state.holds() && it.consent.to == to;
        Ok(all.iter().any(is_it))
    }

    fn assessments(&self, client: ClientId) -> Result<Vec<AssessmentView>, TabletError> {
        let all = self.written::<CapacityAssessment>(client, "capacity_assessment")?;
        Ok(all
            .into_iter()
            .map(|one| AssessmentView {
                fact: one.fact,
                assessment: one.content,
                by: self.worker_name(one.author),
                at: oslo::local(one.happened),
            })
            .collect())
    }

    fn talks(
        &self,
        client: ClientId,
        contacts: &[ContactView],
    ) -> Result<Vec<ContactLogView>, TabletError> {
        let mut all = self.written::<ContactLogged>(client, "contact_logged")?;
        all.truncate(TALKS);
        Ok(all
            .into_iter()
            .map(|one| ContactLogView {
                fact: one.fact,
                with: name_of(contacts, one.content.with, &one.content.with_words),
                contact: one.content,
                by: self.worker_name(one.author),
                at: oslo::local(one.happened),
            })
            .collect())
    }

    /// The facts of a kind that stand, newest first: neither refused nor corrected.
    pub(super) fn written<T: DeserializeOwned>(
        &self,
        client: ClientId,
        kind: &str,
    ) -> Result<Vec<Written<T>>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_written.sql"))?;
        let rows = query.query_map(params![client.bytes(), kind], |row| {
            let (fact, author) =
                (id(row, 0, FactId::from_bytes)?, id(row, 1, WorkerId::from_bytes)?);
            Ok((fact, author, row.get::<_, i64>(2)?, row.get::<_, Vec<u8>>(3)?))
        })?;
        let (mut all, mut seen) = (Vec::new(), HashSet::new());
        for row in rows {
            let (fact, author, happened, body) = row?;
            let Ok(content) = cbor::read::<T>(&body) else { continue };
            if seen.insert(fact) {
                let happened = Timestamp::from_millis(happened);
                all.push(Written { fact, author, happened, content });
            }
        }
        Ok(all)
    }
}

fn typed<T: DeserializeOwned>(raw: &Raw) -> Option<T> {
    serde_json::from_value(Value::Object(raw.clone())).ok()
}

fn fields(raw: &Raw) -> PlanFields {
    raw.iter()
        .filter_map(|(field, value)| Some((field.clone(), Scalar::from_json(value)?)))
        .collect()
}

fn name_of(contacts: &[ContactView], contact: Option<ContactId>, words: &str) -> String {
    let known = contacts.iter().find(|it| Some(it.contact) == contact).map(|it| it.name.clone());
    known.unwrap_or_else(|| words.to_owned())
}
