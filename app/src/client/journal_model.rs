//! The journal as it is read: corrections in the place of what they correct, and what is shown of it.
//! Pure.

use kjent_core::ids::FactId;
use kjent_core::team::Profession;
use kjent_core::view::{EntryBody, EntryState, EntryView};

use super::entry_kind::EntryKind;

/// An entry with its corrections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The entry, with the text that stands now.
    pub entry: EntryView,
    /// Its earlier versions, the one before the last first.
    pub earlier: Vec<EntryView>,
    /// That it is about the wrong person.
    pub wrong: Option<EntryView>,
}

impl Folded {
    /// Whether its author may correct it here.
    pub fn is_correctable(&self) -> bool {
        let is_note = matches!(self.entry.body, EntryBody::Visit { .. } | EntryBody::Note { .. });
        let is_refused = matches!(self.entry.state, EntryState::Refused { .. });
        self.entry.mine && is_note && !is_refused && self.wrong.is_none()
    }
}

/// Puts corrections in the place of what they correct. One whose entry is not here stands alone.
pub fn fold(journal: &[EntryView]) -> Vec<Folded> {
    let mut corrections: Vec<&EntryView> = Vec::new();
    let mut folded: Vec<Folded> = Vec::new();
    for entry in journal {
        let corrects = entry.amends.is_some_and(|root| {
            // Only its author corrects an entry.
            journal.iter().any(|it| {
                it.fact == root && it.author == entry.author && it.profession == entry.profession
            })
        });
        if corrects {
            corrections.push(entry);
        } else {
            folded.push(Folded { entry: entry.clone(), earlier: Vec::new(), wrong: None });
        }
    }
    corrections.sort_by_key(|it| (it.written, it.fact));
    for correction in corrections {
        let root = folded.iter_mut().find(|it| Some(it.entry.fact) == correction.amends);
        let Some(root) = root else { continue };
        root.entry.unread |= correction.unread;
        match &correction.body {
            EntryBody::WrongPerson { .. } => root.wrong = Some(correction.clone()),
            EntryBody::Note { note: newer } => {
                root.earlier.insert(0, root.entry.clone());
                if let EntryBody::Visit { note, .. } | EntryBody::Note { note } =
                    &mut root.entry.body
                {
                    *note = newer.clone();
                }
                root.entry.links = correction.links.clone();
                root.entry.answered = correction.answered.clone();
                root.entry.written = correction.written;
                root.entry.state = correction.state.clone();
                root.entry.receipt = correction.receipt.clone();
                if let Some(thread) = &correction.thread {
                    root.entry.thread = Some(thread.clone());
                }
            }
            _ => {}
        }
    }
    folded
}

/// What of the journal is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Which entries.
    pub which: Which,
    /// What they are.
    pub kind: Option<EntryKind>,
    /// Of which profession its author is.
    pub profession: Option<Profession>,
}

/// Which entries, whatever they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All.
    #[default]
    All,
    /// Not seen yet.
    Unread,
    /// Flagged, or with something to follow up.
    Marked,
    /// The reader's own.
    Mine,
}

impl Which {
    /// All of them, in order.
    pub const ALL: [Which; 4] = [Which::All, Which::Unread, Which::Marked, Which::Mine];

    /// For test ids.
    pub fn code(self) -> &'static str {
        match self {
            Which::All => "all",
            Which::Unread => "unread",
            Which::Marked => "marked",
            Which::Mine => "mine",
        }
    }
}

impl Filter {
    /// Whether everything is shown.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an entry is shown.
    pub fn shows(&self, it: &Folded) -> bool {
        let entry = &it.entry;
        let is_one = match self.which {
            Which::All => true,
            Which::Unread => entry.unread,
            Which::Marked => is_marked(&entry.body),
            Which::Mine => entry.mine,
        };
        is_one
            && self.kind.is_none_or(|kind| kind.is(entry))
            && self.profession.as_ref().is_none_or(|it| *it == entry.profession)
    }
}

/// Flagged, or with something to follow up.
fn is_marked(body: &EntryBody) -> bool {
    match body {
        EntryBody::Visit { note, .. } | EntryBody::Note { note } => {
            note.important_for_next || note.follow_up.is_some()
        }
        EntryBody::Incident { incident } => incident.asked().is_some(),
        _ => false,
    }
}

/// The kinds that there are entries of.
pub fn kinds(journal: &[Folded]) -> Vec<EntryKind> {
    let is_there = |kind: &EntryKind| journal.iter().any(|it| kind.is(&it.entry));
    EntryKind::ALL.into_iter().filter(is_there).collect()
}

/// The professions that have written, each once.
pub fn professions(journal: &[Folded]) -> Vec<Profession> {
    let mut professions: Vec<Profession> =
        journal.iter().map(|it| it.entry.profession.clone()).collect();
    professions.sort_unstable();
    professions.dedup();
    professions.retain(|it| !it.code().is_empty());
    professions
}

/// The entry under which a fact is shown: a correction is part of what it corrects.
pub fn place_of(journal: &[Folded], all: &[EntryView], fact: FactId) -> Option<usize> {
    let root = all.iter().find(|it| it.fact == fact).and_then(|it| it.amends);
    journal.iter().position(|it| it.entry.fact == fact || Some(it.entry.fact) == root)
}

#[cfg(test)]
mod tests;
