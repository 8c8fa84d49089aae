//! Break-glass: letting oneself in to a client, and going through what was done so.

mod break_glass_screen;
mod grant_item;

pub use break_glass_screen::BreakGlassScreen;
