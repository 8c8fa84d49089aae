//! Consents, assessments and talks with the people around the client, as the journal tells them.

use kjent_core::fact::{BasisKind, CapacityAssessment, Consent, ContactLogged};
use kjent_core::team::Role;
use leptos::prelude::*;

use crate::i18n::{
    I18n, caller_word, capacity_word, channel_word, date, giver_word, ground_word, role_word,
    scope_word, t_string,
};

/// A talk.
pub fn contact(i18n: I18n, with: &str, talk: &ContactLogged) -> impl IntoView + use<> {
    let heading = t_string!(i18n, people.entry_contact, with = with.to_owned()).to_string();
    let how =
        format!("{} · {}", channel_word(i18n, &talk.channel), caller_word(i18n, &talk.caller));
    let mut ground = ground_word(i18n, &talk.basis.kind);
    if talk.basis.kind == BasisKind::Law {
        ground = format!("{ground}: {}", talk.basis.words);
    }
    let result = (!talk.result.is_empty()).then(|| {
        view! { <dt>{t_string!(i18n, people.talk_result)}</dt><dd>{talk.result.clone()}</dd> }
    });
    view! {
        <p class="kj-strong" data-testid="entry-contact">{heading}</p>
        <p class="kj-subtle">{how}</p>
        <p class="kj-text">{talk.content.clone()}</p>
        <dl class="kj-facts">
            {result}
            <dt>{t_string!(i18n, people.entry_ground)}</dt><dd>{ground}</dd>
        </dl>
    }
}

/// A consent.
pub fn consent(i18n: I18n, to: &str, consent: &Consent) -> impl IntoView + use<> {
    let heading = t_string!(i18n, people.consent_to, name = to.to_owned()).to_string();
    let until =
        consent.until.map(|day| t_string!(i18n, people.until, day = date(i18n, day)).to_string());
    let line =
        [Some(scope_word(i18n, &consent.what)), until, Some(giver_word(i18n, &consent.given_by))];
    let line = line.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let words = (!consent.words.is_empty())
        .then(|| view! { <p class="kj-text">{consent.words.clone()}</p> });
    view! {
        <p class="kj-strong" data-testid="entry-consent">{heading}</p>
        <p>{line}</p>
        {words}
    }
}

/// That a consent is taken back.
pub fn withdrawn(i18n: I18n, how: &str) -> impl IntoView + use<> {
    view! {
        <p class="kj-strong" data-testid="entry-consent-withdrawn">{t_string!(i18n, people.consent_withdrawn)}</p>
        <p class="kj-text">{how.to_owned()}</p>
    }
}

/// A bar.
pub fn restriction(
    i18n: I18n,
    name: &str,
    role: Option<&Role>,
    words: &str,
) -> impl IntoView + use<> {
    let whom = match role {
        Some(role) => {
            let role = role_word(i18n, role).to_lowercase();
            t_string!(i18n, restriction.all_in_role, role = role).to_string()
        }
        None => name.to_owned(),
    };
    let heading = t_string!(i18n, restriction.entry, name = whom).to_string();
    view! {
        <p class="kj-strong" data-testid="entry-restriction">{heading}</p>
        <p class="kj-text">{format!("«{words}»")}</p>
    }
}

/// That a bar is over.
pub fn restriction_ended(i18n: I18n, words: &str) -> impl IntoView + use<> {
    view! {
        <p class="kj-strong" data-testid="entry-restriction-ended">{t_string!(i18n, restriction.entry_ended)}</p>
        <p class="kj-text">{format!("«{words}»")}</p>
    }
}

/// An assessment.
pub fn capacity(i18n: I18n, assessment: &CapacityAssessment) -> impl IntoView + use<> {
    let heading =
        t_string!(i18n, people.entry_capacity, matter = assessment.matter.clone()).to_string();
    view! {
        <p class="kj-strong" data-testid="entry-capacity">{heading}</p>
        <p>{capacity_word(i18n, &assessment.outcome)}</p>
        <p class="kj-text">{assessment.reasons.clone()}</p>
    }
}
