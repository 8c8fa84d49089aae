//! What is typed in a form of the plan is kept at once, so that neither a kill nor the lock takes it:
//! the form begins with it when it is opened again.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use kjent_core::command::{
    DiscardPlanDraft, PlanDraft, PlanDraftPlace, ReadPlanDraft, SavePlanDraft,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{sentence, t_string, time, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};
use crate::saver::{SaveState, Saver};

/// The fields of an object of the plan, by name; an empty text is no value.
pub type Texts = BTreeMap<String, String>;

/// The form of a place of the plan, made once it is known what was typed there before.
pub fn with_plan_draft<V: IntoView + 'static>(
    place: PlanDraftPlace,
    form: impl Fn(KeptDraft) -> V + Send + 'static,
) -> impl IntoView {
    // Read once: what comes in by sync is never a draft.
    let kept = Live::new(ReadPlanDraft { place: place.clone() }, Memo::new(|_| 0));
    loaded(kept, move |draft| {
        form(KeptDraft { place: place.clone(), draft: draft.get_untracked() })
    })
}

/// What was typed in a form before it was opened.
#[derive(Clone)]
pub struct KeptDraft {
    place: PlanDraftPlace,
    draft: Option<PlanDraft>,
}

impl KeptDraft {
    /// What the form begins with: `first`, and what was typed in its place.
    pub fn open(self, first: Texts) -> (PlanDraft, OpenDraft) {
        let mut seed = self.draft.unwrap_or_default();
        let typed = std::mem::replace(&mut seed.texts, first.clone());
        seed.texts.extend(typed);
        (seed, OpenDraft { place: self.place, first })
    }
}

/// A form that has been opened.
pub struct OpenDraft {
    place: PlanDraftPlace,
    first: Texts,
}

impl OpenDraft {
    /// Keeps what the form holds from now on.
    pub fn keep(self, now: impl Fn() -> PlanDraft + 'static) -> Keep {
        let Self { place, first } = self;
        let form = place.clone();
        let saver = Saver::new(None, move |draft| {
            let place = form.clone();
            call(SavePlanDraft { place, draft })
        });
        let saver = StoredValue::new_local(saver);
        let flush = move || {
            // Gone means flushed: the cleanup below did it.
            let _flushed = saver.try_with_value(Saver::flush);
        };
        let hidden = window_event_listener(leptos::ev::pagehide, move |_| flush());
        on_cleanup(move || {
            hidden.remove();
            flush();
        });
        Effect::watch(
            move || {
                let now = now();
                PlanDraft { texts: touched(&first, now.texts), ..now }
            },
            move |now, before, _| {
                if before.is_some_and(|before| before != now) {
                    saver.with_value(|saver| saver.later(now.clone()));
                }
            },
            false,
        );
        Keep { place: StoredValue::new(place), saver }
    }
}

/// The fields that somebody touched. The others are not kept, so that a colleague's edit of them that
/// comes meanwhile stands.
fn touched(first: &Texts, mut now: Texts) -> Texts {
    now.retain(|field, text| first.get(field).map_or("", String::as_str) != text.as_str());
    now
}

/// That what is typed is kept, and isn't in the plan yet; or why it can't be kept. Its place is there
/// before its words are: a button that moves as the draft is saved is missed by the finger.
#[component]
pub fn KeptLine(keep: Keep) -> impl IntoView {
    let i18n = use_i18n();
    let state = keep.saver.with_value(Saver::state);
    let kept = move |at| t_string!(i18n, plan.draft_kept, time = time(at)).to_string();
    let line = Memo::new(move |before: Option<&(&'static str, String)>| match state.get() {
        SaveState::Saved(at) => ("saved", kept(at)),
        SaveState::Failed(why) => {
            ("failed", t_string!(i18n, saved.failed, why = sentence(i18n, &why)).to_string())
        }
        // What was kept a moment ago is still kept.
        SaveState::Saving if let Some(("saved", words)) = before => ("saved", words.clone()),
        SaveState::Untouched(_) | SaveState::Saving => ("not_yet", kept(NaiveDateTime::default())),
    });
    view! {
        <p class="kj-saved" data-testid="plan-draft" data-state=move || line.get().0>
            {move || line.get().1}
        </p>
    }
}

/// Keeps what is typed in an open form.
#[derive(Clone, Copy)]
pub struct Keep {
    place: StoredValue<PlanDraftPlace>,
    saver: StoredValue<Saver<PlanDraft>, LocalStorage>,
}

impl Keep {
    /// The form is done with, saved in the plan or given up: nothing of it is kept.
    pub fn done(self) {
        let Some(place) = self.place.try_get_value() else { return };
        let discard = move || {
            spawn_local(async move {
                // What stays by mistake is only what the plan has already, or was given up.
                let _discarded = call(DiscardPlanDraft { place }).await;
            });
        };
        let _closed = self.saver.try_with_value(|saver| saver.close(discard));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(fields: &[(&str, &str)]) -> Texts {
        fields.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_field_that_nobody_touched_is_the_colleagues() {
        let first = texts(&[("title", "Gå tur"), ("due", "2026-12-01"), ("why", "")]);
        let now = texts(&[("title", "Gå lenger"), ("due", "2026-12-01"), ("why", ""), ("how", "")]);
        let kept = touched(&first, now);
        assert_eq!(kept, texts(&[("title", "Gå lenger")]));
        let place = PlanDraftPlace {
            client: kjent_core::ids::ClientId::from_bytes(&[1; 16])
                .unwrap_or_else(|| unreachable!()),
            form: "goal".to_owned(),
            object: None,
        };
        let draft = Some(PlanDraft { texts: kept, ..PlanDraft::default() });
        let newer = texts(&[("title", "Gå tur"), ("due", "2027-01-01"), ("why", "")]);
        let (seed, _) = KeptDraft { place, draft }.open(newer);
        let expected = texts(&[("title", "Gå lenger"), ("due", "2027-01-01"), ("why", "")]);
        assert_eq!(seed.texts, expected);
    }
}
