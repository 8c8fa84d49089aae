//! A client's address is protected: whoever visits that day sees where to go, and nobody else does.

use anyhow::ensure;

use super::Stage;
use crate::day::{ANNE, SARA};
use crate::worker::card_of;

const CLIENT: &str = "line-danser";

/// Plays it.
pub(super) async fn play(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    stage.say("Anne writes that Line's address is to be protected.");
    let anne = stage.worker(ANNE).await?;
    let sara = stage.worker(SARA).await?;
    anne.open_client(CLIENT).await?;
    let address = anne.window.find("[data-testid='home'] dd").await?.text().await?;
    ensure!(address.contains('\n'), "no address with its place: {address}");
    let street = address.lines().next().unwrap_or_default().to_owned();
    anne.window.tap_id("edit-home").await?;
    anne.window.tap_id("address_protected").await?;
    stage.picture_both(&anne, "protecting an address").await?;
    anne.window.bring("[data-testid='address_protected']").await?;
    stage.picture(&anne, "the tick").await?;
    anne.window.tap_id("save-person-form").await?;
    anne.window.gone("person-form").await?;
    anne.see_state("up_to_date").await?;

    stage.say("She goes there today, and sees where.");
    anne.window.see_where("[data-testid='home']", &street).await?;
    anne.window.bring("[data-testid='home']").await?;
    stage.picture(&anne, "whoever goes there today sees it").await?;
    anne.window.tap_id("back").await?;
    anne.window.see_where(&card_of(CLIENT), &street).await?;
    stage.picture(&anne, "her day").await?;

    stage.say("Sara doesn't go there, and doesn't see it: neither in the list nor on the page.");
    sara.sync_unseen().await?;
    sara.see_state("up_to_date").await?;
    sara.window.tap_id("show-team").await?;
    sara.window.see_where(&card_of(CLIENT), "Adressen er beskyttet").await?;
    sara.window.bring(&card_of(CLIENT)).await?;
    stage.picture_both(&sara, "the team's day without it").await?;
    sara.open_client(CLIENT).await?;
    sara.window.see_where("[data-testid='home']", "Adressen er beskyttet").await?;
    sara.window.bring("[data-testid='home']").await?;
    stage.picture_both(&sara, "the page without it").await?;
    let seen = sara.window.text().await?;
    ensure!(!seen.contains(&street), "the page tells where she lives");
    Ok(())
}
