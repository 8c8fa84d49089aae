//! Who lacks somebody: clients without somebody responsible, and visits that nobody makes.

mod gaps_screen;

pub use gaps_screen::GapsScreen;
