//! What is to be followed up, of one client or of all.

use std::collections::HashMap;

use kjent_core::fact::{FactBody, FactKind, FollowUpFrom};
use kjent_core::ids::{ClientId, FactId, WorkerId};
use kjent_core::oslo;
use kjent_core::thread::{Answer, Raised, Standing, Thread, Told, threads};
use kjent_core::time::Timestamp;
use kjent_core::view::{AnswerView, CountsView, FollowUpsView, ThreadStanding, ThreadView};

use super::plan::id;
use super::readiness::count;
use crate::{Tablet, TabletError};

/// The client's name and primary contact, as threads say them.
#[derive(Clone, Default)]
struct About {
    name: String,
    primary_contact: Option<WorkerId>,
}

impl Tablet {
    /// Everything of the team's clients that waits for an answer.
    pub fn read_follow_ups(&self) -> Result<FollowUpsView, TabletError> {
        let threads = self.open_threads(None)?;
        Ok(FollowUpsView { today: oslo::day(self.now()), threads })
    }

    /// How much is to be seen to.
    pub fn read_counts(&self) -> Result<CountsView, TabletError> {
        let today = oslo::day(self.now());
        let due = |thread: &&ThreadView| thread.is_overdue() || thread.mine && thread.due <= today;
        Ok(CountsView {
            follow_ups: count(self.open_threads(None)?.iter().filter(due).count()),
            handovers: self.handovers_to_accept()?,
        })
    }

    /// What waits for an answer, of one client or of all that a team of the worker's has.
    pub(super) fn open_threads(
        &self,
        client: Option<ClientId>,
    ) -> Result<Vec<ThreadView>, TabletError> {
        let mut all = self.threads(client)?;
        all.retain(ThreadView::is_open);
        Ok(all)
    }

    /// All threads, closed ones too.
    pub(super) fn threads(&self, client: Option<ClientId>) -> Result<Vec<ThreadView>, TabletError> {
        let told = self.told(client)?;
        let mut about: HashMap<ClientId, About> = HashMap::new();
        let mut views = Vec::new();
        for thread in threads(&told, oslo::day(self.now())) {
            if client.is_none() && !self.serves(thread.client) || !self.reads_record(thread.client)
            {
                continue;
            }
            let about = match about.get(&thread.client) {
                Some(about) => about.clone(),
                None => {
                    let read = self.about(thread.client)?;
                    about.insert(thread.client, read.clone());
                    read
                }
            };
            views.push(self.thread_view(thread, about));
        }
        Ok(views)
    }

    /// When somebody last told of a worry about this client.
    pub(super) fn last_concern(&self, client: ClientId) -> Result<Option<Timestamp>, TabletError> {
        let threads = threads(&self.told(Some(client))?, oslo::day(self.now()));
        let worries = threads.iter().filter(|one| matches!(one.raised, Raised::Concern(_)));
        Ok(worries.map(|one| one.at).max())
    }

    fn about(&self, client: ClientId) -> Result<About, TabletError> {
        match self.profile(client) {
            Ok(profile) => Ok(About {
                name: profile.value.name,
                primary_contact: profile.value.primary_contact,
            }),
            // The plan has not come yet.
            Err(TabletError::NotFound) => Ok(About::default()),
            Err(error) => Err(error),
        }
    }

    fn thread_view(&self, thread: Thread, about: About) -> ThreadView {
        let awaited = match thread.from {
            FollowUpFrom::Worker => thread.worker,
            FollowUpFrom::PrimaryContact => about.primary_contact,
            _ => None,
        };
        ThreadView {
            thread: thread.id,
            client: thread.client,
            client_name: about.name,
            is_conversation: thread.raised == Raised::Conversation,
            concern: match thread.raised {
                Raised::Concern(concern) => Some(concern),
                _ => None,
            },
            what: thread.what,
            due: thread.due,
            from: thread.from,
            from_name: awaited.map(|worker| self.worker_name(worker)).unwrap_or_default(),
            mine: awaited == Some(self.identity.worker),
            by: self.worker_name(thread.by),
            at: oslo::local(thread.at),
            answers: thread.answers.into_iter().map(|it| self.answer_view(it)).collect(),
            standing: match thread.standing {
                Standing::ToCome => ThreadStanding::ToCome,
                Standing::Open => ThreadStanding::Open,
                Standing::Overdue => ThreadStanding::Overdue,
                Standing::Closed(answer) => {
                    ThreadStanding::Closed { answer: self.answer_view(answer) }
                }
            },
        }
    }

    fn answer_view(&self, answer: Answer) -> AnswerView {
        AnswerView {
            fact: answer.fact,
            by: self.worker_name(answer.by),
            at: oslo::local(answer.at),
            text: answer.text,
        }
    }

    fn told(&self, client: Option<ClientId>) -> Result<Vec<Told>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_told.sql"))?;
        let client = client.map(|client| client.bytes().to_vec());
        let rows = query.query_map([client], |row| {
            let amends: Option<Vec<u8>> = row.get(5)?;
            let kind = FactKind::from_code(&row.get::<_, String>(6)?);
            let body: Vec<u8> = row.get(7)?;
            Ok(Told {
                id: id(row, 0, FactId::from_bytes)?,
                client: id(row, 1, ClientId::from_bytes)?,
                author: id(row, 2, WorkerId::from_bytes)?,
                written: Timestamp::from_millis(row.get(3)?),
                happened: Timestamp::from_millis(row.get(4)?),
                amends: amends.and_then(|id| FactId::from_bytes(&id)),
                body: FactBody::from_bytes(&kind, &body).unwrap_or(FactBody::Unknown),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
