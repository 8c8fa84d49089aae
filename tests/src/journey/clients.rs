//! The list of clients: from the day's list and back.

use std::path::Path;

use anyhow::ensure;

use super::show;
use crate::window::Window;

/// Finds Line by the beginnings of her names, opens her page, and finds the list as she left it.
pub(super) async fn find(window: &Window, pictures: &Path) -> anyhow::Result<()> {
    window.tap_id("open-clients").await?;
    window.get("client-card").await?;
    show(window, "clients", &pictures.join("40-clients")).await?;
    let all = window.all("client-card").await?.len();
    window.tap_id("show-primary").await?;
    window.find("[data-testid='show-primary'][aria-current='true']").await?;
    window.see_where("[data-testid='client-card']", "Du er primærkontakt").await?;
    let mine = window.all("client-card").await?.len();
    ensure!(0 < mine && mine < all, "primary contact of {mine} of {all}");
    window.tap_id("show-all").await?;
    window.type_into("find-client", "dan li").await?;
    window.see("clients-line", "1 bruker").await?;
    window.tap_id("open-client").await?;
    window.get("part-journal").await?;
    window.tap_id("back").await?;
    window.see("find-client", "dan li").await?;
    window.type_into("find-client", "qqq").await?;
    window.see("clients-line", "qqq").await?;
    show(window, "no clients", &pictures.join("41-clients-none")).await?;
    window.tap_id("clear-find").await?;
    window.get("client-card").await?;
    window.tap_id("open-today").await?;
    window.get("visit-card").await?;
    Ok(())
}
