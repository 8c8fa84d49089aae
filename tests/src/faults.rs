//! What the world does to tablets and servers, done to the real ones: power cuts, full disks, damaged
//! pages, wrong clocks. What was acknowledged must be there after each.

pub mod acts;
pub mod audit;
pub mod clocks;
pub mod flips;
pub mod full_disk;
pub mod kills;
pub mod process;

use anyhow::{Context, Result};

/// A failing run's story: what happened, in order, and the seed that begins it again.
pub(crate) fn told<T>(outcome: Result<T>, seed: u64, story: &[String]) -> Result<T> {
    const LAST: usize = 40;
    outcome.with_context(|| {
        let last = &story[story.len().saturating_sub(LAST)..];
        format!(
            "seed {seed}, after {} steps, the last of them:\n  {}",
            story.len(),
            last.join("\n  ")
        )
    })
}
