//! What must hold at every exchange.

use anyhow::{Context, bail, ensure};
use kjent_core::document::{DocumentKind, DocumentRef};
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::plan::Part;
use kjent_core::policy::{Refusal, may_edit};
use kjent_core::protocol::Outcome;
use kjent_core::sync::server::TabletRow;
use kjent_core::sync::tablet::{Completed, State};
use kjent_core::team::Role;

use super::network::Message;
use super::restricting::{had_read, is_line, is_open};
use super::server::{Answer, Truth};
use super::server_store::{Tables, is_kept};
use super::world::{Work, World};

/// How exactly a change knows when it was written, in milliseconds.
const TICK: i64 = 1000;

impl World {
    /// An answer speaks of the worker's own teams and clients, and of nothing else; what it says of
    /// itself is what is stored.
    pub(super) fn judge_answer(
        &mut self,
        sender: TabletRow,
        answer: &Answer,
    ) -> anyhow::Result<()> {
        let teams = self.server.tables.open_teams_of(sender.worker, self.now);
        let may_see = |client: ClientId| teams.iter().any(|team| team.clients.contains(&client));
        let tables = &self.server.tables;
        let may_have = |document: DocumentRef| {
            may_see(document.client) && is_open(tables, document, sender.worker, self.now)
        };
        for news in &answer.response.teams {
            ensure!(
                teams.iter().any(|team| team.id == news.team),
                "the server tells of a team that the worker isn't in"
            );
            let changes = news.changes.iter().map(|entry| entry.document);
            let listed = news.list.iter().flatten().map(|listed| listed.document);
            let late = news.late.iter().map(|late| late.document);
            let renewed = news.renewed.iter().map(|(document, _)| *document);
            for document in changes.chain(listed).chain(late).chain(renewed) {
                ensure!(
                    may_have(document),
                    "the server gives away {}",
                    self.name_document(document)
                );
            }
            for receipt in &news.receipts {
                ensure!(
                    receipt.client.is_none_or(may_see),
                    "the server gives away a receipt about another team's client"
                );
            }
        }
        for snapshot in &answer.response.documents {
            ensure!(
                may_have(snapshot.document),
                "the server gives away {} whole",
                self.name_document(snapshot.document)
            );
        }
        let pushed: usize = answer.request.push.iter().map(|pushed| pushed.changes.len()).sum();
        ensure!(
            pushed == answer.response.outcomes.len(),
            "{} outcomes for {pushed} changes",
            answer.response.outcomes.len()
        );
        self.refused.extend(self.server.tables.quarantine.keys().copied());
        Ok(())
    }

    /// What was written with the right to is accepted, what is late is marked so, and nothing
    /// honest is refused for a forger's reason.
    pub(super) fn judge_outcomes(
        &mut self,
        message: &Message,
        answer: &Answer,
    ) -> anyhow::Result<()> {
        let outcomes = message.works.iter().zip(&answer.response.outcomes);
        let outcomes: Vec<(Option<usize>, Outcome)> =
            outcomes.map(|(work, outcome)| (*work, outcome.clone())).collect();
        let worker = self.tablets[message.tablet].row.worker;
        for (number, outcome) in outcomes {
            let number = number.context("a change that nobody wrote")?;
            let work = self.account.get_mut(number).context("work that is in no account")?;
            match outcome {
                Outcome::Accepted(change) => {
                    work.accepted = true;
                    work.is_outdated = false;
                    let work = work.clone();
                    self.counts.count("accepted");
                    self.judge_late(number, &work, worker, change, answer)?;
                }
                Outcome::Refused(Refusal::ActorReused) => {
                    work.is_outdated = true;
                    self.counts.count("outdated");
                }
                Outcome::Refused(refusal) => {
                    let work = work.clone();
                    self.counts.count("refused");
                    let here = &self.tablets[message.tablet];
                    let is_awaited =
                        here.session.as_ref().is_some_and(|it| it.exchange == message.exchange);
                    // An old copy of a request, of work that has been written anew since.
                    if is_awaited || refusal != Refusal::FactAltered {
                        self.judge_refusal(number, &work, worker, &refusal, message.sent)?;
                    }
                }
                Outcome::Outdated => {
                    work.is_outdated = true;
                    self.counts.count("outdated");
                }
                Outcome::Later => self.counts.count("later"),
            }
        }
        Ok(())
    }

    fn judge_late(
        &mut self,
        number: usize,
        work: &Work,
        worker: WorkerId,
        change: u64,
        answer: &Answer,
    ) -> anyhow::Result<()> {
        let tables = &self.server.tables;
        let document = work.document.id();
        let team = tables.clients.get(&work.document.client).context("a client")?.team;
        let is_new = tables.changes.len() > answer.before.changes.len()
            && tables
                .changes
                .iter()
                .skip(answer.before.changes.len())
                .any(|entry| entry.document == document && entry.number == change);
        if !is_new {
            return Ok(());
        }
        let role = tables.role_at(worker, work.document.client, self.now);
        let is_marked = tables.late.contains_key(&(team, change));
        // Who was a reader until then comes late too; who is one is known before and after alone.
        let was_begun = answer.before.readers.contains_key(&document);
        if was_begun && !is_open(&answer.before, work.document, worker, self.now) {
            return Ok(());
        }
        let is_late = !may_write(role.as_ref(), work);
        ensure!(
            is_marked == is_late,
            "work {number} came {} and is {}marked late",
            if is_late { "late" } else { "in time" },
            if is_marked { "" } else { "not " }
        );
        if is_late {
            self.counts.count("late");
        }
        Ok(())
    }

