//! The register of consents: those that hold, and those that did.

use kjent_core::command::WithdrawConsent;
use kjent_core::ids::FactId;
use kjent_core::people::ConsentState;
use kjent_core::problem::Problem;
use kjent_core::view::{ClientView, ConsentView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::consent_form::ConsentForm;
use super::shown::add_button;
use crate::components::failure::Trouble;
use crate::components::icon::{CALENDAR, CHECK_CIRCLE, CLOCK, STOP};
use crate::components::tag::tag;
use crate::components::text_field::TextInput;
use crate::i18n::{
    I18n, consent_form_word, date, giver_word, relative_day, scope_word, t, t_string, use_i18n,
};
use crate::ipc::call;

/// What is open in the card.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    New,
    Withdraw(FactId),
}

/// The card.
#[component]
pub fn Consents(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(Open::Nothing);
    let close = Callback::new(move |()| {
        open.try_set(Open::Nothing);
    });
    let body = move || match open.get() {
        Open::New => view! { <ConsentForm data to=None close /> }.into_any(),
        Open::Withdraw(consent) => view! { <Withdraw data consent close /> }.into_any(),
        Open::Nothing => data.with(|data| shown(i18n, data, open)).into_any(),
    };
    view! {
        <section class="kj-card" aria-labelledby="consents-heading" data-testid="consents">
            <h2 class="ds-heading" data-size="2xs" id="consents-heading">{t!(i18n, people.consents)}</h2>
            {body}
        </section>
    }
}

fn shown(i18n: I18n, data: &ClientView, open: RwSignal<Open>) -> impl IntoView + use<> {
    let (now, past): (Vec<_>, Vec<_>) = data
        .people
        .consents
        .iter()
        .partition(|it| it.state.holds() || it.state == ConsentState::NotYet);
    let none = now.is_empty().then(|| {
        let words = t_string!(i18n, people.ask_consents, name = data.called.clone()).to_string();
        view! { <p class="kj-invite">{words}</p> }
    });
    let now = now.into_iter().map(|it| row(i18n, it, Some(open))).collect_view();
    let past = (!past.is_empty()).then(|| {
        let rows = past.into_iter().map(|it| row(i18n, it, None)).collect_view();
        view! {
            <details class="kj-details">
                <summary>{t!(i18n, people.consents_past)}</summary>
                <ul class="kj-plain-list kj-rows">{rows}</ul>
            </details>
        }
    });
    let add = add_button(true, "add-consent", t_string!(i18n, people.add_consent), move || {
        open.set(Open::New)
    });
    view! { {none} <ul class="kj-plain-list kj-rows">{now}</ul> {past} {add} }
}

fn row(i18n: I18n, it: &ConsentView, open: Option<RwSignal<Open>>) -> impl IntoView + use<> {
    let fact = it.fact;
    let state = match it.state {
        ConsentState::Holds => {
            tag("success", CHECK_CIRCLE, t_string!(i18n, people.consent_holds).to_owned())
        }
        ConsentState::RunsOut => {
            let day = it.consent.until.map(|day| relative_day(i18n, day)).unwrap_or_default();
            let words = t_string!(i18n, people.consent_runs_out, day = day).to_string();
            tag("warning", CALENDAR, words)
        }
        ConsentState::NotYet => {
            let day = date(i18n, it.consent.from);
            tag("neutral", CLOCK, t_string!(i18n, people.since, day = day).to_string())
        }
        ConsentState::Over => {
            tag("neutral", CLOCK, t_string!(i18n, people.consent_over).to_owned())
        }
        ConsentState::Withdrawn => {
            tag("neutral", STOP, t_string!(i18n, people.consent_withdrawn).to_owned())
        }
    };
    let how = format!(
        "{} · {}",
        giver_word(i18n, &it.consent.given_by),
        consent_form_word(i18n, &it.consent.how)
    );
    let told = t_string!(
        i18n,
        people.written_by,
        how = how,
        name = it.by.clone(),
        day = relative_day(i18n, it.at.date())
    )
    .to_string();
    let words = (!it.consent.words.is_empty())
        .then(|| view! { <p class="kj-text">{it.consent.words.clone()}</p> });
    let withdrawn = it.withdrawn.clone().map(|how| view! { <p class="kj-text">{how}</p> });
    let button = open.map(|open| {
        view! {
            <button type="button" class="ds-button" data-variant="tertiary" data-testid="withdraw-consent" on:click=move |_| open.set(Open::Withdraw(fact))>
                {t!(i18n, people.withdraw)} <span class="ds-sr-only">{it.to.clone()}</span>
            </button>
        }
    });
    view! {
        <li class="kj-area" data-testid="consent">
            <div class="kj-card__head">
                <div>
                    <p class="kj-strong">{it.to.clone()}</p>
                    <p>{scope_word(i18n, &it.consent.what)}</p>
                </div>
                {button}
            </div>
            {words}
            {withdrawn}
            <div class="kj-tags">{state}</div>
            <p class="kj-subtle">{told}</p>
        </li>
    }
}

/// How a consent was taken back.
#[component]
fn Withdraw(data: Memo<ClientView>, consent: FactId, close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let how = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<Problem>);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        spawn_local(async move {
            let how = how.get_untracked();
            match call(WithdrawConsent { client, consent, how }).await {
                Ok(()) => close.run(()),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    };
    view! {
        <form class="kj-form" data-testid="withdraw-form" on:submit=save>
            <TextInput
                id="withdraw-how"
                label=Signal::derive(move || t_string!(i18n, people.withdraw_how).to_owned())
                hint=Signal::derive(move || t_string!(i18n, people.hint_withdraw).to_owned())
                wrong=Signal::derive(move || problem.with(Option::is_some))
                typed=Callback::new(move |text| how.set(text))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-form__actions">
                <button type="submit" class="ds-button" data-testid="save-withdrawal">{t!(i18n, people.withdraw)}</button>
                <button type="button" class="ds-button" data-variant="secondary" data-testid="cancel-withdrawal" on:click=move |_| close.run(())>
                    {t!(i18n, app.cancel)}
                </button>
            </div>
        </form>
    }
}
