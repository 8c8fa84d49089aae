//! A nurse finds Line on the floor: she measures, reports what happened, and sees what comes of it;
//! afterwards the curves, the limits and the team lead's list.

use super::Stage;
use crate::day::{ANNE, INGVILD};
use crate::worker::Worker;

const CLIENT: &str = "line-danser";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let anne = stage.worker(ANNE).await?;

    stage.say("Anne begins the visit to Line, and weighs her.");
    anne.begin_visit(CLIENT).await?;
    anne.window.find("[data-testid='tile-weight']").await?;
    stage.picture(&anne, "the visit's measurements").await?;
    anne.window.tap_id("tile-weight").await?;
    keys(&anne, "584").await?;
    anne.window.tap_id("use-measurement").await?;
    anne.window.see("pad-problem", "2,0").await?;
    stage.picture(&anne, "584 kilos can't be").await?;
    for _ in 0..3 {
        anne.window.tap_id("key-erase").await?;
    }
    keys(&anne, "55,9").await?;
    anne.window.see("pad-warning", "Line").await?;
    stage.picture_both(&anne, "below her limit").await?;
    anne.window.tap_id("use-measurement").await?;
    anne.window.see("outside", "55,9").await?;
    anne.see_saved().await?;

    stage.say("She finds Line on the bathroom floor, and reports the fall.");
    anne.window.tap_id("report-incident").await?;
    anne.window.tap_id("incident-kind-fall").await?;
    anne.window.type_into("incident-what", "Line lå på badegulvet da jeg kom inn.").await?;
    anne.window.type_into("incident-place", "Badet").await?;
    anne.window.tap_id("incident-harm-minor").await?;
    anne.window.tap_id("injury-skin").await?;
    stage.picture_both(&anne, "after a fall").await?;

    stage.say("Six of seven are measured: no total, but what is red alone is said.");
    for (kind, value) in
        [("respiration", "22"), ("spo2", "94"), ("temperature", "36,8"), ("pulse", "98")]
    {
        measure(&anne, kind, value).await?;
    }
    measure(&anne, "blood_pressure", "104/62").await?;
    open_measurement(&anne, "oxygen").await?;
    anne.window.tap_id("on-air").await?;
    anne.window.see("news2-result", "bevissthet").await?;
    stage.picture(&anne, "no total yet").await?;
    open_measurement(&anne, "consciousness").await?;
    stage.picture(&anne, "five levels of consciousness").await?;
    anne.window.tap_id("level-C").await?;
    anne.window.find("[data-testid='news2-result'][data-total='8']").await?;
    anne.window.tap("[data-testid='news2'] > summary").await?;
    stage.picture_both(&anne, "a total with its advice").await?;

    stage.say("She answers the questions about falls, and says why it could happen.");
    anne.window.tap_id("open-fall").await?;
    for question in ["fallen", "unsteady", "worried"] {
        anne.window.tap_id(&format!("fall-{question}-yes")).await?;
    }
    anne.window.tap_id("fall-lost-consciousness-yes").await?;
    stage.picture(&anne, "high risk of falling").await?;
    anne.window.tap_id("fall-done").await?;
    anne.window
        .type_into(
            "incident-why",
            "Nattlyset på badet er gått, og ingen har ansvar for å bytte pære.",
        )
        .await?;
    anne.window.tap_id("client-told-yes").await?;
    anne.window.tap_id("relatives-told-not_yet").await?;
    anne.window.type_into("incident-follow-up", "Legen ser på henne i dag.").await?;
    anne.window.tap_id("follow-up-today").await?;
    anne.see_saved().await?;
    stage.picture(&anne, "the report").await?;
    anne.window.tap_id("send-incident").await?;
    anne.window.get("review-and-sign").await?;

    stage.say("The visit is signed with its weight; the curves show it all.");
    anne.window.tap_id("review-and-sign").await?;
    anne.window.see("measured", "55,9").await?;
    stage.picture(&anne, "weight in what is signed").await?;
    anne.window.tap_id("sign").await?;
    anne.see_state("up_to_date").await?;
    anne.open_client(CLIENT).await?;
    anne.window.tap_id("part-curves").await?;
    anne.window.find("[data-testid='curve-weight'] [data-testid='chart']").await?;
    stage.picture_both(&anne, "curves").await?;
    anne.window.tap("[data-testid='curve-weight'] [data-testid='toggle-table']").await?;
    anne.window.see("curve-table", "55,9").await?;
    stage.picture(&anne, "the same numbers").await?;
    anne.window.tap_id("open-limits").await?;
    stage.picture(&anne, "limits of her own").await?;
    anne.window.tap_id("cancel-limits").await?;
    anne.window.tap_id("part-journal").await?;
    anne.window.get("journal-entry").await?;
    stage.picture(&anne, "the journal").await?;

    stage.say("Ingvild, who leads the team and has no visits, sees the report and answers it.");
    let ingvild = stage.new_tablet().await?;
    ingvild.enrol_without_visits(&stage.morning.server.code(INGVILD)?).await?;
    ingvild.see_state("up_to_date").await?;
    ingvild.window.tap_id("worker-menu").await?;
    ingvild.window.tap_id("open-incidents").await?;
    ingvild.window.see("incident", "Line Danser").await?;
    stage.picture_both(&ingvild, "incidents of the team").await?;
    ingvild.window.tap_id("step-assessed").await?;
    let words = "[data-testid='step-words']";
    ingvild.window.find(words).await?;
    ingvild
        .window
        .type_into("step-words", "Takk for at du meldte. Pæra var gått i to uker.")
        .await?;
    stage.picture(&ingvild, "an answer to the one who reported").await?;
    ingvild.window.tap_id("take-step").await?;
    ingvild.window.see("incident-step", "Takk").await?;
    stage.picture(&ingvild, "assessed").await
}

/// Taps a number on the keys.
async fn keys(worker: &Worker<'_>, text: &str) -> anyhow::Result<()> {
    for key in text.chars() {
        let code = match key {
            ',' => "comma".to_owned(),
            '/' => "slash".to_owned(),
            digit => digit.to_string(),
        };
        worker.window.tap_id(&format!("key-{code}")).await?;
    }
    Ok(())
}

/// Opens a kind's keys: by its tile, or among what can be added.
async fn open_measurement(worker: &Worker<'_>, kind: &str) -> anyhow::Result<()> {
    worker.window.get("add-measurement").await?;
    if worker.window.count(&format!("[data-testid='tile-{kind}']")).await? > 0 {
        return worker.window.tap_id(&format!("tile-{kind}")).await;
    }
    worker.window.tap_id("add-measurement").await?;
    worker.window.tap_id(&format!("add-{kind}")).await
}

async fn measure(worker: &Worker<'_>, kind: &str, value: &str) -> anyhow::Result<()> {
    open_measurement(worker, kind).await?;
    keys(worker, value).await?;
    worker.window.tap_id("use-measurement").await?;
    let tile = format!("[data-testid='tile-{kind}'][data-measured='true']");
    worker.window.see_where(&tile, value).await
}
