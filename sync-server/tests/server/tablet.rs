//! A tablet as small as can be: documents in memory, an outbox, cursors.

use std::collections::BTreeMap;

use anyhow::{Context, Error, Result, bail, ensure};
use kjent_core::access::AccessRow;
use kjent_core::document::packed::{self, NotPacked};
use kjent_core::document::{
    Actor, Document, DocumentRef, Edit, Fact, RawChange, digest, short_digest,
};
use kjent_core::fact::{FactBody, Note};
use kjent_core::ids::{ClientId, DocumentId, FactId, TeamId};
use kjent_core::oslo;
use kjent_core::plan::{ExpressedBy, Goal, GoalStatus, Part};
use kjent_core::protocol::{
    BreakGlassRequest, Changes, Cursor, GrantReview, LogInResponse, Outcome, PROTOCOL, Pushed,
    ReadMark, SyncRequest, SyncResponse, TeamNews, body,
};
use kjent_core::team::Team;
use kjent_core::time::{Month, Timestamp};
use uuid::Uuid;

use crate::device::Device;
use crate::world::{Answer, MORNING};

#[derive(Clone)]
pub struct Tablet {
    pub token: String,
    pub actor: Actor,
    pub documents: BTreeMap<DocumentId, Document>,
    pub outbox: Vec<(DocumentRef, RawChange)>,
    pub cursors: BTreeMap<TeamId, Cursor>,
    /// Documents of a list that have not come yet.
    pub missing: Vec<DocumentRef>,
    /// What the next request says was read.
    pub read: Vec<ReadMark>,
    /// What the next request says was opened.
    pub access: Vec<AccessRow>,
    /// What the next request says of break-glass.
    pub reviewed: Vec<GrantReview>,
    /// The tablet's clock; the changes that it writes are as old.
    pub now: Timestamp,
    teams: BTreeMap<TeamId, Team>,
    /// Journals of earlier months are in no digest.
    since: Option<Month>,
    pub device: Device,
    made: u8,
}

impl Tablet {
    pub fn new(device: Device, answer: LogInResponse) -> Self {
        Self {
            token: answer.token,
            actor: Actor { worker: answer.worker, tablet: answer.tablet },
            documents: BTreeMap::new(),
            outbox: Vec::new(),
            cursors: answer.teams.iter().map(|team| (team.id, unread(team))).collect(),
            missing: Vec::new(),
            read: Vec::new(),
            access: Vec::new(),
            reviewed: Vec::new(),
            now: Timestamp::from_millis(MORNING),
            teams: answer.teams.into_iter().map(|team| (team.id, team)).collect(),
            since: None,
            device,
            made: 0,
        }
    }

    pub fn document(&mut self, reference: DocumentRef) -> &mut Document {
        self.documents.entry(reference.id()).or_insert_with(|| Document::new(reference))
    }

    /// Writes edits, and puts the change into the outbox.
    pub fn write(&mut self, reference: DocumentRef, edits: &[Edit]) -> Result<RawChange> {
        let (actor, now) = (self.actor, self.now);
        let change = self.document(reference).write(actor, now, edits)?.context("no change")?;
        self.outbox.push((reference, change.clone()));
        Ok(change)
    }

    /// Writes a note about a client, and puts it into the outbox.
    pub fn note(&mut self, client: ClientId, text: &str) -> Result<RawChange> {
        let edit = self.note_by(self.actor, client, text)?;
        self.write(journal(client), &[edit])
    }

    /// Writes a note of what happened at a moment, and puts it into the outbox.
    pub fn note_of(&mut self, client: ClientId, at: Timestamp, text: &str) -> Result<DocumentRef> {
        let journal = DocumentRef::journal(client, oslo::month(at));
        let edit = self.note_with(self.actor, client, at, text)?;
        self.write(journal, &[edit])?;
        Ok(journal)
    }

    /// A note with an author of its own.
    pub fn note_by(&mut self, author: Actor, client: ClientId, text: &str) -> Result<Edit> {
        // What happened at the tests' hour lies in the tests' journal, whatever the tablet's clock.
        self.note_with(author, client, Timestamp::from_millis(MORNING), text)
    }

    fn note_with(
        &mut self,
        author: Actor,
        client: ClientId,
        at: Timestamp,
        text: &str,
    ) -> Result<Edit> {
        self.made += 1;
        let note = Note { observation: text.into(), ..Note::default() };
        let fact = Fact::new(client, author.worker, at, at, &FactBody::Note(note))?;
        let mut random = [self.made; 10];
        random[..8].copy_from_slice(&self.actor.tablet.bytes()[8..]);
        Ok(Edit::AddFact { id: FactId::mint(at, random), bytes: fact.seal()? })
    }

