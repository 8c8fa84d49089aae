//! Measuring: the tiles, the keys, the scores, in a visit and outside one.

mod card;
mod fall_dialog;
mod measure_screen;
mod measurements_model;
mod mst_dialog;
mod news2_panel;
mod pad;
mod pad_keys;
mod said;
mod sheet;
mod tile;

pub use card::{MeasurementsCard, VisitMeasurements};
pub use measure_screen::MeasureScreen;
pub use pad::{Pad, PadHandle};
pub use said::{said, said_lines};
pub use sheet::Sheet;
