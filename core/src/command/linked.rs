//! Commands about what is written of one thing over time.

use crate::ids::{ClientId, InterventionId};
use crate::view::EntryView;

commands! {
    /// The entries whose notes are about an intervention, the newest first, with their corrections.
    ReadNotesAbout = "read_notes_about" -> Vec<EntryView> {
        /// Whose.
        client: ClientId,
        /// Which intervention.
        intervention: InterventionId,
    }
}
