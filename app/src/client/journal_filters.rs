//! Which part of the journal is shown.

use kjent_core::team::Profession;
use leptos::prelude::*;

use super::journal_model::{Filter, Kind};
use crate::i18n::{profession_word, t, t_string, use_i18n};

/// The filters: one of the kinds, and one of the professions that have written.
#[component]
pub fn JournalFilters(
    #[prop(into)] filter: Signal<Filter>,
    choose: Callback<Filter>,
    #[prop(into)] professions: Signal<Vec<Profession>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |kind| match kind {
        Kind::All => t_string!(i18n, journal.show_all),
        Kind::Unread => t_string!(i18n, journal.show_unread),
        Kind::Marked => t_string!(i18n, journal.show_marked),
        Kind::Mine => t_string!(i18n, journal.show_mine),
        Kind::Visits => t_string!(i18n, journal.show_visits),
        Kind::Notes => t_string!(i18n, journal.show_notes),
        Kind::Plan => t_string!(i18n, journal.show_plan),
    };
    let one = move |kind: Kind| {
        let is_on = move || filter.with(|filter| filter.kind == kind);
        view! {
            <button type="button" class="kj-chip" data-testid=format!("show-{}", kind.code()) aria-pressed=move || is_on().to_string()
                on:click=move |_| choose.run(Filter { kind, ..filter.get_untracked() })>
                {move || words(kind)}
            </button>
        }
    };
    let options = move || {
        let one = |it: Profession| {
            let is_chosen = filter.with(|filter| filter.profession.as_ref() == Some(&it));
            let words = profession_word(i18n, &it);
            view! { <option value=it.code().to_owned() selected=is_chosen>{words}</option> }
        };
        professions.get().into_iter().map(one).collect_view()
    };
    let picked = move |code: String| {
        let profession = (!code.is_empty()).then(|| Profession::from_code(&code));
        choose.run(Filter { profession, ..filter.get_untracked() });
    };
    view! {
        <div class="kj-journal__filters" role="group" aria-label=move || t_string!(i18n, journal.filters)>
            {Kind::ALL.into_iter().map(one).collect_view()}
            <select class="ds-input kj-input kj-journal__profession" data-testid="filter-profession"
                aria-label=move || t_string!(i18n, journal.by_profession) on:change:target=move |event| picked(event.target().value())>
                <option value="">{t!(i18n, journal.any_profession)}</option>
                {options}
            </select>
        </div>
    }
}
