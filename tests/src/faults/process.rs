//! A tablet as a process of its own, which can be killed as a power cut would, and how it is talked
//! to: an act a line, an answer a line, written only once the tablet has said that it is done.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use chrono::NaiveDate;
use kjent_core::problem::Problem;
use kjent_core::view::SyncState;
use kjent_tablet::{SyncClient, Tablet, TabletError, sync};

use super::acts::{self, Act};
use crate::environment::TestClock;
use crate::programs::program;
use crate::tablet::PIN;

/// Longer than anything here takes; a tablet that is silent for so long hangs.
const SILENCE: Duration = Duration::from_secs(120);

/// What a tablet answered to an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Done, with what it had to say.
    Done(String),
    /// Not done, and the problem's code.
    Failed(String),
}

/// A tablet's process. It is killed when this is dropped.
pub struct TabletProcess {
    child: Child,
    orders: ChildStdin,
    answers: Receiver<String>,
    open: Vec<Act>,
}

impl TabletProcess {
    /// Opens the profile in a folder, on a day, with chance from a seed.
    pub fn open(folder: &Path, today: NaiveDate, seed: u64) -> Result<Self> {
        let mut child = Command::new(program("headless-tablet")?)
            .arg(folder)
            .args([today.to_string(), seed.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let orders = child.stdin.take().context("no standard input")?;
        let said = BufReader::new(child.stdout.take().context("no standard output")?);
        let (say, answers) = channel();
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                if say.send(line).is_err() {
                    return;
                }
            }
        });
        let process = Self { child, orders, answers, open: Vec::new() };
        match process.line()? {
            Some(line) if line == "open" => Ok(process),
            said => bail!("the tablet did not open: {said:?}"),
        }
    }

    /// Orders an act without waiting for it.
    pub fn order(&mut self, act: Act) -> Result<()> {
        writeln!(self.orders, "{act}")?;
        self.open.push(act);
        Ok(())
    }

    /// The next answer, with the act that it is about.
    pub fn answer(&mut self) -> Result<(Act, Answer)> {
        let line = self.line()?.context("the tablet ended by itself")?;
        self.matched(&line)
    }

    /// Orders an act and waits for what comes of it; everything ordered before must be answered.
    pub fn carry_out(&mut self, act: Act) -> Result<Answer> {
        ensure!(self.open.is_empty(), "{:?} are under way", self.open);
        self.order(act)?;
        Ok(self.answer()?.1)
    }

    /// How many acts have not been answered.
    pub fn under_way(&self) -> usize {
        self.open.len()
    }

    /// Kills it, and gives what it had answered by then.
    pub fn kill(mut self) -> Result<Vec<(Act, Answer)>> {
        self.child.kill()?;
        self.child.wait()?;
        let mut answered = Vec::new();
        while let Some(line) = self.line()? {
            // A line that was cut off acknowledges nothing; the reader gives it all the same.
            let Ok(answer) = self.matched(&line) else { break };
            answered.push(answer);
        }
        Ok(answered)
    }

    fn matched(&mut self, line: &str) -> Result<(Act, Answer)> {
        let act = *self.open.first().with_context(|| format!("an answer to nothing: {line}"))?;
        let rest = line.strip_suffix('.').and_then(|line| line.strip_prefix(&act.to_string()));
        let rest = rest.with_context(|| format!("no answer to {act}: {line}"))?;
        let answer = match rest.split_once(": ") {
            Some((" done", what)) => Answer::Done(what.to_owned()),
            Some((" failed", code)) => Answer::Failed(code.to_owned()),
            _ => bail!("no answer to {act}: {line}"),
        };
        self.open.remove(0);
        Ok((act, answer))
    }

    fn line(&self) -> Result<Option<String>> {
        match self.answers.recv_timeout(SILENCE) {
            Ok(line) => Ok(Some(line)),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => bail!("the tablet says nothing: {:?}", self.open),
        }
    }
}

impl Drop for TabletProcess {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The other end: opens the profile and does what it is told, until it is told no more.
pub async fn serve(folder: PathBuf, today: NaiveDate, seed: u64) -> Result<()> {
    let clock = TestClock::at(acts::morning(today)?);
    let client = SyncClient::new()?;
    let tablet = Mutex::new(Tablet::open(&folder, PIN, clock.environment(seed))?);
    say("open")?;
    for line in std::io::stdin().lock().lines() {
        let act: Act = line?.parse()?;
        let outcome = carry_out(act, &tablet, &clock, today, &client).await;
        // The full stop shows that the line is whole.
        match outcome {
            Ok(what) => say(&format!("{act} done: {what}."))?,
            Err(error) => match error.downcast_ref::<TabletError>() {
                Some(error) => say(&format!("{act} failed: {}.", Problem::from(error).code))?,
                None => return Err(error),
            },
        }
    }
    Ok(())
}

async fn carry_out(
    act: Act,
    tablet: &Mutex<Tablet>,
    clock: &TestClock,
    today: NaiveDate,
    client: &SyncClient,
) -> Result<String> {
    let open = || tablet.lock().map_err(|_| anyhow::anyhow!("an act panicked"));
    match act {
        Act::Report(number) => acts::report(&mut *open()?, clock, today, number)?,
        Act::Conversation(number) => acts::conversation(&mut *open()?, number)?,
        Act::Draft(slot, number) => acts::draft(&mut *open()?, slot, number)?,
        Act::Drafts => {
            let drafts = acts::drafts(&*open()?)?.into_iter();
            let drafts = drafts.map(|one| one.map_or("-".to_owned(), |number| number.to_string()));
            return Ok(drafts.collect::<Vec<_>>().join(" "));
        }
        Act::Sync => {
            sync(tablet, client, |_| {}).await?;
            let view = open()?.read_sync()?;
            let is_equal = matches!(view.state, SyncState::UpToDate { .. });
            return Ok(if is_equal { "up to date" } else { "not equal" }.to_owned());
        }
    }
    Ok("kept".to_owned())
}

fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
