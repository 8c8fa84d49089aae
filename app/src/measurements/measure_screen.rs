//! Wires measuring outside a visit.

use kjent_core::command::{
    FinishObservations, ReadCurves, ReadObservationsDraft, SaveObservationsDraft,
};
use kjent_core::fact::Observations;
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::card::MeasurementsCard;
use super::sheet::Sheet;
use crate::changes::Changes;
use crate::components::failure::Trouble;
use crate::components::page::{Back, Page};
use crate::components::saved_line::SavedLine;
use crate::draft_form::DraftForm;
use crate::i18n::{t, t_string, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

/// Measuring one client.
#[component]
pub fn MeasureScreen() -> impl IntoView {
    let params = use_params_map();
    move || match params.with(|params| params.get("client")).and_then(|id| id.parse().ok()) {
        Some(client) => view! { <Measure client /> }.into_any(),
        None => {
            view! { <main class="kj-main"><Trouble problem=Problem::new("not_found") /></main> }
                .into_any()
        }
    }
}

#[component]
fn Measure(client: ClientId) -> impl IntoView {
    let i18n = use_i18n();
    let curves = Live::new(ReadCurves { client }, Changes::get().client(client));
    // Read once: what comes in by sync is never a draft.
    let draft = Live::new(ReadObservationsDraft { client }, Memo::new(|_| 0));
    let form = Memo::new(move |old: Option<&Option<DraftForm<Observations>>>| {
        old.copied().flatten().or_else(|| {
            draft.data.get().map(|seed| {
                DraftForm::new(seed, move |draft| call(SaveObservationsDraft { client, draft }))
            })
        })
    });
    let content = move |_| {
        move || {
            form.get().map(|form| {
                let sheet = Sheet {
                    seen: Memo::new(move |_| form.draft.get()),
                    write: Callback::new(move |seen| form.tap(|draft| *draft = seen)),
                    curves: curves.data,
                    raise: None,
                };
                view! { <MeasurementsCard sheet /> }
            })
        }
    };
    let bar = move || {
        move || {
            form.get().map(|form| {
                view! {
                    <SavedLine state=form.saved() />
                    <Finish client form />
                }
            })
        }
    };
    let back = Back {
        to: format!("/client/{client}?part=curves"),
        words: Signal::derive(move || t_string!(i18n, app.back).to_owned()),
    };
    let name = move || {
        curves.data.with(|view| view.as_ref().map(|view| view.name.clone()).unwrap_or_default())
    };
    view! {
        <Page
            title=Signal::derive(move || t_string!(i18n, measure.title, name = name()).to_string())
            subtitle=Signal::derive(move || t_string!(i18n, measure.outside).to_owned())
            back=Some(back)
            bar=bar
        >
            {loaded(draft, content)}
            <p class="kj-subtle">{t!(i18n, measure.waits)}</p>
        </Page>
    }
}

#[component]
fn Finish(client: ClientId, form: DraftForm<Observations>) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let navigate = use_navigate();
    let finish = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let navigate = navigate.clone();
        form.close(move || {
            spawn_local(async move {
                let draft = form.draft.get_untracked();
                let result = call(FinishObservations { client, draft }).await;
                busy.try_set(false);
                match result {
                    Ok(()) => {
                        navigate(&format!("/client/{client}?part=curves"), Default::default());
                    }
                    Err(why) => {
                        problem.try_set(Some(why));
                        form.tap(|_| ());
                    }
                }
            });
        });
    };
    view! {
        {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        <button type="button" class="ds-button" data-testid="finish-observations" aria-disabled=move || busy.get().to_string() on:click=finish>
            {move || if busy.get() { t_string!(i18n, measure.signing) } else { t_string!(i18n, measure.sign) }}
        </button>
    }
}
