//! Where observations are written: a visit's draft, a draft of their own, or an incident's.

use kjent_core::fact::Observations;
use kjent_core::view::CurvesView;
use leptos::prelude::*;

/// The sheet that tiles, keys and questions write on.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// What has been measured and asked so far.
    pub seen: Memo<Observations>,
    /// Takes all of it after each tap.
    pub write: Callback<Observations>,
    /// What was measured before, once it is read.
    pub curves: Memo<Option<CurvesView>>,
    /// Asks for a follow-up of what is said, where it can be asked for.
    pub raise: Option<Callback<String>>,
}

impl Sheet {
    /// Writes a change. The order for scale 2 that applies now goes with what is measured now.
    pub fn change(self, change: impl FnOnce(&mut Observations)) {
        let mut seen = self.seen.get_untracked();
        change(&mut seen);
        let order = self
            .curves
            .with_untracked(|view| view.as_ref().and_then(|view| view.scale_two.clone()));
        seen.scale_two = order.filter(|_| !seen.measurements.is_empty());
        self.write.run(seen);
    }

    /// Something of what was measured before; the default before it is read.
    pub fn before<T: Default>(self, read: impl FnOnce(&CurvesView) -> T) -> T {
        self.curves.with(|view| view.as_ref().map(read).unwrap_or_default())
    }
}
