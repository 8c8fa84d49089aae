//! The small town that every story plays in: two teams, four workers, three clients.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{Days, NaiveDate};
use kjent_core::document::{Actor, Document, DocumentRef, Edit};
use kjent_core::ids::{ClientId, GoalId, TabletId, TeamId, WorkerId};
use kjent_core::oslo;
use kjent_core::plan::{ExpressedBy, Goal, GoalStatus, Part};
use kjent_core::sync::server::TabletRow;
use kjent_core::team::{Member, Profession, Role};
use kjent_core::time::Timestamp;

use super::chance::Chance;
use super::server_store::{ClientEntry, DocumentEntry, Tables, TeamRow};

/// Who and what there is.
pub struct Town {
    /// The teams.
    pub teams: [TeamId; 2],
    /// The clients: two of the first team, one of the second.
    pub clients: [ClientId; 3],
    /// The goals of each client.
    pub goals: [GoalId; 2],
    /// The workers' tablets; the last worker may have two.
    pub tablets: Vec<TabletRow>,
    /// A tablet of the first worker's whose app was patched.
    pub patched: TabletRow,
    /// What the server has at first.
    pub tables: Tables,
    /// When the story begins.
    pub begins: i64,
}

/// A few days before something that clocks and months stumble over.
const BEGINNINGS: [(i32, u32, u32); 5] =
    [(2026, 3, 26), (2026, 10, 22), (2026, 12, 27), (2026, 2, 25), (2026, 11, 9)];

impl Town {
    /// Builds it.
    pub fn build(chance: &mut Chance) -> anyhow::Result<Self> {
        let (year, month, day) = chance.pick(&BEGINNINGS).unwrap_or((2026, 1, 1));
        let day = NaiveDate::from_ymd_opt(year, month, day).context("a day")?;
        let begins = oslo::start_of(day).millis() + chance.between(0, 86_400_000);
        let at = Timestamp::from_millis(begins);
        let mut team = || TeamId::mint(at, chance.ten());
        let teams = [team(), team()];
        let mut client = || ClientId::mint(at, chance.ten());
        let clients = [client(), client(), client()];
        let goals = [GoalId::mint(at, chance.ten()), GoalId::mint(at, chance.ten())];
        let mut worker = || WorkerId::mint(at, chance.ten());
        let workers = [worker(), worker(), worker(), worker()];
        let member = |worker: usize, role: Role| Member {
            worker: workers[worker],
            name: format!("Worker {worker}"),
            role,
            profession: Profession::Nurse,
            from: day.checked_sub_days(Days::new(30)).unwrap_or(day),
            to: None,
        };
        let mut members = [
            vec![member(0, Role::Nurse), member(1, Role::Helper), member(2, Role::Nurse)],
            vec![member(3, Role::TeamLead)],
        ];
        if chance.one_in(2) {
            members[1].push(member(2, Role::Therapist));
        }
        let mut tables = Tables::default();
        for (team, members) in teams.iter().zip(members) {
            let retention = u32::try_from(chance.below(4)).unwrap_or(0);
            let row = TeamRow { members, last_number: 0, last_receipt: 0, retention };
            tables.teams.insert(*team, row);
        }
        for (position, client) in (0..).zip(&clients) {
            let team = if position < 2 { teams[0] } else { teams[1] };
            let entry = ClientEntry {
                team,
                position,
                responsible: [None, None],
                were_responsible: Vec::new(),
                restrictions: BTreeMap::new(),
            };
            tables.clients.insert(*client, entry);
            import(&mut tables, team, *client, &goals, chance, at)?;
        }
        let count = 3 + chance.index(3);
        let mut tablets: Vec<TabletRow> = Vec::new();
        for number in 0..count {
            let worker = workers[number.min(3)];
            tablets.push(TabletRow { tablet: TabletId::mint(at, chance.ten()), worker });
        }
        let tablet = TabletId::mint(at, chance.ten());
        let patched = TabletRow { tablet, worker: workers[0] };
        Ok(Self { teams, clients, goals, tablets, patched, tables, begins })
    }
}

/// The care document that an administrator brought.
fn import(
    tables: &mut Tables,
    team: TeamId,
    client: ClientId,
    goals: &[GoalId],
    chance: &mut Chance,
    at: Timestamp,
) -> anyhow::Result<()> {
    let actor = Actor {
        worker: WorkerId::mint(at, chance.ten()),
        tablet: TabletId::mint(at, chance.ten()),
    };
    let reference = DocumentRef::care(client);
    let mut document = Document::new(reference);
    let mut edits = Vec::new();
    for goal in goals {
        let value = Goal {
            title: "Goal".into(),
            expressed_by: ExpressedBy::Client,
            own_part: None,
            due: None,
            status: GoalStatus::Active,
            conversation: None,
            need_area: None,
        };
        edits.extend(Edit::make(Part::Goals, goal.0, &value)?);
    }
    let change = document.write(actor, at, &edits)?.context("a change")?;
    tables.add(team, reference.id(), change.hash.0, &change.bytes);
    let entry = DocumentEntry {
        reference,
        team,
        heads: document.heads().to_bytes(),
        generation: 0,
        size: change.bytes.len() as u64,
    };
    tables.documents.insert(reference.id(), entry);
    Ok(())
}
