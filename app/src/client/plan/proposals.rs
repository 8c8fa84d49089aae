//! Changes that are asked for: whoever may edit the plan follows them or says why not.

use kjent_core::command::{DeclineProposal, FollowProposal};
use kjent_core::fact::Discussed;
use kjent_core::plan::Part;
use kjent_core::problem::Problem;
use kjent_core::view::{ClientView, ProposalView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::client::entry::plan::fields;
use crate::components::discussed::DiscussedField;
use crate::components::failure::Trouble;
use crate::components::text_field::TextInput;
use crate::i18n::{moment, sentence, t, t_string, use_i18n};
use crate::ipc::call;

/// What the one who answers is doing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answering {
    Not,
    Following,
    Declining,
}

/// The card; nothing when nothing is asked for.
#[component]
pub fn Proposals(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let all = Memo::new(move |_| data.with(|data| data.proposals.clone()));
    view! {
        <section class="kj-card" aria-labelledby="proposals-heading" data-testid="proposals" hidden=move || all.with(Vec::is_empty)>
            <h2 class="ds-heading" data-size="2xs" id="proposals-heading">{t!(i18n, plan.proposals)}</h2>
            <div class="kj-rows kj-plain-list">
                <For each=move || all.get() key=|it| it.fact let(it)>
                    <Proposal data it />
                </For>
            </div>
        </section>
    }
}

#[component]
fn Proposal(data: Memo<ClientView>, it: ProposalView) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let (proposal, part) = (it.fact, it.proposal.part);
    let may_edit = Memo::new(move |_| data.with(|data| data.may_edit(part)));
    let answering = RwSignal::new(Answering::Not);
    let discussed = RwSignal::new(None::<Discussed>);
    let reason = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let is_discussed = matches!(part, Part::Goals | Part::Interventions);
    let send = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (discussed, reason) = (discussed.get_untracked(), reason.get_untracked());
        let declines = answering.get_untracked() == Answering::Declining;
        spawn_local(async move {
            // Answered, it is gone from the list.
            let outcome = if declines {
                call(DeclineProposal { client, proposal, reason }).await
            } else {
                call(FollowProposal { client, proposal, discussed }).await
            };
            if let Err(why) = outcome {
                problem.try_set(Some(why));
            }
            busy.try_set(false);
        });
    };
    let wrong = move |code: &'static str| {
        Signal::derive(move || {
            problem.with(|it| it.as_ref().filter(|it| it.code == code).map(|it| sentence(i18n, it)))
        })
    };
    let other = move || {
        let told = ["discussion_needed", "reason_needed"];
        problem
            .get()
            .filter(|it| !told.contains(&it.code.as_str()))
            .map(|problem| view! { <Trouble problem /> })
    };
    let by = (it.by.clone(), it.at);
    let said = {
        let (title, asked) = (it.title.clone(), it.proposal.clone());
        move || {
            let title = if title.is_empty() {
                t_string!(i18n, plan.proposal_new).to_owned()
            } else {
                title.clone()
            };
            view! {
                <h3 class="kj-item-heading">{title}</h3>
                <p class="kj-subtle">{t_string!(i18n, plan.proposal_by, name = by.0.clone(), when = moment(i18n, by.1)).to_string()}</p>
                <p class="kj-text">{asked.reason.clone()}</p>
                {fields(i18n, asked.part, &asked.fields, &called.get())}
            }
        }
    };
    let cancel = move || {
        view! {
            <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-answer" on:click=move |_| answering.set(Answering::Not)>
                {t!(i18n, app.cancel)}
            </button>
        }
    };
    let follow = move |_| {
        answering.set(Answering::Following);
        if !is_discussed {
            send();
        }
    };
    let answer = move || {
        match (may_edit.get(), answering.get()) {
        (false, _) => view! { <p class="kj-subtle">{t!(i18n, plan.proposal_waits)}</p> }.into_any(),
        (true, Answering::Not) => view! {
            <div class="kj-form__actions">
                <button type="button" class="ds-button" data-variant="secondary" data-testid="follow-proposal" on:click=follow>
                    {t!(i18n, plan.follow)}
                </button>
                <button type="button" class="ds-button" data-variant="tertiary" data-testid="decline-proposal" on:click=move |_| answering.set(Answering::Declining)>
                    {t!(i18n, plan.decline)}
                </button>
            </div>
        }
        .into_any(),
        (true, Answering::Following) => view! {
            <form class="kj-form" on:submit=move |event| { event.prevent_default(); send(); }>
                <DiscussedField name="proposal-discussed".to_owned() value=discussed called error=wrong("discussion_needed") />
                <div class="kj-form__actions">
                    <button type="submit" class="ds-button" data-testid="send-follow">{t!(i18n, plan.follow)}</button>
                    {cancel()}
                </div>
            </form>
        }
        .into_any(),
        (true, Answering::Declining) => view! {
            <form class="kj-form" on:submit=move |event| { event.prevent_default(); send(); }>
                <TextInput
                    id="decline-reason"
                    of=format!("-{proposal}")
                    label=Signal::derive(move || t_string!(i18n, plan.decline_why).to_owned())
                    error=wrong("reason_needed")
                    typed=Callback::new(move |text| reason.set(text))
                />
                <div class="kj-form__actions">
                    <button type="submit" class="ds-button" data-testid="send-decline">{t!(i18n, plan.decline_send)}</button>
                    {cancel()}
                </div>
            </form>
        }
        .into_any(),
    }
    };
    view! {
        <div class="kj-item kj-proposal" data-testid="proposal">
            {said}
            {answer}
            {other}
        </div>
    }
}
