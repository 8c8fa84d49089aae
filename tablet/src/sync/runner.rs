//! Keeps an open profile in sync by itself: does what the schedule says, when it says it.
//!
//! The schedule decides (`kjent_core::sync::schedule`); this brings it time, chance and what
//! happened, and runs the exchanges and the live stream that it asks for. The shell and the tests
//! use the same one.

use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kjent_core::problem::Problem;
use kjent_core::protocol::LiveNews;
use kjent_core::sync::schedule::{Event, Moment, Next, Pace, Schedule};
use kjent_core::time::Timestamp;
use kjent_core::view::ChangeSet;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::oneshot;

use super::live::LiveStream;
use super::{SyncClient, SyncError, lock, sync};
use crate::{Environment, Tablet, is_revoked};

/// A stream on which nothing comes for so long is dead: the server gives a sign of life every
/// twenty seconds.
const SILENCE: Duration = Duration::from_secs(50);

/// A next try that is nearer than this isn't told about: nobody could read it.
const SOON: Duration = Duration::from_secs(2);

/// Tells a running sync what happened. What is told to one that has ended is lost.
#[derive(Clone)]
pub struct SyncHandle {
    inbox: UnboundedSender<Message>,
}

/// The sync of one open profile; it does its work while `run` is awaited.
pub struct SyncRunner {
    tablet: Arc<Mutex<Tablet>>,
    client: SyncClient,
    pace: Pace,
    changed: Arc<dyn Fn(ChangeSet) + Send + Sync>,
    environment: Environment,
    sender: UnboundedSender<Message>,
    inbox: UnboundedReceiver<Message>,
}

/// What the runner hears of.
enum Message {
    Happened(Event),
    Heard(LiveNews),
    Asked(oneshot::Sender<()>),
}

/// Work under way, while there is some.
type Work<T> = Option<Pin<Box<dyn Future<Output = T> + Send>>>;

impl SyncHandle {
    /// The worker signed or wrote something.
    pub fn written(&self) {
        self.tell(Message::Happened(Event::Written));
    }

    /// The system says that there is a network again.
    pub fn network_back(&self) {
        self.tell(Message::Happened(Event::NetworkBack));
    }

    /// Syncs now, and returns when that has ended. How it went is in the sync line.
    pub async fn sync_now(&self) {
        let (answer, ended) = oneshot::channel();
        self.tell(Message::Asked(answer));
        // The other end is gone when the profile is closed: then too it has ended.
        let _ = ended.await;
    }

    fn tell(&self, message: Message) {
        // A runner that has ended wants to know nothing more.
        let _ = self.inbox.send(message);
    }
}

impl SyncRunner {
    /// The sync of a profile; `changed` hears of each step and of all that came.
    pub fn new(
        tablet: Arc<Mutex<Tablet>>,
        client: SyncClient,
        pace: Pace,
        changed: impl Fn(ChangeSet) + Send + Sync + 'static,
    ) -> Self {
        let environment = lock(&tablet).environment.clone();
        let (sender, inbox) = mpsc::unbounded_channel();
        Self { tablet, client, pace, changed: Arc::new(changed), environment, sender, inbox }
    }

    /// What tells it what happened.
    pub fn handle(&self) -> SyncHandle {
        SyncHandle { inbox: self.sender.clone() }
    }

    /// Syncs whenever it is time to, for as long as this is awaited. It may be dropped at any
    /// moment: what was answered is stored, and the rest is asked for again. It ends by itself only
    /// when the server lets the tablet in no more: then the profile opens no more either.
    pub async fn run(mut self) {
        let mut schedule = Schedule::new(self.pace);
        let mut happened = VecDeque::from([Event::Opened]);
        let (mut syncing, mut listening): (Work<Event>, Work<()>) = (None, None);
        let mut asking: Vec<oneshot::Sender<()>> = Vec::new();
        let mut answering = Vec::new();
        let mut heard: Vec<LiveNews> = Vec::new();
        let mut told_next = None;
        loop {
            let event = happened.pop_front().unwrap_or(Event::Tick);
            let now = self.environment.elapsed();
            let plan = schedule.on(event, now, self.random(now));
            if plan.sync == Next::Now {
                answering = std::mem::take(&mut asking);
                syncing = Some(self.begin_sync(!answering.is_empty()));
            }
            if plan.live == Next::Now {
                listening = Some(self.listen());
            }
            if !happened.is_empty() {
                continue;
            }
            self.tell_next_try(plan.sync, now, &mut told_next);
            let until = [plan.sync, plan.live].into_iter().filter_map(at).min();
            let pause = self.environment.sleep(until.unwrap_or(Moment::MAX).saturating_sub(now));
            tokio::select! {
                biased;
                message = self.inbox.recv() => match message {
                    Some(Message::Happened(Event::LiveDown(Some(why)))) if is_revoked(&why) => {
                        // The same is then said to a sync, which ends the profile.
                        happened.extend([Event::LiveDown(Some(why)), Event::Asked]);
                    }
                    Some(Message::Happened(event)) => happened.push_back(event),
                    Some(Message::Asked(answer)) => {
                        asking.push(answer);
                        self.forget_steps();
                        happened.push_back(Event::Asked);
                    }
                    // What it tells during a sync has perhaps come with that.
                    Some(Message::Heard(news)) if syncing.is_some() => heard.push(news),
                    Some(Message::Heard(news)) if self.is_news(news) => {
                        happened.push_back(Event::News);
                    }
                    Some(Message::Heard(_)) | None => {}
                },
                ended = work(&mut syncing) => {
                    syncing = None;
                    answering.drain(..).for_each(|answer: oneshot::Sender<()>| {
                        // Who asked has perhaps gone away.
                        let _ = answer.send(());
                    });
                    if matches!(&ended, Event::Failed(why) if is_revoked(why)) {
                        return;
                    }
                    let went_well = ended == Event::Synced;
                    happened.push_back(ended);
                    let missed = heard.drain(..).any(|news| self.is_news(news));
                    if went_well && missed {
                        happened.push_back(Event::News);
                    }
                }
                // How it ended has come as a message, behind all that came on it.
                () = work(&mut listening) => listening = None,
                () = pause => {}
            }
        }
    }

