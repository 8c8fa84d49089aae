//! The office: who is in which team, who serves whom, what tablets keep; backups.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use kjent_core::fact::Restriction;
use kjent_core::ids::{ClientId, FactId, TeamId, WorkerId};
use kjent_core::oslo;
use kjent_core::sync::server::InForce;
use kjent_core::team::{Member, Role};
use kjent_core::time::Timestamp;

use super::world::World;

impl World {
    /// Something that the office does.
    pub(super) fn office(&mut self) {
        let today = oslo::day(Timestamp::from_millis(self.now));
        let team = self.chance.pick(&self.teams);
        let worker = self.chance.pick(&self.workers());
        let client = self.chance.pick(&self.clients);
        let (Some(team), Some(worker), Some(client)) = (team, worker, client) else { return };
        if self.may_restore && self.chance.one_in(4) {
            return self.back_up_or_restore();
        }
        match self.chance.below(10) {
            0 | 1 => self.end_membership(team, worker, today),
            2 | 3 => self.begin_membership(team, worker, today),
            4 => {
                self.end_membership(team, worker, today - Days::new(1));
                self.begin_membership(team, worker, today);
            }
            5..=7 => self.move_client(client, team),
            8 => {
                let months = u32::try_from(self.chance.below(4)).unwrap_or(0);
                if let Some(row) = self.server.tables.teams.get_mut(&team) {
                    row.retention = months;
                }
                self.tell(format!("office: {} keeps {months} months", self.name_team(team)));
            }
            _ => self.bar(client, worker),
        }
    }

    /// The client bars somebody, or doesn't any more: as if a colleague had said so from a tablet.
    fn bar(&mut self, client: ClientId, worker: WorkerId) {
        let now = Timestamp::from_millis(self.now);
        let fact = FactId::mint(now, self.chance.ten());
        let Some(entry) = self.server.tables.clients.get_mut(&client) else { return };
        let theirs = entry.restrictions.values_mut();
        let in_force =
            theirs.filter(|bar| bar.until.is_none() && bar.restriction.worker == Some(worker));
        let mut any = false;
        for bar in in_force {
            (bar.until, any) = (Some(now), true);
        }
        if !any {
            let restriction = Restriction { worker: Some(worker), ..Restriction::default() };
            let bar = InForce { restriction, since: now, until: None };
            entry.restrictions.insert(fact, bar);
        }
        let (client, who) = (self.name_client(client), self.name_worker(worker));
        let says = if any { "bars no more" } else { "bars" };
        self.tell(format!("office: {client} {says} {who}"));
    }

    fn end_membership(&mut self, team: TeamId, worker: WorkerId, today: NaiveDate) {
        let last = today - Days::new(self.chance.below(2));
        let Some(row) = self.server.tables.teams.get_mut(&team) else { return };
        let theirs = row.members.iter_mut().filter(|member| member.worker == worker);
        let mut any = false;
        for member in theirs.filter(|member| member.to.is_none_or(|to| to > last)) {
            member.to = Some(last);
            any = true;
        }
        if any {
            let (who, team) = (self.name_worker(worker), self.name_team(team));
            self.tell(format!("office: {who} is in {team} until {last}"));
        }
    }

    fn begin_membership(&mut self, team: TeamId, worker: WorkerId, today: NaiveDate) {
        let roles = [Role::Helper, Role::Nurse, Role::Therapist, Role::TeamLead];
        let role = roles[self.chance.index(roles.len())].clone();
        let from = today + Days::new(self.chance.below(2));
        let Some(row) = self.server.tables.teams.get_mut(&team) else { return };
        let is_in = |member: &Member| member.worker == worker && member.to.is_none();
        if row.members.iter().any(is_in) {
            return;
        }
        let member = Member {
            worker,
            name: "Worker".into(),
            role: role.clone(),
            profession: kjent_core::team::Profession::Nurse,
            from,
            to: None,
        };
        row.members.push(member);
        let (who, team) = (self.name_worker(worker), self.name_team(team));
        self.tell(format!("office: {who} is in {team} from {from} on as {role:?}"));
    }

    fn move_client(&mut self, client: ClientId, team: TeamId) {
        let tables = &mut self.server.tables;
        let position = tables.clients.values().filter(|entry| entry.team == team);
        let position = position.map(|entry| entry.position + 1).max().unwrap_or(0);
        let Some(entry) = tables.clients.get_mut(&client) else { return };
        if entry.team == team {
            return;
        }
        tables.served.insert((client, self.now), entry.team);
        entry.team = team;
        entry.position = position;
        let theirs = tables.documents.values_mut();
        for document in theirs.filter(|document| document.reference.client == client) {
            document.team = team;
        }
        let (who, team) = (self.name_client(client), self.name_team(team));
        self.tell(format!("office: {who} moves to {team}"));
    }

    fn back_up_or_restore(&mut self) {
        let Some(backup) = self.server.backup.clone() else {
            self.server.backup = Some(Arc::new(self.server.tables.clone()));
            self.tell("server: a backup is made".into());
            return;
        };
        let now = std::mem::replace(&mut self.server.tables, (*backup).clone());
        // Who works where is in the office's own registers, and entered again.
        let tables = &mut self.server.tables;
        for (team, row) in &mut tables.teams {
            if let Some(now) = now.teams.get(team) {
                row.members.clone_from(&now.members);
                row.retention = now.retention;
            }
        }
        (tables.clients, tables.served) = (now.clients, now.served);
        for document in tables.documents.values_mut() {
            if let Some(entry) = tables.clients.get(&document.reference.client) {
                document.team = entry.team;
            }
        }
        self.server.restart();
        self.server.backup = None;
        self.restored();
        self.tell("server: the backup is restored".into());
    }
}
