//! The exchange with the server, over this tablet's database. What it does is in
//! `kjent_core::sync::tablet`; here is where storage answers.

use kjent_core::access::AccessRow;
use kjent_core::access::chain::AccessHead;
use kjent_core::document::{Actor, Document, DocumentRef, Edit, RawChange};
use kjent_core::ids::{ClientId, FactId, TeamId};
use kjent_core::oslo;
use kjent_core::policy::Refusal;
use kjent_core::problem::Problem;
use kjent_core::protocol::{
    Cursor, GrantReport, GrantReview, LateWork, Listed, ReadMark, Receipt, SyncResponse,
};
use kjent_core::sync::tablet::{self, Completed, Heal, Held, Prepared, Sent, State, Stored};
use kjent_core::team::Team;
use kjent_core::time::{Month, Timestamp};
use kjent_core::view::ChangeSet;
use rusqlite::{OptionalExtension, params};

use super::filling::filling;
use super::grants;
use super::rows::held;
use crate::documents::reference;
use crate::lock::{self, lease};
use crate::transact::Writing;
use crate::{Tablet, TabletError, projection, repair, store};

impl Tablet {
    /// What waits, as far as it fits in one request, and how far the tablet has read.
    pub fn prepare_exchange(&mut self) -> Result<Prepared, TabletError> {
        self.wipe();
        self.write_access();
        let (mut prepared, _) = self.transact(|writing| tablet::prepare(writing, writing.now))?;
        prepared.request.access.extend(self.unwritten_access());
        self.note_pace()?;
        Ok(prepared)
    }

    /// Stores an answer in one transaction.
    pub fn complete_exchange(
        &mut self,
        prepared: &Prepared,
        response: &SyncResponse,
        may_heal: Heal,
    ) -> Result<(Completed, ChangeSet), TabletError> {
        let before = (filling(&self.connection)?, self.whole_on()?);
        let (done, mut changes) = self.transact(|writing| {
            // What was asked for and did not come in time is not wanted any more.
            writing
                .tx
                .execute("DELETE FROM missing WHERE stays_until <= ?1", [writing.now.millis()])?;
            let done = tablet::complete(writing, prepared, response, may_heal)?;
            writing.remember("last_contact", Some(writing.now))?;
            lease::hear(&writing.tx, response.now, response.lease_days, writing.now)?;
            if done.equal {
                writing.remember("whole", Some(writing.now))?;
                repair::close_gaps(&writing.tx)?;
            } else if done.heals {
                writing.remember("whole", None)?;
            }
            writing.touched_sync();
            Ok(done)
        })?;
        if let Some(receipt) = &response.access {
            self.forget_access(receipt.of(&prepared.request.access));
        }
        let now = self.now();
        self.status.has_answered = true;
        self.status.last_contact = Some(now);
        // The database has heard it already; a key store that fails must not fail the sync.
        let _ = lock::hear_time(&self.folder, response.now, &self.environment);
        self.status.clock_ahead = Some(prepared.request.now.millis() - response.now.millis());
        self.status.equal_at = done.equal.then_some(now);
        self.note_pace()?;
        if done.equal {
            repair::throw_away(&self.connection, &self.folder)?;
        }
        if before != (None, self.whole_on()?) {
            let days = vec![oslo::day(now)];
            changes.merge(ChangeSet { days, ..ChangeSet::default() });
        }
        Ok((done, changes))
    }
}

