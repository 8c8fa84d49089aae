//! A note outside a visit: the form, what it can be linked to, and what it answers or corrects.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{EntryView, ThreadView, WorkerView};
use crate::command::NoteDraft;
use crate::ids::{ClientId, GoalId, InterventionId, WorkerId};

/// The form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    /// About whom.
    pub client: ClientId,
    /// The client's name.
    pub name: String,
    /// The name to use in a sentence.
    pub called: String,
    /// What the clock is.
    pub now: NaiveDateTime,
    /// The draft as it was last typed; what is to be corrected, or nothing, at first.
    pub draft: NoteDraft,
    /// When it was saved; `None` before.
    pub saved_at: Option<NaiveDateTime>,
    /// What it can be linked to.
    pub links: LinksView,
    /// The thread that is answered.
    pub thread: Option<ThreadView>,
    /// The entry that is corrected.
    pub original: Option<EntryView>,
    /// Who writes it, when she may restrict it as she does.
    #[serde(default)]
    pub restricts: Option<WorkerId>,
}

/// What a note can be linked to, and from whom a follow-up can be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksView {
    /// Active goals with their titles.
    pub goals: Vec<(GoalId, String)>,
    /// Active interventions with their titles.
    pub interventions: Vec<(InterventionId, String)>,
    /// The primary contact's name, when there is one.
    pub primary_contact: Option<String>,
    /// The other workers of the team.
    pub colleagues: Vec<WorkerView>,
    /// What waits for an answer about this client.
    pub threads: Vec<ThreadView>,
}
