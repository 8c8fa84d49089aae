//! What a worker waits for, without the window: a tablet with 24 clients and a year of history.

use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{Days, NaiveTime};
use kjent_core::ids::VisitId;
use kjent_core::oslo;
use kjent_core::view::VisitState;
use kjent_tablet::Tablet;

use super::figures::{Times, say};
use super::text::Pen;
use super::{floor, work};
use crate::day::{ANNE, Day};
use crate::tablet::{HeadlessTablet, PIN};

/// What is looked for.
pub(super) const QUERIES: [&str; 12] = [
    "line danser",
    "såret på hælen",
    "medisinene",
    "smerter i hoften",
    "gå til postkassen",
    "sov godt",
    "spiste frokost",
    "ikke",
    "datteren ringte",
    "anne",
    "fall i trappa",
    "qqq",
];
/// How many visits are documented.
const SAVES: usize = 200;

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// Measures and prints.
pub async fn measure() -> anyhow::Result<()> {
    say("A tablet with 24 clients and a year of history")?;
    let day = Day::with_history(365)?;
    let tablet = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let start = Instant::now();
    tablet.sync().await.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let time = start.elapsed();
    let rows = tablet.open().dump_projection()?.len();
    let database = std::fs::metadata(tablet.folder().join("kjent.db"))?.len();
    say(&format!(
        "  first filling          {time:>8.2?}   {} requests, {} kB down; database {} kB, {rows} rows",
        tablet.network.requests(),
        tablet.network.bytes().1 / 1000,
        database / 1000,
    ))?;
    saving(&day, &tablet)?;
    reading(&tablet)?;
    searching(&tablet)?;
    starting(&day, &tablet)?;
    say("  (the window itself is not in these)")
}

fn saving(day: &Day, tablet: &HeadlessTablet) -> anyhow::Result<()> {
    let fsyncs = Times::new(floor::fsyncs(tablet.folder())?);
    say(&format!("  fsync of 4 kB here     {fsyncs}"))?;
    let mut pen = Pen::new(&kjent_demo::embedded()?, "app");
    let (mut saves, mut drafts) = (Vec::new(), Vec::new());
    for visit in coming_visits(day, tablet)? {
        let draft = work::documented(&mut tablet.open(), visit, &mut pen)?;
        let (saved, time) = timed(|| tablet.open().save_visit_draft(visit, &draft));
        saved?;
        drafts.push(time);
        let (saved, time) = timed(|| tablet.open().finish_visit(visit, &draft));
        saved?;
        saves.push(time);
    }
    say(&format!("  save a visit report    {}", Times::new(saves)))?;
    say(&format!("  save a draft           {}", Times::new(drafts)))
}

fn reading(tablet: &HeadlessTablet) -> anyhow::Result<()> {
    let mut todays = Vec::new();
    for _ in 0..50 {
        let (read, time) = timed(|| tablet.open().read_today());
        read?;
        todays.push(time);
    }
    say(&format!("  read today's list      {}", Times::new(todays)))?;
    let clients: Vec<_> =
        tablet.open().read_today()?.visits.iter().map(|card| card.client).collect();
    let mut pages = Vec::new();
    for client in clients.iter().cycle().take(100) {
        let (read, time) = timed(|| tablet.open().read_client(*client));
        read?;
        pages.push(time);
    }
    say(&format!("  read a client's page   {}", Times::new(pages)))?;
    let mut journals = Vec::new();
    for client in clients.iter().cycle().take(100) {
        let (read, time) = timed(|| tablet.open().read_journal(*client, 20));
        read?;
        journals.push(time);
    }
    say(&format!("  read a journal's page  {}", Times::new(journals)))
}

/// The queries as they are typed.
pub(super) fn letter_by_letter() -> impl Iterator<Item = &'static str> {
    QUERIES
        .iter()
        .flat_map(|query| query.char_indices().map(|(at, letter)| &query[..at + letter.len_utf8()]))
}

/// Each word is looked for as it is typed: letter by letter.
fn searching(tablet: &HeadlessTablet) -> anyhow::Result<()> {
    let mut searches = Vec::new();
    for query in letter_by_letter() {
        let (found, time) = timed(|| tablet.open().search(query, 50));
        found?;
        searches.push(time);
    }
    say(&format!("  search, each letter    {}", Times::new(searches)))
}

fn starting(day: &Day, tablet: &HeadlessTablet) -> anyhow::Result<()> {
    let (mut starts, mut opens) = (Vec::new(), Vec::new());
    for seed in 0..10 {
        let environment = day.clock.environment(100 + seed);
        let start = Instant::now();
        let opened = Tablet::open(tablet.folder(), PIN, environment)?;
        opens.push(start.elapsed());
        opened.read_today()?;
        starts.push(start.elapsed());
    }
    say(&format!("  unlock (Argon2id)      {}", Times::new(opens)))?;
    say(&format!("  start to first list    {}", Times::new(starts)))
}

/// Visits of today and the days that come, not documented yet.
fn coming_visits(day: &Day, tablet: &HeadlessTablet) -> anyhow::Result<Vec<VisitId>> {
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
    visits.truncate(SAVES);
    Ok(visits)
}
