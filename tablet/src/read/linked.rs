//! What is written of one intervention over time.

use std::collections::HashSet;

use kjent_core::ids::{ClientId, FactId, InterventionId};
use kjent_core::view::{EntryBody, EntryView};

use crate::{Tablet, TabletError};

/// As far back as is looked.
const ENTRIES: u32 = 1000;

impl Tablet {
    /// The entries whose notes are about an intervention, the newest first, with their corrections:
    /// one that is about it only since it was corrected is among them too.
    pub fn read_notes_about(
        &self,
        client: ClientId,
        intervention: InterventionId,
    ) -> Result<Vec<EntryView>, TabletError> {
        let mut journal = self.newest_entries(client, ENTRIES)?;
        let root = |entry: &EntryView| entry.amends.unwrap_or(entry.fact);
        let about: HashSet<FactId> =
            journal.iter().filter(|it| is_about(it, intervention)).map(root).collect();
        journal.retain(|entry| about.contains(&root(entry)));
        Ok(journal)
    }
}

fn is_about(entry: &EntryView, intervention: InterventionId) -> bool {
    match &entry.body {
        EntryBody::Note { note } | EntryBody::Visit { note, .. } => {
            note.interventions.contains(&intervention)
        }
        _ => false,
    }
}
