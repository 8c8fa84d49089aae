//! One hit.

use kjent_core::view::{HitKind, HitView, SnippetPart};
use leptos::prelude::*;

use super::search_model::{address, snippet};
use crate::i18n::{I18n, fact_word, moment, t_string};

/// A card that leads to where the hit stands. A function and not a component, so that the closure
/// around it follows the language.
pub fn hit_card(i18n: I18n, hit: &HitView) -> impl IntoView + use<> {
    let kind = kind_word(i18n, &hit.kind);
    let when = hit.when.map(|when| moment(i18n, when));
    let about = [Some(kind), when, hit.author.clone()];
    let about: Vec<String> = about.into_iter().flatten().filter(|it| !it.is_empty()).collect();
    let parts: Vec<_> = snippet(hit)
        .iter()
        .map(|part| match part.clone() {
            SnippetPart::Plain(text) => text.into_any(),
            SnippetPart::Match(word) => view! { <mark>{word}</mark> }.into_any(),
        })
        .collect();
    view! {
        <li class="kj-card kj-hit" data-testid="hit" data-kind=code(&hit.kind)>
            <h2 class="kj-hit__name">
                <a href=address(hit) data-testid="open-hit">{hit.client_name.clone()}</a>
            </h2>
            <p class="kj-subtle">{about.join(" · ")}</p>
            {(!parts.is_empty()).then(|| view! { <p class="kj-text">{parts}</p> })}
        </li>
    }
}

fn kind_word(i18n: I18n, kind: &HitKind) -> String {
    match kind {
        HitKind::Client => t_string!(i18n, search.kind_client).to_owned(),
        HitKind::Contact => t_string!(i18n, search.kind_contact).to_owned(),
        HitKind::Goal => t_string!(i18n, search.kind_goal).to_owned(),
        HitKind::Intervention => t_string!(i18n, search.kind_intervention).to_owned(),
        HitKind::Decision => t_string!(i18n, search.kind_decision).to_owned(),
        HitKind::Critical => t_string!(i18n, search.kind_critical).to_owned(),
        HitKind::Fact(kind) => fact_word(i18n, kind),
    }
}

fn code(kind: &HitKind) -> &'static str {
    match kind {
        HitKind::Client | HitKind::Contact => "person",
        HitKind::Goal | HitKind::Intervention | HitKind::Decision | HitKind::Critical => "plan",
        HitKind::Fact(_) => "journal",
    }
}
