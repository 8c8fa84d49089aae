//! Saying why something else was delivered than a decision grants.

use chrono::NaiveDate;
use kjent_core::fact::DeliveryExplained;
use kjent_core::ids::{ClientId, DecisionId};
use kjent_core::view::ChangeSet;

use crate::{Tablet, TabletError};

impl Tablet {
    /// Says why, for a span of days.
    pub fn explain_delivery(
        &mut self,
        client: ClientId,
        decision: DecisionId,
        (from, to): (NaiveDate, NaiveDate),
        reason: &str,
    ) -> Result<ChangeSet, TabletError> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(TabletError::ReasonNeeded);
        }
        let done = self.transact(|writing| {
            let explained = DeliveryExplained { decision, from, to, reason };
            writing.add_fact(client, writing.now, None, explained)
        })?;
        Ok(done.1)
    }
}
