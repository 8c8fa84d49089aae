//! What can go wrong on a tablet, and the code of the sentence that the worker reads.

use std::time::Duration;

use kjent_core::cbor::NotCbor;
use kjent_core::clinical::MeasurementError;
use kjent_core::document::DocumentError;
use kjent_core::fact::CoercionRefusal;
use kjent_core::lock::PinFault;
use kjent_core::plan::{FieldFault, FieldProblem};
use kjent_core::policy::{Refusal, StepRefusal};
use kjent_core::problem::Problem;
use rusqlite::{ErrorCode, ffi};

use crate::environment::NoEntropy;
use crate::lock::{BiometryError, KeyStoreError};
use crate::sign_in::SignInRefused;
use crate::sync::SyncError;

/// An error of the tablet. None of its texts names a client or repeats what was written.
#[derive(Debug, thiserror::Error)]
pub enum TabletError {
    /// The PIN doesn't open the profile.
    #[error("wrong PIN")]
    WrongPin {
        /// How many are left before the PIN opens nothing any more.
        tries_left: u32,
    },
    /// After wrong PINs the lock takes none for a while.
    #[error("the lock waits")]
    PinWaits {
        /// What is left of the wait.
        wait: Duration,
    },
    /// The tries are spent, or the office has locked the profile: the worker logs in again.
    #[error("no PIN opens the profile any more")]
    LockedOut,
    /// The key store has lost the profile's secret, or the profile was copied from elsewhere.
    #[error("the profile's secret is not in the key store")]
    KeyLost,
    /// The secret is in the platform's key store, which isn't there now.
    #[error("the platform's key store is not there")]
    KeyStoreMissing,
    /// The key store failed.
    #[error(transparent)]
    KeyStore(#[from] KeyStoreError),
    /// The profile was made before the server had a recovery key.
    #[error("the profile has no sealed copy of its key")]
    NotRecoverable,
    /// No face or finger opens the profile.
    #[error(transparent)]
    Biometry(#[from] BiometryError),
    /// The server has not been heard for too long: the worker logs in again.
    #[error("the lease is over")]
    LeaseOver,
    /// The PIN is shorter than six digits, or has something else than digits.
    #[error("the PIN is too short")]
    PinTooShort,
    /// The PIN is one that anybody would try.
    #[error("the PIN is too easy")]
    PinTrivial,
    /// No profile in the folder.
    #[error("the tablet is not enrolled")]
    NotEnrolled,
    /// A profile is in the folder already.
    #[error("the tablet is enrolled already")]
    AlreadyEnrolled,
    /// What came back from the browser isn't taken.
    #[error(transparent)]
    SignIn(#[from] SignInRefused),
    /// The profile's file is damaged.
    #[error("the profile's file is damaged")]
    ProfileDamaged,
    /// The device's file is damaged, or its secret is gone from the key store.
    #[error("the device's file is damaged")]
    DeviceDamaged,
    /// What was pasted is no whole invitation.
    #[error("not an invitation")]
    InvitationUnreadable,
    /// The server lets the tablet in no more, and the profile can't be opened.
    #[error("the tablet is let in no more")]
    Revoked,
    /// The tablet isn't handed in while there is work on it that is nowhere else.
    #[error("work waits on the tablet")]
    WorkWaits {
        /// How many changes and drafts.
        count: usize,
    },
    /// The thing asked for isn't on the tablet.
    #[error("not found")]
    NotFound,
    /// The visit has a report already.
    #[error("the visit is finished already")]
    VisitAlreadyFinished,
    /// The visit has something written in it, so its start is not taken back.
    #[error("something is written in the visit")]
    VisitWritten,
    /// There is nothing to sign.
    #[error("nothing has been written")]
    NothingWritten,
    /// A goal needs a title.
    #[error("a goal needs a title")]
    GoalNeedsTitle,
    /// The conversation was answered, and no words are written down.
    #[error("the client's words are missing")]
    WordsNeeded,
    /// A field of the plan can't be written as it is.
    #[error(transparent)]
    Field(#[from] FieldProblem),
    /// Whether it was talked over with the client has no answer, or «no» has no reason.
    #[error("it is not said whether it was talked over with the client")]
    DiscussionNeeded,
    /// A reason is due.
    #[error("a reason is missing")]
    ReasonNeeded,
    /// A note that answers or closes a thread says nothing.
    #[error("an answer needs words")]
    AnswerNeedsWords,
    /// A follow-up doesn't say what is to be followed up.
    #[error("a follow-up says nothing")]
    FollowUpNeedsWhat,
    /// A follow-up or a handover names no colleague.
    #[error("no colleague is named")]
    ColleagueNeeded,
    /// A worry about a risk has no day by which it is followed up.
    #[error("a worry needs a follow-up")]
    ConcernNeedsFollowUp,
    /// No client is named.
    #[error("no client is named")]
    ClientNeeded,
    /// What was typed is no national number.
    #[error("no client has that number")]
    ClientUnknown,
    /// The reason says too little.
    #[error("the reason says too little")]
    ReasonTooShort,
    /// A note tells of what has not happened yet.
    #[error("it has not happened yet")]
    InTheFuture,
    /// Only who wrote an entry corrects it.
    #[error("the entry is another worker's")]
    NotYourEntry,
    /// The role doesn't read that.
    #[error("the role does not read that")]
    NotForYourRole,
    /// The entry is marked as about the wrong person already.
    #[error("the entry is about the wrong person")]
    EntryOfWrongPerson,
    /// Entries of this kind are what everybody has to know to give care, and can't be restricted.
    #[error("entries of this kind can't be restricted")]
    NotRestrictable,
    /// A colleague has answered the proposal already.
    #[error("the proposal is answered already")]
    AlreadyAnswered,
    /// A measurement that can't be.
    #[error(transparent)]
    Measurement(#[from] MeasurementError),
    /// A coercive measure that rests on nothing.
    #[error(transparent)]
    Coercion(#[from] CoercionRefusal),
    /// A step of the work with an incident that is not to be taken.
    #[error(transparent)]
    Step(#[from] StepRefusal),
    /// The rules don't let this worker write that.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A document on the tablet can't be read.
    #[error("a document can't be read")]
    Document(#[from] DocumentError),
    /// A stored value can't be read.
    #[error("a stored value can't be read")]
    Unreadable,
    /// The database is damaged; `repair` mends it.
    #[error("the database is damaged")]
    DatabaseDamaged,
    /// The document has lost something to damage, and the server has not sent it again yet.
    #[error("a document is incomplete until the next sync")]
    BeingRepaired,
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] rusqlite::Error),
    /// A file could not be read or written.
    #[error("a file could not be read or written")]
    File(#[from] std::io::Error),
    /// No randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// Talking with the server failed.
    #[error(transparent)]
    Sync(#[from] SyncError),
}

impl From<NotCbor> for TabletError {
    fn from(_: NotCbor) -> Self {
        TabletError::Unreadable
    }
}

impl From<PinFault> for TabletError {
    fn from(fault: PinFault) -> Self {
        match fault {
            PinFault::TooShort => TabletError::PinTooShort,
            PinFault::Trivial => TabletError::PinTrivial,
        }
    }
}

impl From<serde_json::Error> for TabletError {
    fn from(_: serde_json::Error) -> Self {
        TabletError::Unreadable
    }
}

impl From<&TabletError> for Problem {
    fn from(error: &TabletError) -> Self {
        let code = match error {
            TabletError::WrongPin { tries_left } => {
                return Problem::new("wrong_pin").with("tries_left", tries_left);
            }
            TabletError::PinWaits { wait } => {
                // Rounded up: after so many seconds a PIN is taken.
                let seconds = wait.as_millis().div_ceil(1000);
                return Problem::new("pin_waits").with("seconds", seconds);
            }
            TabletError::LockedOut => "locked_out",
            TabletError::KeyLost => "key_lost",
            TabletError::KeyStoreMissing => "key_store_missing",
            TabletError::KeyStore(KeyStoreError::Platform(_)) => "key_store_failed",
            TabletError::NotRecoverable => "not_recoverable",
            TabletError::Biometry(BiometryError::Refused) => "biometry_refused",
            TabletError::Biometry(BiometryError::Off) => "biometry_off",
            TabletError::Biometry(BiometryError::PinDue) => "pin_due",
            TabletError::LeaseOver => "lease_over",
            TabletError::PinTooShort => "pin_too_short",
            TabletError::PinTrivial => "pin_trivial",
            TabletError::NotEnrolled => "not_enrolled",
            TabletError::AlreadyEnrolled => "already_enrolled",
            TabletError::SignIn(refused) => refused.code(),
            TabletError::ProfileDamaged => "profile_damaged",
            TabletError::DeviceDamaged => "device_damaged",
            TabletError::InvitationUnreadable => "invitation_unreadable",
            TabletError::Revoked => "tablet_revoked",
            TabletError::WorkWaits { count } => {
                return Problem::new("work_waits").with("count", count);
            }
            TabletError::NotFound => "not_found",
            TabletError::VisitAlreadyFinished => "visit_already_finished",
            TabletError::VisitWritten => "visit_written",
            TabletError::NothingWritten => "nothing_written",
            TabletError::GoalNeedsTitle => "goal_needs_title",
            TabletError::WordsNeeded => "words_needed",
            TabletError::Field(problem) => {
                let code = match problem.fault {
                    FieldFault::Needed => "field_needed",
                    FieldFault::Invalid => "field_invalid",
                    FieldFault::Unknown => "field_unknown",
                };
                return Problem::new(code).with("field", &problem.field);
            }
            TabletError::DiscussionNeeded => "discussion_needed",
            TabletError::ReasonNeeded => "reason_needed",
            TabletError::AnswerNeedsWords => "answer_needs_words",
            TabletError::FollowUpNeedsWhat => "follow_up_needs_what",
            TabletError::ColleagueNeeded => "colleague_needed",
            TabletError::ConcernNeedsFollowUp => "concern_needs_follow_up",
            TabletError::ClientNeeded => "client_needed",
            TabletError::ClientUnknown => "client_unknown",
            TabletError::ReasonTooShort => "reason_too_short",
            TabletError::InTheFuture => "in_the_future",
            TabletError::NotYourEntry => "not_your_entry",
            TabletError::NotForYourRole => "not_for_your_role",
            TabletError::EntryOfWrongPerson => "entry_of_wrong_person",
            TabletError::NotRestrictable => "entry_not_restrictable",
            TabletError::AlreadyAnswered => "already_answered",
            TabletError::Measurement(error) => return error.into(),
            TabletError::Coercion(CoercionRefusal::NoBasis) => "coercion_without_basis",
            TabletError::Coercion(CoercionRefusal::NoWords) => "coercion_without_words",
            TabletError::Coercion(CoercionRefusal::DecidedLater) => "coercion_decided_later",
            TabletError::Step(StepRefusal::Role) => "incident_step_role",
            TabletError::Step(StepRefusal::Order) => "incident_step_order",
            TabletError::Refused(refusal) => return refusal.into(),
            TabletError::Document(_) | TabletError::Unreadable => "document_unreadable",
            TabletError::DatabaseDamaged => "database_damaged",
            TabletError::BeingRepaired => "being_repaired",
            TabletError::Database(error) => database_code(error),
            TabletError::File(error) | TabletError::KeyStore(KeyStoreError::File(error)) => {
                match error.kind() {
                    std::io::ErrorKind::StorageFull => "storage_full",
                    _ => "storage_failed",
                }
            }
            TabletError::NoEntropy(_) => "storage_failed",
            TabletError::Sync(error) => return error.into(),
        };
        Problem::new(code)
    }
}

fn database_code(error: &rusqlite::Error) -> &'static str {
    let extended = error.sqlite_error().map(|error| error.extended_code);
    match (error.sqlite_error_code(), extended) {
        // The index beside the log that can't grow is a full disk by another name.
        (Some(ErrorCode::DiskFull), _) | (_, Some(ffi::SQLITE_IOERR_SHMSIZE)) => "storage_full",
        (Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase), _) => "database_damaged",
        _ => "storage_failed",
    }
}
