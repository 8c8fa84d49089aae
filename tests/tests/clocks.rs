//! Clocks that are wrong, and the two nights in which the right ones jump.

use std::collections::{BTreeMap, HashMap};

use anyhow::{bail, ensure};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::oslo;
use kjent_core::time::Timestamp;
use kjent_core::view::{EntryBody, SyncState, VisitState};
use kjent_demo::Options;
use kjent_demo::generate::{World, schedule};
use kjent_tablet::{Clock, TabletError};
use kjent_tests::day::{ANNE, SARA};
use kjent_tests::environment::TestClock;
use kjent_tests::faults::acts;
use kjent_tests::faults::audit;
use kjent_tests::faults::clocks::ClockWorld;
use kjent_tests::tablet::{HeadlessTablet, database_key};

const TWO_DAYS: i64 = 2 * 24 * 60;

fn at(text: &str) -> anyhow::Result<Timestamp> {
    Ok(text.parse::<NaiveDateTime>()?.and_utc().into())
}

/// Signs a visit of the tablet's day, one that nobody has been to if there is one; says whose.
fn sign(tablet: &HeadlessTablet, number: u32) -> anyhow::Result<ClientId> {
    let mut tablet = tablet.open();
    let mut cards = tablet.read_today()?.visits;
    cards.sort_by_key(|card| card.state != VisitState::Planned);
    for card in cards {
        match acts::sign(&mut tablet, card.visit, &acts::words(number)) {
            Err(TabletError::VisitAlreadyFinished) => {}
            outcome => return outcome.map(|()| card.client).map_err(anyhow::Error::from),
        }
    }
    bail!("every visit of the day is signed")
}

/// The test's reports in a client's journal, newest first: when each began, and its number.
fn reports(tablet: &HeadlessTablet, client: ClientId) -> anyhow::Result<Vec<(NaiveDateTime, u32)>> {
    let journal = tablet.open().read_journal(client, 60)?.entries;
    let own = journal.into_iter().filter_map(|entry| match entry.body {
        EntryBody::Visit { started, note, .. } => Some((started, acts::number(&note.observation)?)),
        _ => None,
    });
    Ok(own.collect())
}

