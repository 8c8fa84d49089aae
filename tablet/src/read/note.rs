//! A note's form, and what a note can be linked to.

use kjent_core::command::{NoteDraft, NoteTask};
use kjent_core::ids::{ClientId, GoalId, InterventionId};
use kjent_core::oslo;
use kjent_core::plan::{Goal, GoalStatus, Intervention, InterventionStatus, Part};
use kjent_core::team::Role;
use kjent_core::view::{LinksView, NoteView, WorkerView};

use super::plan::called;
use crate::write::draft;
use crate::write::note::{entry_of, place};
use crate::{Tablet, TabletError};

/// As far back as the entry that is to be corrected is looked for.
const ENTRIES: u32 = 1000;

impl Tablet {
    /// A note's form with its draft.
    pub fn read_note(&self, client: ClientId, task: NoteTask) -> Result<NoteView, TabletError> {
        self.opened(client, false, self.note_view(client, task))
    }

    fn note_view(&self, client: ClientId, task: NoteTask) -> Result<NoteView, TabletError> {
        self.check_reads_record(client)?;
        let profile = self.profile(client)?.value;
        let (kind, about) = place(client, task);
        let saved = draft::load::<NoteDraft>(&self.connection, kind, &about)?;
        let mut original = None;
        let mut seed = NoteDraft::default();
        let mut thread = None;
        match task {
            NoteTask::Tell => {}
            NoteTask::Answer(fact) => {
                let all = self.threads(Some(client))?;
                thread = all.into_iter().find(|one| one.thread == fact);
                if thread.is_none() {
                    return Err(TabletError::NotFound);
                }
                seed.note.closes.push(fact);
            }
            NoteTask::Correct(fact) => {
                let me = self.identity.worker;
                seed.note = entry_of(&self.connection, me, client, fact)?.note;
                let journal = self.newest_entries(client, ENTRIES)?;
                original = journal.into_iter().find(|entry| entry.fact == fact);
            }
        }
        let (draft, saved_at) = match saved {
            Some((draft, saved)) => (draft, Some(oslo::local(saved))),
            None => (seed, None),
        };
        Ok(NoteView {
            client,
            called: called(&profile),
            name: profile.name,
            now: oslo::local(self.now()),
            draft,
            saved_at,
            links: self.links(client)?,
            thread,
            original,
            restricts: match task {
                NoteTask::Tell => self.restricting(client)?.writes_apart(),
                NoteTask::Answer(_) | NoteTask::Correct(_) => None,
            },
        })
    }

    /// What a note about this client can be linked to.
    pub(super) fn links(&self, client: ClientId) -> Result<LinksView, TabletError> {
        let goals = self.plan::<Goal>(client, Part::Goals)?;
        let interventions = self.plan::<Intervention>(client, Part::Interventions)?;
        let primary_contact = self.profile(client)?.value.primary_contact;
        Ok(LinksView {
            goals: goals
                .into_iter()
                .filter(|goal| goal.value.status == GoalStatus::Active)
                .map(|goal| (GoalId(goal.id), goal.value.title))
                .collect(),
            interventions: interventions
                .into_iter()
                .filter(|one| one.value.status == InterventionStatus::Active)
                .map(|one| (InterventionId(one.id), one.value.title))
                .collect(),
            primary_contact: primary_contact
                .map(|worker| self.worker_name(worker))
                .filter(|name| !name.is_empty()),
            colleagues: self.colleagues(Some(client)),
            threads: self.open_threads(Some(client))?,
        })
    }

    /// The others who are in a client's team now, or in any of the worker's teams, by name.
    pub(super) fn colleagues(&self, client: Option<ClientId>) -> Vec<WorkerView> {
        let today = oslo::day(self.now());
        let me = self.identity.worker;
        let mut colleagues: Vec<WorkerView> = self
            .present_teams()
            .filter(|team| client.is_none_or(|client| team.clients.contains(&client)))
            .flat_map(|team| &team.members)
            .filter(|member| member.worker != me && member.is_member_on(today))
            .filter(|member| member.role != Role::BreakGlass)
            .map(|member| WorkerView {
                worker: member.worker,
                name: member.name.clone(),
                profession: member.profession.clone(),
            })
            .collect();
        colleagues.sort_by(|one, other| one.name.cmp(&other.name));
        colleagues.dedup_by_key(|one| one.worker);
        colleagues
    }
}
