//! Needs and strengths by area of life, and which side of the person nobody has asked about.

use kjent_core::plan::{Aspect, NeedArea, NeedsAndStrengths, Part};
use kjent_core::view::ClientView;
use leptos::prelude::*;

use super::people_model::{areas, unwritten, written};
use super::person_form::{Kind, PersonForm, Spec};
use super::shown::{edit_button, facts};
use crate::components::icon::{PLUS, icon};
use crate::i18n::{I18n, area_word, aspect_word, t, t_string, use_i18n};

/// The card.
#[component]
pub fn Needs(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let editing = RwSignal::new(None::<NeedArea>);
    let body = move || match editing.get() {
        Some(area) => form(i18n, data, &area, editing).into_any(),
        None => data.with(|data| shown(i18n, data, editing)).into_any(),
    };
    view! {
        <section class="kj-card" aria-labelledby="needs-heading" data-testid="needs">
            <h2 class="ds-heading" data-size="2xs" id="needs-heading">{t!(i18n, people.needs)}</h2>
            {body}
        </section>
    }
}

fn form(
    i18n: I18n,
    data: Memo<ClientView>,
    area: &NeedArea,
    editing: RwSignal<Option<NeedArea>>,
) -> impl IntoView + use<> {
    let (client, before, name) =
        data.with_untracked(|data| (data.client, data.people.profile.clone(), data.called.clone()));
    let need = Spec {
        id: "area-need",
        field: area.need_field(),
        ..Spec::new("", Kind::Lines)
            .label(t_string!(i18n, people.need))
            .hint(&t_string!(i18n, people.hint_need, name = name.clone()).to_string())
    };
    let strength = Spec {
        id: "area-strength",
        field: area.strength_field(),
        ..Spec::new("", Kind::Lines)
            .label(t_string!(i18n, people.strength))
            .hint(&t_string!(i18n, people.hint_strength, name = name).to_string())
    };
    let called = Signal::derive(move || data.with(|data| data.called.clone()));
    let close = Callback::new(move |()| {
        editing.try_set(None);
    });
    view! {
        <h3 class="kj-item-heading">{area_word(i18n, area)}</h3>
        <PersonForm client part=Part::Client object=None before specs=vec![need, strength] called close />
    }
}

fn shown(
    i18n: I18n,
    data: &ClientView,
    editing: RwSignal<Option<NeedArea>>,
) -> impl IntoView + use<> {
    let all = areas(&data.people.profile);
    let may = data.people.may.profile;
    let sides =
        Aspect::ALL.map(|aspect| side(i18n, aspect, &all, &data.called, may, editing)).into_iter();
    let rest = unwritten(&all);
    let more = (may && !rest.is_empty()).then(|| {
        let buttons = rest.into_iter().map(|area| {
            let (words, code) = (area_word(i18n, &area), area.code().to_owned());
            view! {
                <button type="button" class="ds-button kj-quiet-button" data-variant="secondary" data-color="neutral" data-testid=format!("add-area-{code}") on:click=move |_| editing.set(Some(area.clone()))>
                    {icon(PLUS)} <span>{words}</span>
                </button>
            }
        });
        view! {
            <details class="kj-details">
                <summary data-testid="more-areas">{t!(i18n, people.more_areas)}</summary>
                <div class="kj-tags kj-areas">{buttons.collect_view()}</div>
            </details>
        }
    });
    view! { {sides.collect_view()} {more} }
}

/// One side of the person: its areas, or an invitation to ask.
fn side(
    i18n: I18n,
    aspect: Aspect,
    all: &NeedsAndStrengths,
    called: &str,
    may: bool,
    editing: RwSignal<Option<NeedArea>>,
) -> impl IntoView + use<> {
    let items: Vec<_> = written(all, aspect)
        .into_iter()
        .map(|area| {
            let rows = facts([
                (t_string!(i18n, people.need).to_owned(), all.needs.get(&area).cloned()),
                (t_string!(i18n, people.strength).to_owned(), all.strengths.get(&area).cloned()),
            ]);
            let words = area_word(i18n, &area);
            let edit =
                edit_button(may, "edit-area", t_string!(i18n, people.edit), words.clone(), {
                    let area = area.clone();
                    move || editing.set(Some(area.clone()))
                });
            view! {
                <li class="kj-area" data-testid="area" data-area=area.code().to_owned()>
                    <div class="kj-card__head"><h4 class="kj-item-heading">{words}</h4>{edit}</div>
                    {rows}
                </li>
            }
        })
        .collect();
    let word = aspect_word(i18n, aspect);
    let nothing = items.is_empty().then(|| {
        let name = called.to_owned();
        let words = match aspect {
            Aspect::Physical => t_string!(i18n, people.ask_physical, name = name).to_string(),
            Aspect::Mental => t_string!(i18n, people.ask_mental, name = name).to_string(),
            Aspect::Social => t_string!(i18n, people.ask_social, name = name).to_string(),
            Aspect::Existential => t_string!(i18n, people.ask_existential, name = name).to_string(),
        };
        view! { <p class="kj-invite" data-testid="aspect-empty">{words}</p> }
    });
    view! {
        <div class="kj-side">
            <h3 class="kj-small-heading">{word}</h3>
            {nothing}
            <ul class="kj-plain-list kj-rows">{items}</ul>
        </div>
    }
}
