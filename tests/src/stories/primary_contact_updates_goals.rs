//! Anne, Line's primary contact, sits at the bedside with Line and goes through the plan: what she
//! wants, how it goes, how far they came, what is to be done and when. Fatima, who may not edit the
//! plan, asks for a change; Anne follows it. All of it without a network until the end.

use anyhow::ensure;

use super::Stage;
use crate::day::{ANNE, FATIMA};

const CLIENT: &str = "line-danser";
const MAILBOX: &str = "Gå til postkassen selv";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let fatima = stage.worker(FATIMA).await?;
    stage.say("Fatima may not edit the plan, and asks for a change of it.");
    fatima.open_client(CLIENT).await?;
    fatima.window.tap_id("part-plan").await?;
    fatima.window.tap(&in_goal(MAILBOX, &fatima, "propose-goal").await?).await?;
    fatima.window.retype("goal-title", "Gå til postkassen selv, også når det er is").await?;
    fatima.window.tap_id("save-goal").await?;
    fatima.window.see("field-error", "Skriv hvorfor").await?;
    let focus = "return document.activeElement.dataset.testid";
    let there = fatima.window.execute(focus).await?;
    ensure!(there == "plan-reason", "the focus is on {there}");
    stage.picture(&fatima, "a reason is missing").await?;
    fatima
        .window
        .type_into("plan-reason", "Line vil gå selv om det er glatt. Hun har brodder.")
        .await?;
    fatima.window.tap_id("save-goal").await?;
    fatima.window.get("proposed").await?;
    fatima.see_state("up_to_date").await?;
    stage.picture(&fatima, "a change is proposed").await?;

    let anne = stage.worker(ANNE).await?;
    anne.network.cut();
    stage.say("Anne sees what matters to Line, what to look at, and the goals in short.");
    anne.open_client(CLIENT).await?;
    anne.window.get("goals-in-short").await?;
    anne.window.see("to-look-at", "forslag venter").await?;
    stage.picture_both(&anne, "the overview").await?;

    stage.say("She answers the proposal together with Line.");
    anne.window.tap_id("part-plan").await?;
    anne.window.see("proposal", "brodder").await?;
    stage.picture_both(&anne, "the plan").await?;
    anne.window.tap_id("follow-proposal").await?;
    anne.window.tap_id("proposal-discussed-client").await?;
    stage.picture(&anne, "the proposal is talked over").await?;
    anne.window.tap_id("send-follow").await?;
    anne.window.gone("proposal").await?;

    stage.say("Line says how it goes: one tap.");
    let goal = "Ta støvsugingen selv igjen";
    let card = in_goal(goal, &anne, "untouched").await?;
    anne.window.find(&card).await?;
    let before = anne.window.taps();
    anne.window.tap(&in_goal(goal, &anne, "progress-closer").await?).await?;
    anne.window.see_where(&in_goal(goal, &anne, "progress-mark").await?, "Nærmere").await?;
    ensure!(anne.window.taps() - before == 1, "one tap notes how it goes");
    stage.picture(&anne, "how it goes").await?;

    stage.say("They evaluate the goal of the weight, in Line's words and in Anne's.");
    let weight = "Spise nok til å holde vekten";
    anne.window.tap(&in_goal(weight, &anne, "evaluate-goal").await?).await?;
    anne.window.tap_id("evaluation-outcome-partly").await?;
    anne.window.tap_id("evaluation-way-on").await?;
    anne.window.type_into("evaluation-client", "Det smaker når noen sitter her.").await?;
    anne.window.type_into("evaluation-words", "Vekten er stabil så lenge hun har selskap.").await?;
    anne.window.type_into("evaluation-next", "Vi sitter ned med henne ved frokosten.").await?;
    anne.window.tap_id("save-evaluation").await?;
    anne.window.see("field-error", "drøftet").await?;
    anne.window.tap_id("evaluation-discussed-client").await?;
    stage.picture_both(&anne, "the evaluation").await?;
    anne.window.tap_id("save-evaluation").await?;
    anne.window.gone("evaluation-form").await?;
    anne.window
        .tap(&format!("{} > summary", in_goal(weight, &anne, "goal-history").await?))
        .await?;
    anne.window.see("goal-evaluations", "Det smaker").await?;
    stage.picture(&anne, "the history of the goal").await?;

    stage.say("A new intervention for it, every second week, with what is still missing said.");
    anne.window.tap(&in_goal(weight, &anne, "add-intervention").await?).await?;
    anne.window.type_into("intervention-title", "Lunsj på eldresenteret").await?;
    anne.window.tap_id("recurrence-kind-weeks").await?;
    anne.window.tap_id("weekday-1").await?;
    anne.window.tap_id("recurrence-every-2").await?;
    anne.window.type_into("recurrence-times", "25").await?;
    anne.window.tap_id("intervention-discussed-client").await?;
    anne.window.tap_id("save-intervention").await?;
    anne.window.see("field-error", "Dette kan ikke stå her").await?;
    stage.picture_both(&anne, "a time that is none").await?;
    anne.window.retype("recurrence-times", "12.30").await?;
    anne.window.see("recurrence-said", "annenhver uke: tirsdag, kl. 12.30").await?;
    anne.window.tap_id("save-intervention").await?;
    anne.window.gone("intervention-form").await?;
    anne.window.see_where("[data-testid='plan-intervention']", "Lunsj på eldresenteret").await?;
    anne.window.see_where("[data-testid='gap']", "Uten hvordan").await?;
    stage.picture(&anne, "the new intervention").await?;

    stage.say("The plan is gone through, and the next time is set.");
    anne.window.tap_id("review-plan").await?;
    anne.window.tap_id("review-discussed-client_and_relative").await?;
    anne.window.type_into("review-participants", "Line og datteren Tone").await?;
    anne.window.type_into("review-words", "Line vil ut mer. Målene er hennes.").await?;
    stage.picture(&anne, "the review").await?;
    anne.window.tap_id("save-review").await?;
    anne.window.gone("review-form").await?;
    anne.window.see("review-standing", "Line vil ut mer").await?;

    stage.say("With the network back, Fatima sees all of it.");
    anne.network.restore();
    anne.sync_unseen().await?;
    anne.see_state("up_to_date").await?;
    fatima.sync_unseen().await?;
    fatima.window.see("review-standing", "Line vil ut mer").await?;
    fatima.window.see_where("[data-testid='goal-heading']", "også når det er is").await?;
    fatima.window.gone("proposal").await?;
    stage.picture(&fatima, "the plan on the other tablet").await?;
    fatima.window.tap_id("part-journal").await?;
    fatima.window.get("goal-evaluation").await?;
    stage.picture(&fatima, "the journal tells of it").await
}

/// Something on the card of a goal, by the goal's title.
async fn in_goal(
    title: &str,
    worker: &crate::worker::Worker<'_>,
    test_id: &str,
) -> anyhow::Result<String> {
    worker.window.see_where("[data-testid='goal-heading']", title).await?;
    let find = format!(
        "return [...document.querySelectorAll('[data-testid=\"goal\"]')].find(it => \
         it.querySelector('[data-testid=\"goal-heading\"]').textContent === '{title}').dataset.goal"
    );
    let goal = worker.window.execute(&find).await?;
    let goal = goal.as_str().unwrap_or_default();
    Ok(format!("[data-testid='goal'][data-goal='{goal}'] [data-testid='{test_id}']"))
}
