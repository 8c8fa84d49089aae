//! A nurse asks for a follow-up in her visit, and a colleague answers and closes it with the network
//! away in between. Nothing but words closes it.

use anyhow::Context;

use super::Stage;
use crate::day::{ANNE, SARA};

const CLIENT: &str = "line-danser";
const SEEN: &str = "Puls 108 i hvile.";
const ASKED: &str = "Mål pulsen igjen";
const ANSWER: &str = "Puls 72 etter hvile.";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let sara = stage.worker(SARA).await?;
    let anne = stage.worker(ANNE).await?;

    stage.say("Sara is with Line without a network, and asks the team to measure the pulse again.");
    sara.network.cut();
    sara.begin_visit(CLIENT).await?;
    sara.window.type_into("note-observation", SEEN).await?;
    sara.window.tap_id("note-follow-up").await?;
    sara.window.type_into("follow-up-what", ASKED).await?;
    sara.window.tap_id("follow-up-today").await?;
    sara.see_saved().await?;
    stage.picture_both(&sara, "a follow-up in a visit's note").await?;
    sara.window.tap_id("review-and-sign").await?;
    sara.window.see("sign-dialog", ASKED).await?;
    sara.window.settle().await?;
    stage.picture(&sara, "what is signed").await?;
    sara.window.tap_id("sign").await?;
    sara.window.get("visit-card").await?;

    stage.say("With the network back it reaches Anne: on Line's card, and among the follow-ups.");
    sara.network.restore();
    sara.sync_unseen().await?;
    sara.see_state("up_to_date").await?;
    anne.sync_unseen().await?;
    // Line's visit of the morning is over; the one of the evening is a colleague's.
    anne.window.tap_id("show-team").await?;
    anne.window.see_where("[data-testid='tag-thread']", ASKED).await?;
    stage.picture_both(&anne, "it stands on the card").await?;
    anne.window.tap_id("open-follow-ups").await?;
    anne.window.tap_id("show-team").await?;
    anne.window.see_where("[data-testid='thread']", ASKED).await?;
    let find = format!(
        "return [...document.querySelectorAll('[data-thread]')]
            .find(it => it.innerText.includes('{ASKED}')).dataset.thread"
    );
    let thread = anne.window.execute(&find).await?;
    let thread = thread.as_str().context("the thread has no id")?;
    let thread = format!("[data-thread='{thread}']");
    stage.picture_both(&anne, "the follow-ups").await?;

    stage.say("Anne answers without a network. Without words nothing is closed.");
    anne.network.cut();
    anne.window.tap(&format!("{thread} [data-testid='answer-thread']")).await?;
    anne.window.see("answered", ASKED).await?;
    anne.window.tap_id("finish-note").await?;
    anne.window.find("[data-testid='problem'][data-code='answer_needs_words']").await?;
    stage.picture(&anne, "nothing is closed without words").await?;
    anne.window.type_into("note-observation", ANSWER).await?;
    anne.window.tap_id("finish-note").await?;
    anne.window.tap_id("show-team").await?;
    anne.window.gone_where("[data-testid='thread']", ASKED).await?;
    stage.picture(&anne, "closed").await?;

    stage.say("Sara sees in Line's journal who closed it, and when.");
    anne.network.restore();
    anne.sync_unseen().await?;
    sara.sync_unseen().await?;
    sara.open_client(CLIENT).await?;
    sara.window.tap_id("part-journal").await?;
    let closed = "[data-testid='entry-thread'][data-open='false']";
    sara.window.see_where(closed, ASKED).await?;
    sara.window.see_where(closed, "Anne Nordli").await?;
    sara.window.see("entry-answers", ASKED).await?;
    stage.picture_both(&sara, "closed by Anne in the journal").await
}
