//! A day in two real app windows, as the workers would have it, with a network that goes away.
//!
//! `cargo xtask demo` plays it for its pictures, and the window test for what it checks on the way.

mod clients;
mod lead;
mod searching;

use std::path::Path;

use anyhow::ensure;

use crate::day::{ANNE, SARA};
use crate::morning::Morning;
use crate::tablet::PIN;
use crate::window::{Display, Window};
use crate::worker::{Worker, card_of};

const NOTE: &str = "Såret på venstre hæl er 1 cm og tørt. Spiste en halv skive.";
const WORDS: &str = "Jeg vil danse en gang til før jul";
const GOAL: &str = "Danse én dans med datteren";

/// Plays the day. Pictures go to the folder; `say` hears what happens.
pub async fn play(pictures: &Path, say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
    let display = Display::start()?;
    let morning = Morning::start().await?;
    let screen = |name: &str| pictures.join(name);

    say("Anne enrols her tablet with a one-time code, and sees today's visits.");
    let mut anne = Worker::first_start(&display, &morning).await?;
    show(&anne.window, "enrol", &screen("01-enrol")).await?;
    anne.enrol(&morning.server.code(ANNE)?).await?;
    anne.see_state("up_to_date").await?;
    anne.window.find("[data-testid='readiness'][data-state='ready']").await?;
    anne.window.see("readiness", "holder i 14 dager").await?;
    show(&anne.window, "today", &screen("02-today")).await?;

    say("Sara does the same on hers.");
    let sara = Worker::first_start(&display, &morning).await?;
    sara.enrol(&morning.server.code(SARA)?).await?;
    sara.see_state("up_to_date").await?;

    say("Anne's app is closed and opened: the PIN opens it, and a wrong one doesn't.");
    anne = anne.restart().await?;
    anne.window.get("unlock-title").await?;
    anne.type_pin("111112").await?;
    anne.window.see("problem", "PIN").await?;
    show(&anne.window, "unlock", &screen("03-unlock")).await?;
    anne.type_pin(PIN).await?;
    anne.window.get("visit-card").await?;

    say("The network goes away. Anne documents the visit to Line: four taps and a note.");
    anne.network.cut();
    let line = card_of("line-danser");
    anne.begin_visit("line-danser").await?;
    show(&anne.window, "visit begun", &screen("04-visit")).await?;
    anne.window.tap_id("all-done").await?;
    anne.window.tap_id("intervention-not-done").await?;
    anne.window.get("reason-declined").await?;
    show(&anne.window, "reasons", &screen("14-reasons")).await?;
    anne.window.tap_id("reason-declined").await?;
    anne.window.type_into("note-observation", NOTE).await?;
    anne.see_saved().await?;
    anne.window.type_into("note-observation", " Og så").await?;

    say("In the middle of a word the tablet dies. The draft is there when it starts again.");
    anne = anne.kill_and_restart().await?;
    anne.type_pin(PIN).await?;
    anne.window.tap(&format!("{line} [data-testid='continue-visit']")).await?;
    anne.window.see("note-observation", NOTE).await?;
    show(&anne.window, "visit documented", &screen("05-visit-documented")).await?;
    anne.window.tap_id("review-and-sign").await?;
    anne.window.get("summary").await?;
    show(&anne.window, "summary", &screen("06-summary")).await?;
    anne.window.tap_id("sign").await?;
    anne.window.find(&format!("{line}[data-state='finished']")).await?;

    say("It dies once more, right after she signed. The report is there.");
    anne = anne.kill_and_restart().await?;
    anne.type_pin(PIN).await?;
    anne.window.find(&format!("{line}[data-state='finished']")).await?;

    say("Still without a network, she looks for the wound, and for what nobody wrote.");
    searching::search(&anne.window, pictures).await?;

    say("Among all clients she finds Line by the beginnings of her names.");
    clients::find(&anne.window, pictures).await?;

    say("She asks Line what matters, and writes a goal.");
    anne.window.tap(&format!("{line} [data-testid='open-client']")).await?;
    anne.window.get("start-conversation").await?;
    show(&anne.window, "client", &screen("07-client")).await?;
    anne.window.tap_id("start-conversation").await?;
    anne.window.type_into("conversation-words", WORDS).await?;
    anne.window.type_into("goal-title", GOAL).await?;
    show(&anne.window, "conversation", &screen("08-conversation")).await?;
    anne.window.tap_id("finish-conversation").await?;
    anne.window.see_where("[data-testid='what-matters']", WORDS).await?;
    anne.window.see("goals-in-short", GOAL).await?;

    say("The sync line says that she is offline, and exactly what waits.");
    anne.see_state("offline").await?;
    anne.window.tap_id("sync-line").await?;
    anne.window.see_where("[data-testid='waiting-item']", "Line Danser").await?;
    let waiting = anne.window.all("waiting-item").await?.len();
    ensure!(waiting == 2, "{waiting} things wait, not a report and a conversation");
    show(&anne.window, "sync", &screen("09-sync-offline")).await?;

    say("The network is back: everything is sent, and the line says so only now.");
    anne.network.restore();
    anne.window.tap_id("sync-now").await?;
    anne.see_state("up_to_date").await?;
    let waiting = anne.window.all("waiting-item").await?.len();
    ensure!(waiting == 0, "{waiting} things still wait");
    show(&anne.window, "sync", &screen("10-sync-up-to-date")).await?;

    say("Sara fetches it, loses the network, and reads Anne's note without it.");
    sara.window.tap_id("sync-line").await?;
    sara.window.tap_id("sync-now").await?;
    sara.see_state("up_to_date").await?;
    sara.network.cut();
    sara.window.tap_id("sync-now").await?;
    sara.see_state("offline").await?;
    sara.window.tap_id("close-sync-dialog").await?;
    sara.window.tap_id("show-team").await?;
    sara.window.tap(&format!("{line} [data-testid='open-client']")).await?;
    sara.window.see_where("[data-testid='what-matters']", WORDS).await?;
    sara.window.tap_id("part-journal").await?;
    sara.window.see_where("[data-testid='journal-entry']", NOTE).await?;
    show(&sara.window, "journal", &screen("11-journal")).await?;
    sara.window.tap_id("part-plan").await?;
    sara.window.get("plan-intervention").await?;
    show(&sara.window, "plan", &screen("15-plan")).await?;
    sara.window.tap_id("part-people").await?;
    sara.window.get("contact").await?;
    show(&sara.window, "people", &screen("16-people")).await?;

    say("Both give the same goal another title, neither knowing of the other.");
    sara.retitle_goal("Danse to danser").await?;
    anne.window.tap_id("close-sync-dialog").await?;
    anne.network.cut();
    anne.retitle_goal("Danse hele kvelden").await?;

    say("Sara is asking Line again when the network returns: what she types stays as it is.");
    sara.window.tap_id("part-overview").await?;
    sara.window.tap_id("start-conversation").await?;
    sara.window.type_into("conversation-words", "Jeg vil").await?;
    for worker in [&sara, &anne, &sara] {
        worker.network.restore();
        worker.sync_unseen().await?;
        worker.see_state("up_to_date").await?;
    }
    let focus = sara.window.execute("return document.activeElement.dataset.testid").await?;
    ensure!(focus == "conversation-words", "the focus moved to {focus}");
    sara.window.type_into("conversation-words", " synge").await?;
    sara.window.see("conversation-words", "Jeg vil synge").await?;
    sara.see_saved().await?;

    say("Line's goal shows both titles, with who wrote them, until somebody chooses.");
    sara.window.tap_id("back").await?;
    sara.window.tap_id("part-plan").await?;
    sara.window.see_where("[data-testid='conflict']", "Danse to danser").await?;
    sara.window.see_where("[data-testid='conflict']", "Danse hele kvelden").await?;
    sara.window.see_where("[data-testid='conflict']", "Anne Nordli").await?;
    show(&sara.window, "conflict", &screen("12-conflict")).await?;
    sara.window.tap_id("choose-value").await?;
    sara.window.tap_id("settle-wish").await?;
    sara.window.gone("conflict").await?;
    sara.see_state("up_to_date").await?;
    anne.sync_unseen().await?;
    anne.window.gone("conflict").await?;

    say("Anne sees at her note that Sara has read it.");
    sara.sync_unseen().await?;
    anne.sync_unseen().await?;
    anne.window.tap_id("part-journal").await?;
    anne.window.see("receipt", "est av").await?;
    show(&anne.window, "receipt", &screen("20-receipt")).await?;

    say("An ordinary visit takes Anne four taps.");
    anne.window.tap_id("back").await?;
    let card = anne.next_card().await?;
    for tap in ["start-visit", "all-done", "review-and-sign", "sign"] {
        anne.window.tap_id(tap).await?;
    }
    anne.window.find(&format!("{card}[data-state='finished']")).await?;
    anne.see_state("up_to_date").await?;
    show(&anne.window, "today", &screen("13-today-finished")).await?;

    say("She reads what she signed, tries the other languages, and locks the tablet.");
    anne.window.tap(&format!("{card} [data-testid='open-visit']")).await?;
    anne.window.get("visit-finished").await?;
    show(&anne.window, "finished visit", &screen("17-visit-finished")).await?;
    anne.window.tap_id("back").await?;
    anne.window.tap_id("worker-menu").await?;
    for language in ["nn", "en", "nb"] {
        anne.window.tap_id(&format!("language-{language}")).await?;
        anne.window.find(&format!("html[lang='{language}']")).await?;
        let file = screen(&format!("18-menu-{language}"));
        show(&anne.window, "worker menu", &file).await?;
    }
    anne.window.tap_id("lock").await?;
    anne.window.get("unlock-title").await?;
    let text = anne.window.text().await?;
    ensure!(!text.contains("Line"), "a name is left on the lock screen: {text}");

    say(
        "The office makes Sara a helper while she is offline: her goal is refused, kept, and says why.",
    );
    sara.network.cut();
    let office = morning.server.office()?;
    office.execute("UPDATE member SET role = 'helper' WHERE name = 'Sara Lien'", [])?;
    sara.retitle_goal("Danse hele natta").await?;
    sara.network.restore();
    sara.sync_unseen().await?;
    sara.see_state("refused").await?;
    sara.window.tap_id("sync-line").await?;
    sara.window.see("refused-item", "Danse hele natta").await?;
    show(&sara.window, "refused", &screen("19-refused")).await?;

    say("She takes the text along, says that she has taken care of it, and it is red no more.");
    sara.window.tap_id("show-refused-text").await?;
    sara.window.see("refused-text", "Danse hele natta").await?;
    sara.window.tap_id("copy-refused").await?;
    sara.window.see("copied", "opiert").await?;
    show(&sara.window, "refused text", &screen("21-refused-text")).await?;
    sara.window.tap_id("settle-refused").await?;
    sara.window.gone("refused-item").await?;
    sara.see_state("up_to_date").await?;
    sara.window.tap("[data-testid='settled'] > summary").await?;
    sara.window.see("settled-item", "Danse hele natta").await?;
    show(&sara.window, "settled", &screen("22-settled")).await?;

    lead::play(&display, &morning, pictures, say).await
}

/// A picture upright and on its side, and a check of the screen in every look.
async fn show(window: &Window, name: &str, file: &Path) -> anyhow::Result<()> {
    window.settle().await?;
    window.check_looks(name, file).await?;
    window.picture_both(&file.with_extension("png")).await
}
