//! The team lead's part of the day: a new tablet that loses the network while it fills, what came
//! late, what is older than tablets keep, and a client who leaves the team in the middle of a visit.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use chrono::Days;
use kjent_core::command::VisitDraft;
use kjent_core::fact::Note;
use kjent_core::oslo;
use kjent_core::view::VisitState;
use rusqlite::{Connection, params};

use super::show;
use crate::day::{FATIMA, INGVILD};
use crate::environment::TestClock;
use crate::morning::Morning;
use crate::tablet::HeadlessTablet;
use crate::window::Display;
use crate::worker::Worker;

/// Plays it.
pub async fn play(
    display: &Display,
    morning: &Morning,
    pictures: &Path,
    say: &mut dyn FnMut(&str),
) -> anyhow::Result<()> {
    let screen = |name: &str| pictures.join(name);
    let office = morning.server.office()?;

    say("What Fatima wrote before she left the team comes days later.");
    come_late(morning, &office).await?;

    say("Ingvild's new tablet loses the network while it fills: the list says how far it came.");
    office.execute("UPDATE team SET retention_months = 0", [])?;
    let lead = Worker::first_start(display, morning).await?;
    // The enrolment and the list of what there is.
    lead.network.cut_after(2);
    lead.enrol_without_visits(&morning.server.code(INGVILD)?).await?;
    lead.window.see("filling", "0 %").await?;
    lead.window.see("filling", "Resten kommer når det er nett").await?;
    lead.window.see("day-empty", "ikke hentet").await?;
    let height = "return document.querySelector('.kj-day__head').offsetHeight";
    let before = lead.window.execute(height).await?;
    show(&lead.window, "filling", &screen("23-filling")).await?;
    lead.network.restore();
    lead.sync_unseen().await?;
    lead.see_state("up_to_date").await?;
    lead.window.gone("filling").await?;
    let after = lead.window.execute(height).await?;
    ensure!(before == after, "the head of the list was {before} high, and is {after}");

    say("She sees that something came late, and reads it where it belongs.");
    lead.window.see("late-work-line", "kom sent").await?;
    show(&lead.window, "lead's day", &screen("24-today-lead")).await?;
    lead.window.tap_id("late-work-line").await?;
    lead.window.see("late-item", "Fatima Haidari hadde sluttet i laget.").await?;
    show(&lead.window, "late work", &screen("25-late")).await?;
    lead.window.tap_id("open-late").await?;
    lead.window.see("late-work", "Fatima Haidari hadde sluttet i laget.").await?;
    let focus = "return !!document.activeElement.querySelector('[data-testid=\"late-work\"]')";
    ensure!(lead.window.execute(focus).await? == true, "the entry is not gone to");
    show(&lead.window, "late entry", &screen("26-late-entry")).await?;

    say("She reads further back than the tablet keeps: a month is fetched when she asks for it.");
    for _ in 0..200 {
        if lead.window.count("[data-testid='fetch-older']").await? > 0 {
            break;
        }
        lead.window.tap_if_there("[data-testid='show-older']").await?;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    lead.window.get("fetch-older").await?;
    let end = "document.querySelector('[data-testid=\"older-came\"]').parentElement.scrollIntoView({block: 'center'})";
    lead.window.execute(end).await?;
    show(&lead.window, "end of the journal", &screen("27-end-of-journal")).await?;
    lead.window.tap_id("fetch-older").await?;
    lead.window.see("older-came", "er hentet").await?;
    lead.window.execute(end).await?;
    show(&lead.window, "older journal", &screen("28-older")).await?;

    say("A client leaves the team in the middle of a visit: the sync list says what to finish.");
    lead.window.tap_id("back").await?;
    lead.window.tap_id("show-team").await?;
    let planned = "[data-testid='visit-card'][data-state='planned']";
    let client = lead.window.attribute(planned, "data-client").await?;
    let client: kjent_core::ids::ClientId = client.parse()?;
    lead.window.tap(&format!("{planned} [data-testid='open-visit']")).await?;
    lead.window.tap_id("start-visit").await?;
    lead.window.type_into("note-observation", "Midt i besøket").await?;
    lead.see_saved().await?;
    let other = [7_u8; 16];
    office.execute("INSERT INTO team (id, name) VALUES (?1, 'Et annet lag')", [other])?;
    for moves in [
        "UPDATE client SET team = ?2 WHERE id = ?1",
        "UPDATE document SET team = ?2 WHERE client = ?1",
    ] {
        office.execute(moves, params![client.bytes(), other])?;
    }
    lead.sync_unseen().await?;
    lead.see_state("up_to_date").await?;
    lead.window.tap_id("sync-line").await?;
    lead.window.see("left-item", "er begynt").await?;
    show(&lead.window, "left", &screen("29-left")).await?;
    lead.window.tap_id("open-left").await?;
    lead.window.see("note-observation", "Midt i besøket").await
}

/// Fatima writes three days ago, leaves the team the day after, and syncs today.
async fn come_late(morning: &Morning, office: &Connection) -> anyhow::Result<()> {
    let day = morning.today.checked_sub_days(Days::new(3)).context("no such day")?;
    let at = day.and_hms_opt(14, 10, 0).context("no such time")?;
    let clock = TestClock::at(oslo::moment(at));
    let code = morning.server.code(FATIMA)?;
    let fatima = HeadlessTablet::enrol_with(&morning.server.address, &code, &clock, 1).await?;
    fatima.sync().await?;
    let cards = fatima.open().read_today()?.visits;
    let other = cards.iter().find(
        |card| !matches!(&card.state, VisitState::Finished { by, .. } if by == "Fatima Haidari"),
    );
    let visit = other.context("no visit")?.visit;
    let observation = "Pusten er roligere enn i går.".to_owned();
    let note = Note { observation, ..Note::default() };
    fatima.open().finish_visit(visit, &VisitDraft { note, ..VisitDraft::default() })?;
    let ended = office.execute(
        "UPDATE member SET to_day = ?1 WHERE name = 'Fatima Haidari'",
        [day.to_string()],
    )?;
    ensure!(ended == 1, "Fatima is not in the team");
    clock.set(morning.clock.now());
    fatima.sync().await.map_err(|problem| anyhow::anyhow!("{problem:?}"))
}
