//! MST: two questions about nutrition, and what the answers say.

use kjent_core::clinical::mst::WeightLoss;
use kjent_core::clinical::{MstAnswers, YesNo};
use leptos::prelude::*;

use super::sheet::Sheet;
use crate::components::choice::Choices;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::icon::ALERT;
use crate::components::tag::tag;
use crate::components::text_field::TextInput;
use crate::i18n::{I18n, date, t, t_string, use_i18n};

/// More than anybody has lost.
const MOST_KG: u16 = 200;

/// The button with what has been found, and the questions behind it.
#[component]
pub fn MstDialog(sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = DialogHandle::new();
    let mst = Memo::new(move |_| sheet.seen.with(|seen| seen.mst.clone()).unwrap_or_default());
    let answer = move |change: &dyn Fn(&mut MstAnswers)| {
        sheet.change(|seen| {
            let mut answers = seen.mst.take().unwrap_or_default();
            change(&mut answers);
            seen.mst = (answers != MstAnswers::default()).then_some(answers);
        });
    };
    let loss = move |it: WeightLoss| {
        answer(&|answers| {
            if it != WeightLoss::Yes {
                answers.lost_kg = None;
            }
            answers.weight_loss = Some(it.clone());
        });
    };
    let kg_wrong = RwSignal::new(false);
    let kg = move |text: String| {
        let text = text.trim();
        let read = text.parse::<u16>().ok().filter(|kg| (1..=MOST_KG).contains(kg));
        kg_wrong.set(!text.is_empty() && read.is_none());
        answer(&|answers| answers.lost_kg = read);
    };
    let words = move |read: fn(I18n) -> &'static str| Signal::derive(move || read(i18n).to_owned());
    let losses = vec![
        ((WeightLoss::Yes, words(|i18n| t_string!(i18n, measure.yes))), "yes".to_owned()),
        ((WeightLoss::No, words(|i18n| t_string!(i18n, measure.no))), "no".to_owned()),
        ((WeightLoss::Unsure, words(|i18n| t_string!(i18n, measure.unsure))), "unsure".to_owned()),
    ];
    let appetites = vec![
        ((YesNo::Yes, words(|i18n| t_string!(i18n, measure.yes))), "yes".to_owned()),
        ((YesNo::No, words(|i18n| t_string!(i18n, measure.no))), "no".to_owned()),
    ];
    let lost = Memo::new(move |_| mst.with(|mst| mst.weight_loss == Some(WeightLoss::Yes)));
    let due = move || {
        let (due, today) = sheet.before(|view| view.mst_due.map(|due| (due, view.today)))?;
        let asked = mst.with(|mst| mst.score().is_some());
        let when = date(i18n, due);
        (!asked).then(|| {
            if due < today {
                t_string!(i18n, measure.mst_overdue, date = when).to_string()
            } else {
                t_string!(i18n, measure.mst_due, date = when).to_string()
            }
        })
    };
    view! {
        <div class="kj-question">
            <button type="button" class="ds-button" data-variant="secondary" data-testid="open-mst" aria-describedby="mst-due" on:click=move |_| dialog.open()>
                {t!(i18n, measure.mst_start)}
            </button>
            <p class="kj-subtle" id="mst-due" data-testid="mst-due">{due}</p>
            {move || mst_result(i18n, &mst.get(), sheet)}
        </div>
        <Dialog handle=dialog id="mst-dialog" title=Signal::derive(move || t_string!(i18n, measure.mst).to_owned())>
            <div class="kj-form">
                <Choices name="mst-loss" legend=words(|i18n| t_string!(i18n, measure.mst_loss)) choices=losses
                    chosen=Signal::derive(move || mst.with(|mst| mst.weight_loss.clone())) choose=Callback::new(loss) />
                <Show when=move || lost.get()>
                    <TextInput id="mst-kg" label=words(|i18n| t_string!(i18n, measure.mst_kg)) keys="numeric" wrong=kg_wrong
                        seed=mst.with_untracked(|mst| mst.lost_kg.map(|kg| kg.to_string()).unwrap_or_default())
                        typed=Callback::new(kg) />
                    <Show when=move || kg_wrong.get()>
                        <p class="kj-pad__problem" role="alert">{t!(i18n, measure.mst_kg_wrong)}</p>
                    </Show>
                </Show>
                <Choices name="mst-appetite" legend=words(|i18n| t_string!(i18n, measure.mst_appetite)) choices=appetites
                    chosen=Signal::derive(move || mst.with(|mst| mst.poor_appetite.clone()))
                    choose=Callback::new(move |it: YesNo| answer(&|answers| answers.poor_appetite = Some(it.clone()))) />
                <div role="status" data-testid="mst-result">{move || mst_words(i18n, &mst.get())}</div>
            </div>
            <div class="kj-dialog__actions">
                <button type="button" class="ds-button" data-testid="mst-done" on:click=move |_| dialog.close()>{t!(i18n, measure.done)}</button>
            </div>
        </Dialog>
    }
}

/// What the answers say.
pub fn mst_words(i18n: I18n, mst: &MstAnswers) -> String {
    match mst.score() {
        None => t_string!(i18n, measure.mst_open).to_owned(),
        Some(score) if score.at_risk() => {
            t_string!(i18n, measure.mst_risk, total = score.total).to_string()
        }
        Some(score) => t_string!(i18n, measure.mst_no_risk, total = score.total).to_string(),
    }
}

fn mst_result(i18n: I18n, mst: &MstAnswers, sheet: Sheet) -> impl IntoView + use<> {
    let score = mst.score()?;
    let words = mst_words(i18n, mst);
    Some(if score.at_risk() {
        let what = format!("{}: {words}", t_string!(i18n, measure.mst));
        view! {
            {tag("warning", ALERT, words)}
            {raise_button(i18n, sheet, "raise-mst", what)}
        }
        .into_any()
    } else {
        view! { <p>{words}</p> }.into_any()
    })
}

/// The way to the follow-up, where there is one.
pub fn raise_button(
    i18n: I18n,
    sheet: Sheet,
    test_id: &'static str,
    what: String,
) -> impl IntoView + use<> {
    sheet.raise.map(|raise| {
        view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid=test_id on:click=move |_| raise.run(what.clone())>
                {t!(i18n, measure.follow_up)}
            </button>
        }
    })
}
