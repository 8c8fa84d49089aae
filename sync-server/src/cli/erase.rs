//! `kjent-server erase`: takes a fact or a field's past value out of a record, by decision; and
//! `kjent-server sweep`, which ends what another process was in the way of.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use automerge::ChangeHash;
use clap::Args;
use kjent_core::document::{FieldWriting, Ground, WritingState};
use kjent_core::ids::FactId;
use kjent_core::oslo;
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::erase::{Decision, EraseByDecisionError, FieldName, Target, erase};
use kjent_server::store::{Store, Swept};

use super::office::Office;
use super::{Database, say};

/// What is left to do when the file could not be written anew.
const NOT_SWEPT: &str = "what was erased is out of every table, but may still lie in unused parts of \
     the database's files; run `kjent-server sweep`";

/// How long others may keep hold of the database.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Args)]
pub(super) struct Erase {
    #[command(flatten)]
    office: Office,
    /// The fact to erase.
    #[arg(long, value_name = "ID", conflicts_with = "field", required_unless_present = "field")]
    fact: Option<FactId>,
    /// The field whose past value is to be erased: goals/ID/title; for the profile, client/ID OF
    /// THE CLIENT/phone.
    #[arg(long, value_name = "PART/ID/FIELD")]
    field: Option<FieldName>,
    /// Which of the field's past values, when there are several: the change that wrote it.
    #[arg(long, value_name = "HASH", requires = "field")]
    written_by: Option<ChangeHash>,
    /// The legal ground, such as "hpl. § 43". It stands in the record in place of what was erased.
    #[arg(long, value_name = "GROUND")]
    ground: Ground,
    /// The employee number of who decided.
    #[arg(long, value_name = "NUMBER")]
    decided_by: String,
}

impl Erase {
    pub(super) fn run(self) -> Result<()> {
        let target = match (self.fact, self.field) {
            (Some(fact), _) => Target::Fact(fact),
            (None, Some(field)) => Target::Field { field, written_by: self.written_by },
            (None, None) => bail!("say what is to be erased: --fact or --field"),
        };
        let decision = Decision { target, ground: self.ground, decided_by: self.decided_by };
        let (mut store, _) = self.office.open("erase")?;
        let erasure = match erase(&mut store, &decision, SystemClock.now()) {
            Err(EraseByDecisionError::WhichOne(all)) => {
                list(&mut store, &all)?;
                bail!("the field has held several values; say which with --written-by");
            }
            done => done?,
        };
        say(format_args!(
            "erased: document {} is in generation {}; {} changes were written anew, {} refused \
             ones wiped",
            erasure.document, erasure.generation, erasure.rewritten, erasure.wiped
        ))?;
        for fact in &erasure.corrections {
            say(format_args!("fact {fact} corrects what was erased; it stands, and may quote it"))?;
        }
        sweep(&mut store)
    }
}

#[derive(Args)]
pub(super) struct Sweep {
    #[command(flatten)]
    database: Database,
}

impl Sweep {
    pub(super) fn run(self) -> Result<()> {
        sweep(&mut self.database.open_existing()?)
    }
}

fn sweep(store: &mut Store) -> Result<()> {
    match store.sweep(SystemClock.now(), PATIENCE).context(NOT_SWEPT)? {
        Swept::Whole => say("the database's file was written anew, and holds nothing of it"),
        Swept::Busy => bail!("{NOT_SWEPT}: another process kept hold of the database"),
    }
}

/// Lists a field's values without what they were.
fn list(store: &mut Store, all: &[FieldWriting]) -> Result<()> {
    for one in all {
        let number = match one.by {
            Some(actor) => store.read(|records| records.number_of(actor.worker))?,
            None => None,
        };
        let state = match one.state {
            WritingState::Stands => "stands",
            WritingState::Past => "past",
            WritingState::Erased => "erased",
        };
        let at = oslo::local(one.at).format("%Y-%m-%d %H:%M:%S");
        let by = number.as_deref().unwrap_or("unknown");
        say(format_args!("{}\t{at}\t{by}\t{state}", one.change))?;
    }
    Ok(())
}
