//! The one button that mends a damaged tablet, and the sentence after it.

use kjent_core::command::Repair;
use kjent_core::problem::Problem;
use kjent_core::secret::Secret;
use kjent_core::view::RepairView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;
use crate::session::Session;

/// Whether a problem is one that a repair mends.
pub fn is_damage(problem: &Problem) -> bool {
    problem.code == "database_damaged"
}

/// Repairs with the PIN that was just typed; then says what came of it, before the list is opened.
#[component]
pub fn RepairButton(
    profile: String,
    pin: StoredValue<Secret>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::get();
    let profile = StoredValue::new(profile);
    let busy = RwSignal::new(false);
    let repaired = RwSignal::new(None::<RepairView>);
    let repair = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let profile = profile.get_value();
            let result = call(Repair { profile, pin: pin.get_value() }).await;
            busy.set(false);
            match result {
                Ok(view) => {
                    pin.set_value(Secret::default());
                    repaired.set(Some(view));
                }
                Err(why) => problem.set(Some(why)),
            }
        });
    };
    let outcome = move |view: RepairView| {
        let words = match (view.own_work_is_whole, view.has_gaps) {
            (false, _) => t_string!(i18n, unlock.repaired_lost),
            (true, true) => t_string!(i18n, unlock.repaired_gaps),
            (true, false) => t_string!(i18n, unlock.repaired),
        };
        view! {
            <p role="status" data-testid="repaired">{words}</p>
            <button
                type="button"
                class="ds-button"
                data-testid="open-repaired"
                on:click=move |_| session.enter(view.session.clone())
            >
                {t!(i18n, unlock.go_on)}
            </button>
        }
    };
    view! {
        {move || match repaired.get() {
            Some(view) => outcome(view).into_any(),
            None => view! {
                <button
                    type="button"
                    class="ds-button"
                    data-testid="repair"
                    aria-disabled=move || busy.get().to_string()
                    on:click=repair
                >
                    {move || if busy.get() {
                        t_string!(i18n, unlock.repairing)
                    } else {
                        t_string!(i18n, unlock.repair)
                    }}
                </button>
            }
            .into_any(),
        }}
    }
}