/// Fails unless the tablet says that everything is on the server, and how far its clock is ahead.
fn all_is_sent(tablet: &HeadlessTablet, ahead: Option<i64>) -> anyhow::Result<()> {
    let view = tablet.open().read_sync()?;
    ensure!(matches!(view.state, SyncState::UpToDate { .. }), "{view:?}");
    ensure!(view.waiting.is_empty() && view.refused.is_empty(), "{view:?}");
    ensure!(view.clock_ahead_minutes == ahead, "{view:?}, not {ahead:?} minutes ahead");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_two_days_off_lose_nothing_and_are_told_about() -> anyhow::Result<()> {
    // Two days on is another month, and so another journal.
    let mut world = ClockWorld::on("2026-11-29".parse()?).await?;
    let right = world.clock.clone();
    let hers = TestClock::at(right.now());
    let anne = world.enrol(ANNE, &hers, 1).await?;
    let sara = world.enrol(SARA, &right, 2).await?;
    let mut signed = BTreeMap::new();
    for (number, minutes) in (0_u32..).zip([0, TWO_DAYS, -TWO_DAYS, 0, -TWO_DAYS, TWO_DAYS]) {
        right.pass_minutes(10);
        hers.set(right.now());
        hers.pass_minutes(minutes);
        let client = sign(&anne, number)?;
        signed.insert(number, (client, oslo::local(hers.now())));
        anne.sync().await?;
        all_is_sent(&anne, (minutes != 0).then_some(minutes))?;
        sara.sync().await?;
        all_is_sent(&sara, None)?;
    }
    // The server's own clock: what it stores doesn't depend on it.
    let (first, both) = (u32::try_from(signed.len())?, TestClock::at(right.now()));
    for (number, minutes) in (first..).zip([TWO_DAYS, -TWO_DAYS]) {
        both.pass_minutes(10);
        right.set(both.now());
        right.pass_minutes(minutes);
        hers.set(both.now());
        let client = sign(&anne, number)?;
        signed.insert(number, (client, oslo::local(both.now())));
        anne.sync().await?;
        all_is_sent(&anne, Some(-minutes))?;
    }
    right.set(both.now());
    anne.sync().await?;
    sara.sync().await?;
    for tablet in [&anne, &sara] {
        all_is_sent(tablet, None)?;
        for (number, (client, began)) in &signed {
            let found = reports(tablet, *client)?;
            let times = found.iter().filter(|report| report == &&(*began, *number)).count();
            ensure!(times == 1, "report {number} of {began} is there {times} times: {found:?}");
            ensure!(found.is_sorted_by(|newer, older| newer >= older), "{found:?}");
        }
    }
    let key = database_key(sara.folder())?;
    let found = audit::tablet_acts(&audit::open_tablet(sara.folder(), &key)?)?;
    let all: Vec<u32> = signed.keys().copied().collect();
    audit::holds(&found, &all, u32::try_from(all.len())?, "the colleague")?;
    assert_eq!(anne.open().heads()?, sara.open().heads()?);
    Ok(())
}

/// A night: from 01:30 to 03:30 on the wall, documented every quarter of an hour.
async fn night(
    sunday: NaiveDate,
    from: Timestamp,
    wall: &[&str],
    around_midnight: [(&str, &str); 2],
) -> anyhow::Result<()> {
    let mut world = ClockWorld::on(sunday).await?;
    let clock = world.clock.clone();
    let anne = world.enrol(ANNE, &clock, 1).await?;
    let sara = world.enrol(SARA, &clock, 2).await?;
    let data = kjent_demo::embedded()?;
    let options = Options { today: sunday, days: 3, seed: 1 };
    // Visits are planned by the wall clock, the day before the night and the day after it alike.
    let planned: HashMap<VisitId, NaiveDateTime> = schedule::visits(&World::new(&data, options))
        .iter()
        .filter_map(|visit| {
            let day = sunday.checked_add_signed(TimeDelta::days(visit.day))?;
            Some((visit.id, day.and_time(visit.starts)))
        })
        .collect();
    for tablet in [&anne, &sara] {
        for day in [sunday - Days::new(1), sunday, sunday + Days::new(1)] {
            clock.set(oslo::start_of(day));
            let today = tablet.open().read_today()?;
            ensure!(today.day == day && today.visits.len() > 20, "{today:?}");
            for card in &today.visits {
                let planned = planned.get(&card.visit);
                ensure!(planned == Some(&card.starts), "{planned:?}, but {} shown", card.starts);
            }
        }
    }

    clock.set(from);
    let mut signed = Vec::new();
    for (number, time) in (0_u32..).zip(wall) {
        let shown = anne.open().read_today()?.now;
        let expected = sunday.and_time(time.parse()?);
        ensure!(shown == expected, "the screen says {shown}, the wall {expected}");
        let tablet = if number % 2 == 0 { &anne } else { &sara };
        let client = sign(tablet, number)?;
        signed.push((client, expected, number));
        tablet.sync().await?;
        clock.pass_minutes(15);
    }
    // The month's last minutes and the next one's first, by the wall.
    let months = [sunday, sunday + Days::new(1)];
    for ((number, (utc, wall)), day) in (100_u32..).zip(around_midnight).zip(months) {
        clock.set(at(utc)?);
        let expected = day.and_time(wall.parse()?);
        let client = sign(&anne, number)?;
        signed.push((client, expected, number));
    }
    for tablet in [&anne, &sara, &anne] {
        tablet.sync().await?;
    }
    for tablet in [&anne, &sara] {
        all_is_sent(tablet, None)?;
        for (client, began, number) in &signed {
            let found = reports(tablet, *client)?;
            ensure!(found.contains(&(*began, *number)), "{began} {number}: {found:?}");
            // Newest first by the order in which they were written, also where the wall clock
            // showed an hour twice.
            let numbers: Vec<u32> = found.iter().map(|report| report.1).collect();
            ensure!(numbers.is_sorted_by(|newer, older| newer > older), "{found:?}");
        }
        let key = database_key(tablet.folder())?;
        let database = audit::open_tablet(tablet.folder(), &key)?;
        for (number, day) in (100_u32..).zip(months) {
            let month = oslo::month(acts::morning(day)?).to_string();
            ensure!(
                audit::month_of(&database, number)?.as_deref() == Some(month.as_str()),
                "{number} is not in the journal of {month}"
            );
        }
    }
    assert_eq!(anne.open().heads()?, sara.open().heads()?);
    Ok(())
}

// Both Sundays are also the last day of their month.
#[tokio::test(flavor = "multi_thread")]
async fn the_night_that_loses_an_hour() -> anyhow::Result<()> {
    let wall = ["01:30:00", "01:45:00", "03:00:00", "03:15:00", "03:30:00"];
    let midnight = [("2030-03-31T21:45:00", "23:45:00"), ("2030-03-31T22:15:00", "00:15:00")];
    night("2030-03-31".parse()?, at("2030-03-31T00:30:00")?, &wall, midnight).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_that_has_an_hour_twice() -> anyhow::Result<()> {
    let wall = [
        "01:30:00", "01:45:00", "02:00:00", "02:15:00", "02:30:00", "02:45:00", "02:00:00",
        "02:15:00", "02:30:00", "02:45:00", "03:00:00", "03:15:00", "03:30:00",
    ];
    let midnight = [("2027-10-31T22:45:00", "23:45:00"), ("2027-10-31T23:15:00", "00:15:00")];
    night("2027-10-31".parse()?, at("2027-10-30T23:30:00")?, &wall, midnight).await
}
