//! A decision that somebody looks at: how long it lasts, what was delivered against it, and a new one
//! whose year can't be right.

use super::Stage;
use crate::day::INGVILD;

const CLIENT: &str = "line-danser";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let ingvild = stage.worker(INGVILD).await?;

    stage.say("Ingvild looks at what Line was granted, and what she got.");
    ingvild.open_client(CLIENT).await?;
    ingvild.window.tap_id("part-decisions").await?;
    ingvild.window.see_where("[data-testid='delivery']", "56").await?;
    stage.picture_both(&ingvild, "granted and delivered").await?;
    ingvild.window.tap_id("whole-decision").await?;
    stage.picture(&ingvild, "the whole decision").await?;

    stage.say("She writes a new decision. Its last day is missing, and the form says where.");
    ingvild.window.tap_id("add-decision").await?;
    ingvild.window.tap_id("decision-service-reablement").await?;
    let field = |name: &str| format!("#decision-field-{name}");
    ingvild.window.type_date(&field("valid_from"), "2026-12-01").await?;
    let in_words = format!("{}-in-words", field("valid_from"));
    ingvild.window.see_where(&in_words, "tirsdag 1. desember 2026").await?;
    let described_by = ingvild.window.attribute(&field("valid_from"), "aria-describedby").await?;
    anyhow::ensure!(in_words == format!("#{described_by}"), "the field is told by {described_by}");
    stage.picture_both(&ingvild, "writing a decision").await?;
    ingvild.window.tap_id("save-decision").await?;
    ingvild.window.see_where("[data-testid='problem'][data-code='field_needed']", "").await?;
    ingvild.window.find(&format!("{}[aria-invalid='true']", field("valid_to"))).await?;
    stage.picture(&ingvild, "the last day is missing").await?;

    stage.say("It is dated a year too early: the card says so, and what else is missing.");
    ingvild.window.type_date(&field("valid_to"), "2027-01-31").await?;
    ingvild.window.type_date(&field("decided_on"), "2025-11-20").await?;
    ingvild.window.tap_id("save-decision").await?;
    ingvild.window.gone("decision-form").await?;
    ingvild.window.see_where("[data-testid='decision-warnings']", "376").await?;
    stage.picture(&ingvild, "a year that can't be right").await
}
