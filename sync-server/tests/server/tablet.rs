//! A tablet as small as can be: documents in memory, an outbox, cursors.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use kjent_core::document::{Actor, Document, DocumentRef, Edit, Fact, RawChange, digest};
use kjent_core::fact::{FactBody, Note};
use kjent_core::ids::{ClientId, DocumentId, FactId, TeamId};
use kjent_core::oslo;
use kjent_core::plan::{ExpressedBy, Goal, GoalStatus, Part};
use kjent_core::protocol::{
    Cursor, DocumentChanges, EnrolRequest, EnrolResponse, Outcome, PROTOCOL, SyncRequest,
    SyncResponse, body,
};
use kjent_core::time::Timestamp;
use serde_bytes::ByteBuf;
use uuid::Uuid;

use crate::world::{Answer, MORNING};

pub struct Tablet {
    pub token: String,
    pub actor: Actor,
    pub documents: BTreeMap<DocumentId, Document>,
    pub outbox: Vec<(DocumentRef, RawChange)>,
    pub cursors: BTreeMap<TeamId, u64>,
    http: reqwest::Client,
    pub server: String,
    made: u8,
}

impl Tablet {
    pub async fn enrol(http: &reqwest::Client, server: &str, code: &str) -> Result<Self> {
        let request = EnrolRequest { protocol: PROTOCOL, code: code.into() };
        let sent = http.post(format!("{server}/v1/enrol")).body(body::pack(&request)?);
        let answer: EnrolResponse = Answer::of(sent.send().await?).await?.message()?;
        Ok(Self {
            token: answer.token,
            actor: Actor { worker: answer.worker, tablet: answer.tablet },
            documents: BTreeMap::new(),
            outbox: Vec::new(),
            cursors: answer.teams.iter().map(|team| (team.id, 0)).collect(),
            http: http.clone(),
            server: server.into(),
            made: 0,
        })
    }

    pub fn document(&mut self, reference: DocumentRef) -> &mut Document {
        self.documents.entry(reference.id()).or_insert_with(|| Document::new(reference))
    }

    /// Writes edits, and puts the change into the outbox.
    pub fn write(&mut self, reference: DocumentRef, edits: &[Edit]) -> Result<RawChange> {
        let actor = self.actor;
        let at = Timestamp::from_millis(MORNING);
        let change = self.document(reference).write(actor, at, edits)?.context("no change")?;
        self.outbox.push((reference, change.clone()));
        Ok(change)
    }

    /// Writes a note about a client, and puts it into the outbox.
    pub fn note(&mut self, client: ClientId, text: &str) -> Result<RawChange> {
        let edit = self.note_by(self.actor, client, text)?;
        self.write(journal(client), &[edit])
    }

    /// A note with an author of its own.
    pub fn note_by(&mut self, author: Actor, client: ClientId, text: &str) -> Result<Edit> {
        self.made += 1;
        let at = Timestamp::from_millis(MORNING);
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
        };
        let edits = Edit::make(Part::Goals, Uuid::from_u128(77), &goal)?;
        self.write(DocumentRef::care(client), &edits)
    }

    /// What would be sent: these changes and the cursors.
    pub fn request(&self, push: Vec<(DocumentRef, Vec<u8>)>) -> SyncRequest {
        let change =
            |(document, bytes)| DocumentChanges { document, changes: vec![ByteBuf::from(bytes)] };
        SyncRequest {
            protocol: PROTOCOL,
            now: Timestamp::from_millis(MORNING),
            push: push.into_iter().map(change).collect(),
            cursors: self
                .cursors
                .iter()
                .map(|(team, through)| Cursor { team: *team, through: *through })
                .collect(),
        }
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: &SyncRequest) -> Result<Answer> {
        let request = self
            .http
            .post(format!("{}/v1/sync", self.server))
            .header("authorization", format!("Bearer {}", self.token))
            .body(body::pack(request)?);
        Answer::of(request.send().await?).await
    }

    /// Sends one change of any kind, and tells what became of it. Keeps nothing of the answer.
    pub async fn push(&self, document: DocumentRef, bytes: &[u8]) -> Result<Outcome> {
        let request = self.request(vec![(document, bytes.to_vec())]);
        let answer: SyncResponse = self.send(&request).await?.message()?;
        ensure!(answer.outcomes.len() == 1, "{:?}", answer.outcomes);
        Ok(answer.outcomes[0].outcome.clone())
    }

    /// One whole exchange: sends the outbox, applies what is new. What was refused leaves the
    /// outbox too; the caller looks at the outcomes.
    pub async fn sync(&mut self) -> Result<SyncResponse> {
        let outbox = std::mem::take(&mut self.outbox);
        let push = outbox.into_iter().map(|(document, raw)| (document, raw.bytes)).collect();
        let answer: SyncResponse = self.send(&self.request(push)).await?.message()?;
        for news in &answer.teams {
            for change in &news.changes {
                let document = self.document(change.document);
                document.apply_all(vec![Document::read_change(&change.bytes)?])?;
            }
            self.cursors.insert(news.team.id, news.through);
        }
        Ok(answer)
    }

    /// The digest of the documents of these clients, as the tablet computes it.
    pub fn digest(&self, clients: &[ClientId]) -> [u8; 32] {
        let heads: Vec<(DocumentId, Vec<u8>)> = self
            .documents
            .iter()
            .filter(|(_, document)| clients.contains(&document.reference().client))
            .map(|(id, document)| (*id, document.heads().to_bytes()))
            .collect();
        digest(heads.iter().map(|(id, heads)| (*id, heads.as_slice())))
    }
}

/// The journal of the month that the tests play in.
pub fn journal(client: ClientId) -> DocumentRef {
    DocumentRef::journal(client, oslo::month(Timestamp::from_millis(MORNING)))
}
