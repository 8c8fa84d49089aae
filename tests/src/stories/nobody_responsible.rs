//! A client's primary contact ended yesterday and nobody came after: the team lead sees it, and
//! appoints one.

use super::Stage;
use crate::day::{INGVILD, SARA};

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    // The lead has no visits of her own.
    let lead = stage.new_tablet().await?;
    lead.enrol_without_visits(&stage.morning.server.code(INGVILD)?).await?;
    lead.see_state("up_to_date").await?;

    stage.say("The team lead's list says that a client lacks a primary contact.");
    lead.window.see("gaps-line", "mangler primærkontakt").await?;
    lead.window.tap_id("gaps-line").await?;
    lead.window.see("gap-item", "Torbjørn Lysne").await?;
    stage.picture(&lead, "who lacks somebody").await?;
    lead.window.tap_id("open-gap").await?;
    lead.window.find("[data-testid='primary-contact'][data-gap='true']").await?;

    stage.say("She appoints Sara, who begins today.");
    lead.window.tap("[data-testid='primary-contact'] [data-testid='appoint']").await?;
    let sara = kjent_demo::names::worker(SARA);
    lead.window.tap(&format!("label:has([data-testid='primary_contact-{sara}'])")).await?;
    let clear = "const it = document.querySelector('[data-testid=\"primary_contact_to\"]'); it.value = ''; it.dispatchEvent(new Event('input', { bubbles: true }))";
    lead.window.execute(clear).await?;
    stage.picture(&lead, "appointing").await?;
    lead.window.tap_id("save-person-form").await?;
    lead.window.find("[data-testid='primary-contact'][data-gap='false']").await?;
    lead.window.see("primary-contact", "Sara Lien").await?;
    stage.picture(&lead, "somebody answers for him").await
}
