//! Editing a goal, field by field; also how a person chooses between two values.

use kjent_core::command::GoalEdit;
use kjent_core::document::{DocumentRef, Edit};
use kjent_core::ids::{ClientId, GoalId};
use kjent_core::plan::Part;
use kjent_core::view::{ChangeSet, WorkView};
use rusqlite::params;
use serde_json::Value;

use crate::{Tablet, TabletError};

impl Tablet {
    /// Writes one field of a goal.
    pub fn edit_goal(
        &mut self,
        client: ClientId,
        goal: GoalId,
        edit: &GoalEdit,
    ) -> Result<ChangeSet, TabletError> {
        let (field, value) = field(edit)?;
        let done = self.transact(|writing| {
            let exists: bool = writing
                .tx
                .prepare_cached(include_str!("goal_exists.sql"))?
                .query_row(params![client.bytes(), Part::Goals.key(), goal.bytes()], |row| {
                    row.get(0)
                })?;
            if !exists {
                return Err(TabletError::NotFound);
            }
            let edit =
                Edit::SetField { part: Part::Goals, object: goal.0, field: field.into(), value };
            writing.write(DocumentRef::care(client), &[edit], &WorkView::Plan(Part::Goals))
        })?;
        Ok(done.1)
    }
}

fn field(edit: &GoalEdit) -> Result<(&'static str, Value), TabletError> {
    Ok(match edit {
        GoalEdit::Title(title) if title.trim().is_empty() => {
            return Err(TabletError::GoalNeedsTitle);
        }
        GoalEdit::Title(title) => ("title", title.trim().into()),
        GoalEdit::OwnPart(text) if text.trim().is_empty() => ("own_part", Value::Null),
        GoalEdit::OwnPart(text) => ("own_part", text.trim().into()),
        GoalEdit::Due(due) => ("due", serde_json::to_value(due)?),
        GoalEdit::Status(status) => ("status", status.code().into()),
    })
}