    fn begin_sync(&self, is_asked_for: bool) -> Pin<Box<dyn Future<Output = Event> + Send>> {
        let (tablet, client) = (Arc::clone(&self.tablet), self.client.clone());
        let changed = Arc::clone(&self.changed);
        if is_asked_for {
            lock(&tablet).status.progress = Some(super::Progress::default());
        }
        Box::pin(async move {
            match sync(&tablet, &client, |changes| changed(changes)).await {
                Ok(()) => Event::Synced,
                Err(error) => Event::Failed(Problem::from(&error)),
            }
        })
    }

    /// The steps of the last sync that was asked for say nothing about the next.
    fn forget_steps(&self) {
        lock(&self.tablet).status.progress = None;
        (self.changed)(ChangeSet { sync: true, ..ChangeSet::default() });
    }

    fn listen(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let (client, sender) = (self.client.clone(), self.sender.clone());
        let environment = self.environment.clone();
        let caller = lock(&self.tablet).caller();
        Box::pin(async move {
            let connecting = client.live(&caller);
            let ended = match within_silence(&environment, connecting).await {
                Ok(stream) => {
                    let _ = sender.send(Message::Happened(Event::LiveUp));
                    hear(stream, &environment, &sender).await
                }
                Err(error) => Err(error),
            };
            let why = ended.err().map(|error| Problem::from(&error));
            let _ = sender.send(Message::Happened(Event::LiveDown(why)));
        })
    }

    /// Whether the tablet doesn't have what the stream told of.
    fn is_news(&self, news: LiveNews) -> bool {
        let through = lock(&self.tablet).has_read(news.team);
        // A database that can't answer will say so in the sync.
        through.map_or(true, |through| through.is_none_or(|through| through < news.through))
    }

    fn tell_next_try(&self, next: Next, now: Moment, told: &mut Option<Moment>) {
        let next = at(next).filter(|at| *at - now >= SOON);
        if next == *told {
            return;
        }
        *told = next;
        let today = self.environment.now();
        let moment = next.map(|at| {
            let left = i64::try_from((at - now).as_millis()).unwrap_or_default();
            Timestamp::from_millis(today.millis() + left)
        });
        lock(&self.tablet).status.next_try = moment;
        (self.changed)(ChangeSet { sync: true, ..ChangeSet::default() });
    }

    fn random(&self, now: Moment) -> u64 {
        // Without chance, the moment itself is what differs between tablets.
        self.environment.random().map_or(u64::from(now.subsec_nanos()), u64::from_le_bytes)
    }
}

/// When something is next, when it isn't under way and not never.
fn at(next: Next) -> Option<Moment> {
    match next {
        Next::At(at) if at < Moment::MAX => Some(at),
        _ => None,
    }
}

/// Awaits work under way; where there is none, for ever.
async fn work<T>(work: &mut Work<T>) -> T {
    match work {
        Some(work) => work.as_mut().await,
        None => std::future::pending().await,
    }
}

/// Hears what comes on a stream, until it ends.
async fn hear(
    mut stream: LiveStream,
    environment: &Environment,
    sender: &UnboundedSender<Message>,
) -> Result<(), SyncError> {
    while let Some(news) = within_silence(environment, stream.read()).await? {
        for one in news {
            let _ = sender.send(Message::Heard(one));
        }
    }
    Ok(())
}

/// Awaits something of the stream's, but no longer than a stream that lives is silent.
async fn within_silence<T>(
    environment: &Environment,
    coming: impl Future<Output = Result<T, SyncError>>,
) -> Result<T, SyncError> {
    let mut coming = pin!(coming);
    tokio::select! {
        came = &mut coming => came,
        () = environment.sleep(SILENCE) => Err(SyncError::ServerUnreachable),
    }
}
