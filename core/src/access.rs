//! The access log: who opened what of whom, when and why.
//!
//! A row is made on the tablet when something of a client is shown, also without a network, and goes
//! to the server with the next exchange. It doesn't say who: the server knows whose tablet sends it,
//! so nobody can claim to be somebody else. The server adds who, in which role, for which unit and
//! when it came, and chains the rows (`chain`).
//!
//! One row is one opening. What a worker looks at of one client, screen after screen, is one opening
//! (`Watch`); a search is one row for as long as it goes on, without a word of what was searched for;
//! and a client who is opened from it is a row of their own. Lists of the day's work (the day's
//! list, the team's clients, what is to be followed up) are no openings: they are what the worker is
//! told to do. A report over several clients (the shift report, incidents) is a row for each client
//! who is in it.

#[cfg(feature = "documents")]
pub mod chain;
mod reason;
mod watch;

pub use reason::{AccessReason, Relation};
pub use watch::Watch;

use serde::{Deserialize, Serialize};

use crate::ids::{AccessId, ClientId};
use crate::open_enum;
use crate::team::Role;
use crate::time::Timestamp;

open_enum! {
    /// What was done.
    pub enum AccessAct {
        /// A client's page, visit, curves, note or routine was opened.
        Opened = "opened",
        /// A report over several clients was read, and this client is in it.
        ReadReport = "read_report",
        /// Words were searched for in everything on the tablet.
        Searched = "searched",
        /// Something was copied out of the app.
        Copied = "copied",
        /// Something was written to a file.
        Exported = "exported",
        /// Something was printed.
        Printed = "printed",
        /// Somebody without access took it in an emergency.
        BreakGlass = "break_glass",
        /// Who has opened the client's record was asked for.
        ReadAccessLog = "read_access_log",
        /// A wrong PIN was typed.
        WrongPin = "wrong_pin",
        /// Too many wrong PINs locked the profile.
        LockedOut = "locked_out",
        /// The profile's key was fetched from the server.
        KeyRecovered = "key_recovered",
        /// The tablet was handed in, and emptied.
        HandedIn = "handed_in",
        /// A tablet asked with a token that isn't good any more.
        TokenRefused = "token_refused",
        /// Something was written about a client whom the worker may not write about.
        WriteRefused = "write_refused",
        /// Something was erased from the record, by decision.
        Erased = "erased",
        /// Something in the record was restricted to a few readers.
        RestrictedEntry = "restricted_entry",
        /// Who reads something that is restricted was changed.
        ChangedEntryReaders = "changed_entry_readers",
        /// A restriction was ended: everyone whom the client lets in reads it.
        EndedEntryRestriction = "ended_entry_restriction",
        /// The client was moved to another unit.
        Moved = "moved",
        /// What was refused was written to a file.
        QuarantineExported = "quarantine_exported",
        /// Which clients were on a lost tablet was asked for.
        LostReport = "lost_report",
        /// The office did something; the words say which command.
        OfficeCommand = "office_command",
    }
}

open_enum! {
    /// How it went.
    pub enum AccessOutcome {
        /// It was shown or done.
        Given = "given",
        /// It was refused.
        Refused = "refused",
    }
}

/// A row as the tablet makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRow {
    /// The row's id, by which it is known when it is sent again.
    pub id: AccessId,
    /// Whose record; absent for what is about no one client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// What was done.
    pub act: AccessAct,
    /// Why; absent when nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<AccessReason>,
    /// The reason in words, when it was typed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// When, by the clock of whoever made the row.
    pub at: Timestamp,
    /// How it went.
    pub outcome: AccessOutcome,
    /// How many times: wrong PINs are counted.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub count: u32,
}

/// How many letters a typed reason has at most; what is longer is cut.
pub const MOST_WORDS: usize = 500;

impl AccessRow {
    /// Something that was shown or done, of nobody in particular and without a reason.
    pub const fn new(id: AccessId, act: AccessAct, at: Timestamp) -> Self {
        Self {
            id,
            client: None,
            act,
            why: None,
            words: String::new(),
            at,
            outcome: AccessOutcome::Given,
            count: 1,
        }
    }

    /// The same about a client.
    #[must_use]
    pub fn about(mut self, client: ClientId, why: Option<AccessReason>) -> Self {
        (self.client, self.why) = (Some(client), why);
        self
    }

    /// The same with the typed words cut to what the log keeps.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        if let Some((end, _)) = self.words.char_indices().nth(MOST_WORDS) {
            self.words.truncate(end);
        }
        self
    }
}

const fn once() -> u32 {
    1
}

// Serde hands out references.
#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_once(count: &u32) -> bool {
    *count == 1
}

/// Whether somebody of this role in the client's team may ask who has opened the client's record.
pub fn may_read_log(role: Option<&Role>) -> bool {
    matches!(role, Some(Role::TeamLead | Role::Nurse))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn who_leads_or_nurses_the_clients_team_may_ask() {
        for role in Role::ALL {
            let may = matches!(role, Role::TeamLead | Role::Nurse);
            assert_eq!(may_read_log(Some(role)), may, "{role:?}");
        }
        assert!(!may_read_log(Some(&Role::from_code("newer"))));
        assert!(!may_read_log(None));
    }

    #[test]
    fn a_typed_reason_is_cut_between_letters() {
        let at = Timestamp::from_millis(0);
        let row = AccessRow::new(AccessId(Uuid::nil()), AccessAct::Opened, at);
        let long = AccessRow { words: "å".repeat(MOST_WORDS + 3), ..row.clone() };
        assert_eq!(long.bounded().words.chars().count(), MOST_WORDS);
        let short = AccessRow { words: "Pårørende ringte".into(), ..row };
        assert_eq!(short.clone().bounded(), short);
    }
}
