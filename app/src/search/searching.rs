//! What is looked for, and what was found. It outlives the screen, so that the hits are still there
//! when the worker comes back from one; and it is in no address, because it may be a name.

use std::time::Duration;

use kjent_core::command::Search;
use kjent_core::problem::Problem;
use kjent_core::view::SearchView;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::changes::Changes;
use crate::ipc::call;

/// How long a pause in the typing is before the tablet is asked.
const PAUSE: Duration = Duration::from_millis(80);

/// How many hits are shown.
pub(super) const LIMIT: u32 = 50;

/// What was found for which words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    pub query: String,
    pub view: SearchView,
}

/// The search.
#[derive(Clone, Copy)]
pub struct Searching {
    typed: RwSignal<String>,
    asked: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
    found: LocalResource<Result<Found, Problem>>,
}

impl Searching {
    /// Provides the search to every screen.
    pub fn provide() {
        let asked = RwSignal::new(String::new());
        let changed = Changes::get().today();
        let found = LocalResource::new(move || {
            changed.track();
            let query = asked.get();
            async move {
                if query.is_empty() {
                    return Ok(Found::default());
                }
                let view = call(Search { query: query.clone(), limit: LIMIT }).await?;
                Ok(Found { query, view })
            }
        });
        let typed = RwSignal::new(String::new());
        provide_context(Self { typed, asked, timer: StoredValue::new(None), found });
    }

    /// The search that `provide` provided.
    pub fn get() -> Self {
        expect_context()
    }

    /// The worker is back at the day: the next search is a new one.
    pub fn clear(self) {
        self.typed.set(String::new());
        self.ask();
    }

    /// What stands in the field.
    pub(super) fn typed(self) -> Signal<String> {
        self.typed.into()
    }

    /// Takes the text at each key, and asks in the next pause.
    pub(super) fn type_in(self, text: String) {
        let at_once = text.trim().is_empty();
        self.typed.set(text);
        self.stop_timer();
        if at_once {
            self.ask();
        } else {
            let timer = set_timeout_with_handle(move || self.ask(), PAUSE);
            self.timer.set_value(timer.ok());
        }
    }

    fn ask(self) {
        self.stop_timer();
        let query = self.typed.with_untracked(|typed| typed.trim().to_owned());
        if self.asked.with_untracked(|asked| *asked != query) {
            self.asked.set(query);
        }
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
        }
        self.timer.set_value(None);
    }

    /// What was last found; it stays until there is something newer.
    pub(super) fn found(self) -> Memo<Found> {
        Memo::new(move |last: Option<&Found>| match self.found.get() {
            Some(Ok(found)) => found,
            _ => last.cloned().unwrap_or_default(),
        })
    }

    /// Why nothing could be found.
    pub(super) fn problem(self) -> Memo<Option<Problem>> {
        Memo::new(move |_| self.found.get().and_then(Result::err))
    }
}
