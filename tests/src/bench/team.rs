//! Teams of any size, made of the demo's: its clients and workers again under other names, three
//! visits to each client every day, and notes that don't repeat themselves.

use chrono::NaiveDate;
use kjent_core::protocol::Bundle;
use kjent_demo::data::{ClientFile, PhaseData, VisitData, WorkerData};
use kjent_demo::{Data, Options};

use super::text::Pen;

/// How many clients a team has.
pub const CLIENTS: usize = 40;
/// How many visits each client gets a day.
pub const VISITS: usize = 3;
/// How many visits of the team a day has.
pub const VISITS_A_DAY: usize = CLIENTS * VISITS;
/// How many visits a worker documents in a shift.
pub const SHIFT: usize = 12;
/// How many shifts cover a day's visits.
pub const SHIFTS_A_DAY: usize = VISITS_A_DAY / SHIFT;
/// How many workers a team has where nothing else is said.
pub const WORKERS: usize = 20;

/// When the visits begin that a client of the demo doesn't have.
const MORE: [&str; 5] = ["08:30", "13:00", "19:30", "10:45", "16:15"];

/// Which team, and how large.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Its number: teams of different numbers share no client and no worker.
    pub number: usize,
    /// How many workers.
    pub workers: usize,
    /// Today: nothing of it is documented yet.
    pub today: NaiveDate,
    /// How many days of history before it.
    pub days: u32,
}

/// The employee number of a team's worker, counted from 0. The first is a nurse.
pub fn employee(team: usize, worker: usize) -> String {
    (1001 + 1000 * team + worker).to_string()
}

/// Makes the team with its history.
pub fn bundle(size: Size) -> anyhow::Result<Bundle> {
    let data = data(size)?;
    Ok(kjent_demo::bundle(&data, Options { today: size.today, days: size.days, seed: 1 })?)
}

fn data(size: Size) -> anyhow::Result<Data> {
    let mut data = kjent_demo::embedded()?;
    let pen = Pen::new(&data, "");
    data.team.key = format!("{}-{}", data.team.key, size.number);
    data.team.name = format!("{} {}", data.team.name, size.number + 1);
    let (workers, clients) = (data.team.workers, data.clients);
    data.team.workers =
        (0..size.workers).map(|number| worker(&workers, size.number, number)).collect();
    data.clients = (0..CLIENTS).map(|number| client(&clients, size, number, &pen)).collect();
    Ok(data)
}

fn worker(workers: &[WorkerData], team: usize, number: usize) -> WorkerData {
    let mut worker = workers[number % workers.len()].clone();
    let round = number / workers.len();
    if round > 0 {
        worker.key = format!("{}-{round}", worker.key);
        worker.name = mixed(&worker.name, &workers[(number + 5 * round) % workers.len()].name);
    }
    worker.employee_number = employee(team, number);
    worker
}

fn client(
    clients: &[(String, ClientFile)],
    size: Size,
    number: usize,
    pen: &Pen,
) -> (String, ClientFile) {
    let (key, mut client) = clients[number % clients.len()].clone();
    let key = format!("{key}-{}-{number}", size.number);
    if number >= clients.len() || size.number > 0 {
        let other = &clients[(number * 7 + size.number + 3) % clients.len()].1;
        client.name = mixed(&client.name, &other.name);
        // A number belongs to one person only, and is not made up here.
        client.national_number.clear();
        client.swaps.clear();
        client.events.clear();
    }
    let pen = &mut pen.named(&key);
    let days = i64::from(size.days);
    client.visits = three_a_day(&client.visits);
    client.phases = vec![phase(days, pen)];
    for goal in &mut client.goals {
        for progress in &mut goal.progress {
            progress.days = [-days, -1];
            progress.words = (0..size.days).map(|_| pen.progress()).collect();
        }
    }
    (key, client)
}

/// A name with the first name of one and the last name of another.
fn mixed(first: &str, last: &str) -> String {
    let given = first.rsplit_once(' ').map_or(first, |(given, _)| given);
    let family = last.rsplit_once(' ').map_or(last, |(_, family)| family);
    format!("{given} {family}")
}

/// What may be said in all these days, each thing once.
fn phase(days: i64, pen: &mut Pen) -> PhaseData {
    let visits = days * i64::try_from(VISITS).unwrap_or(0);
    PhaseData {
        days: [-days, -1],
        visits: Vec::new(),
        observation: (0..visits).map(|_| pen.observation()).collect(),
        judgement: (0..visits).map(|_| pen.judgement()).collect(),
        client_view: (0..visits).map(|_| pen.client_view()).collect(),
        further_plan: (0..visits).map(|_| pen.further_plan()).collect(),
    }
}

/// The client's first three visits of the day, every day; what is missing is one of them again.
fn three_a_day(visits: &[VisitData]) -> Vec<VisitData> {
    let mut three: Vec<VisitData> = visits.iter().take(VISITS).cloned().collect();
    for (number, at) in MORE.iter().enumerate() {
        if three.len() < VISITS && three.iter().all(|visit| visit.at[..2] != at[..2]) {
            let mut again = three[number % three.len()].clone();
            again.key = format!("{}-{number}", again.key);
            (*at).clone_into(&mut again.at);
            three.push(again);
        }
    }
    for visit in &mut three {
        visit.days.clear();
        visit.weeks = None;
    }
    three
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kjent_core::document::{Document, DocumentKind};
    use kjent_core::plan::Part;

    use super::*;

    #[test]
    fn a_team_has_forty_clients_three_visits_a_day_each_and_shares_nobody_with_another()
    -> anyhow::Result<()> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default();
        let make = |number| bundle(Size { number, workers: WORKERS, today, days: 3 });
        let (first, second) = (make(0)?, make(1)?);
        assert_eq!((first.team.clients.len(), first.workers.len()), (CLIENTS, WORKERS));
        let (mut planned, mut reported) = (0, 0);
        for each in &first.documents {
            let changes = each.changes.iter().map(|bytes| bytes.as_slice());
            let document = Document::load(each.document, changes)?;
            planned += document.objects(Part::Visits).len();
            if matches!(each.document.kind, DocumentKind::Journal(_)) {
                reported += document.facts().len();
            }
        }
        assert_eq!(planned, VISITS_A_DAY * (3 + 1 + 14));
        // A few of the demo's events stand outside visits.
        assert!((VISITS_A_DAY * 3..VISITS_A_DAY * 3 + 20).contains(&reported), "{reported}");
        let ids = |bundle: &Bundle| -> BTreeSet<_> {
            let clients = bundle.team.clients.iter().map(|client| client.0);
            clients.chain(bundle.workers.iter().map(|worker| worker.worker.0)).collect()
        };
        assert!(ids(&first).is_disjoint(&ids(&second)));
        Ok(())
    }
}
