//! The questions about falls, as far as they are needed, and where they lead.

use kjent_core::clinical::{FallAnswers, FallRisk, YesNo};
use leptos::prelude::*;

use super::mst_dialog::raise_button;
use super::sheet::Sheet;
use crate::components::choice::Choices;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::icon::ALERT;
use crate::components::tag::tag;
use crate::components::text_field::TextInput;
use crate::i18n::{I18n, fall_risk_word, t, t_string, use_i18n};

type Read = fn(&FallAnswers) -> &Option<YesNo>;
type Field = fn(&mut FallAnswers) -> &mut Option<YesNo>;
/// A question: its test id, its words, and where its answer stands.
type Question = (&'static str, fn(I18n) -> &'static str, Read, Field);

const KEY: [Question; 3] = [
    ("fallen", |i| t_string!(i, measure.fall_fallen), |it| &it.fallen, |it| &mut it.fallen),
    ("unsteady", |i| t_string!(i, measure.fall_unsteady), |it| &it.unsteady, |it| &mut it.unsteady),
    ("worried", |i| t_string!(i, measure.fall_worried), |it| &it.worried, |it| &mut it.worried),
];

const SEVERITY: [Question; 5] = [
    ("injury", |i| t_string!(i, measure.fall_injury), |it| &it.injury, |it| &mut it.injury),
    ("repeated", |i| t_string!(i, measure.fall_repeated), |it| &it.repeated, |it| &mut it.repeated),
    ("frail", |i| t_string!(i, measure.fall_frail), |it| &it.frail, |it| &mut it.frail),
    ("long-lie", |i| t_string!(i, measure.fall_long_lie), |it| &it.long_lie, |it| &mut it.long_lie),
    (
        "lost-consciousness",
        |i| t_string!(i, measure.fall_lost_consciousness),
        |it| &it.lost_consciousness,
        |it| &mut it.lost_consciousness,
    ),
];

/// The button with what has been found, and the questions behind it.
#[component]
pub fn FallDialog(sheet: Sheet) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = DialogHandle::new();
    let fall = Memo::new(move |_| sheet.seen.with(|seen| seen.fall.clone()).unwrap_or_default());
    let has_fallen = Memo::new(move |_| fall.with(|fall| fall.fallen == Some(YesNo::Yes)));
    let needs_gait = Memo::new(move |_| {
        fall.with(|fall| fall.up_and_go_tenths.is_some() || fall.risk() == FallRisk::NeedsGaitSpeed)
    });
    let seconds_wrong = RwSignal::new(false);
    let seconds = move |text: String| {
        let read = tenths(&text);
        seconds_wrong.set(!text.trim().is_empty() && read.is_none());
        answer(sheet, |fall| fall.up_and_go_tenths = read);
    };
    let seed = fall.with_untracked(|fall| fall.up_and_go_tenths.map(said).unwrap_or_default());
    let seed = StoredValue::new(seed);
    view! {
        <div class="kj-question">
            <button type="button" class="ds-button" data-variant="secondary" data-testid="open-fall" on:click=move |_| dialog.open()>
                {t!(i18n, measure.fall_start)}
            </button>
            {move || fall_result(i18n, &fall.get(), sheet)}
        </div>
        <Dialog handle=dialog id="fall-dialog" title=Signal::derive(move || t_string!(i18n, measure.fall).to_owned())>
            <div class="kj-form">
                {KEY.map(|it| question(i18n, sheet, fall, it)).collect_view()}
                <Show when=move || has_fallen.get()>
                    {SEVERITY.map(|it| question(i18n, sheet, fall, it)).collect_view()}
                </Show>
                <Show when=move || needs_gait.get()>
                    <TextInput id="fall-up-and-go" label=Signal::derive(move || t_string!(i18n, measure.fall_up_and_go).to_owned())
                        keys="decimal" wrong=seconds_wrong seed=seed.get_value() typed=Callback::new(seconds) />
                    <Show when=move || seconds_wrong.get()>
                        <p class="kj-pad__problem" role="alert">{t!(i18n, measure.fall_up_and_go_wrong)}</p>
                    </Show>
                </Show>
                <div role="status" data-testid="fall-result">{move || fall_risk_word(i18n, fall.with(FallAnswers::risk))}</div>
            </div>
            <div class="kj-dialog__actions">
                <button type="button" class="ds-button" data-testid="fall-done" on:click=move |_| dialog.close()>{t!(i18n, measure.done)}</button>
            </div>
        </Dialog>
    }
}

fn answer(sheet: Sheet, change: impl FnOnce(&mut FallAnswers)) {
    sheet.change(|seen| {
        let mut answers = seen.fall.take().unwrap_or_default();
        change(&mut answers);
        // What belongs to a fall is not asked where there was none.
        if answers.fallen != Some(YesNo::Yes) {
            for (_, _, _, field) in SEVERITY {
                *field(&mut answers) = None;
            }
        }
        seen.fall = (answers != FallAnswers::default()).then_some(answers);
    });
}

fn question(
    i18n: I18n,
    sheet: Sheet,
    fall: Memo<FallAnswers>,
    (code, words, read, field): Question,
) -> impl IntoView {
    let yes = Signal::derive(move || t_string!(i18n, measure.yes).to_owned());
    let no = Signal::derive(move || t_string!(i18n, measure.no).to_owned());
    let choices = vec![((YesNo::Yes, yes), "yes".to_owned()), ((YesNo::No, no), "no".to_owned())];
    view! {
        <Choices
            name=format!("fall-{code}")
            legend=Signal::derive(move || words(i18n).to_owned())
            choices=choices
            chosen=Signal::derive(move || fall.with(|fall| read(fall).clone()))
            choose=Callback::new(move |it: YesNo| answer(sheet, |fall| *field(fall) = Some(it)))
        />
    }
}

fn fall_result(i18n: I18n, fall: &FallAnswers, sheet: Sheet) -> impl IntoView + use<> {
    if *fall == FallAnswers::default() {
        return None;
    }
    let risk = fall.risk();
    let words = fall_risk_word(i18n, risk);
    let what = format!("{}: {words}", t_string!(i18n, measure.fall));
    Some(if matches!(risk, FallRisk::High | FallRisk::Intermediate) {
        view! {
            {tag("warning", ALERT, words)}
            {raise_button(i18n, sheet, "raise-fall", what)}
        }
        .into_any()
    } else {
        view! { <p>{words}</p> }.into_any()
    })
}

/// Seconds as they are typed, in tenths.
fn tenths(text: &str) -> Option<u16> {
    let (whole, tenth) = match text.trim().split_once([',', '.']) {
        Some((whole, tenth)) if tenth.len() == 1 => (whole, tenth.parse::<u16>().ok()?),
        Some(_) => return None,
        None => (text.trim(), 0),
    };
    whole.parse::<u16>().ok()?.checked_mul(10)?.checked_add(tenth).filter(|tenths| *tenths > 0)
}

/// Tenths of a second as they are typed.
fn said(tenths: u16) -> String {
    format!("{},{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{said, tenths};

    #[test]
    fn seconds_are_read_to_the_tenth_and_not_further() {
        let cases = [("12", Some(120)), (" 12,5 ", Some(125)), ("15.1", Some(151))];
        for (text, expected) in cases {
            assert_eq!(tenths(text), expected, "{text}");
        }
        for text in ["", "0", "12,55", "12,", "tolv", "-3", "9999"] {
            assert_eq!(tenths(text), None, "{text}");
        }
        assert_eq!(tenths(&said(125)), Some(125));
    }
}
