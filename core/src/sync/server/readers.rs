//! Whom the documents of restricted entries are open to, and were.

use std::collections::BTreeSet;

use super::Records;
use crate::document::Document;
use crate::fact::Readers;
use crate::ids::WorkerId;
use crate::time::Timestamp;

/// That a restricted entry was opened to a worker, or to everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderRow {
    /// To whom; `None` for everyone whom the client lets in.
    pub worker: Option<WorkerId>,
    /// From when on, by the server's clock; from ever for those with whom it began.
    pub since: Timestamp,
    /// Until when; open when absent.
    pub until: Option<Timestamp>,
}

impl ReaderRow {
    /// Whether it was about this worker.
    pub fn names(&self, worker: WorkerId) -> bool {
        self.worker.is_none_or(|named| named == worker)
    }

    /// Whether it was in force at a moment.
    pub fn holds(&self, at: Timestamp) -> bool {
        self.since <= at && self.until.is_none_or(|until| at < until)
    }
}

/// Keeps whom an entry's own document is open to from now on, as `by` wrote in it.
pub fn keep_readers<R: Records>(
    records: &R,
    document: &Document,
    by: WorkerId,
    now: Timestamp,
) -> Result<(), R::Error> {
    let Some(readers) = document.readers() else { return Ok(()) };
    let id = document.reference().id();
    let rows = after(records.readers(id)?, &readers, by, now);
    records.save_readers(id, &rows)
}

/// What follows on these rows: new readers from now on, others until now; the first ones from ever, for
/// what an author wrote more in a document that comes late was hers to write. Whoever wrote so is
/// noted even if she is none of them, for the document may be on her tablet.
fn after(
    mut rows: Vec<ReaderRow>,
    readers: &Readers,
    by: WorkerId,
    now: Timestamp,
) -> Vec<ReaderRow> {
    let mut wanted: BTreeSet<Option<WorkerId>> = match readers {
        Readers::These(workers) => workers.iter().copied().map(Some).collect(),
        Readers::Everyone => BTreeSet::from([None]),
    };
    for row in rows.iter_mut().filter(|row| row.until.is_none()) {
        if !wanted.remove(&row.worker) {
            row.until = Some(now);
        }
    }
    let since = if rows.is_empty() { Timestamp::default() } else { now };
    rows.extend(wanted.into_iter().map(|worker| ReaderRow { worker, since, until: None }));
    if !rows.iter().any(|row| row.names(by)) {
        rows.push(ReaderRow { worker: Some(by), since: now, until: Some(now) });
    }
    rows
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn readers_come_and_go_and_nobody_who_may_have_it_is_forgotten() {
        let worker = |number| WorkerId(Uuid::from_u128(number));
        let at = Timestamp::from_millis;
        let these = |all: &[u128]| Readers::These(all.iter().map(|it| worker(*it)).collect());
        let open = |rows: &[ReaderRow], moment| -> Vec<Option<WorkerId>> {
            rows.iter().filter(|row| row.holds(at(moment))).map(|row| row.worker).collect()
        };
        // Three writes down that one and two read it.
        let rows = after(Vec::new(), &these(&[1, 2]), worker(3), at(10));
        assert_eq!(open(&rows, 10), [Some(worker(1)), Some(worker(2))]);
        // Also what they wrote before it came.
        assert_eq!(open(&rows, 5), [Some(worker(1)), Some(worker(2))]);
        assert!(rows.iter().any(|row| row.names(worker(3)) && !row.holds(at(10))));
        // Said again, nothing is another.
        assert_eq!(after(rows.clone(), &these(&[1, 2]), worker(1), at(20)), rows);
        let rows = after(rows, &these(&[1]), worker(1), at(20));
        assert_eq!(open(&rows, 19), [Some(worker(1)), Some(worker(2))]);
        assert_eq!(open(&rows, 20), [Some(worker(1))]);
        let rows = after(rows, &Readers::Everyone, worker(1), at(30));
        assert_eq!(open(&rows, 30), [None]);
        let rows = after(rows, &these(&[1]), worker(1), at(40));
        assert_eq!(open(&rows, 40), [Some(worker(1))]);
        // It was everyone's.
        assert!(rows.iter().any(|row| row.names(worker(9))));
    }
}
