//! Commands about whom the client bars.

use crate::fact::Restriction;
use crate::ids::{ClientId, FactId};

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
}
