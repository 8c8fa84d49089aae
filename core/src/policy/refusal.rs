//! Why a change is not accepted. The UI has a sentence for each code.

use serde::{Deserialize, Serialize};

use crate::fact::FactKind;
use crate::plan::Part;
use crate::problem::Problem;

/// The reason of a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The client isn't in a team of the writer's.
    #[error("the client is not in the writer's team")]
    NotYourTeam,
    /// The change was made by another worker or another tablet.
    #[error("the change was made by another actor")]
    NotYourActor,
    /// The fact names another author.
    #[error("the fact names another author")]
    WrongAuthor,
    /// The fact is about another client, or its kind or month belongs elsewhere.
    #[error("the fact belongs in another document")]
    FactInWrongDocument,
    /// A fact was written over.
    #[error("a fact was written over")]
    FactAltered,
    /// A fact was deleted.
    #[error("a fact was deleted")]
    FactRemoved,
    /// A fact can't be read.
    #[error("a fact can't be read")]
    FactUnreadable,
    /// The role doesn't edit that part of the plan.
    #[error("the role may not edit that part of the plan")]
    RoleMayNot {
        /// Which part.
        part: Part,
    },
    /// The role doesn't write facts of that kind.
    #[error("the role may not write that kind of fact")]
    RoleMayNotWrite {
        /// Which kind.
        kind: FactKind,
    },
    /// The fact corrects another worker's.
    #[error("the fact corrects another worker's")]
    NotYourEntry,
    /// The client restricts the entry, and the writer doesn't read it.
    #[error("the client restricts the entry to others")]
    NotAReader,
    /// The client restricts the entry that the fact corrects: it belongs where that stands.
    #[error("the client restricts the entry that the fact corrects")]
    EntryRestricted,
    /// Something of the entry that is to be restricted isn't in its own document, for instance a
    /// correction that came in between.
    #[error("something of the entry is not in its own document")]
    EntryNotMoved,
    /// The plan can't be read after the change.
    #[error("the plan can't be read after the change")]
    PlanUnreadable,
    /// The change writes outside the known maps.
    #[error("the change writes outside the known maps")]
    UnknownObject,
    /// The bytes are not a change, or not written as changes are.
    #[error("the bytes are not a change")]
    ChangeUnreadable,
    /// The change does nothing.
    #[error("the change does nothing")]
    ChangeEmpty,
    /// Another change has this one's place in its actor's count.
    #[error("another change has this one's place in its actor's count")]
    ActorReused,
    /// The change builds on one that isn't there, for instance on a refused one.
    #[error("the change builds on one that isn't there")]
    MissingDependency,
}

impl Refusal {
    /// Whether the writer lacks the right: somebody else has it, and she may have had it once.
    pub const fn is_for_lack_of_right(&self) -> bool {
        matches!(
            self,
            Refusal::NotYourTeam
                | Refusal::NotAReader
                | Refusal::RoleMayNot { .. }
                | Refusal::RoleMayNotWrite { .. }
        )
    }

    /// The code of the UI's sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            Refusal::NotYourTeam => "not_your_team",
            Refusal::NotYourActor => "not_your_actor",
            Refusal::WrongAuthor => "wrong_author",
            Refusal::FactInWrongDocument => "fact_in_wrong_document",
            Refusal::FactAltered => "fact_altered",
            Refusal::FactRemoved => "fact_removed",
            Refusal::FactUnreadable => "fact_unreadable",
            Refusal::RoleMayNot { .. } => "role_may_not",
            Refusal::RoleMayNotWrite { .. } => "role_may_not_write",
            Refusal::NotYourEntry => "not_your_entry",
            Refusal::NotAReader => "not_a_reader",
            Refusal::EntryRestricted => "entry_restricted",
            Refusal::EntryNotMoved => "entry_not_moved",
            Refusal::PlanUnreadable => "plan_unreadable",
            Refusal::UnknownObject => "unknown_object",
            Refusal::ChangeUnreadable => "change_unreadable",
            Refusal::ChangeEmpty => "change_empty",
            Refusal::ActorReused => "actor_reused",
            Refusal::MissingDependency => "missing_dependency",
        }
    }
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        let problem = Problem::new(refusal.code());
        match refusal {
            Refusal::RoleMayNot { part } => problem.with("part", part.key()),
            Refusal::RoleMayNotWrite { kind } => problem.with("kind", kind),
            _ => problem,
        }
    }
}
