//! Workers and the team (arbeidslag) that they form.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, TeamId, WorkerId};
use crate::open_enum;
use crate::time::Timestamp;

open_enum! {
    /// What a worker may do in a team; `policy` says what follows from it.
    pub enum Role {
        /// Helper (helsefagarbeider, assistent): documents, proposes changes to the plan.
        Helper = "helper",
        /// Nurse (sykepleier, vernepleier): documents and edits the plan.
        Nurse = "nurse",
        /// Therapist (fysio- or ergoterapeut): documents and edits the plan.
        Therapist = "therapist",
        /// Team lead: edits everything of the team's clients and plans visits.
        TeamLead = "team_lead",
        /// Planner: plans visits, reads what that needs.
        Planner = "planner",
        /// Let in to one client by break-glass, for some hours: reads, and writes notes. Nobody is
        /// it for good, and the office gives it to nobody.
        BreakGlass = "break_glass",
    }
}

open_enum! {
    /// A worker's profession, as it stands beside each note.
    pub enum Profession {
        /// Sykepleier.
        Nurse = "nurse",
        /// Vernepleier.
        SocialEducator = "social_educator",
        /// Helsefagarbeider.
        HealthcareWorker = "healthcare_worker",
        /// Fysioterapeut.
        Physiotherapist = "physiotherapist",
        /// Ergoterapeut.
        OccupationalTherapist = "occupational_therapist",
        /// Ufaglært assistent.
        AssistantWorker = "assistant_worker",
        /// Lærling.
        Apprentice = "apprentice",
    }
}

/// A member of a team, with the dates of membership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub worker: WorkerId,
    /// The name that colleagues and clients see.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// What they are.
    pub profession: Profession,
    /// First day in the team.
    pub from: NaiveDate,
    /// Last day in the team, inclusive; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

impl Member {
    /// Whether the membership covers a day.
    pub fn is_member_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A team with its members and clients: what a tablet must know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Which team.
    pub id: TeamId,
    /// Its name, such as «Arbeidslag Torshov».
    pub name: String,
    /// Everyone who is or was in it.
    pub members: Vec<Member>,
    /// The clients it serves; to a tablet, those who let its worker in.
    pub clients: Vec<ClientId>,
    /// To a tablet: the clients among them to whom its worker is let in by break-glass alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub granted: Vec<Granted>,
}

/// That a worker is let in to a client by break-glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// To whom.
    pub client: ClientId,
    /// Until when.
    pub until: Timestamp,
}

impl Team {
    /// What tells one state of the team from another: the first eight bytes of a SHA-256 over it.
    #[cfg(feature = "documents")]
    pub fn fingerprint(&self) -> u64 {
        use sha2::{Digest, Sha256};
        let bytes = crate::cbor::write(self).unwrap_or_default();
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        hash.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
    }

    /// The role of a worker on a day; `None` when they aren't in the team then.
    pub fn role_on(&self, worker: WorkerId, day: NaiveDate) -> Option<Role> {
        let is_theirs = |member: &&Member| member.worker == worker && member.is_member_on(day);
        self.members.iter().find(is_theirs).map(|member| member.role.clone())
    }

    /// Until when a worker is let in to a client by break-glass, when nothing else lets them in.
    pub fn granted_until(&self, client: ClientId) -> Option<Timestamp> {
        self.granted.iter().find(|it| it.client == client).map(|it| it.until)
    }

    /// The role of a tablet's own worker towards a client, at a moment of a day.
    pub fn role_toward(
        &self,
        worker: WorkerId,
        client: ClientId,
        (now, day): (Timestamp, NaiveDate),
    ) -> Option<Role> {
        match self.granted_until(client) {
            Some(until) => (now < until).then_some(Role::BreakGlass),
            None => self.role_on(worker, day),
        }
    }

    /// The member who is this worker.
    pub fn member(&self, worker: WorkerId) -> Option<&Member> {
        self.members.iter().find(|member| member.worker == worker)
    }
}
