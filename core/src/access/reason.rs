//! Why a record was opened. It follows from what the worker has to do with the client that day; only
//! where she has nothing to do with them, she is asked.

use crate::open_enum;

open_enum! {
    /// Why.
    pub enum AccessReason {
        /// She is about to go in.
        BeforeDoor = "before_door",
        /// She visits the client, or has visited them, this day.
        VisitToday = "visit_today",
        /// She is the client's primary contact or service lead.
        Responsible = "responsible",
        /// Something about the client waits for her to follow it up.
        FollowUp = "follow_up",
        /// It is handed over to her, or to her shift.
        Handover = "handover",
        /// Somebody called or came about the client.
        Inquiry = "inquiry",
        /// She helps a colleague with the client.
        Colleague = "colleague",
        /// She plans visits.
        Planning = "planning",
        /// She looks at how the work is done (internkontroll).
        Quality = "quality",
        /// The client, or who speaks for them, asked to see it.
        SubjectAccess = "subject_access",
        /// The client wished that it be done.
        ClientsWish = "clients_wish",
        /// An emergency.
        BreakGlass = "break_glass",
        /// Something else, in her own words.
        Other = "other",
    }
}

impl AccessReason {
    /// What she is asked to choose among, in the order to offer it.
    pub const ASKED: [AccessReason; 6] = [
        AccessReason::Inquiry,
        AccessReason::Colleague,
        AccessReason::Planning,
        AccessReason::Quality,
        AccessReason::SubjectAccess,
        AccessReason::Other,
    ];

    /// Whether it needs words.
    pub fn needs_words(&self) -> bool {
        *self == AccessReason::Other
    }
}

/// What a worker has to do with a client at the moment of opening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// She has let herself in, and has said why.
    pub break_glass: bool,
    /// She has opened a visit of hers that is not begun.
    pub before_door: bool,
    /// One of the day's visits to the client is hers.
    pub visit_today: bool,
    /// She is primary contact or service lead.
    pub responsible: bool,
    /// Something waits for her to follow it up.
    pub follow_up: bool,
    /// Something is handed over to her, or to her shift.
    pub handover: bool,
}

impl Relation {
    /// The reason that follows: the one that says most about this very opening. `None` when she is
    /// to be asked.
    pub fn reason(self) -> Option<AccessReason> {
        let reasons = [
            (self.break_glass, AccessReason::BreakGlass),
            (self.before_door, AccessReason::BeforeDoor),
            (self.visit_today, AccessReason::VisitToday),
            (self.responsible, AccessReason::Responsible),
            (self.follow_up, AccessReason::FollowUp),
            (self.handover, AccessReason::Handover),
        ];
        reasons.into_iter().find_map(|(holds, reason)| holds.then_some(reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_what_says_most_and_without_a_relation_there_is_none() {
        let none = Relation::default();
        let all = Relation {
            break_glass: true,
            before_door: true,
            visit_today: true,
            responsible: true,
            follow_up: true,
            handover: true,
        };
        let cases = [
            (none, None),
            (all, Some(AccessReason::BreakGlass)),
            (Relation { break_glass: false, ..all }, Some(AccessReason::BeforeDoor)),
            (
                Relation { break_glass: false, before_door: false, ..all },
                Some(AccessReason::VisitToday),
            ),
            (Relation { handover: true, ..none }, Some(AccessReason::Handover)),
            (Relation { follow_up: true, handover: true, ..none }, Some(AccessReason::FollowUp)),
            (
                Relation { responsible: true, follow_up: true, ..none },
                Some(AccessReason::Responsible),
            ),
        ];
        for (relation, reason) in cases {
            assert_eq!(relation.reason(), reason, "{relation:?}");
        }
        let derived = [
            AccessReason::BreakGlass,
            AccessReason::BeforeDoor,
            AccessReason::VisitToday,
            AccessReason::Responsible,
            AccessReason::FollowUp,
            AccessReason::Handover,
        ];
        assert!(derived.iter().all(|reason| !AccessReason::ASKED.contains(reason)));
    }
}
