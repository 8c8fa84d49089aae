//! How much is to be seen to, for the navigation: read once, and again when something changed.

use kjent_core::command::ReadCounts;
use kjent_core::view::CountsView;
use leptos::prelude::*;

use crate::changes::Changes;
use crate::live::Live;

/// The counts.
#[derive(Clone, Copy)]
pub struct Counts(Live<CountsView>);

impl Counts {
    /// Reads them, and provides them to every screen.
    pub fn provide() {
        provide_context(Self(Live::new(ReadCounts {}, Changes::get().today())));
    }

    /// The counts that `provide` provided.
    pub fn get() -> Self {
        expect_context()
    }

    /// Follow-ups that are overdue, and own ones that are due today.
    pub fn follow_ups(self) -> Signal<u32> {
        Signal::derive(move || self.read().follow_ups)
    }

    /// What waits to be taken over.
    pub fn handovers(self) -> Signal<u32> {
        Signal::derive(move || self.read().handovers)
    }

    fn read(self) -> CountsView {
        self.0.data.get().unwrap_or_default()
    }
}
