//! One who was let in, and what the team lead says of it.

use kjent_core::command::ReviewGrant;
use kjent_core::problem::Problem;
use kjent_core::view::GrantView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::failure::Trouble;
use crate::components::icon::{ALERT, CHECK_CIRCLE};
use crate::components::tag::tag;
use crate::components::text_field::TextInput;
use crate::i18n::{moment_with_date, t, t_string, use_i18n};
use crate::ipc::call;

/// The item; the list is read anew when a review is stored.
#[component]
pub fn GrantItem(grant: GrantView) -> impl IntoView {
    let i18n = use_i18n();
    let when = t_string!(
        i18n,
        break_glass.when,
        from = moment_with_date(i18n, grant.from),
        until = moment_with_date(i18n, grant.until)
    )
    .to_string();
    let (name, client) = (grant.worker_name.clone(), grant.client_name.clone());
    let heading = t_string!(i18n, break_glass.who, name = name, client = client).to_string();
    let state = match &grant.reviewed {
        Some(reviewed) => {
            let (by, comment) = (reviewed.by.clone(), reviewed.comment.clone());
            let words = t_string!(i18n, break_glass.reviewed_by, name = by).to_string();
            view! {
                <p class="kj-text" data-testid="grant-comment">{comment}</p>
                <div class="kj-tags">{tag("success", CHECK_CIRCLE, words)}</div>
            }
            .into_any()
        }
        None => view! { <Review grant=grant.clone() /> }.into_any(),
    };
    view! {
        <li class="kj-area" data-testid="grant">
            <p class="kj-strong">{heading}</p>
            <p class="kj-text">{format!("«{}»", grant.reason)}</p>
            <p class="kj-subtle">{when}</p>
            {state}
        </li>
    }
}

#[component]
fn Review(grant: GrantView) -> impl IntoView {
    let i18n = use_i18n();
    let (id, of) = (grant.grant, grant.grant.to_string());
    let comment = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        spawn_local(async move {
            let comment = comment.get_untracked();
            if let Err(why) = call(ReviewGrant { grant: id, comment }).await {
                problem.try_set(Some(why));
            }
        });
    };
    view! {
        <div class="kj-tags">{tag("warning", ALERT, t_string!(i18n, break_glass.not_reviewed).to_owned())}</div>
        <form class="kj-form" data-testid="review-grant-form" on:submit=save>
            <TextInput
                id="grant-review"
                of=of
                label=Signal::derive(move || t_string!(i18n, break_glass.comment).to_owned())
                wrong=Signal::derive(move || problem.with(Option::is_some))
                typed=Callback::new(move |text| {
                    problem.set(None);
                    comment.set(text);
                })
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <button type="submit" class="ds-button" data-testid="save-grant-review">{t!(i18n, break_glass.reviewed)}</button>
        </form>
    }
}
