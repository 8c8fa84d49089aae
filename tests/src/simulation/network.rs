//! The network: what becomes of a message, and the exchanges that run over it.

use std::sync::Arc;

use anyhow::bail;
use kjent_core::protocol::{MAX_UNPACKED, Outcome, SyncResponse, body};
use kjent_core::sync::tablet::Heal;

use super::fault::Fault;
use super::server::{Answer, Handled, Truth};
use super::tablet::Session;
use super::world::{Event, World};

/// How long a tablet waits for an answer, in milliseconds.
const PATIENCE: i64 = 60_000;
/// How many requests one sync may take before it counts as endless.
const MOST_REQUESTS: u32 = 300;

/// A tablet's way to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Open both ways.
    Up,
    /// Closed.
    Down,
    /// Requests go out, and no answer comes back.
    HalfOpen,
}

impl Link {
    /// Every state, the open one more often.
    pub const ALL: [Link; 5] = [Link::Up, Link::Up, Link::Up, Link::Down, Link::HalfOpen];
}

/// A request on its way.
#[derive(Clone)]
pub struct Message {
    /// From which tablet.
    pub tablet: usize,
    /// The exchange.
    pub exchange: u64,
    /// The tablet's life.
    pub life: u32,
    /// As it travels.
    pub bytes: Vec<u8>,
    /// The work behind each change, in the order of the outcomes.
    pub works: Vec<Option<usize>>,
    /// When it was made, by the true clock.
    pub sent: i64,
}

impl World {
    /// Begins a sync on a tablet, unless one is under way.
    pub fn begin_sync(&mut self, tablet: usize) -> anyhow::Result<()> {
        if self.tablets[tablet].session.is_some() {
            return Ok(());
        }
        self.request(tablet, Heal::Yes, 1)
    }

    /// Makes the next request of a sync and sends it.
    fn request(&mut self, tablet: usize, may_heal: Heal, requests: u32) -> anyhow::Result<()> {
        if requests > MOST_REQUESTS {
            bail!("tablet {tablet} asks for ever: {requests} requests in one sync");
        }
        let fuse = self.fuse();
        let prepared = match self.tablets[tablet].prepare(self.now, fuse) {
            Ok(prepared) => prepared,
            Err(Fault::Crash) => {
                self.counts.count("crashes");
                self.tell(format!("tablet {tablet} dies while it makes a request"));
                return Ok(());
            }
            Err(fault) => bail!("tablet {tablet} can't make a request: {fault:?}"),
        };
        self.exchanges += 1;
        let exchange = self.exchanges;
        let request = &prepared.request;
        self.tell(format!(
            "tablet {tablet} sends request {exchange}: {} changes, wants {}, cursors {:?}",
            prepared.sent.len(),
            request.want.len(),
            request.cursors.iter().map(|cursor| cursor.through).collect::<Vec<_>>(),
        ));
        let message = Message {
            tablet,
            exchange,
            life: self.tablets[tablet].life,
            bytes: body::pack(request)?,
            works: self.tablets[tablet].work_of(&prepared),
            sent: self.now,
        };
        let session = Session { exchange, prepared, may_heal, requests };
        self.tablets[tablet].session = Some(session);
        self.later(PATIENCE, Event::GiveUp { tablet, exchange });
        if self.links[tablet] == Link::Down && !self.is_calm {
            return Ok(());
        }
        for (delay, bytes) in self.travel(&message.bytes) {
            self.later(delay, Event::Request(Message { bytes, ..message.clone() }));
        }
        Ok(())
    }

    /// What arrives of a message, and when: perhaps nothing, perhaps twice, perhaps cut short.
    fn travel(&mut self, bytes: &[u8]) -> Vec<(i64, Vec<u8>)> {
        if self.is_calm {
            return vec![(50, bytes.to_vec())];
        }
        let copies = match self.chance.below(20) {
            0 | 1 => 0,
            2 | 3 => 2,
            _ => 1,
        };
        let mut all = Vec::new();
        for _ in 0..copies {
            let delay = match self.chance.below(30) {
                0 => self.chance.between(60_000, 4 * 86_400_000),
                1..=3 => self.chance.between(2_000, 90_000),
                _ => self.chance.between(10, 2_000),
            };
            let whole = bytes.len();
            let length = if self.chance.one_in(15) { self.chance.index(whole) } else { whole };
            if length < whole {
                self.counts.count("truncated");
            }
            all.push((delay, bytes.get(..length).unwrap_or_default().to_vec()));
        }
        all
    }

