//! Critical information with its details: what the tags in the header say in short.

use kjent_core::plan::{CriticalKind, Part};
use kjent_core::view::{ClientView, CriticalItemView, PlanFields};
use leptos::prelude::*;
use uuid::Uuid;

use super::person_form::{Kind, PersonForm, Spec};
use super::shown::{add_button, edit_button, facts};
use crate::components::icon::HEART;
use crate::components::tag::tag;
use crate::i18n::{I18n, critical_word, date, t, t_string, use_i18n};

/// Which form is open: of a new one, or of this one.
type Open = Option<Option<Uuid>>;

/// The card.
#[component]
pub fn Critical(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(Open::None);
    let body = move || match open.get() {
        Some(item) => form(i18n, data, item, open).into_any(),
        None => data.with(|data| shown(i18n, data, open)).into_any(),
    };
    view! {
        <section class="kj-card" aria-labelledby="critical-heading" data-testid="critical-card">
            <h2 class="ds-heading" data-size="2xs" id="critical-heading">{t!(i18n, people.critical)}</h2>
            {body}
        </section>
    }
}

fn form(
    i18n: I18n,
    data: Memo<ClientView>,
    item: Option<Uuid>,
    open: RwSignal<Open>,
) -> impl IntoView {
    let (client, before) = data.with_untracked(|data| {
        let found = data.people.critical.iter().find(|it| Some(it.item.0) == item);
        (data.client, found.map(|it| it.fields.clone()).unwrap_or_default())
    });
    let kinds = CriticalKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), critical_word(i18n, kind)))
        .collect();
    let mut specs = vec![
        Spec::new("kind", Kind::Choice(kinds)),
        Spec::new("label", Kind::Line).hint(t_string!(i18n, people.hint_critical)),
        Spec::new("details", Kind::Lines),
        Spec::new("since", Kind::Day),
        Spec::new("source", Kind::Line).hint(t_string!(i18n, people.hint_source)),
    ];
    if item.is_some() {
        specs.push(Spec::new("ended", Kind::Day).hint(t_string!(i18n, people.hint_critical_ended)));
    }
    let close = Callback::new(move |()| {
        open.try_set(None);
    });
    let before: PlanFields = before;
    view! { <PersonForm client part=Part::CriticalInfo object=item before specs close /> }
}

fn shown(i18n: I18n, data: &ClientView, open: RwSignal<Open>) -> impl IntoView + use<> {
    let may = data.people.may.critical;
    let today = crate::clock::now().date();
    let (ended, now): (Vec<_>, Vec<_>) =
        data.people.critical.iter().partition(|it| it.ended.is_some_and(|last| last < today));
    let none = now.is_empty().then(|| {
        let words = t_string!(i18n, people.ask_critical, name = data.called.clone()).to_string();
        view! { <p class="kj-invite">{words}</p> }
    });
    let now = now.into_iter().map(|it| row(i18n, it, may, open)).collect_view();
    let ended = (!ended.is_empty()).then(|| {
        let rows = ended.into_iter().map(|it| row(i18n, it, may, open)).collect_view();
        view! {
            <details class="kj-details">
                <summary>{t!(i18n, people.critical_ended)}</summary>
                <ul class="kj-plain-list kj-rows">{rows}</ul>
            </details>
        }
    });
    let add = add_button(may, "add-critical", t_string!(i18n, people.add_critical), move || {
        open.set(Some(None))
    });
    view! { {none} <ul class="kj-plain-list kj-rows">{now}</ul> {ended} {add} }
}

fn row(
    i18n: I18n,
    it: &CriticalItemView,
    may: bool,
    open: RwSignal<Open>,
) -> impl IntoView + use<> {
    let item = it.item.0;
    let edit = edit_button(
        may,
        "edit-critical",
        t_string!(i18n, people.edit),
        it.label.clone(),
        move || {
            open.set(Some(Some(item)));
        },
    );
    let rows = facts([
        (t_string!(i18n, people_fields.since).to_owned(), it.since.map(|day| date(i18n, day))),
        (t_string!(i18n, people_fields.source).to_owned(), it.source.clone()),
        (t_string!(i18n, people_fields.ended).to_owned(), it.ended.map(|day| date(i18n, day))),
    ]);
    let color = if it.ended.is_some() { "neutral" } else { "danger" };
    view! {
        <li class="kj-area" data-testid="critical-item">
            <div class="kj-card__head">
                <div class="kj-tags">
                    {tag(color, HEART, it.label.clone())}
                    <span class="kj-subtle">{critical_word(i18n, &it.kind)}</span>
                </div>
                {edit}
            </div>
            {it.details.clone().map(|words| view! { <p class="kj-text">{words}</p> })}
            {rows}
        </li>
    }
}
