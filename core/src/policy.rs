//! Who may write what: one pure function, run by the tablet before it writes and by the server
//! before it accepts.
//!
//! A change is first read into `Act`s (`document::inspect`), which say what it does in the
//! product's own terms; the rules here judge acts.

mod act;
mod incident_steps;
mod late_reason;
mod refusal;
mod rights;
mod roles;

#[cfg(feature = "documents")]
mod change;

pub use act::{Act, Amended, AmendedBy, Move};
pub use incident_steps::{StepRefusal, comes_next, may_step, state_after};
pub use late_reason::LateReason;
pub use refusal::Refusal;
pub use rights::{COLUMNS, Cell, Deed, Right, may, printed};
pub use roles::{APPOINTMENTS, may_appoint, may_edit};

#[cfg(feature = "documents")]
pub use change::{Checked, check_change};

use crate::fact::FactKind;
use crate::ids::{ClientId, WorkerId};
use crate::plan::Part;
use crate::team::Role;

/// Who writes, seen from the document that is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    /// The worker who is logged in.
    pub worker: WorkerId,
    /// Their role in the team that the client belongs to; `None` when they aren't in it.
    pub role: Option<Role>,
    /// Whether they are the client's primary contact or service lead.
    pub responsible: bool,
}

/// Judges one act in a document of `client`.
pub fn check(act: &Act, writer: &Writer, client: ClientId) -> Result<(), Refusal> {
    let role = writer.role.as_ref().ok_or(Refusal::NotYourTeam)?;
    match act {
        Act::AddFact { author, about, in_right_document, kind, step, amends, moves, .. } => {
            let is_moved = *moves == Move::Moved;
            if *author != writer.worker && !is_moved {
                return Err(Refusal::WrongAuthor);
            }
            if *about != client || !in_right_document {
                return Err(Refusal::FactInWrongDocument);
            }
            if is_moved {
                let deed = restriction_of(*author, writer.worker);
                let may = may(&Right::Do(deed), role, writer.responsible);
                let kind = FactKind::EntryRestricted;
                return if may { Ok(()) } else { Err(Refusal::RoleMayNotWrite { kind }) };
            }
            if amends.is_some_and(|it| it.by == Some(AmendedBy::Restricted)) {
                return Err(Refusal::EntryRestricted);
            }
            if *moves == Move::Apart
                && !may(&Right::Do(Deed::RestrictOwn), role, writer.responsible)
            {
                return Err(Refusal::RoleMayNotWrite { kind: FactKind::EntryRestricted });
            }
            if *moves == Move::Torn {
                return Err(Refusal::EntryNotMoved);
            }
            let write = Right::WriteFact(kind.clone());
            let takes_step = step.clone().map(Right::StepIncident);
            let corrects = amends.as_ref().map(|amended| correction(kind, amended, writer.worker));
            let may = |right: &Right| may(right, role, writer.responsible);
            let lacks = |deed: &Deed| !may(&Right::Do(*deed));
            if !may(&write) || takes_step.is_some_and(|right| !may(&right)) {
                Err(Refusal::RoleMayNotWrite { kind: kind.clone() })
            } else if let Some(deed) = corrects.filter(lacks) {
                match deed {
                    Deed::RestrictOthers => Err(Refusal::RoleMayNotWrite { kind: kind.clone() }),
                    _ => Err(Refusal::NotYourEntry),
                }
            } else {
                Ok(())
            }
        }
        Act::EditPlan { part, field, .. } => {
            let appoints = *part == Part::Client
                && field.as_deref().is_some_and(|field| APPOINTMENTS.contains(&field));
            if may_edit(role, writer.responsible, *part) && (!appoints || may_appoint(role)) {
                Ok(())
            } else {
                Err(Refusal::RoleMayNot { part: *part })
            }
        }
        Act::AlterFact { .. } => Err(Refusal::FactAltered),
        Act::RemoveFact { .. } => Err(Refusal::FactRemoved),
        Act::UnreadableFact { .. } => Err(Refusal::FactUnreadable),
        Act::Stray => Err(Refusal::UnknownObject),
    }
}

/// Which right it takes to restrict an entry.
fn restriction_of(author: WorkerId, writer: WorkerId) -> Deed {
    if author == writer { Deed::RestrictOwn } else { Deed::RestrictOthers }
}

