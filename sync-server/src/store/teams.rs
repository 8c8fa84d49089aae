//! Teams: their members and clients.

use chrono::NaiveDate;
use kjent_core::ids::{ClientId, TeamId, WorkerId};
use kjent_core::team::{Member, Profession, Role, Team};
use rusqlite::{OptionalExtension, params};

use super::{Records, StoreError, columns};

impl Records<'_> {
    /// Adds a team with its members and clients.
    pub fn add_team(&self, team: &Team) -> Result<(), StoreError> {
        self.transaction
            .prepare_cached("INSERT INTO team (id, name) VALUES (?1, ?2)")?
            .execute(params![team.id.bytes(), team.name])?;
        let mut add = self.transaction.prepare_cached(include_str!("add_member.sql"))?;
        for (position, member) in (0_i64..).zip(&team.members) {
            add.execute(params![
                team.id.bytes(),
                position,
                member.worker.bytes(),
                member.name,
                member.role.code(),
                member.profession.code(),
                member.from.to_string(),
                member.to.map(|day| day.to_string()),
            ])?;
        }
        let mut add = self
            .transaction
            .prepare_cached("INSERT INTO client (id, team, position) VALUES (?1, ?2, ?3)")?;
        for (position, client) in (0_i64..).zip(&team.clients) {
            add.execute(params![client.bytes(), team.id.bytes(), position])?;
        }
        Ok(())
    }

    /// A team as it is now.
    pub fn team(&self, id: TeamId) -> Result<Option<Team>, StoreError> {
        let name = self
            .transaction
            .prepare_cached("SELECT name FROM team WHERE id = ?1")?
            .query_row([id.bytes()], |row| row.get(0))
            .optional()?;
        let Some(name) = name else { return Ok(None) };
        let (members, clients) = (self.members(id)?, self.clients(id)?);
        Ok(Some(Team { id, name, members, clients, granted: Vec::new() }))
    }

    /// The teams of this name.
    pub fn teams_named(&self, name: &str) -> Result<Vec<Team>, StoreError> {
        let mut statement =
            self.transaction.prepare_cached("SELECT id FROM team WHERE name = ?1 ORDER BY id")?;
        let mut rows = statement.query([name])?;
        let mut teams = Vec::new();
        while let Some(row) = rows.next()? {
            let id = columns::id(TeamId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?;
            teams.extend(self.team(id)?);
        }
        Ok(teams)
    }

    /// The teams that a worker is in on a day, in the order of their ids.
    pub fn teams_of(&self, worker: WorkerId, day: NaiveDate) -> Result<Vec<Team>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT DISTINCT team FROM member WHERE worker = ?1 ORDER BY team")?;
        let mut rows = statement.query([worker.bytes()])?;
        let mut teams = Vec::new();
        while let Some(row) = rows.next()? {
            let id = columns::id(TeamId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?;
            let team = self.team(id)?.ok_or(StoreError::Damaged("a member of no team"))?;
            if team.role_on(worker, day).is_some() {
                teams.push(team);
            }
        }
        Ok(teams)
    }

    /// How many whole months of journals a team's tablets keep beside the present one.
    pub fn retention(&self, team: TeamId) -> Result<u32, StoreError> {
        Ok(self
            .transaction
            .prepare_cached("SELECT retention_months FROM team WHERE id = ?1")?
            .query_row([team.bytes()], |row| row.get(0))?)
    }

    /// Writes how many whole months of journals a team's tablets keep. False when there is no such
    /// team.
    pub fn set_retention(&self, team: TeamId, months: u32) -> Result<bool, StoreError> {
        let rows = self
            .transaction
            .prepare_cached("UPDATE team SET retention_months = ?2 WHERE id = ?1")?
            .execute(params![team.bytes(), months])?;
        Ok(rows > 0)
    }

    /// Ends a worker's memberships of a team that last longer than this day. False when there is
    /// none.
    pub fn end_membership(
        &self,
        team: TeamId,
        worker: WorkerId,
        last_day: NaiveDate,
    ) -> Result<bool, StoreError> {
        let rows = self
            .transaction
            .prepare_cached(include_str!("end_membership.sql"))?
            .execute(params![team.bytes(), worker.bytes(), last_day.to_string()])?;
        Ok(rows > 0)
    }

    fn members(&self, team: TeamId) -> Result<Vec<Member>, StoreError> {
        let mut statement = self.transaction.prepare_cached(include_str!("list_members.sql"))?;
        let mut rows = statement.query([team.bytes()])?;
        let mut members = Vec::new();
        while let Some(row) = rows.next()? {
            let to: Option<String> = row.get(5)?;
            members.push(Member {
                worker: columns::id(WorkerId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?,
                name: row.get(1)?,
                role: Role::from_code(&row.get::<_, String>(2)?),
                profession: Profession::from_code(&row.get::<_, String>(3)?),
                from: columns::day(&row.get::<_, String>(4)?)?,
                to: to.as_deref().map(columns::day).transpose()?,
            });
        }
        Ok(members)
    }

    fn clients(&self, team: TeamId) -> Result<Vec<ClientId>, StoreError> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT id FROM client WHERE team = ?1 ORDER BY position")?;
        let mut rows = statement.query([team.bytes()])?;
        let mut clients = Vec::new();
        while let Some(row) = rows.next()? {
            clients.push(columns::id(ClientId::from_bytes(&row.get::<_, Vec<u8>>(0)?))?);
        }
        Ok(clients)
    }
}
