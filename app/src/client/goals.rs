//! The goals. A card keeps its state (being edited, say) while the page's data is refreshed.

use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::goal_card::GoalCard;
use crate::i18n::{t, use_i18n};

/// All the goals, active first.
#[component]
pub fn Goals(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let ids = move || data.with(|data| data.goals.iter().map(|goal| goal.goal).collect::<Vec<_>>());
    let empty = move || data.with(|data| data.goals.is_empty());
    let card = move |id| {
        let goal = Memo::new(move |old: Option<&Option<_>>| {
            data.with(|data| data.goals.iter().find(|goal| goal.goal == id).cloned())
                .or_else(|| old.cloned().flatten())
        });
        move || goal.with(Option::is_some).then(|| view! { <GoalCard data goal /> })
    };
    view! {
        <h2 class="ds-heading kj-section" data-size="xs">{t!(i18n, client.goals)}</h2>
        {move || empty().then(|| view! { <p class="kj-card kj-subtle">{t!(i18n, client.goals_none)}</p> })}
        <For each=ids key=|id| *id let(id)>
            {card(id)}
        </For>
    }
}
