//! Threads: what is to be followed up, from the fact that raises it to the new note that closes it.
//!
//! A follow-up that a note or an incident asks for opens one, and so does the day on which a
//! what-matters conversation is to be followed up. Nothing but a note with words closes it; of a conversation, also a newer one. A
//! correction stands in the place of what it corrects, and what was written about the wrong person
//! opens and closes nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::fact::{Concern, FactBody, FollowUp, FollowUpFrom, Note, WhatMatters};
use crate::ids::{ClientId, FactId, WorkerId};
use crate::time::Timestamp;

/// A fact as far as threads go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The fact.
    pub id: FactId,
    /// About whom.
    pub client: ClientId,
    /// By whom.
    pub author: WorkerId,
    /// When it was written.
    pub written: Timestamp,
    /// When it happened.
    pub happened: Timestamp,
    /// What it corrects.
    pub amends: Option<FactId>,
    /// What it says.
    pub body: FactBody,
}

/// What raised a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raised {
    /// A note's follow-up, or an incident's.
    Asked,
    /// A worry about a risk.
    Concern(Concern),
    /// A conversation that is to be taken up again.
    Conversation,
}

/// A note that answers a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The note.
    pub fact: FactId,
    /// By whom.
    pub by: WorkerId,
    /// When.
    pub at: Timestamp,
    /// Its first words.
    pub text: String,
}

/// Where a thread stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its day has not come: only a conversation's.
    ToCome,
    /// It waits for an answer.
    Open,
    /// Its last day is over.
    Overdue,
    /// Closed by this.
    Closed(Answer),
}

/// Something that is to be followed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The fact that raised it, as it was first written.
    pub id: FactId,
    /// About whom.
    pub client: ClientId,
    /// Who raised it.
    pub by: WorkerId,
    /// When.
    pub at: Timestamp,
    /// What raised it.
    pub raised: Raised,
    /// The last day for it.
    pub due: NaiveDate,
    /// From whom an answer is awaited.
    pub from: FollowUpFrom,
    /// Who, when a worker is named.
    pub worker: Option<WorkerId>,
    /// What is to be followed up; empty for a conversation.
    pub what: String,
    /// Answers that left it open, the oldest first.
    pub answers: Vec<Answer>,
    /// Where it stands.
    pub standing: Standing,
}

/// All threads of these facts on a day, the one that is due first at the front.
pub fn threads(facts: &[Told], today: NaiveDate) -> Vec<Thread> {
    let entries = entries(facts);
    let mut threads: Vec<Thread> = entries.iter().filter_map(|one| raised(one)).collect();
    for thread in &mut threads {
        let mut closed: Option<Answer> = None;
        for entry in entries.iter().filter(|one| one.first.client == thread.client) {
            let (answers, closes) = touches(entry, thread);
            let Some(answer) = (answers || closes).then(|| answer(entry)).flatten() else {
                continue;
            };
            let key = |it: &Answer| (it.at, it.fact);
            if closes && closed.as_ref().is_none_or(|known| key(&answer) < key(known)) {
                closed = Some(answer);
            } else if answers {
                thread.answers.push(answer);
            }
        }
        thread.answers.sort_by_key(|it| (it.at, it.fact));
        thread.standing = match closed {
            Some(answer) => Standing::Closed(answer),
            None if today > thread.due => Standing::Overdue,
            None if thread.raised == Raised::Conversation && today < thread.due => Standing::ToCome,
            None => Standing::Open,
        };
    }
    threads.sort_by_key(|thread| (thread.due, thread.id));
    threads
}

/// Whether a fact opens, answers or closes a thread.
pub fn is_linked(body: &FactBody) -> bool {
    match body {
        FactBody::Note(note) => is_linked_note(note),
        FactBody::VisitReport(report) => is_linked_note(&report.note),
        FactBody::Incident(incident) => incident.asked().is_some(),
        FactBody::WhatMatters(_) => true,
        _ => false,
    }
}

fn is_linked_note(note: &Note) -> bool {
    note.follow_up.is_some() || !note.answers.is_empty() || !note.closes.is_empty()
}

