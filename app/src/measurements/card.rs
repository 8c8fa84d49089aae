//! «Målinger»: a tile for each usual measurement, what is outside its limits, and the scores.

use kjent_core::clinical::MeasurementKind;
use kjent_core::command::ReadCurves;
use kjent_core::ids::ClientId;
use leptos::prelude::*;

use super::fall_dialog::FallDialog;
use super::measurements_model::{TILES, judge, usual_kinds};
use super::mst_dialog::MstDialog;
use super::news2_panel::News2Panel;
use super::pad::{Pad, PadHandle};
use super::sheet::Sheet;
use super::tile::{Tile, judged_words};
use crate::changes::Changes;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::icon::{ADD, icon};
use crate::components::text_field::go_to_field;
use crate::i18n::{kind_word, t, t_string, use_i18n, value_said};
use crate::live::Live;
use crate::note::raise_follow_up;
use crate::visit::VisitForm;

/// The card in a visit: what is tapped is in the visit's draft.
#[component]
pub fn VisitMeasurements(client: ClientId, form: VisitForm) -> impl IntoView {
    let live = Live::new(ReadCurves { client }, Changes::get().client(client));
    let raise = Callback::new(move |what: String| {
        let today = crate::clock::now().date();
        form.note.update(|note| raise_follow_up(note, &what, today));
        form.tap(|draft| draft.note = form.note.get_untracked());
        // Once the part is unfolded.
        request_animation_frame(|| go_to_field("follow-up-what"));
    });
    let sheet = Sheet {
        seen: Memo::new(move |_| form.draft.with(|draft| draft.observations.clone())),
        write: Callback::new(move |seen| form.tap(|draft| draft.observations = seen)),
        curves: live.data,
        raise: Some(raise),
    };
    view! { <MeasurementsCard sheet /> }
}

/// The card on any sheet.
#[component]
pub fn MeasurementsCard(sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let pad = PadHandle::new();
    let adding = DialogHandle::new();
    let kinds =
        Memo::new(move |_| sheet.seen.with(|seen| sheet.before(|view| usual_kinds(view, seen))));
    let others = Memo::new(move |_| {
        let kinds = kinds.get();
        TILES.iter().filter(|kind| !kinds.contains(kind)).cloned().collect::<Vec<_>>()
    });
    let add = move |kind: MeasurementKind| {
        let test_id = format!("add-{}", kind.code());
        let words = kind.clone();
        let tapped = move |_| {
            adding.close();
            pad.open(&kind, sheet);
        };
        view! {
            <button type="button" class="kj-answer" data-testid=test_id on:click=tapped>
                {kind_word(i18n, &words)}
            </button>
        }
    };
    let outside = Memo::new(move |_| {
        let seen = sheet.seen.get();
        let line = |measurement| {
            let judged = sheet.before(|view| judge(view, measurement))?;
            let called = sheet.before(|view| view.called.clone());
            judged.is_outside().then(|| {
                let what = kind_word(i18n, &measurement.kind);
                let value = value_said(i18n, measurement);
                let words = judged_words(i18n, measurement, judged, &called);
                format!("{what} {value}: {words}.")
            })
        };
        seen.measurements.iter().filter_map(line).collect::<Vec<String>>()
    });
    let lines =
        move || outside.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <section class="kj-card" aria-labelledby="measurements-heading" data-testid="measurements">
            <h2 class="ds-heading" data-size="2xs" id="measurements-heading">{t!(i18n, measure.heading)}</h2>
            <div class="kj-tiles">
                <For each=move || kinds.get() key=MeasurementKind::clone let(kind)>
                    <Tile kind sheet pad />
                </For>
                <button type="button" class="kj-tile kj-tile--add" data-testid="add-measurement" on:click=move |_| adding.open()>
                    {icon(ADD)}
                    <span>{t!(i18n, measure.add)}</span>
                </button>
            </div>
            <Show when=move || !outside.with(Vec::is_empty)>
                <div class="ds-alert" data-color="warning" role="status" data-testid="outside"><div class="kj-outside">
                    <ul class="kj-plain-list kj-outside__list">{lines}</ul>
                    {sheet.raise.map(|raise| view! {
                        <button type="button" class="ds-button" data-variant="secondary" data-testid="raise-follow-up" on:click=move |_| raise.run(outside.with_untracked(|lines| lines.join(" ")))>
                            {t!(i18n, measure.follow_up)}
                        </button>
                    })}
                </div></div>
            </Show>
            <News2Panel sheet pad />
            <div class="kj-form__actions">
                <MstDialog sheet />
                <FallDialog sheet />
            </div>
            <Pad handle=pad sheet />
            <Dialog handle=adding id="add-dialog" title=Signal::derive(move || t_string!(i18n, measure.add_title).to_owned())>
                <div class="kj-do__answers">{move || others.get().into_iter().map(add).collect_view()}</div>
            </Dialog>
        </section>
    }
}
