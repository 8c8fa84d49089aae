//! Going through the plan as a whole.

use kjent_core::fact::PlanReview;
use kjent_core::ids::ClientId;
use kjent_core::plan::Part;
use kjent_core::view::ChangeSet;

use crate::{Tablet, TabletError};

impl Tablet {
    /// Writes that the plan was gone through; whoever may edit it may say so.
    pub fn review_plan(
        &mut self,
        client: ClientId,
        review: &PlanReview,
    ) -> Result<ChangeSet, TabletError> {
        if review.discussed.lacks_reason() {
            return Err(TabletError::DiscussionNeeded);
        }
        let done = self.transact(|writing| {
            writing.check_may_edit(client, Part::Goals)?;
            writing.add_fact(client, writing.now, None, review.clone())
        })?;
        Ok(done.1)
    }
}
