//! Wires what to do when nobody opens.

use kjent_core::command::{FinishMissedContact, ReadMissedContact, SaveMissedContactDraft};
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::problem::Problem;
use kjent_core::view::MissedContactView;
use leptos::prelude::*;

use super::missed_contact_model::offered;
use super::outcome_part::OutcomePart;
use super::sign_routine::{SignRoutine, fault, of_visit};
use super::step_button::StepButton;
use crate::changes::Changes;
use crate::components::icon::{HOUSE, KEY, icon};
use crate::components::page::{Back, Page};
use crate::components::saved_line::SavedLine;
use crate::draft_form::DraftForm;
use crate::i18n::{t, t_string, time, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

type Form = DraftForm<kjent_core::command::MissedContactDraft>;

/// «Åpner ikke», at one visit.
#[component]
pub fn MissedContactScreen() -> impl IntoView {
    of_visit(|client, visit| view! { <MissedContact client visit /> }.into_any())
}

#[component]
fn MissedContact(client: ClientId, visit: VisitId) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::new(ReadMissedContact { visit }, Changes::get().client(client));
    // Seeded once: what comes in by sync is never a draft.
    let form = Memo::new(move |old: Option<&Option<Form>>| {
        old.copied().flatten().or_else(|| {
            live.data.get().map(|view| {
                DraftForm::new(view.draft, move |draft| {
                    call(SaveMissedContactDraft { visit, draft })
                })
            })
        })
    });
    let problem = RwSignal::new(None::<Problem>);
    let about = move || {
        live.data.with(|view| {
            view.as_ref().map(|view| {
                t_string!(i18n, routine.about, name = view.name.clone(), time = time(view.starts))
                    .to_string()
            })
        })
    };
    let content = move |view: Memo<MissedContactView>| {
        move || {
            form.get().map(|form| {
                view! {
                    <div class="kj-form kj-routine" on:focusout=move |_| form.left() on:input=move |_| problem.set(None)>
                        <Agreed view />
                        <Steps view form problem />
                        <OutcomePart form problem />
                    </div>
                }
            })
        }
    };
    let bar = move || {
        move || {
            form.get().map(|form| {
                let finish =
                    move || FinishMissedContact { visit, draft: form.draft.get_untracked() };
                view! {
                    <SavedLine state=form.saved() />
                    <SignRoutine form finish to="/".to_owned() problem />
                }
            })
        }
    };
    let back = Back {
        to: format!("/client/{client}/visit/{visit}"),
        words: Signal::derive(move || t_string!(i18n, app.back).to_owned()),
    };
    view! {
        <Page
            title=Signal::derive(move || t_string!(i18n, routine.not_home).to_owned())
            subtitle=Signal::derive(move || about().unwrap_or_default())
            back=Some(back)
            bar=bar
        >
            {loaded(live, content)}
        </Page>
    }
}

/// What is agreed for this client: first on the screen.
#[component]
fn Agreed(view: Memo<MissedContactView>) -> impl IntoView {
    let i18n = use_i18n();
    let agreed = move || match view.with(|view| view.agreed.clone()) {
        Some(agreed) => agreed,
        None => t_string!(i18n, routine.nothing_agreed).to_owned(),
    };
    let entry = move || {
        view.with(|view| view.entry.clone())
            .map(|entry| view! { <p class="kj-fact">{icon(HOUSE)} <span>{entry}</span></p> })
    };
    let key = move || {
        view.with(|view| view.key.clone())
            .map(|key| view! { <p class="kj-fact">{icon(KEY)} <span>{key}</span></p> })
    };
    view! {
        <section class="kj-card" aria-labelledby="agreed-heading" data-testid="agreed">
            <h2 class="ds-heading" data-size="2xs" id="agreed-heading">{t!(i18n, routine.agreed)}</h2>
            <p class="kj-text">{agreed}</p>
            {entry}
            {key}
        </section>
    }
}

/// The steps, in order.
#[component]
fn Steps(
    view: Memo<MissedContactView>,
    form: Form,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let steps = Memo::new(move |_| view.with(offered));
    let called = Memo::new(move |_| view.with(|view| view.called.clone()));
    let entry = Memo::new(move |_| view.with(|view| view.entry.clone()));
    view! {
        <section class="kj-card" aria-labelledby="steps-heading">
            <h2 class="ds-heading" data-size="2xs" id="steps-heading">{t!(i18n, routine.steps)}</h2>
            <p class="kj-subtle">{t!(i18n, routine.steps_hint)}</p>
            <ol class="kj-plain-list kj-steps" on:click=move |_| problem.set(None)>
                <For each=move || steps.get() key=Clone::clone let(it)>
                    <StepButton offered=it called entry form />
                </For>
            </ol>
            {fault(i18n, problem, "steps")}
        </section>
    }
}