    fn judge_refusal(
        &self,
        number: usize,
        work: &Work,
        worker: WorkerId,
        refusal: &Refusal,
        sent: i64,
    ) -> anyhow::Result<()> {
        match refusal {
            Refusal::NotYourTeam | Refusal::RoleMayNot { .. } => {
                // Between the whole second that the change names, and that and the way.
                let until = (work.at + self.now - sent).min(self.now);
                let (tables, window) = (&self.server.tables, (work.at - TICK, until));
                ensure!(
                    !had_right(tables, worker, work, window.0, window.1)
                        || !had_read(tables, work.document, worker, window),
                    "work {number} was written with the right to, and is refused: {}",
                    refusal.code()
                );
                Ok(())
            }
            Refusal::NotAReader => {
                let until = (work.at + self.now - sent).min(self.now);
                let window = (work.at - TICK, until);
                ensure!(
                    !had_read(&self.server.tables, work.document, worker, window),
                    "work {number} was written by a reader, and is refused"
                );
                Ok(())
            }
            // A restored backup has lost the entry, and its author has not sent it again.
            Refusal::FactInWrongDocument if self.is_restored => {
                let is_entry = matches!(work.document.kind, DocumentKind::Restricted(_));
                let is_begun = self.server.tables.readers.contains_key(&work.document.id());
                ensure!(is_entry && !is_begun, "work {number} is refused where it belongs");
                Ok(())
            }
            // What it speaks of has not come, or not as it should.
            Refusal::EntryNotMoved if is_line(work) => {
                let entry = number.checked_sub(1).and_then(|entry| self.account.get(entry));
                ensure!(
                    entry.is_some_and(|entry| !entry.accepted),
                    "work {number} says that an entry is restricted which is there, and is refused"
                );
                Ok(())
            }
            Refusal::MissingDependency => Ok(()),
            _ => bail!("honest work {number} is refused: {}", refusal.code()),
        }
    }

    /// "Up to date" is said when both sides have the same and nothing waits, and only then.
    pub(super) fn judge_completed(
        &mut self,
        tablet: usize,
        done: &Completed,
        truth: &Truth,
    ) -> anyhow::Result<()> {
        let tables = &self.tablets[tablet].tables;
        let waits = tables.changes.values().any(|row| row.state == State::Waiting);
        let lacks = !tables.missing.is_empty();
        let difference = self.difference(tablet, truth);
        if done.equal {
            self.counts.count("up to date");
            ensure!(!waits, "tablet {tablet} says it is up to date, and work waits");
            ensure!(!lacks, "tablet {tablet} says it is up to date, and lacks documents");
            if let Some(document) = difference {
                bail!("tablet {tablet} says it is up to date, and differs in {document}");
            }
        } else if !waits && !lacks && difference.is_none() && (!done.more || done.heals) {
            bail!("tablet {tablet} has all that the server has, and doesn't say so");
        }
        Ok(())
    }

    /// Where a tablet has something else than the server.
    pub(super) fn difference(&self, tablet: usize, truth: &Truth) -> Option<String> {
        let rows = &self.tablets[tablet].tables.documents;
        for team in truth.values() {
            let ours = rows.values().filter(|row| {
                team.clients.contains(&row.reference.client)
                    && is_kept(row.reference, team.since)
                    && !row.reference.is_untouched(&row.heads)
                    && !team.closed.contains(&row.reference.id())
            });
            for row in ours {
                if team.heads.get(&row.reference.id()) != Some(&row.heads) {
                    return Some(self.name_document(row.reference));
                }
            }
            for (id, heads) in &team.heads {
                let is_here = rows.get(id).is_some_and(|row| row.heads == *heads);
                if !is_here {
                    let document = self.server.tables.documents.get(id);
                    let name = document.map(|entry| self.name_document(entry.reference));
                    return Some(name.unwrap_or_else(|| "a document".into()));
                }
            }
        }
        None
    }

    /// What a transaction stored of a document, what it holds open of it, and the heads that it
    /// wrote down are the same.
    pub(super) fn compare_stored(&mut self, tablet: usize) -> anyhow::Result<()> {
        let touched = std::mem::take(&mut self.tablets[tablet].touched);
        let here = &self.tablets[tablet];
        for id in touched {
            let Some(row) = here.tables.documents.get(&id) else {
                ensure!(
                    !here.tables.changes.values().any(|change| change.document == id),
                    "tablet {tablet} has changes of a document that it doesn't have"
                );
                continue;
            };
            let name = self.name_document(row.reference);
            let stored = here.tables.load(row.reference);
            let stored = match stored {
                Ok(document) => document.heads().to_bytes(),
                Err(fault) => bail!("tablet {tablet} can't open {name}: {fault:?}"),
            };
            ensure!(
                stored == row.heads,
                "tablet {tablet} notes other heads of {name} than it has stored"
            );
            let open = here.open.get(&id).map(|document| document.heads().to_bytes());
            ensure!(
                open.is_none_or(|open| open == row.heads),
                "tablet {tablet} holds another {name} open than it has stored"
            );
        }
        Ok(())
    }
}

/// Whether a role may write such work.
pub(super) fn may_write(role: Option<&Role>, work: &Work) -> bool {
    role.is_some_and(|role| work.fact.is_some() || may_edit(role, false, Part::Goals))
}

/// Whether a worker might write some work at every moment between these two.
fn had_right(tables: &Tables, worker: WorkerId, work: &Work, from: i64, until: i64) -> bool {
    let DocumentRef { client, .. } = work.document;
    (0..=12).all(|step| {
        let at = from + (until - from) * step / 12;
        may_write(tables.role_at(worker, client, at).as_ref(), work)
    })
}
