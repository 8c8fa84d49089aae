//! The day's list.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::Days;
use kjent_core::command::VisitDraft;
use kjent_core::fact::Unplanned;
use kjent_core::ids::{ClientId, InterventionId, VisitId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{Competence, Intervention, Part};
use kjent_core::time::Timestamp;
use kjent_core::view::{
    CriticalView, ErasedView, TakenOverView, ThreadView, TodayView, VisitCardView, VisitState,
    WrongPersonView,
};
use rusqlite::params;
use uuid::Uuid;

use super::access::Bars;
use super::plan::id;
use crate::write::draft::{self, DraftKind};
use crate::{Tablet, TabletError};

/// A visit, as it was planned or as it was begun.
pub(super) struct PlannedRow {
    pub visit: VisitId,
    pub client: ClientId,
    pub starts: Timestamp,
    pub minutes: u32,
    pub worker: WorkerId,
    pub interventions: Vec<InterventionId>,
    /// What led to it, of a visit that nobody planned.
    pub unplanned: Option<Unplanned>,
}

/// What a card says of its client: the same on every card of that client.
#[derive(Clone)]
struct ClientCard {
    name: String,
    address: String,
    entry: Option<String>,
    what_matters: Option<String>,
    critical: Vec<CriticalView>,
    important: Vec<String>,
    threads: Vec<ThreadView>,
    titles: HashMap<Uuid, String>,
    /// What each intervention asks for that the worker's profession isn't known to have.
    asks_for: HashMap<Uuid, Competence>,
    unread: u32,
    last_here: Option<Timestamp>,
    carers_28_days: u32,
}

/// Who goes to a visit.
pub(super) struct Goes {
    /// Whether the reader does.
    pub mine: bool,
    /// Who was to; empty when the client bars her by now.
    pub worker_name: String,
    /// Who goes instead.
    pub taken_over: Option<TakenOverView>,
    /// Whether the client bars everybody who was to go.
    nobody_goes: bool,
}

impl Goes {
    /// Whether the visit has to be given to somebody else: nobody has been there.
    pub(super) fn to_give(&self, state: &VisitState) -> bool {
        self.nobody_goes && *state == VisitState::Planned
    }
}

impl Tablet {
    /// The list of the day that it is now.
    pub fn read_today(&self) -> Result<TodayView, TabletError> {
        let now = self.now();
        let day = oslo::day(now);
        let mut cards: HashMap<ClientId, Option<ClientCard>> = HashMap::new();
        let mut threads: HashMap<ClientId, Vec<ThreadView>> = HashMap::new();
        for thread in self.open_threads(None)? {
            threads.entry(thread.client).or_default().push(thread);
        }
        let (bars, nobody) = (self.all_bars()?, Bars::default());
        let closed = self.closed_clients(&bars);
        let mut visits = Vec::new();
        let mut due = BTreeSet::new();
        // Whoever has left the team is on the list no more; what is not finished of them is behind
        // the sync line.
        let served: HashSet<&ClientId> =
            self.present_teams().flat_map(|team| &team.clients).collect();
        let (from, to) = (
            oslo::start_of(day),
            oslo::start_of(day.checked_add_days(Days::new(1)).unwrap_or(day)),
        );
        let mut rows = self.planned_between(from, to)?;
        rows.extend(self.unplanned_since(from)?);
        rows.sort_by_key(|row| row.starts);
        for row in rows {
            if !served.contains(&row.client) || closed.contains(&row.client) {
                continue;
            }
            let goes = self.goes(&row, bars.get(&row.client).unwrap_or(&nobody))?;
            let card = match cards.get(&row.client) {
                Some(card) => card.clone(),
                None => {
                    let card = self
                        .client_card(row.client, threads.remove(&row.client).unwrap_or_default())?;
                    cards.insert(row.client, card.clone());
                    card
                }
            };
            if goes.mine {
                due.insert(row.client);
            }
            // A visit whose client's care document has not come yet can't be shown by name; the
            // readiness line counts it.
            let Some(card) = card else { continue };
            visits.push(self.visit_card(&row, card, goes)?);
        }
        Ok(TodayView {
            day,
            now: oslo::local(now),
            visits,
            readiness: self.readiness(&due)?,
            filling: self.filling()?,
            late_work: self.late_work_count()?,
            gaps: self.gap_count()?,
            to_give: self.to_give_count(&bars)?,
            grants: self.grant_count()?,
        })
    }

    fn visit_card(
        &self,
        row: &PlannedRow,
        card: ClientCard,
        goes: Goes,
    ) -> Result<VisitCardView, TabletError> {
        let title = |id: &InterventionId| card.titles.get(&id.0).cloned();
        let mut asks_for: Vec<Competence> = row
            .interventions
            .iter()
            .filter(|_| goes.mine)
            .filter_map(|id| card.asks_for.get(&id.0).cloned())
            .collect();
        asks_for.sort_unstable();
        asks_for.dedup();
        let state = self.visit_state(row.visit)?;
        Ok(VisitCardView {
            asks_for,
            visit: row.visit,
            client: row.client,
            interventions: row.interventions.iter().filter_map(title).collect(),
            starts: oslo::local(row.starts),
            minutes: row.minutes,
            mine: goes.mine,
            to_give: goes.to_give(&state),
            worker_name: goes.worker_name,
            taken_over: goes.taken_over,
            erased: self.lost_report(row.visit, &state)?,
            wrong_person: self.report_of_wrong_person(row.visit, &state)?,
            state,
            unplanned: row.unplanned.clone(),
            name: card.name,
            address: card.address,
            entry: card.entry,
            what_matters: card.what_matters,
            critical: card.critical,
            important: card.important,
            threads: card.threads,
            unread: card.unread,
            last_here: card.last_here.map(oslo::day),
            carers_28_days: card.carers_28_days,
        })
    }

    fn client_card(
        &self,
        client: ClientId,
        threads: Vec<ThreadView>,
    ) -> Result<Option<ClientCard>, TabletError> {
        let profile = match self.profile(client) {
            Ok(profile) => self.with_shown_address(client, profile.value)?,
            Err(TabletError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let interventions = self.plan::<Intervention>(client, Part::Interventions)?;
        let last_here = self.last_here(client)?;
        let (_, profession) = self.name_and_profession(self.identity.worker);
        let asks_for = interventions
            .iter()
            .filter(|one| !one.value.competence.fits(&profession))
            .map(|one| (one.id, one.value.competence.clone()))
            .collect();
        Ok(Some(ClientCard {
            asks_for,
            name: profile.name,
            address: profile.address,
            entry: profile.entry,
            what_matters: self.what_matters_words(client)?,
            critical: self.critical(client)?,
            important: self.important(client, last_here)?,
            threads,
            titles: interventions.into_iter().map(|one| (one.id, one.value.title)).collect(),
            unread: u32::try_from(self.unread(client, last_here)?.len()).unwrap_or(u32::MAX),
            last_here,
            carers_28_days: self.carer_count(client)?,
        }))
    }

    /// Who goes to a visit, but for those whom the client bars.
    pub(super) fn goes(&self, row: &PlannedRow, bars: &Bars<'_>) -> Result<Goes, TabletError> {
        let (me, took) = (self.identity.worker, self.taken_over_by(row.visit)?);
        let goers = if took.is_empty() { vec![row.worker] } else { took.clone() };
        let taken_by: Vec<WorkerId> =
            took.into_iter().filter(|worker| !bars.keep_out(*worker)).collect();
        let is_planned_barred = row.unplanned.is_none() && bars.keep_out(row.worker);
        let nobody_goes = row.unplanned.is_none() && goers.iter().all(|one| bars.keep_out(*one));
        Ok(Goes {
            mine: goers.contains(&me),
            nobody_goes,
            worker_name: match nobody_goes || is_planned_barred {
                true => String::new(),
                false => self.worker_name(row.worker),
            },
            taken_over: (!taken_by.is_empty()).then(|| TakenOverView {
                by: taken_by.iter().map(|worker| self.worker_name(*worker)).collect(),
                by_me: taken_by.contains(&me),
                from_me: row.worker == me,
            }),
        })
    }

    /// Where a visit stands. A draft on this tablet comes first, also when a colleague has signed
    /// meanwhile: it is to be finished.
    pub(super) fn visit_state(&self, visit: VisitId) -> Result<VisitState, TabletError> {
        let draft = draft::load::<VisitDraft>(&self.connection, DraftKind::Visit, visit.bytes())?;
        if let Some((draft, saved)) = draft {
            let since = oslo::local(draft.started.unwrap_or(saved));
            return Ok(VisitState::UnderWay { since });
        }
        Ok(match self.report_of(visit.bytes())? {
            Some((at, by, report)) => VisitState::Finished { at: oslo::local(at), by, report },
            None => self.not_made(visit)?.unwrap_or(VisitState::Planned),
        })
    }

    /// The report that was erased, of a visit that has no other.
    pub(super) fn lost_report(
        &self,
        visit: VisitId,
        state: &VisitState,
    ) -> Result<Option<ErasedView>, TabletError> {
        match state {
            VisitState::Planned | VisitState::UnderWay { .. } => self.erased_report(visit),
            VisitState::Cancelled { .. }
            | VisitState::Finished { .. }
            | VisitState::NotMet { .. } => Ok(None),
        }
    }

    /// The report that was about somebody else, of a visit that has no other.
    pub(super) fn report_of_wrong_person(
        &self,
        visit: VisitId,
        state: &VisitState,
    ) -> Result<Option<WrongPersonView>, TabletError> {
        match state {
            VisitState::Planned | VisitState::UnderWay { .. } => self.wrong_person(visit),
            VisitState::Cancelled { .. }
            | VisitState::Finished { .. }
            | VisitState::NotMet { .. } => Ok(None),
        }
    }

    pub(super) fn planned_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<PlannedRow>, TabletError> {
        let mut query = self.connection.prepare_cached(include_str!("select_planned.sql"))?;
        let rows = query.query_map(params![from.millis(), to.millis()], planned_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One visit.
    pub(super) fn visit_row(&self, visit: VisitId) -> Result<PlannedRow, TabletError> {
        use rusqlite::OptionalExtension;
        let mut query = self.connection.prepare_cached(
            "SELECT id, client, starts, minutes, worker, interventions FROM visit WHERE id = ?1",
        )?;
        match query.query_row([visit.bytes()], planned_row).optional()? {
            Some(row) => Ok(row),
            None => self.unplanned(visit)?.ok_or(TabletError::NotFound),
        }
    }
}

fn planned_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<PlannedRow> {
    let interventions: String = row.get(5)?;
    Ok(PlannedRow {
        visit: id(row, 0, VisitId::from_bytes)?,
        client: id(row, 1, ClientId::from_bytes)?,
        starts: Timestamp::from_millis(row.get(2)?),
        minutes: row.get(3)?,
        worker: id(row, 4, WorkerId::from_bytes)?,
        interventions: interventions.split(' ').filter_map(|id| id.parse().ok()).collect(),
        unplanned: None,
    })
}
