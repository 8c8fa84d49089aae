//! Ids that follow from names: the same client, worker or goal on every machine and every day.

use kjent_core::ids::{
    ClientId, ContactId, CriticalInfoId, DecisionId, GoalId, InterventionId, TabletId, TeamId,
    WorkerId,
};
use uuid::Uuid;

/// The namespace of the demo data's ids.
const NAMESPACE: Uuid = Uuid::from_u128(0x6b6a_656e_7420_4d65_b86f_2064_656d_6f21);

fn id(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{kind}/{name}").as_bytes())
}

/// The id of the team of a key.
pub fn team(key: &str) -> TeamId {
    TeamId(id("team", key))
}

/// The id of the worker with an employee number.
pub fn worker(employee_number: &str) -> WorkerId {
    WorkerId(id("worker", employee_number))
}

/// The tablet that this worker's part of the history was written on. Never enrolled again.
pub fn tablet(employee_number: &str) -> TabletId {
    TabletId(id("tablet", employee_number))
}

/// The id of the client whose file has this name.
pub fn client(key: &str) -> ClientId {
    ClientId(id("client", key))
}

/// The id of a client's decision.
pub fn decision(client: &str, key: &str) -> DecisionId {
    DecisionId(id("decision", &format!("{client}/{key}")))
}

/// The id of a client's goal.
pub fn goal(client: &str, key: &str) -> GoalId {
    GoalId(id("goal", &format!("{client}/{key}")))
}

/// The id of a client's intervention.
pub fn intervention(client: &str, key: &str) -> InterventionId {
    InterventionId(id("intervention", &format!("{client}/{key}")))
}

/// The id of a person around a client.
pub fn contact(client: &str, name: &str) -> ContactId {
    ContactId(id("contact", &format!("{client}/{name}")))
}

/// The id of a piece of critical information.
pub fn critical(client: &str, label: &str) -> CriticalInfoId {
    CriticalInfoId(id("critical", &format!("{client}/{label}")))
}