impl tablet::Records for Writing<'_> {
    type Error = TabletError;

    fn actor(&self) -> Actor {
        self.identity.actor()
    }

    fn waiting(&self, budget: usize) -> Result<Vec<Sent>, TabletError> {
        let mut query = self.tx.prepare_cached(include_str!("select_waiting.sql"))?;
        let mut rows = query.query([])?;
        let mut waiting = Vec::new();
        let mut bytes_so_far = 0;
        while let Some(row) = rows.next()? {
            let (client, month): (Vec<u8>, Option<String>) = (row.get(0)?, row.get(1)?);
            let bytes: Vec<u8> = row.get(3)?;
            bytes_so_far += bytes.len();
            if bytes_so_far > budget && !waiting.is_empty() {
                break;
            }
            let document = reference(&client, month.as_deref())?;
            waiting.push(Sent { document, hash: row.get(2)?, bytes });
        }
        Ok(waiting)
    }

    fn has_waiting(&self) -> Result<bool, TabletError> {
        let mut query = self.tx.prepare_cached(include_str!("has_waiting.sql"))?;
        Ok(query.query_row([], |row| row.get(0))?)
    }

    fn cursors(&self) -> Result<Vec<Cursor>, TabletError> {
        let mut query =
            self.tx.prepare_cached("SELECT through, receipts, filled FROM team WHERE id = ?1")?;
        let cursor = |team: &Team| {
            Ok(query.query_row([team.id.bytes()], |row| {
                Ok(Cursor {
                    team: team.id,
                    through: row.get(0)?,
                    receipts: row.get(1)?,
                    filled: row.get(2)?,
                    roster: team.fingerprint(),
                })
            })?)
        };
        self.present_teams().map(cursor).collect()
    }

    fn missing(&self, at_most: usize) -> Result<Vec<DocumentRef>, TabletError> {
        let mut query = self.tx.prepare_cached(include_str!("select_missing.sql"))?;
        let month = oslo::month(self.now).to_string();
        let mut rows = query.query(params![month, i64::try_from(at_most).unwrap_or(i64::MAX)])?;
        let mut missing = Vec::new();
        while let Some(row) = rows.next()? {
            let (client, month): (Vec<u8>, Option<String>) = (row.get(0)?, row.get(1)?);
            missing.push(reference(&client, month.as_deref())?);
        }
        Ok(missing)
    }

    fn unsent_reads(&self) -> Result<Vec<ReadMark>, TabletError> {
        let mut query = self
            .tx
            .prepare_cached("SELECT client, through, at FROM read_mark WHERE is_sent = 0")?;
        let mut rows = query.query([])?;
        let mut marks = Vec::new();
        while let Some(row) = rows.next()? {
            let client = ClientId::from_bytes(&row.get::<_, Vec<u8>>(0)?);
            marks.push(ReadMark {
                client: client.ok_or(TabletError::Unreadable)?,
                through: row.get(1)?,
                at: Timestamp::from_millis(row.get(2)?),
            });
        }
        Ok(marks)
    }

    fn sent_reads(&mut self, marks: &[ReadMark]) -> Result<(), TabletError> {
        let mut query = self.tx.prepare_cached(
            "UPDATE read_mark SET is_sent = 1 WHERE client = ?1 AND through = ?2",
        )?;
        for mark in marks {
            query.execute(params![mark.client.bytes(), mark.through])?;
        }
        Ok(())
    }

    fn unsent_reviews(&self) -> Result<Vec<GrantReview>, TabletError> {
        grants::unsent_reviews(&self.tx)
    }

    fn save_grants(&mut self, team: TeamId, grants: &[GrantReport]) -> Result<(), TabletError> {
        if grants::save(&self.tx, team, grants)? {
            self.touched_days();
        }
        Ok(())
    }

    fn unsent_access(&self, at_most: usize) -> Result<Vec<AccessRow>, TabletError> {
        self.stored_access(at_most)
    }

    fn logged_access(&mut self, rows: &[AccessRow], head: &AccessHead) -> Result<(), TabletError> {
        self.drop_access(rows, head)
    }

    fn mark_on_server(
        &mut self,
        document: DocumentRef,
        hash: &[u8; 32],
        number: Option<u64>,
    ) -> Result<bool, TabletError> {
        let rows = self.tx.prepare_cached(include_str!("mark_on_server.sql"))?.execute(params![
            document.id().bytes(),
            hash,
            number
        ])?;
        if rows > 0 {
            self.touched(document.client);
        }
        Ok(rows > 0)
    }

    fn mark_refused(
        &mut self,
        document: DocumentRef,
        hash: &[u8; 32],
        refusal: &Refusal,
    ) -> Result<bool, TabletError> {
        let refusal = serde_json::to_string(&Problem::from(refusal))?;
        let rows = self
            .tx
            .prepare_cached(
                "UPDATE change SET state = 2, refusal = ?3 WHERE document = ?1 AND hash = ?2",
            )?
            .execute(params![document.id().bytes(), hash, refusal])?;
        self.touched(document.client);
        Ok(rows > 0)
    }

    fn stored(&self, document: DocumentRef) -> Result<Vec<Stored>, TabletError> {
        let mut query = self.tx.prepare_cached(
            "SELECT position, hash, bytes, state, refusal, made FROM change
             WHERE document = ?1 ORDER BY position",
        )?;
        let mut rows = query.query([document.id().bytes()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let refusal: Option<String> = row.get(4)?;
            let code = || {
                let reason: Option<Problem> =
                    refusal.as_deref().and_then(|text| serde_json::from_str(text).ok());
                reason.map(|reason| reason.code).unwrap_or_default()
            };
            all.push(Stored {
                position: row.get(0)?,
                hash: row.get(1)?,
                bytes: row.get(2)?,
                state: match row.get::<_, i64>(3)? {
                    0 => State::Waiting,
                    1 => State::OnServer,
                    _ => State::Refused(code()),
                },
                made: row.get::<_, Option<i64>>(5)?.map(Timestamp::from_millis),
            });
        }
        Ok(all)
    }

    fn wait_again(&mut self, position: i64, with: Option<&RawChange>) -> Result<(), TabletError> {
        self.tx.prepare_cached(include_str!("wait_again.sql"))?.execute(params![
            position,
            with.map(|change| change.hash.0),
            with.map(|change| &change.bytes),
        ])?;
        Ok(())
    }

    fn rewrite(&mut self, position: i64, with: &RawChange) -> Result<(), TabletError> {
        self.tx
            .prepare_cached("UPDATE change SET hash = ?2, bytes = ?3 WHERE position = ?1")?
            .execute(params![position, with.hash.0, with.bytes])?;
        Ok(())
    }

    fn send_again(&mut self, document: DocumentRef) -> Result<(), TabletError> {
        self.tx
            .prepare_cached(
                "UPDATE change SET state = 0
                 WHERE document = ?1 AND state = 1 AND made IS NOT NULL",
            )?
            .execute([document.id().bytes()])?;
        Ok(())
    }

    fn remove(&mut self, position: i64) -> Result<(), TabletError> {
        self.tx.prepare_cached("DELETE FROM change WHERE position = ?1")?.execute([position])?;
        Ok(())
    }

    fn add_received(
        &mut self,
        document: DocumentRef,
        change: &RawChange,
    ) -> Result<(), TabletError> {
        self.tx
            .prepare_cached(
                "INSERT INTO change (document, hash, bytes, state) VALUES (?1, ?2, ?3, 1)",
            )?
            .execute(params![document.id().bytes(), change.hash.0, change.bytes])?;
        Ok(())
    }

    fn held(&self, document: DocumentRef) -> Result<Option<Held>, TabletError> {
        let mut query = self
            .tx
            .prepare_cached(concat!(include_str!("select_held.sql"), "WHERE document.id = ?2"))?;
        let mut rows = query.query(params![self.now.millis(), document.id().bytes()])?;
        rows.next()?.map(held).transpose()
    }

    fn all_held(&self) -> Result<Vec<Held>, TabletError> {
        let mut query = self.tx.prepare_cached(include_str!("select_held.sql"))?;
        let mut rows = query.query([self.now.millis()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(held(row)?);
        }
        Ok(all)
    }

    fn heads(
        &self,
        team: TeamId,
        since: Month,
    ) -> Result<Vec<(DocumentRef, Vec<u8>)>, TabletError> {
        let mut query = self.tx.prepare_cached(
            "SELECT client, month, heads FROM document
             WHERE team = ?1 AND (month IS NULL OR month >= ?2)",
        )?;
        let mut rows = query.query(params![team.bytes(), since.to_string()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let (client, month): (Vec<u8>, Option<String>) = (row.get(0)?, row.get(1)?);
            all.push((reference(&client, month.as_deref())?, row.get(2)?));
        }
        Ok(all)
    }

    fn snapshot(&self, document: DocumentRef) -> Result<Option<Vec<u8>>, TabletError> {
        crate::documents::snapshot(&self.tx, document)
    }

    fn save_snapshot(
        &mut self,
        document: DocumentRef,
        generation: u32,
        bytes: &[u8],
    ) -> Result<(), TabletError> {
        let id = document.id();
        self.tx
            .prepare_cached("INSERT OR REPLACE INTO snapshot (document, bytes) VALUES (?1, ?2)")?
            .execute(params![id.bytes(), bytes])?;
        self.tx
            .prepare_cached(
                "DELETE FROM change WHERE document = ?1 AND made IS NULL AND state = 1",
            )?
            .execute([id.bytes()])?;
        let team = self.team_of(document.client)?;
        self.store_document(document, team, &[])?;
        self.tx
            .prepare_cached("UPDATE document SET generation = ?2 WHERE id = ?1")?
            .execute(params![id.bytes(), generation])?;
        Ok(())
    }

    fn open(&mut self, document: DocumentRef) -> Result<Document, TabletError> {
        self.take_document(document)
    }

    fn put(&mut self, team: TeamId, mut document: Document) -> Result<Vec<FactId>, TabletError> {
        let reference = document.reference();
        repair::put_back_own(&self.tx, self.identity.actor(), &mut document)?;
        self.store_document(reference, team, &document.heads().to_bytes())?;
        let facts = projection::document(&self.tx, &document)?;
        self.keep_document(document);
        self.touched(reference.client);
        Ok(facts)
    }

    fn put_edited(
        &mut self,
        team: TeamId,
        document: Document,
        edits: &[Edit],
    ) -> Result<Vec<FactId>, TabletError> {
        let reference = document.reference();
        self.store_document(reference, team, &document.heads().to_bytes())?;
        let facts = projection::edited(&self.tx, &document, edits)?;
        self.keep_document(document);
        self.touched(reference.client);
        Ok(facts)
    }

    fn put_anew(&mut self, mut document: Document) -> Result<(), TabletError> {
        repair::put_back_own(&self.tx, self.identity.actor(), &mut document)?;
        self.put_back(document)
    }

    fn forget(&mut self, document: DocumentRef) -> Result<(), TabletError> {
        self.forget_document(document)
    }

    fn forget_strangers(&mut self) -> Result<(), TabletError> {
        self.forget_strangers_traces()
    }

    fn arrived(&mut self, facts: &[FactId]) -> Result<(), TabletError> {
        let mut arrived = self.tx.prepare_cached(
            "INSERT OR IGNORE INTO arrival (fact, at, client)
             VALUES (?1, ?2, (SELECT client FROM fact WHERE id = ?1))",
        )?;
        for fact in facts {
            arrived.execute(params![fact.bytes(), self.now.millis()])?;
        }
        Ok(())
    }

    fn teams(&self) -> Vec<Team> {
        self.present_teams().cloned().collect()
    }

    fn team_serving(&self, client: ClientId) -> Option<TeamId> {
        self.present_teams().find(|team| team.clients.contains(&client)).map(|team| team.id)
    }

    fn save_team(&mut self, team: &Team) -> Result<(), TabletError> {
        self.tx
            .prepare_cached(include_str!("upsert_team.sql"))?
            .execute(params![team.id.bytes(), serde_json::to_string(team)?])?;
        match self.teams.iter_mut().find(|known| known.id == team.id) {
            Some(known) => *known = team.clone(),
            None => self.teams.push(team.clone()),
        }
        self.left.remove(&team.id);
        let mut foreign = self.tx.prepare_cached(include_str!("forget_numbers.sql"))?;
        let mut owns = self.tx.prepare_cached("UPDATE document SET team = ?2 WHERE client = ?1")?;
        for client in &team.clients {
            foreign.execute(params![client.bytes(), team.id.bytes()])?;
            owns.execute(params![client.bytes(), team.id.bytes()])?;
        }
        drop((foreign, owns));
        self.touched_days();
        Ok(())
    }

    fn save_cursor(&mut self, team: TeamId, through: u64, since: Month) -> Result<(), TabletError> {
        self.tx
            .prepare_cached("UPDATE team SET through = ?2, since = ?3 WHERE id = ?1")?
            .execute(params![team.bytes(), through, since.to_string()])?;
        Ok(())
    }

    fn save_filled(&mut self, team: TeamId) -> Result<(), TabletError> {
        self.tx
            .prepare_cached("UPDATE team SET filled = 1 WHERE id = ?1")?
            .execute([team.bytes()])?;
        self.touched_days();
        Ok(())
    }

    fn is_filled(&self, team: TeamId) -> Result<bool, TabletError> {
        let mut query = self.tx.prepare_cached("SELECT filled FROM team WHERE id = ?1")?;
        let filled: Option<bool> = query.query_row([team.bytes()], |row| row.get(0)).optional()?;
        Ok(filled.unwrap_or(false))
    }

    fn ask_for_list(&mut self, team: TeamId) -> Result<(), TabletError> {
        self.tx
            .prepare_cached("UPDATE team SET through = 0 WHERE id = ?1")?
            .execute([team.bytes()])?;
        Ok(())
    }

    fn forget_team(&mut self, team: TeamId) -> Result<(), TabletError> {
        // Its people's names are still needed while something of its clients' waits.
        self.tx
            .prepare_cached("UPDATE team SET is_left = 1, through = 0, filled = 0 WHERE id = ?1")?
            .execute([team.bytes()])?;
        self.left.insert(team);
        for table in ["missing", "receipt", "break_glass"] {
            self.tx.execute(&format!("DELETE FROM {table} WHERE team = ?1"), [team.bytes()])?;
        }
        self.touched_days();
        Ok(())
    }

    fn add_missing(&mut self, team: TeamId, listed: &Listed) -> Result<(), TabletError> {
        let document = listed.document;
        if document.kind.is_since(oslo::month(self.now)) {
            self.remember("whole", None)?;
        }
        self.tx.prepare_cached(include_str!("upsert_missing.sql"))?.execute(params![
            document.id().bytes(),
            document.client.bytes(),
            document.kind.column(),
            team.bytes(),
            listed.generation,
            listed.bytes,
        ])?;
        Ok(())
    }

    fn list_compared(&mut self, team: TeamId) -> Result<(), TabletError> {
        self.tx
            .prepare_cached(
                "UPDATE team
                 SET listed = (SELECT COALESCE(SUM(bytes), 0) FROM missing
                               WHERE team = ?1 AND stays_until IS NULL)
                 WHERE id = ?1",
            )?
            .execute([team.bytes()])?;
        Ok(())
    }

    fn is_missing(&self, document: DocumentRef) -> Result<bool, TabletError> {
        let query = "SELECT EXISTS (SELECT 1 FROM missing WHERE document = ?1)";
        let mut query = self.tx.prepare_cached(query)?;
        Ok(query.query_row([document.id().bytes()], |row| row.get(0))?)
    }

    fn found(&mut self, document: DocumentRef) -> Result<(), TabletError> {
        let id = document.id();
        self.follow_asked(document)?;
        self.tx.prepare_cached(include_str!("keep_asked.sql"))?.execute([id.bytes()])?;
        self.tx.prepare_cached("DELETE FROM missing WHERE document = ?1")?.execute([id.bytes()])?;
        repair::close_gap(&self.tx, document)
    }

    fn lacks_any(&self, team: TeamId) -> Result<bool, TabletError> {
        let query = "SELECT EXISTS (SELECT 1 FROM missing WHERE team = ?1 AND stays_until IS NULL)";
        Ok(self.tx.prepare_cached(query)?.query_row([team.bytes()], |row| row.get(0))?)
    }

    fn save_late(&mut self, late: &[LateWork]) -> Result<(), TabletError> {
        let mut query = self.tx.prepare_cached(include_str!("insert_late.sql"))?;
        for work in late {
            query.execute(params![
                work.document.id().bytes(),
                work.hash.as_slice(),
                work.document.client.bytes(),
                work.fact.as_ref().map(FactId::bytes),
                work.received.millis(),
                serde_json::to_string(work)?,
            ])?;
        }
        drop(query);
        for work in late {
            self.touched(work.document.client);
        }
        Ok(())
    }

    fn save_receipts(
        &mut self,
        team: TeamId,
        receipts: &[Receipt],
        through: u64,
    ) -> Result<(), TabletError> {
        // Counted from less than was known: another log, whose numbers say nothing of this one's.
        self.tx
            .prepare_cached(
                "DELETE FROM receipt
                 WHERE team = ?1 AND ?2 < (SELECT receipts FROM team WHERE id = ?1)",
            )?
            .execute(params![team.bytes(), through])?;
        let mut query = self.tx.prepare_cached(
            "INSERT OR REPLACE INTO receipt (team, worker, client, through, at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut reading = self.tx.prepare_cached(include_str!("save_reading.sql"))?;
        for receipt in receipts {
            let client = receipt.client.map(|client| client.bytes().to_vec()).unwrap_or_default();
            let row = params![
                team.bytes(),
                receipt.worker.bytes(),
                client,
                receipt.through,
                receipt.at.millis()
            ];
            query.execute(row)?;
            reading.execute(row)?;
        }
        drop((query, reading));
        self.tx
            .prepare_cached("UPDATE team SET receipts = ?2 WHERE id = ?1")?
            .execute(params![team.bytes(), through])?;
        for client in receipts.iter().filter_map(|receipt| receipt.client) {
            self.touched(client);
        }
        Ok(())
    }

    fn wipe_after(&mut self, _document: DocumentRef) -> Result<(), TabletError> {
        self.wipe = true;
        store::note_wipe(&self.tx)
    }
}