/// An entry with its corrections.
struct Entry<'a> {
    /// As it was first written.
    first: &'a Told,
    id: FactId,
    /// As it stands.
    last: &'a Told,
}

/// What stands: corrections in the place of what they correct, and without what is about the wrong
/// person. Only its author corrects an entry.
fn entries(facts: &[Told]) -> Vec<Entry<'_>> {
    let by_id: BTreeMap<FactId, &Told> = facts.iter().map(|fact| (fact.id, fact)).collect();
    let root = |fact: &Told| {
        let (mut id, mut amends) = (fact.id, fact.amends);
        // No chain is longer than there are facts; one that bites its tail ends all the same.
        for _ in 0..facts.len() {
            match amends.map(|it| (it, by_id.get(&it))) {
                Some((it, Some(next))) if next.author == fact.author => {
                    (id, amends) = (it, next.amends);
                }
                Some((it, None)) => return it,
                _ => break,
            }
        }
        id
    };
    let mut groups: BTreeMap<FactId, Vec<&Told>> = BTreeMap::new();
    for fact in facts {
        groups.entry(root(fact)).or_default().push(fact);
    }
    let mut entries = Vec::new();
    for (id, mut group) in groups {
        group.sort_by_key(|fact| (fact.written, fact.id));
        let is_void = group.iter().any(|fact| matches!(fact.body, FactBody::WrongPerson(_)));
        if let Some(last) = group.last().copied().filter(|_| !is_void) {
            entries.push(Entry { first: by_id.get(&id).copied().unwrap_or(last), id, last });
        }
    }
    entries
}

fn note(fact: &Told) -> Option<&Note> {
    match &fact.body {
        FactBody::Note(note) => Some(note),
        FactBody::VisitReport(report) => Some(&report.note),
        _ => None,
    }
}

fn conversation(fact: &Told) -> Option<&WhatMatters> {
    match &fact.body {
        FactBody::WhatMatters(conversation) => Some(conversation),
        _ => None,
    }
}

/// The thread that an entry raises.
fn raised(entry: &Entry<'_>) -> Option<Thread> {
    let (raised, asked) = match &entry.last.body {
        FactBody::WhatMatters(conversation) => {
            let asked = FollowUp {
                by: conversation.follow_up_on?,
                from: FollowUpFrom::PrimaryContact,
                worker: None,
                what: String::new(),
            };
            (Raised::Conversation, asked)
        }
        FactBody::Incident(incident) => (Raised::Asked, incident.asked()?),
        _ => {
            let note = note(entry.last)?;
            let raised = note.concern.clone().map_or(Raised::Asked, Raised::Concern);
            (raised, note.follow_up.clone()?)
        }
    };
    Some(Thread {
        id: entry.id,
        client: entry.first.client,
        by: entry.first.author,
        at: entry.first.written,
        raised,
        due: asked.by,
        from: asked.from,
        worker: asked.worker,
        what: asked.what,
        answers: Vec::new(),
        standing: Standing::Open,
    })
}

/// Whether an entry answers a thread, and whether it closes it.
fn touches(entry: &Entry<'_>, thread: &Thread) -> (bool, bool) {
    if entry.id == thread.id {
        return (false, false);
    }
    match note(entry.last) {
        Some(note) => (note.answers.contains(&thread.id), note.closes.contains(&thread.id)),
        None => {
            let is_newer = entry.first.happened > thread.at;
            let asks_again = thread.raised == Raised::Conversation
                && is_newer
                && conversation(entry.last).is_some();
            (false, asks_again)
        }
    }
}

/// What an entry answers; nothing without words.
fn answer(entry: &Entry<'_>) -> Option<Answer> {
    let text = match note(entry.last) {
        Some(note) => note.first_text()?.to_owned(),
        None => conversation(entry.last)?.words.clone(),
    };
    let by = entry.last.author;
    Some(Answer { fact: entry.id, by, at: entry.first.written, text })
}

#[cfg(test)]
mod tests;
