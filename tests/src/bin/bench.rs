//! `cargo xtask bench`: figures for a tablet with 24 clients and a year of history.
//!
//! Prints; judges nothing. Save times stand beside the machine's own fsync, without which they say
//! little.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{Days, NaiveTime};
use kjent_core::command::VisitDraft;
use kjent_core::fact::{InterventionOutcome, Note, VisitReport};
use kjent_core::ids::VisitId;
use kjent_core::oslo;
use kjent_core::view::VisitState;
use kjent_tablet::Tablet;
use kjent_tests::day::{ANNE, Day};
use kjent_tests::tablet::{HeadlessTablet, PIN};

const OBSERVATIONS: [&str; 6] = [
    "Såret på venstre hæl er 1 cm, rødt rundt, ikke væskende.",
    "Spiste en halv skive med brunost og drakk et glass melk.",
    "Sov godt, oppe én gang i natt. Hevelse i begge ankler.",
    "Ustø ved oppreising, holdt seg i bordkanten de første skrittene.",
    "Tok alle tablettene fra dosetten selv. Husket hvilken dag det var.",
    "Nedstemt i dag, ville helst ligge. Pratet om barnebarna etter en stund.",
];
const JUDGEMENTS: [&str; 3] = [
    "Bedre enn i går, fortsett som avtalt.",
    "Mulig begynnende trykksår, følg med ved neste stell.",
    "Matlysten er fortsatt dårlig, tredje dag.",
];
const SHIFT: usize = 12;

fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Median, 99th percentile and how many.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    format!("p50 {:>8.2?}   p99 {:>8.2?}   n {}", at(50), at(99), times.len())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    say("A tablet with 24 clients and a year of history")?;
    let day = Day::with_history(365)?;
    let tablet = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let (filled, time) = {
        let start = Instant::now();
        (tablet.sync().await, start.elapsed())
    };
    filled.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let rows = tablet.open().dump_projection()?.len();
    let database = std::fs::metadata(tablet.folder().join("kjent.db"))?.len();
    say(&format!(
        "  first filling          {time:>8.2?}   {} requests, {} kB down; database {} kB, {rows} rows",
        tablet.network.requests(),
        tablet.network.bytes().1 / 1000,
        database / 1000,
    ))?;

    say(&format!("  fsync of 4 kB here     {}", spread(fsyncs(tablet.folder())?)))?;
    let visits = coming_visits(&day, &tablet, 200)?;
    let mut saves = Vec::new();
    let mut drafts = Vec::new();
    for (number, visit) in visits.iter().enumerate() {
        let draft = documented(&tablet, *visit, number)?;
        let (saved, time) = timed(|| tablet.open().save_visit_draft(*visit, &draft));
        saved?;
        drafts.push(time);
        let (saved, time) = timed(|| tablet.open().finish_visit(*visit, &draft));
        saved?;
        saves.push(time);
    }
    say(&format!("  save a visit report    {}", spread(saves)))?;
    say(&format!("  save a draft           {}", spread(drafts)))?;

    let mut todays = Vec::new();
    for _ in 0..50 {
        let (read, time) = timed(|| tablet.open().read_today());
        read?;
        todays.push(time);
    }
    say(&format!("  read today's list      {}", spread(todays)))?;
    let clients: Vec<_> =
        tablet.open().read_today()?.visits.iter().map(|card| card.client).collect();
    let mut pages = Vec::new();
    for client in clients.iter().cycle().take(100) {
        let (read, time) = timed(|| tablet.open().read_client(*client));
        read?;
        pages.push(time);
    }
    say(&format!("  read a client's page   {}", spread(pages)))?;

    let mut starts = Vec::new();
    let mut opens = Vec::new();
    for seed in 0..10 {
        let environment = day.clock.environment(100 + seed);
        let start = Instant::now();
        let opened = Tablet::open(tablet.folder(), PIN, environment)?;
        opens.push(start.elapsed());
        opened.read_today()?;
        starts.push(start.elapsed());
    }
    say(&format!("  unlock (Argon2id)      {}", spread(opens)))?;
    say(&format!("  start to first list    {}", spread(starts)))?;
    say("  (the window itself is not in these: see the window tests)")?;

    shifts().await
}

