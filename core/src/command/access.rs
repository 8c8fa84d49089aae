//! Commands about the access log: why a record was opened, and who has opened it.

use crate::access::AccessReason;
use crate::ids::ClientId;
use crate::view::AccessLogView;

commands! {
    /// Whether the worker is to say why she has opened this client's record. Asked once the record
    /// is read.
    ReadAccessQuestion = "read_access_question" -> bool {
        /// Whose.
        client: ClientId,
    }

    /// Say why.
    GiveAccessReason = "give_access_reason" -> () {
        /// Whose record.
        client: ClientId,
        /// Why.
        why: AccessReason,
        /// In words; not empty for another reason than those that are offered.
        words: String,
    }

    /// To a lead or nurse of the client's team: who has opened this client's record. Asks the server.
    ReadAccessLog = "read_access_log" -> AccessLogView {
        /// Whose.
        client: ClientId,
    }
}
