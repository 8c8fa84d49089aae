//! Which part of the journal is shown.

use kjent_core::team::Profession;
use leptos::prelude::*;

use super::entry_kind::EntryKind;
use super::journal_model::{Filter, Which};
use crate::i18n::{I18n, profession_word, t, t_string, use_i18n};

/// The filters: which entries, what they are, and which profession has written them.
#[component]
pub fn JournalFilters(
    #[prop(into)] filter: Signal<Filter>,
    choose: Callback<Filter>,
    #[prop(into)] kinds: Signal<Vec<EntryKind>>,
    #[prop(into)] professions: Signal<Vec<Profession>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move |which| match which {
        Which::All => t_string!(i18n, journal.show_all),
        Which::Unread => t_string!(i18n, journal.show_unread),
        Which::Marked => t_string!(i18n, journal.show_marked),
        Which::Mine => t_string!(i18n, journal.show_mine),
    };
    let one = move |which: Which| {
        let is_on = move || filter.with(|filter| filter.which == which);
        view! {
            <button type="button" class="kj-chip" data-testid=format!("show-{}", which.code()) aria-pressed=move || is_on().to_string()
                on:click=move |_| choose.run(Filter { which, ..filter.get_untracked() })>
                {move || words(which)}
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
    let kind_options = move || {
        let one = |it: EntryKind| {
            let is_chosen = filter.with(|filter| filter.kind == Some(it));
            view! { <option value=it.code() selected=is_chosen>{kind_word(i18n, it)}</option> }
        };
        kinds.get().into_iter().map(one).collect_view()
    };
    let picked_kind = move |code: String| {
        choose.run(Filter { kind: EntryKind::from_code(&code), ..filter.get_untracked() });
    };
    view! {
        <div class="kj-journal__filters" role="group" aria-label=move || t_string!(i18n, journal.filters)>
            {Which::ALL.into_iter().map(one).collect_view()}
            <select class="ds-input kj-input kj-journal__profession" data-testid="filter-kind"
                aria-label=move || t_string!(i18n, journal.by_kind) on:change:target=move |event| picked_kind(event.target().value())>
                <option value="">{t!(i18n, journal.any_kind)}</option>
                {kind_options}
            </select>
            <select class="ds-input kj-input kj-journal__profession" data-testid="filter-profession"
                aria-label=move || t_string!(i18n, journal.by_profession) on:change:target=move |event| picked(event.target().value())>
                <option value="">{t!(i18n, journal.any_profession)}</option>
                {options}
            </select>
        </div>
    }
}

fn kind_word(i18n: I18n, kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Visits => t_string!(i18n, journal.kind_visits),
        EntryKind::Notes => t_string!(i18n, journal.kind_notes),
        EntryKind::Measurements => t_string!(i18n, journal.kind_measurements),
        EntryKind::Talks => t_string!(i18n, journal.kind_talks),
        EntryKind::Goals => t_string!(i18n, journal.kind_goals),
        EntryKind::Plan => t_string!(i18n, journal.kind_plan),
        EntryKind::Decisions => t_string!(i18n, journal.kind_decisions),
        EntryKind::Incidents => t_string!(i18n, journal.kind_incidents),
        EntryKind::Consents => t_string!(i18n, journal.kind_consents),
        EntryKind::Handovers => t_string!(i18n, journal.kind_handovers),
    }
}