/// Ten tablets document twelve visits each offline, and sync.
async fn shifts() -> anyhow::Result<()> {
    say("One shift of 12 visits on each of ten tablets, then one sync each")?;
    let day = Day::start()?;
    let mut tablets = Vec::new();
    for number in 0..10_u64 {
        let employee = (1001 + number).to_string();
        let tablet = HeadlessTablet::enrol(&day.server, &employee, &day.clock, number).await?;
        tablet.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        tablets.push(tablet);
    }
    let mut reports: Vec<VisitReport> = Vec::new();
    for (number, tablet) in (0_u64..).zip(&tablets) {
        let morning = NaiveTime::from_hms_opt(7, 30, 0).context("no such time")?;
        let date = day.today.checked_add_days(Days::new(number)).context("no such day")?;
        day.clock.set(oslo::moment(date.and_time(morning)));
        let list = tablet.open().read_today()?;
        let planned = list.visits.iter().filter(|card| card.state == VisitState::Planned);
        for (index, card) in planned.take(SHIFT).enumerate() {
            day.clock.pass_minutes(20);
            let draft = documented(tablet, card.visit, index)?;
            tablet.open().finish_visit(card.visit, &draft)?;
            reports.push(VisitReport {
                visit: Some(card.visit),
                started: draft.started.unwrap_or_default(),
                finished: draft.started.unwrap_or_default(),
                outcomes: draft.outcomes,
                progress: draft.progress,
                note: draft.note,
            });
        }
    }
    let (mut sent, mut requests, mut times) = (0, 0, Vec::new());
    for tablet in &tablets {
        let before = (tablet.network.bytes().0, tablet.network.requests());
        let start = Instant::now();
        tablet.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
        times.push(start.elapsed());
        sent += tablet.network.bytes().0 - before.0;
        requests += tablet.network.requests() - before.1;
    }
    let json = serde_json::to_vec(&reports)?;
    let packed = zstd::bulk::compress(&json, 19)?;
    let each = |total: u64| total / tablets.len() as u64;
    say(&format!("  visits                 {}", reports.len()))?;
    say(&format!("  requests per tablet    {:.1}", requests as f64 / tablets.len() as f64))?;
    say(&format!("  bytes sent per tablet  {} (HTTP headers included)", each(sent)))?;
    say(&format!("  time per sync          {}", spread(times)))?;
    say(&format!(
        "  the same reports as JSON {} bytes per tablet, zstd -19 over all ten {} per tablet",
        each(json.len() as u64),
        each(packed.len() as u64),
    ))
}

fn documented(
    tablet: &HeadlessTablet,
    visit: VisitId,
    number: usize,
) -> anyhow::Result<VisitDraft> {
    tablet.open().start_visit(visit)?;
    let view = tablet.open().read_visit(visit)?;
    let outcome = |intervention| InterventionOutcome { intervention, not_done: None };
    Ok(VisitDraft {
        outcomes: view.interventions.iter().map(|one| outcome(one.intervention)).collect(),
        note: Note {
            observation: OBSERVATIONS[number % OBSERVATIONS.len()].into(),
            judgement: JUDGEMENTS[number % JUDGEMENTS.len()].into(),
            ..Note::default()
        },
        ..view.draft
    })
}

/// Visits of today and the days that come, not documented yet.
fn coming_visits(day: &Day, tablet: &HeadlessTablet, most: usize) -> anyhow::Result<Vec<VisitId>> {
    let mut visits = Vec::new();
    let noon = NaiveTime::from_hms_opt(12, 0, 0).context("no such time")?;
    for ahead in 0..14 {
        let date = day.today.checked_add_days(Days::new(ahead)).context("no such day")?;
        day.clock.set(oslo::moment(date.and_time(noon)));
        let list = tablet.open().read_today()?;
        let planned = list.visits.iter().filter(|card| card.state == VisitState::Planned);
        visits.extend(planned.map(|card| card.visit));
    }
    day.clock.set(oslo::moment(day.today.and_time(noon)));
    visits.truncate(most);
    Ok(visits)
}

fn fsyncs(folder: &Path) -> anyhow::Result<Vec<Duration>> {
    let mut file = File::create(folder.join("fsync"))?;
    let mut times = Vec::new();
    for _ in 0..200 {
        file.write_all(&[7; 4096])?;
        let (synced, time) = timed(|| file.sync_all());
        synced?;
        times.push(time);
    }
    Ok(times)
}
