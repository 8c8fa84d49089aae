//! Commands about whom the client bars, and who reads an entry that the client restricts.

use crate::fact::{FactKind, Restriction};
use crate::ids::{ClientId, FactId, WorkerId};
use crate::view::WorkerView;

commands! {
    /// Write down whom the client bars.
    Restrict = "restrict" -> () {
        /// Which client.
        client: ClientId,
        /// Whom, and why in the client's words.
        restriction: Restriction,
    }

    /// Write down that a bar is over.
    EndRestriction = "end_restriction" -> () {
        /// Which client.
        client: ClientId,
        /// Which bar.
        restriction: FactId,
        /// Why, in the client's words; not empty.
        words: String,
    }

    /// Whom of the client's team an entry of a kind can be opened to.
    ReadEntryReaders = "read_entry_readers" -> Vec<WorkerView> {
        /// Which client.
        client: ClientId,
        /// Which kind of entry.
        kind: FactKind,
    }

    /// Write down that the client restricts an entry, or who reads it from now on.
    RestrictEntry = "restrict_entry" -> () {
        /// Which client.
        client: ClientId,
        /// Which entry, as it was first written or as it stands.
        entry: FactId,
        /// Who reads it, beside its author.
        readers: Vec<WorkerId>,
        /// Why, in the client's words; not empty.
        words: String,
    }

    /// Write down that the client restricts an entry no more.
    EndEntryRestriction = "end_entry_restriction" -> () {
        /// Which client.
        client: ClientId,
        /// Which entry.
        entry: FactId,
        /// Why, in the client's words; not empty.
        words: String,
    }
}