/// Which right a correction takes. What somebody measured is put right by whoever sees that it is
/// wrong; what somebody wrote, by nobody else.
fn correction(kind: &FactKind, amended: &Amended, writer: WorkerId) -> Deed {
    match amended.by {
        Some(AmendedBy::Worker(author)) if *kind == FactKind::EntryRestricted => {
            restriction_of(author, writer)
        }
        Some(AmendedBy::Worker(author)) if author == writer => Deed::CorrectOwn,
        // What is gone is nobody's, and says nothing that a correction could falsify.
        Some(AmendedBy::Erased) => Deed::CorrectOwn,
        _ if *kind == FactKind::Observations => Deed::CorrectMeasurement,
        _ => Deed::CorrectOthers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::FactId;
    use uuid::Uuid;

    fn worker(number: u128) -> WorkerId {
        WorkerId(Uuid::from_u128(number))
    }

    #[test]
    fn who_is_responsible_is_said_by_a_nurse_or_the_lead_and_not_handed_on() {
        let client = ClientId(Uuid::from_u128(7));
        let edit = |field: &str| Act::EditPlan {
            part: Part::Client,
            object: Uuid::nil(),
            field: Some(field.into()),
        };
        let refused = Err(Refusal::RoleMayNot { part: Part::Client });
        for (role, responsible, appoints, edits) in [
            (Role::TeamLead, false, Ok(()), Ok(())),
            (Role::Nurse, false, Ok(()), Ok(())),
            (Role::Helper, true, refused.clone(), Ok(())),
            (Role::Helper, false, refused.clone(), refused.clone()),
            (Role::Therapist, true, refused.clone(), refused.clone()),
        ] {
            let writer = Writer { worker: worker(1), role: Some(role), responsible };
            for field in APPOINTMENTS {
                assert_eq!(check(&edit(field), &writer, client), appoints, "{field} {writer:?}");
            }
            assert_eq!(check(&edit("need_skin"), &writer, client), edits, "{writer:?}");
        }
    }

    #[test]
    fn each_act_is_judged_by_its_own_rule() {
        let client = ClientId(Uuid::from_u128(7));
        let fact = FactId(Uuid::from_u128(1));
        let add = |author, about, in_right_document| Act::AddFact {
            fact,
            author,
            about,
            in_right_document,
            kind: FactKind::Note,
            step: None,
            amends: None,
            moves: Move::No,
        };
        let edit =
            Act::EditPlan { part: Part::Goals, object: Uuid::nil(), field: Some("title".into()) };
        let part = Part::Goals;
        let other = ClientId(Uuid::from_u128(8));
        let writer = |role, responsible| Writer { worker: worker(1), role, responsible };
        let helper = || writer(Some(Role::Helper), false);
        let cases = [
            (add(worker(1), client, true), helper(), Ok(())),
            (add(worker(2), client, true), helper(), Err(Refusal::WrongAuthor)),
            (add(worker(1), other, true), helper(), Err(Refusal::FactInWrongDocument)),
            (add(worker(1), client, false), helper(), Err(Refusal::FactInWrongDocument)),
            (add(worker(1), client, true), writer(None, false), Err(Refusal::NotYourTeam)),
            (edit.clone(), helper(), Err(Refusal::RoleMayNot { part })),
            (edit.clone(), writer(Some(Role::Helper), true), Ok(())),
            (edit.clone(), writer(Some(Role::Nurse), false), Ok(())),
            (edit, writer(None, true), Err(Refusal::NotYourTeam)),
            (
                Act::AlterFact { fact },
                writer(Some(Role::TeamLead), true),
                Err(Refusal::FactAltered),
            ),
            (
                Act::RemoveFact { fact },
                writer(Some(Role::TeamLead), true),
                Err(Refusal::FactRemoved),
            ),
            (Act::UnreadableFact { fact: Some(fact) }, helper(), Err(Refusal::FactUnreadable)),
            (Act::Stray, writer(Some(Role::TeamLead), true), Err(Refusal::UnknownObject)),
        ];
        for (act, writer, expected) in cases {
            assert_eq!(check(&act, &writer, client), expected, "{act:?} by {writer:?}");
        }
    }
}
