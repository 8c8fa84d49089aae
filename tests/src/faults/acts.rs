//! What a worker does on a headless tablet, each act under a number that its words carry, so that it
//! can be found again wherever it went.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context, bail};
use chrono::NaiveDate;
use kjent_core::command::{ConversationDraft, VisitDraft};
use kjent_core::fact::{Note, WhatMatters};
use kjent_core::ids::ClientId;
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_tablet::{Tablet, TabletError};

use crate::environment::TestClock;

/// How many clients have a conversation that is only ever a draft.
pub const SLOTS: usize = 3;

/// Something that a tablet can be told to do, one line each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Document a visit and sign it.
    Report(u32),
    /// Sign a conversation about what matters.
    Conversation(u32),
    /// Save the draft of a conversation, in one of `SLOTS` places.
    Draft(usize, u32),
    /// Sync.
    Sync,
    /// Say which drafts there are.
    Drafts,
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Act::Report(number) => write!(f, "report {number}"),
            Act::Conversation(number) => write!(f, "conversation {number}"),
            Act::Draft(slot, number) => write!(f, "draft {slot} {number}"),
            Act::Sync => f.write_str("sync"),
            Act::Drafts => f.write_str("drafts"),
        }
    }
}

impl FromStr for Act {
    type Err = anyhow::Error;

    fn from_str(line: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = line.split_whitespace().collect();
        Ok(match words[..] {
            ["report", number] => Act::Report(number.parse()?),
            ["conversation", number] => Act::Conversation(number.parse()?),
            ["draft", slot, number] => Act::Draft(slot.parse()?, number.parse()?),
            ["sync"] => Act::Sync,
            ["drafts"] => Act::Drafts,
            _ => bail!("no act: {line}"),
        })
    }
}

/// The words of an act: no other text in the demo team's documents looks like them.
pub fn words(number: u32) -> String {
    format!("sak {number} er kvittert")
}

/// The act that a text is from, when it is one's.
pub fn number(text: &str) -> Option<u32> {
    text.strip_prefix("sak ")?.strip_suffix(" er kvittert")?.parse().ok()
}

/// Documents a visit and signs it. Each number has a day of the fortnight to come, so that there are
/// always visits left that the worker hasn't signed.
pub fn report(
    tablet: &mut Tablet,
    clock: &TestClock,
    today: NaiveDate,
    number: u32,
) -> anyhow::Result<()> {
    let day = today + chrono::Days::new(u64::from(number % 14));
    let time = chrono::NaiveTime::from_hms_opt(8, number % 60, 0).context("no such time")?;
    clock.set(oslo::moment(day.and_time(time)));
    let visits = tablet.read_today()?.visits;
    let from = number as usize / 14;
    for card in visits.iter().cycle().skip(from).take(visits.len()) {
        match sign(tablet, card.visit, &words(number)) {
            Err(TabletError::VisitAlreadyFinished) => {}
            outcome => return Ok(outcome?),
        }
    }
    bail!("the worker has signed every visit of {day}")
}

/// Signs a visit with a note and nothing else.
pub fn sign(
    tablet: &mut Tablet,
    visit: kjent_core::ids::VisitId,
    words: &str,
) -> Result<(), TabletError> {
    tablet.start_visit(visit)?;
    let note = Note { observation: words.to_owned(), ..Note::default() };
    let draft = VisitDraft { note, ..tablet.read_visit(visit)?.draft };
    tablet.finish_visit(visit, &draft)?;
    Ok(())
}

/// Signs a conversation with one of the clients who have no draft.
pub fn conversation(tablet: &mut Tablet, number: u32) -> anyhow::Result<()> {
    let clients = clients(tablet)?;
    let free = clients.get(SLOTS..).unwrap_or_default();
    let client = free.get(number as usize % free.len().max(1)).context("no client is left")?;
    tablet.finish_conversation(*client, &said(number))?;
    Ok(())
}

/// Saves a draft.
pub fn draft(tablet: &mut Tablet, slot: usize, number: u32) -> anyhow::Result<()> {
    let client = *clients(tablet)?.get(slot).context("no such client")?;
    tablet.save_conversation_draft(client, &said(number))?;
    Ok(())
}

/// The number of the draft in each place.
pub fn drafts(tablet: &Tablet) -> anyhow::Result<Vec<Option<u32>>> {
    clients(tablet)?
        .iter()
        .take(SLOTS)
        .map(|client| {
            let draft = tablet.read_conversation_draft(*client)?;
            Ok(number(&draft.conversation.words))
        })
        .collect()
}

fn said(number: u32) -> ConversationDraft {
    let conversation = WhatMatters { words: words(number), ..WhatMatters::default() };
    ConversationDraft { conversation, ..ConversationDraft::default() }
}

/// The clients on the day's list, in an order that doesn't change.
fn clients(tablet: &Tablet) -> anyhow::Result<Vec<ClientId>> {
    let mut clients: Vec<ClientId> =
        tablet.read_today()?.visits.iter().map(|card| card.client).collect();
    clients.sort_unstable();
    clients.dedup();
    Ok(clients)
}

/// A clock at 07:30 on a day.
pub fn morning(day: NaiveDate) -> anyhow::Result<Timestamp> {
    let time = chrono::NaiveTime::from_hms_opt(7, 30, 0).context("no such time")?;
    Ok(oslo::moment(day.and_time(time)))
}