    /// Writes a new goal of a client's, and puts it into the outbox.
    pub fn goal(&mut self, client: ClientId, title: &str) -> Result<RawChange> {
        let goal = Goal {
            title: title.into(),
            expressed_by: ExpressedBy::Client,
            own_part: None,
            due: None,
            status: GoalStatus::Active,
            conversation: None,
            need_area: None,
        };
        let edits = Edit::make(Part::Goals, Uuid::from_u128(77), &goal)?;
        self.write(DocumentRef::care(client), &edits)
    }

    /// Writes the title of the same goal anew, and puts it into the outbox.
    pub fn goal_again(&mut self, client: ClientId, title: &str) -> Result<RawChange> {
        let (part, object, field) = (Part::Goals, Uuid::from_u128(77), "title".to_owned());
        let edit = Edit::SetField { part, object, field, value: title.into() };
        self.write(DocumentRef::care(client), &[edit])
    }

    /// What would be sent: these changes, each on its own, the cursors, and what is missing.
    pub fn request(&self, push: Vec<(DocumentRef, Vec<u8>)>) -> SyncRequest {
        let change = |(document, bytes): (DocumentRef, Vec<u8>)| Pushed {
            document,
            generation: 0,
            changes: packed::pack([bytes.as_slice()]),
        };
        SyncRequest {
            protocol: PROTOCOL,
            now: self.now,
            push: push.into_iter().map(change).collect(),
            cursors: self.cursors.values().copied().collect(),
            want: self.missing.clone(),
            read: self.read.clone(),
            reviewed: self.reviewed.clone(),
            access: self.access.clone(),
        }
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: &SyncRequest) -> Result<Answer> {
        self.post(body::pack(request)?).await
    }

    /// Sends any body in this tablet's name.
    pub async fn post(&self, body: Vec<u8>) -> Result<Answer> {
        self.device.post("/v1/sync", Some(&self.token), body).await
    }

    /// The headers of a request in this tablet's name, as they stand on the wire.
    pub fn headers(&self, method_and_path: (&str, &str), body: &[u8]) -> Result<String> {
        let proof = self.device.proof(method_and_path, self.device.clock.now(), body)?;
        let mut headers = format!("authorization: Bearer {}\r\n", self.token);
        for (name, value) in &proof {
            headers.push_str(&format!("{name}: {}\r\n", value.to_str()?));
        }
        Ok(headers)
    }

    /// Asks to be let in to a client.
    pub async fn break_glass(&self, client: &str, reason: &str) -> Result<Answer> {
        let (client, reason) = (client.to_owned(), reason.to_owned());
        let message = BreakGlassRequest { protocol: PROTOCOL, client, reason };
        self.device.post("/v1/break-glass", Some(&self.token), body::pack(&message)?).await
    }

    /// Sends one change of any kind and nothing else, and tells what became of it. Keeps nothing of
    /// the answer.
    pub async fn push(&self, document: DocumentRef, bytes: &[u8]) -> Result<Outcome> {
        let mut request = self.request(vec![(document, bytes.to_vec())]);
        request.cursors.clear();
        let answer: SyncResponse = self.send(&request).await?.message()?;
        ensure!(answer.outcomes.len() == 1, "{:?}", answer.outcomes);
        Ok(answer.outcomes[0].clone())
    }

    /// Sends the outbox and takes in what is new; then fetches what it lacks until nothing is
    /// missing. Returns the first answer. What was refused leaves the outbox too; the caller looks
    /// at the outcomes.
    pub async fn sync(&mut self) -> Result<SyncResponse> {
        let outbox = std::mem::take(&mut self.outbox);
        let push = outbox.into_iter().map(|(document, raw)| (document, raw.bytes)).collect();
        let answer: SyncResponse = self.send(&self.request(push)).await?.message()?;
        self.read.clear();
        self.reviewed.clear();
        self.access.clear();
        self.take(&answer)?;
        while !self.missing.is_empty() || self.cursors.values().any(|cursor| cursor.through == 0) {
            let next: SyncResponse = self.send(&self.request(Vec::new())).await?.message()?;
            ensure!(next.teams.iter().any(|news| news.list.is_some()) || gives(&next), "no end");
            self.take(&next)?;
        }
        Ok(answer)
    }

