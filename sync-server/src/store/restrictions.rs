//! Whom clients bar from their records.

use kjent_core::fact::Restriction;
use kjent_core::ids::{ClientId, TeamId, WorkerId};
use kjent_core::sync::server::{InForce, RestrictionRow};
use kjent_core::team::Role;
use kjent_core::time::Timestamp;
use rusqlite::{Row, params};

use super::{Records, StoreError, columns};

impl Records<'_> {
    /// Writes a client's bars: new ones are in force from now on, ended ones until now. One that
    /// its document tells of no more, because it was erased, is over too.
    pub fn set_restrictions(
        &self,
        client: ClientId,
        restrictions: &[RestrictionRow],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut add = self.transaction.prepare_cached(include_str!("add_restriction.sql"))?;
        for row in restrictions {
            add.execute(params![
                client.bytes(),
                row.fact.bytes(),
                row.restriction.worker.as_ref().map(WorkerId::bytes),
                row.restriction.role.as_ref().map(Role::code),
                now.millis(),
                row.is_ended.then(|| now.millis()),
            ])?;
        }
        let stands = |fact: &[u8]| restrictions.iter().any(|row| row.fact.bytes() == fact);
        let mut known = self.transaction.prepare_cached(
            "SELECT fact FROM restriction WHERE client = ?1 AND until_time IS NULL",
        )?;
        let known = known
            .query_map([client.bytes()], |row| row.get::<_, Vec<u8>>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        for fact in known.iter().filter(|fact| !stands(fact)) {
            self.transaction
                .prepare_cached(
                    "UPDATE restriction SET until_time = ?3 WHERE client = ?1 AND fact = ?2",
                )?
                .execute(params![client.bytes(), fact, now.millis()])?;
        }
        Ok(())
    }

    /// A client's bars, those that are over among them.
    pub fn restrictions(&self, client: ClientId) -> Result<Vec<InForce>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT client, worker, role, since_time, until_time FROM restriction
             WHERE client = ?1 ORDER BY fact",
        )?;
        let mut rows = statement.query([client.bytes()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?.1);
        }
        Ok(all)
    }

    /// The bars of all clients of a team's that have any.
    pub fn restrictions_in(&self, team: TeamId) -> Result<Vec<(ClientId, InForce)>, StoreError> {
        let mut statement = self.transaction.prepare_cached(
            "SELECT restriction.client, worker, role, since_time, until_time
             FROM restriction JOIN client ON client.id = restriction.client
             WHERE client.team = ?1 ORDER BY restriction.client, fact",
        )?;
        let mut rows = statement.query([team.bytes()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }
}

fn read(row: &Row<'_>) -> Result<(ClientId, InForce), StoreError> {
    let (client, worker): (Vec<u8>, Option<Vec<u8>>) = (row.get(0)?, row.get(1)?);
    let role: Option<String> = row.get(2)?;
    let worker = worker.map(|id| columns::id(WorkerId::from_bytes(&id))).transpose()?;
    let role = role.as_deref().map(Role::from_code);
    let bar = InForce {
        restriction: Restriction { worker, role, words: String::new() },
        since: Timestamp::from_millis(row.get(3)?),
        until: row.get::<_, Option<i64>>(4)?.map(Timestamp::from_millis),
    };
    Ok((columns::id(ClientId::from_bytes(&client))?, bar))
}
