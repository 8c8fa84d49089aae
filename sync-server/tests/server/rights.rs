//! Who may do what, asked of the real server: every role, every act and every address, towards a
//! client of the own team's, of another team's, one who bars, and after and before a membership.

mod addresses;
mod bars;
mod break_glass;
mod entries;
mod people;
mod responsible;

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use kjent_core::cbor;
use kjent_core::document::{DocumentRef, Edit, Fact};
use kjent_core::fact::{FactBody, FactKind, IncidentStep, Restriction};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::plan::Part;
use kjent_core::policy::{APPOINTMENTS, Deed, Refusal, Right, may};
use kjent_core::protocol::Outcome;
use kjent_core::team::Role;
use kjent_core::time::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::tablet::Tablet;
use crate::world::{MORNING, World, client, worker};
use people::{BARRED, ENDED, NOT_BEGUN, OWN, ROLES, colleague, world};

/// A fact of every kind, as the bytes that are pinned for ever.
fn pinned() -> Result<BTreeMap<FactKind, Fact>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/src/protocol/pinned");
    let mut facts = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let text = std::fs::read_to_string(entry?.path())?;
        let hex: Vec<u8> = text.trim().bytes().collect();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair)?, 16).context("hex");
        let bytes: Vec<u8> = hex.chunks(2).map(byte).collect::<Result<_>>()?;
        // Some are messages.
        if let Ok(fact) = cbor::read::<Fact>(&bytes) {
            facts.insert(fact.kind.clone(), fact);
        }
    }
    for kind in FactKind::ALL {
        facts.get(kind).with_context(|| format!("no {kind} is pinned"))?;
    }
    Ok(facts)
}

/// What is tried, and on whom.
struct Attempt<'a> {
    facts: &'a BTreeMap<FactKind, Fact>,
    client: ClientId,
    /// A colleague's note and measurement in the client's journal.
    theirs: Option<[FactId; 2]>,
}

impl Attempt<'_> {
    /// The document and the edits that take a right and no other; none for a right to read.
    fn edits(&self, tablet: &Tablet, right: &Right, number: u8) -> Result<Option<Attempted>> {
        let note = FactKind::Note;
        let edits = match right {
            Right::EditPart(part) => return Ok(Some(self.edit(tablet, *part, number))),
            // One who is none of those who try: the others go on.
            Right::WriteFact(FactKind::Restriction) => {
                let bar = Restriction { worker: Some(worker(1)), ..Restriction::default() };
                let kind = FactKind::Restriction;
                vec![self.fact(tablet, &kind, number, None, Some(bar.into()))?]
            }
            // They stand in an entry's own document, which begins with the entry and who reads it.
            Right::WriteFact(FactKind::EntryReaders | FactKind::EntryRestrictionEnded)
            | Right::Do(Deed::RestrictOwn) => {
                let entry = self.fact(tablet, &note, number, None, None)?;
                let readers = FactKind::EntryReaders;
                let readers = self.fact(tablet, &readers, number + 100, None, None)?;
                let own = DocumentRef::restricted(self.client, id_of(&entry)?);
                return Ok(Some((own, vec![readers, entry])));
            }
            // What takes two documents is asked in `entries`.
            Right::WriteFact(FactKind::EntryRestricted) => return Ok(None),
            Right::WriteFact(kind) => vec![self.fact(tablet, kind, number, None, None)?],
            Right::StepIncident(step) => {
                let incident = FactId(Uuid::from_u128(1));
                let step = IncidentStep { incident, step: step.clone(), words: "x".into() };
                let kind = FactKind::IncidentStep;
                vec![self.fact(tablet, &kind, number, None, Some(step.into()))?]
            }
            Right::Do(Deed::Appoint) => {
                return Ok(Some(self.field(tablet, Part::Client, Uuid::nil(), APPOINTMENTS[3])));
            }
            Right::Do(Deed::CorrectOwn) => {
                let first = self.fact(tablet, &note, number, None, None)?;
                let own = id_of(&first)?;
                let second = self.fact(tablet, &note, number + 100, Some(own), None)?;
                vec![first, second]
            }
            Right::Do(Deed::CorrectOthers) => {
                let theirs = self.theirs.map(|[note, _]| note);
                vec![self.fact(tablet, &note, number, theirs, None)?]
            }
            Right::Do(Deed::CorrectMeasurement) => {
                let theirs = self.theirs.map(|[_, measured]| measured);
                vec![self.fact(tablet, &FactKind::Observations, number, theirs, None)?]
            }
            Right::ReadPart(_) | Right::ReadFact(_) | Right::Do(_) => return Ok(None),
        };
        let sealed = edits.first().context("no edit")?;
        let Edit::AddFact { bytes, .. } = sealed else { anyhow::bail!("no fact") };
        Ok(Some((Fact::open(bytes)?.document(), edits)))
    }

    fn edit(&self, tablet: &Tablet, part: Part, number: u8) -> Attempted {
        let object = match part {
            Part::Client => Uuid::nil(),
            _ => Uuid::from_u128(5000 + u128::from(number)),
        };
        let field = match part {
            Part::Client => "about_me",
            Part::Contacts => "name",
            Part::CriticalInfo => "label",
            Part::Decisions => "service",
            Part::Goals | Part::Interventions => "title",
            Part::Visits => "starts",
        };
        self.field(tablet, part, object, field)
    }

    fn field(&self, tablet: &Tablet, part: Part, object: Uuid, field: &str) -> Attempted {
        let document = match part {
            Part::Visits => crate::tablet::journal(self.client),
            _ => DocumentRef::care(self.client),
        };
        // Nobody writes what stands already.
        let value = json!(tablet.actor.worker.to_string());
        let edit = Edit::SetField { part, object, field: field.into(), value };
        (document, vec![edit])
    }

    fn fact(
        &self,
        tablet: &Tablet,
        kind: &FactKind,
        number: u8,
        amends: Option<FactId>,
        body: Option<FactBody>,
    ) -> Result<Edit> {
        let mut fact = self.facts.get(kind).context("no such fact")?.clone();
        let at = Timestamp::from_millis(MORNING);
        (fact.client, fact.author) = (self.client, tablet.actor.worker);
        (fact.written, fact.happened, fact.amends) = (at, at, amends);
        if let Some(body) = body {
            fact.body = body.to_bytes()?;
        }
        let mut random = [number; 10];
        random[..8].copy_from_slice(&tablet.actor.tablet.bytes()[8..]);
        Ok(Edit::AddFact { id: FactId::mint(at, random), bytes: fact.seal()? })
    }
}

