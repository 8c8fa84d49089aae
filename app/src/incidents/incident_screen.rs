//! Wires reporting an incident.

use chrono::NaiveDateTime;
use kjent_core::command::{
    IncidentDraft, NoteTask, ReadIncidentDraft, ReadNote, ReportIncident, SaveIncidentDraft,
};
use kjent_core::fact::{Harm, IncidentKind, Told};
use kjent_core::ids::ClientId;
use kjent_core::problem::Problem;
use kjent_core::view::LinksView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::fall_part::FallPart;
use super::follow_up_part::FollowUpPart;
use crate::changes::Changes;
use crate::components::choice::Choices;
use crate::components::failure::Trouble;
use crate::components::page::{Back, Page};
use crate::components::saved_line::SavedLine;
use crate::components::text_field::{TextArea, TextInput};
use crate::draft_form::DraftForm;
use crate::i18n::{I18n, harm_word, incident_kind_word, t, t_string, told_word, use_i18n};
use crate::ipc::call;
use crate::live::{Live, loaded};

type Form = DraftForm<IncidentDraft>;

/// Reporting about one client.
#[component]
pub fn IncidentScreen() -> impl IntoView {
    let params = use_params_map();
    move || match params.with(|params| params.get("client")).and_then(|id| id.parse().ok()) {
        Some(client) => view! { <Report client /> }.into_any(),
        None => {
            view! { <main class="kj-main"><Trouble problem=Problem::new("not_found") /></main> }
                .into_any()
        }
    }
}

#[component]
fn Report(client: ClientId) -> impl IntoView {
    let i18n = use_i18n();
    let visit = use_query_map().with_untracked(|query| query.get("visit"));
    // For the name, and from whom a follow-up can be asked.
    let who = Live::new(ReadNote { client, task: NoteTask::Tell }, Changes::get().client(client));
    let links = Signal::derive(move || {
        who.data.with(|who| who.as_ref().map(|who| who.links.clone()).unwrap_or_default())
    });
    // Read once: what comes in by sync is never a draft.
    let draft = Live::new(ReadIncidentDraft { client }, Memo::new(|_| 0));
    let form = Memo::new(move |old: Option<&Option<Form>>| {
        old.copied().flatten().or_else(|| {
            draft.data.get().map(|seed| {
                DraftForm::new(seed, move |draft| call(SaveIncidentDraft { client, draft }))
            })
        })
    });
    let problem = RwSignal::new(None::<Problem>);
    // The colleagues are known, or can't be, before the form that offers them.
    let is_ready =
        Memo::new(move |_| who.data.with(Option::is_some) || who.problem.with(Option::is_some));
    let content = move |_| {
        move || {
            let form = form.get().filter(|_| is_ready.get());
            form.map(|form| view! { <Fields client form links problem /> })
        }
    };
    let to = match &visit {
        Some(visit) => format!("/client/{client}/visit/{visit}"),
        None => format!("/client/{client}?part=journal"),
    };
    let after = to.clone();
    let bar = move || {
        move || {
            let to = after.clone();
            form.get().map(|form| {
                view! {
                    <SavedLine state=form.saved() />
                    <Send client form problem to />
                }
            })
        }
    };
    let back = Back { to, words: Signal::derive(move || t_string!(i18n, app.back).to_owned()) };
    let name =
        move || who.data.with(|who| who.as_ref().map(|who| who.name.clone()).unwrap_or_default());
    view! {
        <Page
            title=Signal::derive(move || t_string!(i18n, incident.report).to_owned())
            subtitle=Signal::derive(move || t_string!(i18n, incident.about, name = name()).to_string())
            back=Some(back)
            bar=bar
        >
            <p>{t!(i18n, incident.list_lead)}</p>
            {loaded(draft, content)}
        </Page>
    }
}

