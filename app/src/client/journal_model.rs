//! The journal as it is read: corrections in the place of what they correct, and what is shown of it.
//! Pure.

use kjent_core::ids::FactId;
use kjent_core::team::Profession;
use kjent_core::view::{EntryBody, EntryState, EntryView};

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
    /// What it is.
    pub kind: Kind,
    /// Of which profession its author is.
    pub profession: Option<Profession>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Anything.
    #[default]
    All,
    /// Not seen yet.
    Unread,
    /// Flagged, or with something to follow up.
    Marked,
    /// The reader's own.
    Mine,
    /// Visits.
    Visits,
    /// Notes outside visits.
    Notes,
    /// Changes of the plan.
    Plan,
}

impl Kind {
    /// All of them, in order.
    pub const ALL: [Kind; 7] =
        [Kind::All, Kind::Unread, Kind::Marked, Kind::Mine, Kind::Visits, Kind::Notes, Kind::Plan];

    /// For test ids.
    pub fn code(self) -> &'static str {
        match self {
            Kind::All => "all",
            Kind::Unread => "unread",
            Kind::Marked => "marked",
            Kind::Mine => "mine",
            Kind::Visits => "visits",
            Kind::Notes => "notes",
            Kind::Plan => "plan",
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
        let note = match &entry.body {
            EntryBody::Visit { note, .. } | EntryBody::Note { note } => Some(note),
            _ => None,
        };
        let is_kind = match self.kind {
            Kind::All => true,
            Kind::Unread => entry.unread,
            Kind::Marked => {
                note.is_some_and(|note| note.important_for_next || note.follow_up.is_some())
            }
            Kind::Mine => entry.mine,
            Kind::Visits => matches!(entry.body, EntryBody::Visit { .. }),
            Kind::Notes => matches!(entry.body, EntryBody::Note { .. }),
            Kind::Plan => matches!(
                entry.body,
                EntryBody::PlanChange { .. }
                    | EntryBody::PlanProposal { .. }
                    | EntryBody::ProposalDeclined { .. }
            ),
        };
        is_kind && self.profession.as_ref().is_none_or(|it| *it == entry.profession)
    }
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
