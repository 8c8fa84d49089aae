//! Any interleaving of edits and merges on three replicas converges and loses no fact.

use automerge::legacy::OpType;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::fact::{FactBody, Note};
use crate::ids::{ClientId, TabletId, WorkerId};
use crate::plan::Part;

/// What can happen to three replicas.
#[derive(Clone, Debug)]
enum Step {
    /// A replica writes a note.
    Note { replica: usize, text: u8 },
    /// A replica writes a field of one of three goals.
    Goal { replica: usize, goal: u8, title: u8 },
    /// One replica hands another everything, in an order of its own.
    Merge { from: usize, to: usize, reversed: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let replica = 0..3_usize;
    prop_oneof![
        3 => (replica.clone(), any::<u8>()).prop_map(|(replica, text)| Step::Note { replica, text }),
        3 => (replica.clone(), 0..3_u8, any::<u8>())
            .prop_map(|(replica, goal, title)| Step::Goal { replica, goal, title }),
        2 => (replica.clone(), replica, any::<bool>())
            .prop_map(|(from, to, reversed)| Step::Merge { from, to, reversed }),
    ]
}

fn client() -> ClientId {
    ClientId(Uuid::from_u128(1))
}

fn actor(replica: usize) -> Actor {
    Actor {
        worker: WorkerId(Uuid::from_u128(10 + replica as u128)),
        tablet: TabletId(Uuid::from_u128(20 + replica as u128)),
    }
}

fn merge(from: &Document, to: &mut Document, reversed: bool) -> Result<(), DocumentError> {
    let mut changes = from.changes();
    if reversed {
        changes.reverse();
    }
    let changes =
        changes.iter().map(|raw| Document::read_change(&raw.bytes)).collect::<Result<Vec<_>, _>>();
    to.apply_all(changes?)
}

/// Everything that a person can see of a document.
fn seen(document: &Document) -> Vec<String> {
    let goals = document.objects(Part::Goals);
    let facts = document.facts();
    facts
        .iter()
        .map(|id| format!("{id} {:?}", document.fact(*id)))
        .chain(goals.iter().map(|id| format!("{id} {:?}", document.fields(Part::Goals, *id))))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn replicas_converge_and_no_fact_is_lost(steps in prop::collection::vec(step(), 1..40)) {
        let mut replicas: Vec<Document> =
            (0..3).map(|_| Document::new(DocumentRef::care(client()))).collect();
        let mut written = Vec::new();
        for (number, step) in steps.iter().enumerate() {
            let at = Timestamp::from_millis(1_000_000 + number as i64 * 1000);
            match *step {
                Step::Note { replica, text } => {
                    let id = FactId::mint(at, [text; 10]);
                    let note = Note { observation: format!("note {text}"), ..Note::default() };
                    let author = actor(replica).worker;
                    let fact = Fact::new(client(), author, at, at, &FactBody::Note(note));
                    let bytes = fact.and_then(|fact| fact.seal()).unwrap_or_default();
                    replicas[replica].write(actor(replica), at, &[Edit::AddFact { id, bytes: bytes.clone() }])?;
                    written.push((id, bytes));
                }
                Step::Goal { replica, goal, title } => {
                    let edit = Edit::SetField {
                        part: Part::Goals,
                        object: Uuid::from_u128(100 + u128::from(goal)),
                        field: "title".into(),
                        value: format!("title {title}").into(),
                    };
                    replicas[replica].write(actor(replica), at, &[edit])?;
                }
                Step::Merge { from, to, reversed } => {
                    let source = replicas[from].clone();
                    merge(&source, &mut replicas[to], reversed)?;
                }
            }
        }
        for _ in 0..2 {
            for (from, to) in [(0, 1), (1, 2), (2, 0)] {
                let source = replicas[from].clone();
                merge(&source, &mut replicas[to], false)?;
            }
        }
        for replica in &replicas {
            prop_assert_eq!(replica.heads(), replicas[0].heads());
            prop_assert_eq!(seen(replica), seen(&replicas[0]));
            for (id, bytes) in &written {
                prop_assert_eq!(replica.fact(*id), Some(bytes.clone()));
            }
        }
    }
}

fn title(text: &str) -> Edit {
    let object = Uuid::from_u128(100);
    Edit::SetField { part: Part::Goals, object, field: "title".into(), value: text.into() }
}

/// A goal with two titles that were written at once, on both of the tablets.
fn two_titles() -> Result<(Document, Document), DocumentError> {
    let at = Timestamp::from_millis(5000);
    let mut first = Document::new(DocumentRef::care(client()));
    first.write(actor(0), at, &[title("Gå til postkassen")])?;
    let mut second = first.clone();
    first.write(actor(0), at, &[title("Gå til butikken")])?;
    second.write(actor(1), at.plus_minutes(1), &[title("Gå til parken")])?;
    merge(&second.clone(), &mut first, false)?;
    merge(&first.clone(), &mut second, false)?;
    Ok((first, second))
}

#[test]
fn two_titles_written_at_once_are_both_there_until_somebody_chooses() -> Result<(), DocumentError> {
    let goal = Uuid::from_u128(100);
    let at = Timestamp::from_millis(5000);
    let (mut first, second) = two_titles()?;
    let both = |document: &Document| {
        let fields = document.fields(Part::Goals, goal).unwrap_or_default();
        let values = fields.conflicts.get("title").cloned().unwrap_or_default();
        values.iter().map(|one| (one.value.to_string(), one.actor, one.at)).collect::<Vec<_>>()
    };
    assert_eq!(both(&first), both(&second));
    let mut values = both(&first);
    values.sort_by_key(|(_, _, at)| *at);
    assert_eq!(
        values,
        [
            ("\"Gå til butikken\"".to_owned(), actor(0), at),
            ("\"Gå til parken\"".to_owned(), actor(1), at.plus_minutes(1)),
        ]
    );

    first.write(actor(0), at, &[title("Gå til parken")])?;
    assert_eq!(both(&first), []);
    Ok(())
}

#[test]
fn choosing_the_title_that_stands_can_be_written_anew() -> Result<(), DocumentError> {
    let at = Timestamp::from_millis(5000);
    let mut deletions = 0;
    for text in ["Gå til butikken", "Gå til parken"] {
        let (mut document, _) = two_titles()?;
        let mut other = document.clone();
        let chosen = document.write(actor(0), at, &[title(text)])?;
        let chosen = Document::read_change(&chosen.ok_or(DocumentError::NotAChange)?.bytes)?;
        // Of the title that stands, Automerge writes only that the other goes.
        let operations = chosen.decode().operations;
        deletions += operations.iter().filter(|op| op.action == OpType::Delete).count();

        let edits = document.edits_of(&chosen).ok_or(DocumentError::NotAChange)?;
        assert_eq!(edits, [title(text)]);
        other.write(actor(1), at, &edits)?;
        let fields = other.fields(Part::Goals, Uuid::from_u128(100)).unwrap_or_default();
        assert_eq!(fields.values.get("title"), Some(&text.into()));
        assert!(fields.conflicts.is_empty());
    }
    assert_eq!(deletions, 1);
    Ok(())
}
