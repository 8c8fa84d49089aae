//! Whose what is handed over is. Pure.

use kjent_core::view::{HandedView, HandoverView};

/// What waits for the reader, and what she has handed over.
pub fn sides(view: &HandoverView) -> (Vec<&HandedView>, Vec<&HandedView>) {
    view.items.iter().partition(|item| !item.mine)
}
