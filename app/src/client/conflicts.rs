//! Fields that two tablets wrote at once: both values with who and when, until a person says which
//! one counts, and why. Nobody's words are thrown away.

use kjent_core::command::SettleField;
use kjent_core::plan::{Part, Scalar};
use kjent_core::problem::Problem;
use kjent_core::view::{ClientView, ConflictView, StandingView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::components::failure::Trouble;
use crate::components::icon::{ALERT, icon};
use crate::components::text_field::TextInput;
use crate::i18n::{I18n, field_word, moment, t, t_string, use_i18n, value_word};
use crate::ipc::call;

/// What stands against each other in one object of the plan.
#[component]
pub fn Conflicts(
    data: Memo<ClientView>,
    part: Part,
    /// Nil for the client's profile.
    #[prop(optional)]
    object: Uuid,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        let here = |it: &&ConflictView| it.part == part && it.object == object;
        data.with(|data| data.conflicts.iter().filter(here).cloned().collect::<Vec<_>>())
    });
    view! {
        <For each=move || all.get() key=key let(it)>
            <Conflict data conflict=it />
        </For>
    }
}

/// What makes a conflict the same: another value is another conflict.
fn key(it: &ConflictView) -> (String, Vec<(String, chrono::NaiveDateTime)>) {
    (it.field.clone(), it.values.iter().map(|value| (value.by.clone(), value.at)).collect())
}

#[component]
fn Conflict(data: Memo<ClientView>, conflict: ConflictView) -> impl IntoView {
    let i18n = use_i18n();
    let may_settle = Memo::new(move |_| data.with(|data| data.may_edit(conflict.part)));
    let chosen = RwSignal::new(None::<Option<Scalar>>);
    let field = conflict.field.clone();
    let lead = move || {
        let field = match (conflict.part, field.as_str()) {
            (Part::Goals, "title") => t_string!(i18n, client.goal_title).to_owned(),
            _ => field_word(i18n, &field),
        };
        if may_settle.get() {
            t_string!(i18n, plan.settle_lead, field = field).to_string()
        } else {
            t_string!(i18n, plan.settle_read, field = field).to_string()
        }
    };
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let said = {
        let (part, field) = (conflict.part, conflict.field.clone());
        move |it: &StandingView| said(i18n, part, &field, it, &called.get())
    };
    let one = {
        let said = said.clone();
        move |it: StandingView| {
            let words = said(&it);
            let aria = format!("{}: {words}", t_string!(i18n, plan.settle_choose));
            let value = it.value.clone();
            let pressed = {
                let value = value.clone();
                Memo::new(move |_| chosen.with(|chosen| chosen.as_ref() == Some(&value)))
            };
            let button = move || {
                let (aria, value) = (aria.clone(), value.clone());
                may_settle.get().then(|| {
                    view! {
                        <button
                            type="button"
                            class="ds-button"
                            data-variant="secondary"
                            data-testid="choose-value"
                            aria-label=aria
                            aria-pressed=move || pressed.get().to_string()
                            on:click=move |_| chosen.set(Some(value.clone()))
                        >
                            {t!(i18n, plan.settle_choose)}
                        </button>
                    }
                })
            };
            view! {
                <li class="kj-conflict__value" data-chosen=move || pressed.get().to_string()>
                    <div>
                        <p class="kj-strong kj-text">{words}</p>
                        <p class="kj-subtle">
                            {t!(i18n, client.conflict_by, name = it.by.clone(), when = moment(i18n, it.at))}
                        </p>
                    </div>
                    {button}
                </li>
            }
        }
    };
    let values = conflict.values.clone();
    let list = move || values.iter().cloned().map(&one).collect_view();
    let reason = {
        let conflict = conflict.clone();
        move || {
            let conflict = conflict.clone();
            chosen.get().map(|value| view! { <Reason data conflict value called /> })
        }
    };
    view! {
        <div class="kj-conflict" data-testid="conflict" data-field=conflict.field.clone()>
            <p class="kj-conflict__lead">{icon(ALERT)} <span>{lead}</span></p>
            <ul>{list}</ul>
            {reason}
        </div>
    }
}

fn said(i18n: I18n, part: Part, field: &str, it: &StandingView, called: &str) -> String {
    let nothing = || t_string!(i18n, client.conflict_empty).to_owned();
    match (&it.means, &it.value) {
        (Some(means), _) => means.clone(),
        (None, Some(value)) => value_word(i18n, part, field, value, called).unwrap_or_else(nothing),
        (None, None) => nothing(),
    }
}

/// Why this one: a reason that is tapped settles it.
#[component]
fn Reason(
    data: Memo<ClientView>,
    conflict: ConflictView,
    value: Option<Scalar>,
    called: Memo<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let other = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let id = format!("-{}-{}", conflict.object, conflict.field);
    let settle = Callback::new(move |reason: String| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let ConflictView { part, object, field, .. } = conflict.clone();
        let value = value.clone();
        spawn_local(async move {
            let request = SettleField { client, part, object, field, value, reason };
            // Settled, it is gone from the screen.
            if let Err(why) = call(request).await {
                problem.try_set(Some(why));
            }
            busy.try_set(false);
        });
    });
    let ready = [
        (
            "wish",
            Signal::derive(move || {
                t_string!(i18n, plan.settle_wish, name = called.get()).to_string()
            }),
        ),
        ("agreed", Signal::derive(move || t_string!(i18n, plan.settle_agreed).to_owned())),
        ("right", Signal::derive(move || t_string!(i18n, plan.settle_right).to_owned())),
    ];
    let ready = ready.into_iter().map(|(code, words)| {
        view! {
            <button type="button" class="ds-button" data-variant="secondary" data-testid=format!("settle-{code}") on:click=move |_| settle.run(words.get_untracked())>
                {words}
            </button>
        }
    });
    let ready = ready.collect_view();
    view! {
        <div class="kj-conflict__why" role="group" aria-label=move || t_string!(i18n, plan.settle_why)>
            <p class="kj-strong">{t!(i18n, plan.settle_why)}</p>
            <div class="kj-form__actions">
                {ready}
                <button type="button" class="ds-button" data-variant="tertiary" data-testid="settle-else" aria-expanded=move || other.get().to_string() on:click=move |_| other.set(true)>
                    {t!(i18n, plan.settle_else)}
                </button>
            </div>
            {move || other.get().then(|| view! {
                <TextInput
                    id="settle-reason"
                    of=id.clone()
                    label=Signal::derive(move || t_string!(i18n, plan.settle_why).to_owned())
                    typed=Callback::new(move |text| typed.set(text))
                />
                <button type="button" class="ds-button" data-testid="settle-typed" on:click=move |_| settle.run(typed.get_untracked())>
                    {t!(i18n, plan.settle_save)}
                </button>
            })}
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        </div>
    }
}
