//! A single entry that the client restricts: who reads it, and what of the journal it is.

use std::collections::{BTreeSet, HashSet};

use super::{Document, DocumentKind, Fact};
use crate::fact::{FactBody, FactKind, Readers};
use crate::ids::FactId;

impl Document {
    /// Whom an entry's own document is open to; `None` of one in which nobody has said so, and of every
    /// other document. What was said last counts.
    pub fn readers(&self) -> Option<Readers> {
        let DocumentKind::Restricted(entry) = self.reference.kind else { return None };
        let mut said = None;
        for (id, fact) in self.open_facts() {
            let readers = match fact.read() {
                Ok(FactBody::EntryReaders(it)) => Readers::These(it.readers.into_iter().collect()),
                Ok(FactBody::EntryRestrictionEnded(_)) => Readers::Everyone,
                _ => continue,
            };
            if said.as_ref().is_none_or(|(at, _)| *at <= (fact.written, id)) {
                said = Some(((fact.written, id), readers));
            }
        }
        let mut readers = said.map(|(_, readers)| readers)?;
        if let (Readers::These(these), Some(bytes)) = (&mut readers, self.fact(entry)) {
            these.extend(Fact::open(&bytes).map(|fact| fact.author));
        }
        Some(readers)
    }

    /// An entry as it stands here with its corrections, the entry first; empty when it isn't here.
    pub fn entry(&self, entry: FactId) -> Vec<(FactId, Vec<u8>)> {
        let Some(bytes) = self.fact(entry) else { return Vec::new() };
        let mut found = vec![(entry, bytes)];
        let mut parts = HashSet::from([entry]);
        // A correction of a correction has the larger id, unless a clock was set back between them.
        while let Some(next) = self.open_facts().find(|(id, fact)| {
            !parts.contains(id)
                && fact.kind != FactKind::EntryRestricted
                && fact.amends.is_some_and(|amended| parts.contains(&amended))
        }) {
            parts.insert(next.0);
            found.extend(self.fact(next.0).map(|bytes| (next.0, bytes)));
        }
        found
    }

    /// The entries of this journal that the client restricts.
    pub fn restricted(&self) -> BTreeSet<FactId> {
        let restricts = |(_, fact): (FactId, Fact)| match fact.kind {
            FactKind::EntryRestricted => fact.amends,
            _ => None,
        };
        self.open_facts().filter_map(restricts).collect()
    }

    /// The facts that can be read.
    fn open_facts(&self) -> impl Iterator<Item = (FactId, Fact)> {
        let open = |id| Some((id, Fact::open(&self.fact(id)?).ok()?));
        self.facts().into_iter().filter_map(open)
    }
}
