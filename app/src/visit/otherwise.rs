//! «Gjort annerledes»: what was done instead of what the plan says, and why.

use kjent_core::ids::InterventionId;
use leptos::prelude::*;

use super::visit_form::VisitForm;
use super::visit_model::{adjust, adjustment};
use crate::components::text_field::TextInput;
use crate::i18n::{t, t_string, use_i18n};

/// The two fields of an intervention's row. Seeded once; what is typed is in the visit's draft.
#[component]
pub fn Otherwise(intervention: InterventionId, form: VisitForm) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.draft.with_untracked(|draft| adjustment(draft, intervention).cloned());
    let (instead, reason) = seed.map(|it| (it.instead, it.reason)).unwrap_or_default();
    view! {
        <div class="kj-otherwise" data-testid="otherwise-fields" on:focusout=move |_| form.left()>
            <p class="kj-subtle">{t!(i18n, visits.otherwise_hint)}</p>
            <TextInput
                id="otherwise-reason"
                of=intervention.to_string()
                label=Signal::derive(move || t_string!(i18n, visits.otherwise_why).to_owned())
                seed=reason
                typed=Callback::new(move |text| form.typed(|draft| adjust(draft, intervention, |it| it.reason = text)))
            />
            <TextInput
                id="otherwise-instead"
                of=intervention.to_string()
                label=Signal::derive(move || t_string!(i18n, visits.otherwise_instead).to_owned())
                seed=instead
                typed=Callback::new(move |text| form.typed(|draft| adjust(draft, intervention, |it| it.instead = text)))
            />
        </div>
    }
}