    fn take(&mut self, answer: &SyncResponse) -> Result<()> {
        let told: Vec<TeamId> = answer.teams.iter().map(|news| news.team).collect();
        self.cursors.retain(|team, _| told.contains(team));
        for news in &answer.teams {
            self.take_team(news);
        }
        for snapshot in &answer.documents {
            let reference = snapshot.document;
            let mut whole = Document::from_snapshot(reference, &snapshot.bytes)?;
            for own in self.document(reference).changes() {
                let change = Document::read_change(&own.bytes)?;
                // One that has another name since an erasure is there already.
                if !whole.holds(&own.hash) && whole.holds_all(change.deps()) {
                    whole.follow(change)?;
                }
            }
            self.documents.insert(reference.id(), whole);
        }
        let came = answer.documents.iter().map(|snapshot| snapshot.document);
        let settled: Vec<DocumentRef> = came.chain(answer.absent.iter().copied()).collect();
        self.missing.retain(|document| !settled.contains(document));
        for entry in answer.teams.iter().flat_map(|news| &news.changes) {
            // What is missing comes whole.
            if self.missing.contains(&entry.document) {
                continue;
            }
            if !self.take_changes(entry)? {
                self.missing.push(entry.document);
            }
        }
        let filled = self.missing.is_empty();
        for cursor in self.cursors.values_mut() {
            cursor.filled = filled && cursor.through > 0;
        }
        Ok(())
    }

    /// Takes a document's changes in; false when they build on something that isn't here.
    fn take_changes(&mut self, entry: &Changes) -> Result<bool> {
        let mut document = self.document(entry.document).clone();
        let before = document.clone();
        for change in packed::unpack(&entry.changes, |prefix| Ok::<_, Error>(before.find(prefix))) {
            let raw = match change? {
                Ok(raw) => raw,
                Err(NotPacked::MissingDependency(_)) => return Ok(false),
                Err(NotPacked::Unreadable(_)) => bail!("no change"),
            };
            let change = Document::read_change(&raw.bytes)?;
            if !document.holds_all(change.deps()) {
                return Ok(false);
            }
            document.apply_all(vec![change])?;
        }
        *self.document(entry.document) = document;
        Ok(true)
    }

    fn take_team(&mut self, news: &TeamNews) {
        self.since = Some(news.since);
        let mut through = news.through;
        if let Some(team) = &news.roster {
            let before = self.teams.insert(team.id, team.clone());
            let knew = before.map(|team| team.clients).unwrap_or_default();
            // Documents of a client who joins are in no change after the cursor.
            if news.list.is_none() && team.clients.iter().any(|client| !knew.contains(client)) {
                through = 0;
            }
        }
        let roster = self.teams.get(&news.team).map_or(0, Team::fingerprint);
        let (team, receipts) = (news.team, news.receipts_through);
        self.cursors.insert(team, Cursor { team, through, receipts, filled: false, roster });
        for listed in news.list.iter().flatten() {
            let (reference, id) = (listed.document, listed.document.id());
            let held = self.documents.get(&id).map(|document| document.heads().to_bytes());
            let is_here = held.is_some_and(|heads| short_digest(id, &heads) == listed.heads);
            if !is_here && !self.missing.contains(&reference) {
                self.missing.push(reference);
            }
        }
    }

    /// The digest of the documents of these clients, as the tablet computes it: without journals
    /// that are older than tablets keep them.
    pub fn digest(&self, clients: &[ClientId]) -> [u8; 32] {
        let heads: Vec<(DocumentId, Vec<u8>)> = self
            .documents
            .iter()
            .filter(|(_, document)| clients.contains(&document.reference().client))
            .filter(|(_, document)| {
                self.since.is_none_or(|since| document.reference().kind.is_since(since))
            })
            .map(|(id, document)| (*id, document.heads().to_bytes()))
            .collect();
        digest(heads.iter().map(|(id, heads)| (*id, heads.as_slice())))
    }
}

/// The cursor of a tablet that has read nothing of a team.
fn unread(team: &Team) -> Cursor {
    let (id, roster) = (team.id, team.fingerprint());
    Cursor { team: id, through: 0, receipts: 0, filled: false, roster }
}

/// Whether an answer settles anything of what was wanted.
fn gives(answer: &SyncResponse) -> bool {
    !answer.documents.is_empty() || !answer.absent.is_empty()
}

/// The journal of the month that the tests play in.
pub fn journal(client: ClientId) -> DocumentRef {
    DocumentRef::journal(client, oslo::month(Timestamp::from_millis(MORNING)))
}
