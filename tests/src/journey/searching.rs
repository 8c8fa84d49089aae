//! Looking for words: from the day's list and back.

use std::path::Path;

use anyhow::ensure;

use super::show;
use crate::window::Window;

/// Looks for a word of the note with another ending, for nothing, and for Line; opens the hits, and
/// finds them again on the way back.
pub(super) async fn search(window: &Window, pictures: &Path) -> anyhow::Result<()> {
    window.tap_id("open-search").await?;
    window.get("search-first").await?;
    show(window, "search", &pictures.join("20-search-first")).await?;

    window.type_into("search-field", "Line hælene").await?;
    window.see_where("[data-testid='hit'][data-kind='journal'] mark", "hæl").await?;
    show(window, "hits", &pictures.join("21-search-hits")).await?;
    window.tap("[data-testid='hit'][data-kind='journal'] [data-testid='open-hit']").await?;
    window.get("part-journal").await?;
    window.tap_id("back").await?;
    window.see_where("[data-testid='hit'][data-kind='journal'] mark", "hæl").await?;

    window.type_into("search-field", "qqq").await?;
    window.get("search-none").await?;
    show(window, "no hits", &pictures.join("22-search-none")).await?;
    window.tap_id("clear-search").await?;
    window.get("search-first").await?;
    let focus = window.execute("return document.activeElement.dataset.testid").await?;
    ensure!(focus == "search-field", "the focus is in {focus}");

    window.type_into("search-field", "lin").await?;
    window.see_where("[data-testid='hit'][data-kind='person']", "Line Danser").await?;
    show(window, "people", &pictures.join("23-search-people")).await?;
    window.tap_id("open-today").await?;
    window.get("visit-card").await?;
    window.tap_id("open-search").await?;
    window.get("search-first").await?;
    window.tap_id("open-today").await?;
    window.get("visit-card").await?;
    Ok(())
}
