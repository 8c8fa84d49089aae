//! Edits of the plan as tests make them: one field, talked over with the client.

use std::collections::BTreeMap;

use kjent_core::fact::{Discussed, DiscussedWith};
use kjent_core::ids::{ClientId, GoalId};
use kjent_core::plan::{Part, Scalar};
use kjent_core::view::ChangeSet;
use kjent_tablet::{Tablet, TabletError};

/// Talked over with the client.
pub fn with_client() -> Discussed {
    Discussed { with: DiscussedWith::Client, words: String::new() }
}

/// Writes one field of a goal.
pub fn edit_goal(
    tablet: &mut Tablet,
    client: ClientId,
    goal: GoalId,
    field: &str,
    words: &str,
) -> Result<ChangeSet, TabletError> {
    let fields = BTreeMap::from([(field.to_owned(), Scalar::text(words))]);
    let discussed = with_client();
    tablet
        .edit_plan(client, Part::Goals, Some(goal.0), &fields, Some(&discussed), "")
        .map(|(_, changed)| changed)
}
