//! What changed in the plan, as the journal tells it.

use chrono::NaiveDate;
use kjent_core::fact::{Discussed, FieldChange, PlanChange, PlanProposal};
use kjent_core::plan::{Part, Scalar};
use leptos::prelude::*;

use crate::i18n::{
    I18n, date, discussed_word, fact_word, field_word, occasion_word, part_word, t_string,
    value_word,
};

/// A change of the plan.
pub fn change(i18n: I18n, title: &str, change: &PlanChange, called: &str) -> impl IntoView + use<> {
    let heading =
        format!("{}: {}", occasion_word(i18n, &change.occasion), part_word(i18n, change.part));
    view! {
        <p class="kj-strong" data-testid="plan-change">{heading}</p>
        {named(title)}
        {fields(i18n, change.part, &change.fields, called)}
        {reason(&change.reason)}
        {change.discussed.as_ref().map(|it| discussed(i18n, it))}
    }
}

/// A change that is asked for.
pub fn proposal(
    i18n: I18n,
    title: &str,
    proposal: &PlanProposal,
    called: &str,
) -> impl IntoView + use<> {
    let heading = fact_word(i18n, &kjent_core::fact::FactKind::PlanProposal);
    view! {
        <p class="kj-strong" data-testid="plan-proposal">{heading}</p>
        {named(title)}
        {fields(i18n, proposal.part, &proposal.fields, called)}
        {reason(&proposal.reason)}
    }
}

/// A proposal that was not followed.
pub fn declined(i18n: I18n, why: &str) -> impl IntoView + use<> {
    view! {
        <p class="kj-strong" data-testid="proposal-declined">{t_string!(i18n, fields.declined)}</p>
        {reason(why)}
    }
}

fn named(title: &str) -> impl IntoView + use<> {
    (!title.is_empty()).then(|| view! { <p>{title.to_owned()}</p> })
}

fn reason(why: &str) -> impl IntoView + use<> {
    (!why.is_empty()).then(|| view! { <p class="kj-text">{why.to_owned()}</p> })
}

/// With whom it was talked over.
pub fn discussed(i18n: I18n, discussed: &Discussed) -> impl IntoView + use<> {
    let with = discussed_word(i18n, &discussed.with);
    let words = Some(discussed.words.clone()).filter(|it| !it.is_empty());
    let said = std::iter::once(with).chain(words).collect::<Vec<_>>().join(": ");
    view! { <p class="kj-subtle">{said}</p> }
}

/// Each field with what it was and what it is; ids say nothing to anybody and are left out.
pub fn fields(
    i18n: I18n,
    part: Part,
    fields: &[FieldChange],
    called: &str,
) -> impl IntoView + use<> {
    let rows: Vec<_> = fields
        .iter()
        .filter_map(|one| {
            let said = |value: &Scalar| value_word(i18n, part, &one.field, value, called);
            let nothing = || t_string!(i18n, fields.nothing).to_owned();
            let after = match &one.after {
                Some(after) => said(after)?,
                None => nothing(),
            };
            let now = match &one.before {
                Some(before) => t_string!(
                    i18n,
                    fields.from_to,
                    before = said(before).unwrap_or_else(nothing),
                    after = after
                )
                .to_string(),
                None => after,
            };
            let aside: Vec<String> = one.put_aside.iter().filter_map(said).collect();
            let aside = (!aside.is_empty()).then(|| {
                let line = t_string!(i18n, fields.put_aside, values = aside.join(", ")).to_string();
                view! { <dd class="kj-subtle">{line}</dd> }
            });
            Some(view! { <dt>{field_word(i18n, &one.field)}</dt><dd>{now}</dd>{aside} })
        })
        .collect();
    (!rows.is_empty()).then(|| view! { <dl class="kj-facts">{rows}</dl> })
}

/// Why something else was delivered than was granted.
pub fn delivery(
    i18n: I18n,
    title: &str,
    (from, to): (NaiveDate, NaiveDate),
    why: &str,
) -> impl IntoView + use<> {
    let (from, to) = (date(i18n, from), date(i18n, to));
    let heading = t_string!(i18n, decisions.explained, from = from, to = to).to_string();
    view! {
        <p class="kj-strong" data-testid="delivery-explained">{heading}</p>
        {named(title)}
        {reason(why)}
    }
}
