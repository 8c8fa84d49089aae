//! Putting a measurement right, or taking it away: a new entry that stands in place of the old one.

use kjent_core::clinical::Measurement;
use kjent_core::command::RecordObservations;
use kjent_core::fact::Observations;
use kjent_core::ids::{ClientId, FactId};
use kjent_core::problem::Problem;
use kjent_core::view::CurvesView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::failure::Trouble;
use crate::ipc::call;
use crate::measurements::{Pad, PadHandle, Sheet};

/// Opens the keys on what an entry says.
#[derive(Clone, Copy)]
pub struct CorrectHandle {
    pad: PadHandle,
    entry: RwSignal<Option<FactId>>,
    seen: RwSignal<Observations>,
    view: RwSignal<Option<CurvesView>>,
}

impl CorrectHandle {
    /// A handle for a `CorrectDialog` to come.
    pub fn new() -> Self {
        Self {
            pad: PadHandle::new(),
            entry: RwSignal::new(None),
            seen: RwSignal::new(Observations::default()),
            view: RwSignal::new(None),
        }
    }

    /// Opens it for one measurement of an entry.
    pub fn open(self, view: &CurvesView, fact: FactId, measurement: &Measurement) {
        let Some(set) = view.sets.iter().find(|set| set.fact == fact) else { return };
        self.entry.set(Some(fact));
        self.seen.set(set.observations.clone());
        // What is judged and compared with is what was there before it.
        let mut before = view.clone();
        before.sets.retain(|other| other.at < set.at);
        self.view.set(Some(before));
        self.pad.open_with(measurement);
    }
}

/// The keys, and why it was not put right when it was not.
#[component]
pub fn CorrectDialog(handle: CorrectHandle, client: ClientId) -> impl IntoView {
    let problem = RwSignal::new(None::<Problem>);
    let write = Callback::new(move |mut seen: Observations| {
        let Some(amends) = handle.entry.get_untracked() else { return };
        // It was scored with what applied then.
        seen.scale_two = handle.seen.with_untracked(|was| was.scale_two.clone());
        problem.set(None);
        spawn_local(async move {
            let request = RecordObservations { client, amends, observations: seen };
            if let Err(why) = call(request).await {
                problem.try_set(Some(why));
            }
        });
    });
    let sheet = Sheet {
        seen: Memo::new(move |_| handle.seen.get()),
        write,
        curves: Memo::new(move |_| handle.view.get()),
        raise: None,
    };
    view! {
        {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        <Pad handle=handle.pad sheet />
    }
}