/// A document and what is written in it.
type Attempted = (DocumentRef, Vec<Edit>);

fn id_of(edit: &Edit) -> Result<FactId> {
    match edit {
        Edit::AddFact { id, .. } => Ok(*id),
        Edit::SetField { .. } => anyhow::bail!("no fact"),
    }
}

/// Writes, pushes, and keeps what was accepted.
async fn push(tablet: &mut Tablet, document: DocumentRef, edits: &[Edit]) -> Result<Outcome> {
    let mut aside = tablet.clone();
    let change = aside.write(document, edits)?;
    aside.outbox.clear();
    let outcome = aside.push(document, &change.bytes).await?;
    if outcome.is_accepted() {
        *tablet = aside;
    }
    Ok(outcome)
}

/// What the server says to one who lacks a right, or `None` when she has it. A plan of one field
/// can't be read, which is told only to those who may write it.
fn lacks(outcome: &Outcome) -> Option<Refusal> {
    match outcome {
        Outcome::Refused(Refusal::PlanUnreadable) => None,
        Outcome::Refused(refusal) => Some(refusal.clone()),
        _ => None,
    }
}

/// Every act of every role towards a client; `expected` says what the server is to answer.
async fn try_all(
    world: &World,
    workers: [u128; 5],
    client: ClientId,
    theirs: Option<[FactId; 2]>,
    expected: impl Fn(&Right, &Role) -> Option<Refusal>,
) -> Result<usize> {
    let facts = pinned()?;
    let attempt = Attempt { facts: &facts, client, theirs };
    let mut tried = 0;
    for (number, role) in workers.into_iter().zip(&ROLES) {
        let mut tablet = world.enrol(number).await?;
        tablet.sync().await?;
        for (place, right) in (1..).zip(Right::all()) {
            let Some((document, edits)) = attempt.edits(&tablet, &right, place)? else { continue };
            let outcome = push(&mut tablet, document, &edits).await?;
            let is = lacks(&outcome).map(|refusal| refusal.code());
            let was = expected(&right, role).map(|refusal| refusal.code());
            assert_eq!(is, was, "{} as {role}: {outcome:?}", right.name());
            tried += 1;
        }
    }
    Ok(tried)
}

/// By what somebody without the right is refused.
fn refusal(right: &Right) -> Refusal {
    match right {
        Right::EditPart(part) => Refusal::RoleMayNot { part: *part },
        Right::Do(Deed::Appoint) => Refusal::RoleMayNot { part: Part::Client },
        Right::Do(Deed::CorrectOthers) => Refusal::NotYourEntry,
        _ => Refusal::RoleMayNotWrite { kind: FactKind::Note },
    }
}

#[tokio::test]
async fn the_server_lets_each_role_do_in_its_own_team_what_the_table_says() -> Result<()> {
    let world = world().await?;
    let theirs = colleague(&world, client(OWN)).await?;
    let tried = try_all(&world, people::workers(), client(OWN), Some(theirs), |right, role| {
        if may(right, role, false) {
            return None;
        }
        // Whoever may write neither notes nor measurements is refused for that.
        let writes = |kind: FactKind| may(&Right::WriteFact(kind), role, false);
        let is_mute = *right == Right::Do(Deed::CorrectOthers) && !writes(FactKind::Note);
        Some(if is_mute { refusal(&Right::WriteFact(FactKind::Note)) } else { refusal(right) })
    })
    .await?;
    assert!(tried > 200, "{tried}");
    Ok(())
}

#[tokio::test]
async fn towards_another_teams_client_nobody_may_anything() -> Result<()> {
    let world = world().await?;
    let none = |_: &Right, _: &Role| Some(Refusal::NotYourTeam);
    try_all(&world, people::workers(), client(9), None, none).await?;
    Ok(())
}

#[tokio::test]
async fn towards_a_client_who_bars_them_nobody_may_anything() -> Result<()> {
    let world = world().await?;
    bars::bar_all(&world, client(BARRED)).await?;
    let none = |_: &Right, _: &Role| Some(Refusal::NotYourTeam);
    try_all(&world, people::workers(), client(BARRED), None, none).await?;
    Ok(())
}

#[tokio::test]
async fn before_and_after_a_membership_nobody_may_anything() -> Result<()> {
    let world = world().await?;
    let none = |_: &Right, _: &Role| Some(Refusal::NotYourTeam);
    for first in [ENDED, NOT_BEGUN] {
        try_all(&world, people::from(first), client(OWN), None, none).await?;
    }
    Ok(())
}