    /// Lets something arrive.
    pub(super) fn arrive(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Request(message) => self.serve(message),
            Event::Answer { tablet, exchange, life, bytes, truth } => {
                let here = &self.tablets[tablet];
                let is_awaited = here.life == life
                    && here.session.as_ref().is_some_and(|it| it.exchange == exchange);
                if !is_awaited {
                    self.counts.count("stale answers");
                    return Ok(());
                }
                self.take_answer(tablet, bytes, &truth)
            }
            Event::GiveUp { tablet, exchange } => {
                let session = &mut self.tablets[tablet].session;
                if session.as_ref().is_some_and(|session| session.exchange == exchange) {
                    *session = None;
                    self.tell(format!("tablet {tablet} waits no longer for answer {exchange}"));
                }
                Ok(())
            }
        }
    }

    fn serve(&mut self, message: Message) -> anyhow::Result<()> {
        let Message { tablet, exchange, life, .. } = message;
        let sender = self.tablets[tablet].row;
        let fuse = self.fuse();
        let (bytes, truth) = match self.server.handle(sender, &message.bytes, self.now, fuse)? {
            Handled::Died => {
                self.counts.count("crashes");
                self.tell(format!("the server dies over request {exchange}"));
                return Ok(());
            }
            Handled::Unreadable => {
                self.tell(format!("the server can't read request {exchange}"));
                (None, Truth::new())
            }
            Handled::Answered(answer) => {
                self.tell(format!("the server answers {exchange}: {}", summary(&answer.response)));
                self.judge_answer(sender, &answer)?;
                self.judge_outcomes(&message, &answer)?;
                let Answer { bytes, truth, .. } = *answer;
                (Some(bytes), truth)
            }
        };
        if self.links[tablet] != Link::Up && !self.is_calm {
            return Ok(());
        }
        let truth = Arc::new(truth);
        for (delay, copy) in self.travel(bytes.as_deref().unwrap_or_default()) {
            let truth = Arc::clone(&truth);
            let bytes = bytes.is_some().then_some(copy);
            self.later(delay, Event::Answer { tablet, exchange, life, bytes, truth });
        }
        Ok(())
    }

    fn take_answer(
        &mut self,
        tablet: usize,
        bytes: Option<Vec<u8>>,
        truth: &Truth,
    ) -> anyhow::Result<()> {
        let Some(session) = self.tablets[tablet].session.take() else { return Ok(()) };
        let Session { exchange, prepared, may_heal, requests } = session;
        let response =
            bytes.and_then(|bytes| body::unpack::<SyncResponse>(&bytes, MAX_UNPACKED).ok());
        let Some(response) = response else {
            self.tell(format!("tablet {tablet} can't read answer {exchange}"));
            return Ok(());
        };
        let (now, fuse) = (self.now, self.fuse());
        let outcome = self.tablets[tablet].complete(now, fuse, &prepared, &response, may_heal);
        let done = match outcome {
            Ok(done) => done,
            Err(Fault::Crash) => {
                self.counts.count("crashes");
                self.tell(format!("tablet {tablet} dies while it takes answer {exchange}"));
                return Ok(());
            }
            Err(fault) => bail!("tablet {tablet} can't take answer {exchange}: {fault:?}"),
        };
        self.counts.count("exchanges");
        self.tell(format!("tablet {tablet} takes answer {exchange}: {done:?}"));
        self.compare_stored(tablet)?;
        self.judge_completed(tablet, &done, truth)?;
        if !done.more {
            return Ok(());
        }
        let may_heal = if done.heals { Heal::No } else { may_heal };
        self.request(tablet, may_heal, requests + 1)
    }
}

/// What an answer says, in short.
fn summary(response: &SyncResponse) -> String {
    let outcomes = response.outcomes.iter().map(|outcome| match outcome {
        Outcome::Accepted(number) => format!("accepted {number}"),
        Outcome::Refused(refusal) => format!("refused {}", refusal.code()),
        Outcome::Outdated => "outdated".into(),
        Outcome::Later => "later".into(),
    });
    let outcomes: Vec<String> = outcomes.collect();
    let teams = response.teams.iter().map(|news| {
        let changes: usize = news.changes.iter().map(|entry| entry.changes.len()).sum();
        let list = news.list.as_ref().map_or(0, Vec::len);
        format!("through {} with {changes} changes, {list} listed", news.through)
    });
    let teams: Vec<String> = teams.collect();
    format!("{outcomes:?}, {teams:?}, {} documents", response.documents.len())
}