#[component]
fn Fields(
    client: ClientId,
    form: Form,
    links: Signal<LinksView>,
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let seed = form.draft.get_untracked();
    let kind = Memo::new(move |_| form.draft.with(|draft| draft.kind.clone()));
    let is_fall = Memo::new(move |_| kind.with(|kind| *kind == Some(IncidentKind::Fall)));
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            problem.with(|it| {
                let it = it.as_ref()?;
                (it.args.get("field").map(String::as_str) == Some(field))
                    .then(|| crate::i18n::sentence(i18n, it))
            })
        })
    };
    let fault = move |field: &'static str| {
        let wrong = wrong(field);
        move || {
            wrong.get().map(|words| {
                view! { <p class="kj-pad__problem" role="alert" data-testid=format!("wrong-{field}")>{words}</p> }
            })
        }
    };
    let words = move |read: fn(I18n) -> &'static str| Signal::derive(move || read(i18n).to_owned());
    let at = seed.at.map(|at| at.format("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default();
    let happened = Callback::new(move |text: String| {
        let at = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M").ok();
        form.tap(|draft| draft.at = at);
    });
    view! {
        <div class="kj-form" on:focusout=move |_| form.left() on:input=move |_| problem.set(None)>
            <section class="kj-card">
                <Choices name="incident-kind" legend=words(|i| t_string!(i, incident.kind))
                    choices=IncidentKind::ALL.iter().map(|it| ((it.clone(), word(i18n, it, incident_kind_word)), it.code().to_owned())).collect()
                    chosen=kind choose=Callback::new(move |it| { problem.set(None); form.tap(|draft| draft.kind = Some(it)); }) />
                {fault("kind")}
                <TextArea id="incident-what" label=words(|i| t_string!(i, incident.what)) seed=seed.incident.what
                    typed=form.typed(|draft, text| draft.incident.what = text) />
                {fault("what")}
                <div class="kj-incident__pair">
                    <TextInput id="incident-place" label=words(|i| t_string!(i, incident.place)) seed=seed.incident.place
                        typed=form.typed(|draft, text| draft.incident.place = text) />
                    <TextInput id="incident-at" kind="datetime-local" label=words(|i| t_string!(i, incident.at)) hint=words(|i| t_string!(i, incident.at_hint)) seed=at typed=happened />
                </div>
                {fault("at")}
                <Choices name="incident-harm" legend=words(|i| t_string!(i, incident.harm))
                    choices=Harm::ALL.iter().map(|it| ((it.clone(), word(i18n, it, harm_word)), it.code().to_owned())).collect()
                    chosen=Signal::derive(move || form.draft.with(|draft| draft.incident.harm.clone()))
                    choose=Callback::new(move |it| form.tap(|draft| draft.incident.harm = Some(it))) />
                <TextArea id="incident-done" label=words(|i| t_string!(i, incident.done)) seed=seed.incident.done_at_once
                    typed=form.typed(|draft, text| draft.incident.done_at_once = text) />
            </section>
            <Show when=move || is_fall.get()><FallPart client form /></Show>
            <section class="kj-card">
                <TextArea id="incident-how" label=words(|i| t_string!(i, incident.how)) seed=seed.incident.how
                    typed=form.typed(|draft, text| draft.incident.how = text) />
                <TextArea id="incident-why" label=words(|i| t_string!(i, incident.why)) hint=words(|i| t_string!(i, incident.why_hint)) seed=seed.incident.why
                    typed=form.typed(|draft, text| draft.incident.why = text) />
                <Choices name="client-told" legend=words(|i| t_string!(i, incident.client_told)) choices=told(i18n)
                    chosen=Signal::derive(move || form.draft.with(|draft| draft.incident.client_told.clone()))
                    choose=Callback::new(move |it| form.tap(|draft| draft.incident.client_told = Some(it))) />
                <Choices name="relatives-told" legend=words(|i| t_string!(i, incident.relatives_told)) choices=told(i18n)
                    chosen=Signal::derive(move || form.draft.with(|draft| draft.incident.relatives_told.clone()))
                    choose=Callback::new(move |it| form.tap(|draft| draft.incident.relatives_told = Some(it))) />
                <FollowUpPart form links what_error=wrong("follow_up") by_error=wrong("follow_up_by") />
            </section>
        </div>
    }
}

fn word<T: Clone + Send + Sync + 'static>(
    i18n: I18n,
    value: &T,
    say: fn(I18n, &T) -> String,
) -> Signal<String> {
    let value = value.clone();
    Signal::derive(move || say(i18n, &value))
}

fn told(i18n: I18n) -> Vec<((Told, Signal<String>), String)> {
    let one = |it: &Told| ((it.clone(), word(i18n, it, told_word)), it.code().to_owned());
    Told::ALL.iter().map(one).collect()
}

#[component]
fn Send(
    client: ClientId,
    form: Form,
    problem: RwSignal<Option<Problem>>,
    to: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let send = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (navigate, to) = (navigate.clone(), to.clone());
        form.close(move || {
            spawn_local(async move {
                let draft = form.draft.get_untracked();
                let result = call(ReportIncident { client, draft }).await;
                busy.try_set(false);
                match result {
                    Ok(()) => navigate(&to, Default::default()),
                    Err(why) => {
                        problem.try_set(Some(why));
                        form.tap(|_| ());
                    }
                }
            });
        });
    };
    // What is about a field stands beside it.
    let other = move || problem.get().filter(|it| !it.args.contains_key("field"));
    view! {
        {move || other().map(|problem| view! { <Trouble problem /> })}
        <button type="button" class="ds-button" data-testid="send-incident" aria-disabled=move || busy.get().to_string() on:click=send>
            {move || if busy.get() { t_string!(i18n, incident.sending) } else { t_string!(i18n, incident.send) }}
        </button>
    }
}
