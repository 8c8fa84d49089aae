//! What is on which tablet: noted as it is given, so that the office can say whose records were on
//! one that is lost.

use std::collections::{BTreeSet, HashMap};

use kjent_core::ids::{ClientId, TabletId, TeamId};
use kjent_core::protocol::{SyncRequest, SyncResponse};
use kjent_core::time::Timestamp;

use crate::store::{Store, StoreError, TabletRow};

/// The clients of whom each tablet has something, as far as it has been looked up.
#[derive(Debug, Default)]
pub(crate) struct Held {
    by_tablet: HashMap<TabletId, BTreeSet<ClientId>>,
}

impl Held {
    /// Notes what an answer gives a tablet and what it tells it to let go of. Writes only what is
    /// new, which is rare; where the disk is full, the answer after it is noted instead.
    pub(crate) fn note(
        &mut self,
        store: &mut Store,
        tablet: TabletRow,
        request: &SyncRequest,
        response: &SyncResponse,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let TabletRow { tablet, worker } = tablet;
        let held = match self.by_tablet.get(&tablet) {
            Some(held) => held.clone(),
            None => store.read(|records| records.holds(tablet))?,
        };
        let changed = response.teams.iter().flat_map(|news| &news.changes);
        let given: BTreeSet<ClientId> = changed
            .map(|changes| changes.document.client)
            .chain(response.documents.iter().map(|snapshot| snapshot.document.client))
            .filter(|client| !held.contains(client))
            .collect();
        let gone: BTreeSet<ClientId> = if tells_who_is_served(request, response) {
            let teams =
                store.read(|records| kjent_core::sync::server::teams(records, worker, now))?;
            let served =
                |client: &&ClientId| teams.iter().any(|team| team.clients.contains(client));
            held.iter().filter(|client| !served(client)).copied().collect()
        } else {
            BTreeSet::new()
        };
        let noted = if given.is_empty() && gone.is_empty() {
            Ok(())
        } else {
            store.write(|records| {
                given.iter().try_for_each(|client| records.give(tablet, *client, now))?;
                gone.iter().try_for_each(|client| records.let_go_of(tablet, Some(*client), now))
            })
        };
        match noted {
            Ok(()) => {
                let held = held.difference(&gone).chain(&given).copied().collect();
                self.by_tablet.insert(tablet, held);
                Ok(())
            }
            Err(error) if error.is_full() => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Forgets a tablet that has ended.
    pub(crate) fn forget(&mut self, tablet: TabletId) {
        self.by_tablet.remove(&tablet);
    }
}

/// Whether an answer changes which clients the tablet may have.
fn tells_who_is_served(request: &SyncRequest, response: &SyncResponse) -> bool {
    let asked: BTreeSet<TeamId> = request.cursors.iter().map(|cursor| cursor.team).collect();
    let told: BTreeSet<TeamId> = response.teams.iter().map(|news| news.team).collect();
    asked != told || response.teams.iter().any(|news| news.roster.is_some())
}
