//! When the plan was last gone through, when it is due again, and going through it.

use chrono::Days;
use kjent_core::command::{PlanDraft, PlanDraftPlace, ReviewPlan};
use kjent_core::fact::PlanReview;
use kjent_core::plan::{Currency, Part};
use kjent_core::problem::Problem;
use kjent_core::view::ClientView;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::discussed::DiscussedField;
use crate::components::failure::Trouble;
use crate::components::icon::ALERT;
use crate::components::tag::tag;
use crate::components::text_field::{TextArea, TextInput};
use crate::i18n::{I18n, date, relative_day, sentence, t, t_string, use_i18n};
use crate::ipc::call;
use crate::plan_draft::{KeptDraft, KeptLine, Texts, with_plan_draft};

/// How long until the next review, unless somebody says another day.
const INTERVAL: Days = Days::new(90);

/// The card.
#[component]
pub fn Review(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let may_review = Memo::new(move |_| data.with(|data| data.may_edit(Part::Goals)));
    let last = move || data.with(|data| standing(i18n, data));
    let button = move || {
        (may_review.get() && !open.get()).then(|| {
            view! {
                <button type="button" class="ds-button" data-variant="secondary" data-testid="review-plan" on:click=move |_| open.set(true)>
                    {t!(i18n, plan.review_do)}
                </button>
            }
        })
    };
    view! {
        <section class="kj-card" aria-labelledby="review-heading" data-testid="review">
            <div class="kj-card__head">
                <h2 class="ds-heading" data-size="2xs" id="review-heading">{t!(i18n, plan.review)}</h2>
                {button}
            </div>
            {last}
            {move || open.get().then(|| form(data, open))}
        </section>
    }
}

fn standing(i18n: I18n, data: &ClientView) -> impl IntoView + use<> {
    let last = data.last_review.as_ref().map(|last| {
        let day = relative_day(i18n, last.on);
        let line = t_string!(i18n, plan.review_last, day = day, name = last.by.clone()).to_string();
        let who = last.review.participants.clone();
        let who =
            (!who.is_empty()).then(|| t_string!(i18n, plan.review_with, who = who).to_string());
        view! {
            <p>{line}</p>
            {who.map(|who| view! { <p class="kj-subtle">{who}</p> })}
            <p class="kj-text">{last.review.words.clone()}</p>
        }
    });
    let next = match data.currency {
        Currency::NeverReviewed => {
            tag("warning", ALERT, t_string!(i18n, plan.review_never)).into_any()
        }
        Currency::Overdue(day) => {
            let words = t_string!(i18n, plan.review_overdue, day = date(i18n, day)).to_string();
            tag("warning", ALERT, words).into_any()
        }
        Currency::Concern(day) => {
            let words = t_string!(i18n, plan.review_concern, day = date(i18n, day)).to_string();
            tag("warning", ALERT, words).into_any()
        }
        Currency::Current(Some(day)) => {
            let words = t_string!(i18n, plan.review_next, day = date(i18n, day)).to_string();
            view! { <p class="kj-subtle">{words}</p> }.into_any()
        }
        Currency::Current(None) => ().into_any(),
    };
    view! { <div class="kj-matters" data-testid="review-standing">{last}{next}</div> }
}

/// The form, with what was typed in it before.
fn form(data: Memo<ClientView>, open: RwSignal<bool>) -> impl IntoView {
    let client = data.with_untracked(|data| data.client);
    let place = PlanDraftPlace { client, form: "review".to_owned(), object: None };
    with_plan_draft(place, move |kept| view! { <Form data open kept /> })
}

#[component]
fn Form(data: Memo<ClientView>, open: RwSignal<bool>, kept: KeptDraft) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    let first = (crate::clock::now().date() + INTERVAL).to_string();
    let first = Texts::from([("next_on".to_owned(), first)]);
    let (PlanDraft { texts, discussed, .. }, opened) = kept.open(first);
    let [participants, words, next_on] = ["participants", "words", "next_on"]
        .map(|field| RwSignal::new(texts.get(field).cloned().unwrap_or_default()));
    let discussed = RwSignal::new(discussed);
    let keep = opened.keep(move || {
        let fields = [("participants", participants), ("words", words), ("next_on", next_on)];
        let texts = fields.map(|(field, text)| (field.to_owned(), text.get()));
        PlanDraft { texts: texts.into(), discussed: discussed.get(), reason: String::new() }
    });
    let close = move || {
        keep.done();
        open.try_set(false);
    };
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let typed = |into: RwSignal<String>| Callback::new(move |text| into.set(text));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(discussed) = discussed.get_untracked() else {
            problem.set(Some(Problem::new("discussion_needed")));
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let review = PlanReview {
            discussed,
            participants: participants.with_untracked(|it| it.trim().to_owned()),
            words: words.with_untracked(|it| it.trim().to_owned()),
            next_on: next_on.with_untracked(|it| it.parse().ok()),
        };
        spawn_local(async move {
            match call(ReviewPlan { client, review }).await {
                Ok(()) => close(),
                Err(why) => drop(problem.try_set(Some(why))),
            }
            busy.try_set(false);
        });
    };
    let needed = "discussion_needed";
    let wrong = Signal::derive(move || {
        problem.with(|it| it.as_ref().filter(|it| it.code == needed).map(|it| sentence(i18n, it)))
    });
    let other = move || {
        problem.get().filter(|it| it.code != needed).map(|problem| view! { <Trouble problem /> })
    };
    view! {
        <form class="kj-form kj-item-form" data-testid="review-form" on:submit=save novalidate>
            <DiscussedField name="review-discussed".to_owned() value=discussed called error=wrong />
            <TextInput
                id="review-participants"
                label=Signal::derive(move || t_string!(i18n, plan.review_who).to_owned())
                seed=participants.get_untracked()
                typed=typed(participants)
            />
            <TextArea
                id="review-words"
                label=Signal::derive(move || t_string!(i18n, plan.review_words).to_owned())
                seed=words.get_untracked()
                typed=typed(words)
            />
            <TextInput
                id="review-next"
                kind="date"
                label=Signal::derive(move || t_string!(i18n, plan.review_by).to_owned())
                seed=next_on.get_untracked()
                typed=typed(next_on)
            />
            {other}
            <KeptLine keep />
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-review" aria-disabled=move || busy.get().to_string()>
                    {t!(i18n, plan.review_save)}
                </button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-review" on:click=move |_| close()>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
}
