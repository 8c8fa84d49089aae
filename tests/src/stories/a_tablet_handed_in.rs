//! A worker hands her tablet in: not before everything is sent, and then nothing of hers is left on it.
//! Another worker takes it in use.

use anyhow::ensure;

use super::Stage;
use crate::day::{ANNE, SARA};
use crate::tablet::files;
use crate::worker::Worker;

const CLIENT: &str = "line-danser";
const OTHER: &str = "olav-berge";
const NOTE: &str = "Såret på hælen er tørt.";
const HALF: &str = "Skal på dagsenter i";
const REST: &str = " morgen.";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.say("Anne signs a visit without a network, and wants to hand the tablet in.");
    let tablet = stage.worker(ANNE).await?;
    tablet.network.cut();
    let card = tablet.begin_visit(CLIENT).await?;
    tablet.window.type_into("note-observation", NOTE).await?;
    sign(&tablet, &card).await?;
    tablet.window.tap_id("worker-menu").await?;
    tablet.window.tap_id("hand-in").await?;
    tablet.window.get("hand-in-yes").await?;
    stage.picture_both(&tablet, "asked once more").await?;
    tablet.window.tap_id("hand-in-yes").await?;
    tablet.window.see("hand-in-problem", "ikke levert inn").await?;
    tablet.window.see("hand-in-problem", "når ikke serveren").await?;
    stage.picture_both(&tablet, "not without a network").await?;
    tablet.window.tap_id("close-worker-dialog").await?;
    tablet.window.find(&format!("{card}[data-state='finished']")).await?;

    stage.say("With the network, what she has begun and not signed is in the way.");
    tablet.network.restore();
    let other = tablet.begin_visit(OTHER).await?;
    tablet.window.type_into("note-observation", HALF).await?;
    tablet.see_saved().await?;
    tablet.window.tap_id("back").await?;
    tablet.window.tap_id("worker-menu").await?;
    hand_in(&tablet).await?;
    tablet.window.see("hand-in-problem", "1 ting er ikke sendt eller signert").await?;
    stage.picture(&tablet, "not with a visit half written").await?;
    tablet.window.tap_id("close-worker-dialog").await?;
    tablet.begin_visit(OTHER).await?;
    tablet.window.see("note-observation", HALF).await?;
    tablet.window.type_into("note-observation", REST).await?;
    sign(&tablet, &other).await?;

    stage.say("She signs it. Now everything is sent, and nothing of hers is left.");
    ensure!(profiles(&tablet)? > 0, "no profile lies where it is looked for");
    tablet.window.tap_id("worker-menu").await?;
    hand_in(&tablet).await?;
    tablet.window.see("ended", "levert inn").await?;
    stage.picture_both(&tablet, "handed in").await?;
    ensure!(profiles(&tablet)? == 0, "something of the profile is left");
    let office = stage.morning.server.office()?;
    let reports = "SELECT count(*) FROM tablet WHERE handed_in IS NOT NULL";
    let handed_in: u32 = office.query_row(reports, [], |row| row.get(0))?;
    ensure!(handed_in == 1, "the server knows of {handed_in}");

    stage.say("Sara takes it in use, and reads what Anne wrote.");
    tablet.window.tap_id("begin-anew").await?;
    tablet.window.get("code").await?;
    stage.picture(&tablet, "as new").await?;
    tablet.enrol_without_visits(&stage.morning.server.code(SARA)?).await?;
    tablet.see_state("up_to_date").await?;
    for (client, words) in [(CLIENT, NOTE.to_owned()), (OTHER, format!("{HALF}{REST}"))] {
        tablet.open_client(client).await?;
        tablet.window.tap_id("part-journal").await?;
        tablet.window.see_where("[data-testid='journal-entry']", &words).await?;
        tablet.window.tap_id("back").await?;
    }
    Ok(())
}

/// Signs what is written in a visit.
async fn sign(tablet: &Worker<'_>, card: &str) -> anyhow::Result<()> {
    tablet.see_saved().await?;
    tablet.window.tap_id("review-and-sign").await?;
    tablet.window.tap_id("sign").await?;
    tablet.window.find(&format!("{card}[data-state='finished']")).await.map(drop)
}

/// Taps what hands it in, the question's answer last.
async fn hand_in(tablet: &Worker<'_>) -> anyhow::Result<()> {
    if tablet.window.count("[data-testid='hand-in']").await? > 0 {
        tablet.window.tap_id("hand-in").await?;
    }
    tablet.window.tap_id("hand-in-yes").await
}

/// How many files of profiles, of the device and of their keys are in the data folder.
fn profiles(tablet: &Worker<'_>) -> anyhow::Result<usize> {
    let webview = tablet.folder().join("webview");
    let files = files(tablet.folder())?;
    let empty = |file: &std::path::Path| std::fs::metadata(file).is_ok_and(|it| it.len() == 0);
    Ok(files.iter().filter(|file| !file.starts_with(&webview) && !empty(file)).count())
}
