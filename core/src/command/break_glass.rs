//! Commands about break-glass.

use crate::ids::{ClientId, GrantId};
use crate::view::GrantView;

commands! {
    /// Let oneself in to a client of another team's; online. Answers when the client is here, or
    /// the sync that was to bring them has ended.
    BreakGlass = "break_glass" -> ClientId {
        /// The client's national number or id, whole.
        number: String,
        /// Why, in words.
        reason: String,
    }

    /// To a team lead: who was let in to the team's clients.
    ReadGrants = "read_grants" -> Vec<GrantView> {}

    /// Say what was found when a grant was gone through.
    ReviewGrant = "review_grant" -> () {
        /// Which.
        grant: GrantId,
        /// What was found; not empty.
        comment: String,
    }
}
