//! One pass through everything, at one speed of the processor.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use serde_json::json;

use super::figures;
use super::launch::Launch;
use super::page::Page;
use super::screens::{CARD, SCREENS};
use super::slow::Slow;
use super::weight::{self, Part};
use crate::bench::figures::Times;
use crate::bench::tablet::{QUERIES, letter_by_letter};
use crate::environment::AheadClock;
use crate::programs::program;
use crate::tablet::PIN;
use crate::window::{Display, Window};

/// How often the app is started.
const STARTS: usize = 5;
/// How often each screen is gone to.
const TIMES: usize = 20;
/// What is typed into the note.
const TEXT: &str = "Hun gikk selv til kjøkkenet og spiste to skiver.";
/// The ordinary visit: as planned, nothing to remark.
const ROUTINE: [&str; 4] = ["start-visit", "all-done", "review-and-sign", "sign"];

/// Where it is measured.
pub struct Bench<'a> {
    /// The display.
    pub display: &'a Display,
    /// The folder of the tablet.
    pub tablet: &'a Path,
    /// A folder for notes.
    pub notes: &'a Path,
}

/// What was measured.
pub struct Pass {
    /// A fixed piece of work in the page.
    pub work: Times,
    /// From the start of the process until the lock screen is painted.
    pub to_lock: Times,
    /// From the tap that ends the PIN until the day's list is painted.
    pub to_list: Times,
    /// The memory with the list just painted.
    pub memory_at_start: Vec<Part>,
    /// The memory after all that is measured here.
    pub memory: Vec<Part>,
    /// How many taps an ordinary visit took.
    pub routine_visit_taps: u64,
    /// From a tap until the screen is painted.
    pub screens: Vec<(&'static str, Times)>,
    /// From a key until it is painted.
    pub typing: Times,
    /// Reading the day, as the page waits for the tablet's answer.
    pub today: Times,
    /// The same for a client's page.
    pub client: Times,
    /// The same for a search.
    pub search: Times,
    /// From the last letter until the hits are painted.
    pub search_screen: Times,
}

impl Bench<'_> {
    /// Measures everything, and prints what takes long as it is measured.
    pub async fn pass(&self, slow: Option<&Slow>) -> anyhow::Result<Pass> {
        let (mut to_lock, mut to_list) = (Vec::new(), Vec::new());
        for _ in 1..STARTS {
            let (_, lock, list) = self.start(slow).await?;
            to_lock.push(lock);
            to_list.push(list);
        }
        let (page, lock, list) = self.start(slow).await?;
        to_lock.push(lock);
        to_list.push(list);
        let (to_lock, to_list) = (Times::new(to_lock), Times::new(to_list));
        figures::say_start(&to_lock, &to_list)?;
        let process = page.window.process()?;
        let memory_at_start = weight::memory(process)?;
        let work = page.each("work()", [(); 5]).await?;

        page.count_taps().await?;
        for test_id in ROUTINE {
            page.window.tap_id(test_id).await?;
        }
        page.window.find("[data-testid='visit-card'][data-state='finished']").await?;
        let routine_visit_taps = page.taps().await?;

        // The screens want a visit that is under way.
        page.tap("[data-testid='start-visit']").await?;
        page.tap("[data-testid='back']").await?;
        let mut screens = Vec::new();
        for screen in SCREENS {
            let times = page.screen(screen, TIMES).await?;
            figures::say_times(screen.name, &times)?;
            screens.push((screen.name, times));
        }
        page.tap("[data-testid='continue-visit']").await?;
        let typing = page.keys("note-observation", TEXT).await?;
        for test_id in &ROUTINE[1..] {
            page.window.tap_id(test_id).await?;
        }
        page.window.find(CARD).await?;
        let (today, client) = reads(&page).await?;
        let (search, search_screen) = search(&page).await?;
        let memory = weight::memory(process)?;
        Ok(Pass {
            work,
            to_lock,
            to_list,
            memory_at_start,
            memory,
            routine_visit_taps,
            screens,
            typing,
            today,
            client,
            search,
            search_screen,
        })
    }

    /// Starts the app and opens the profile; how long it took to the lock screen, and from the last
    /// tap there to the list.
    async fn start(&self, slow: Option<&Slow>) -> anyhow::Result<(Page, Duration, Duration)> {
        let note = self.notes.join("started");
        let door = slow.map(Slow::door);
        let words = Launch::words(&note, door.as_deref(), &program("kjent")?);
        let this = std::env::current_exe()?;
        let window =
            Window::start(self.display, self.tablet, &this, &words, &AheadClock::the_machines())
                .await?;
        let page = Page::new(window).await?;
        let painted = page.first_paint("[data-testid='unlock-title']").await?;
        let started: f64 = fs::read_to_string(&note)?.parse().context("no time of start")?;
        let to_lock = Duration::from_secs_f64((painted - started).max(0.0) / 1000.0);
        page.window.portrait().await?;
        for digit in PIN.chars() {
            page.tap(&format!("[data-testid='pin-key-{digit}']")).await?;
        }
        let to_list = page.timed_tap("[data-testid='unlock']", CARD).await?;
        Ok((page, to_lock, to_list))
    }
}

/// The tablet's reading of the day and of a client.
async fn reads(page: &Page) -> anyhow::Result<(Times, Times)> {
    let today = json!({ "command": "read_today", "request": {} });
    let today = page.each("ask(given)", [&today; TIMES]).await?;
    let card = page.window.find(CARD).await?;
    let client = card.attr("data-client").await?.context("a card without its client")?;
    let request = json!({ "client": client });
    let client = json!({ "command": "read_client", "request": request });
    Ok((today, page.each("ask(given)", [&client; TIMES]).await?))
}

/// The tablet's search for all that is typed, and the screen's for whole queries.
async fn search(page: &Page) -> anyhow::Result<(Times, Times)> {
    let ask = |query| json!({ "command": "search", "request": { "query": query, "limit": 50 } });
    let tablets = page.each("ask(given)", letter_by_letter().map(ask)).await?;
    page.tap("[data-testid='open-search']").await?;
    let given = |query| {
        json!({
            "query": query,
            "field": "[data-testid='search-field']",
            "first": "[data-testid='search-first']",
            "found": "[data-testid='hit'], [data-testid='search-none']",
        })
    };
    let screens = page.each("searchScreen(given)", QUERIES.map(given)).await?;
    Ok((tablets, screens))
}
