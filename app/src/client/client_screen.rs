//! Wires a client's page: the header, the parts, and that the journal was seen.

use kjent_core::command::{MarkRead, ReadClient};
use kjent_core::ids::{ClientId, FactId};
use kjent_core::problem::Problem;
use kjent_core::view::ClientView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::client_model::{Part, to_answer};
use super::decisions::Decisions;
use super::journal::Journal;
use super::overview::Overview;
use super::plan::Plan;
use crate::access::{AccessCard, WhyHere};
use crate::changes::Changes;
use crate::components::critical::CriticalTags;
use crate::components::failure::Trouble;
use crate::components::navigation::Trail;
use crate::components::page::{Back, Page};
use crate::curves::Curves;
use crate::i18n::{I18n, moment_with_date, t_string, use_i18n};
use crate::incidents::ClientIncidents;
use crate::ipc::call;
use crate::live::{Live, loaded};
use crate::people::{
    AboutMe, Capacity, Consents, Contacts, Critical, Faces, FirstTime, Home, Needs, Responsible,
    Restrictions, Talks,
};
use crate::visit::NewVisit;

/// A client.
#[component]
pub fn ClientScreen() -> impl IntoView {
    let params = use_params_map();
    let client = Memo::new(move |_| {
        params.with(|params| params.get("client")).and_then(|id| id.parse().ok())
    });
    move || match client.get() {
        Some(client) => view! { <Client client /> }.into_any(),
        None => {
            view! { <main class="kj-main"><Trouble problem=Problem::new("not_found") /></main> }
                .into_any()
        }
    }
}

#[component]
fn Client(client: ClientId) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let entry = Memo::new(move |_| {
        query.with(|query| query.get("entry")).and_then(|id| id.parse::<FactId>().ok())
    });
    let live = Live::new(ReadClient { client }, Changes::get().client(client));
    let part =
        Memo::new(move |_| Part::from_code(query.with(|query| query.get("part")).as_deref()));
    let from_visit = Memo::new(move |_| query.with(|query| query.get("visit")));
    // What has been seen is marked when the page is left, so that «ny» stands while one reads.
    let seen = StoredValue::new(false);
    on_cleanup(move || {
        if seen.try_get_value() == Some(true) {
            spawn_local(async move {
                // When it fails, the entries stay new: that is the safe side.
                let _marked = call(MarkRead { client }).await;
            });
        }
    });
    let view = move |data: Memo<ClientView>| {
        view! {
            <Parts data part from_visit />
            <WhyHere data />
            <Unreadable data />
            <HasLeft data />
            <LetIn data />
            {move || match part.get() {
                Part::Overview => view! {
                    <FirstTime data />
                    <Overview data />
                    <AboutMe data />
                    <Critical data />
                    <Needs data />
                    <Home data />
                }
                .into_any(),
                Part::Plan => view! { <Plan data /> }.into_any(),
                Part::Journal => {
                    seen.set_value(true);
                    view! { <ClientIncidents client /> <Journal page=data entry /> }.into_any()
                }
                Part::Curves => view! { <Curves client /> }.into_any(),
                Part::People => view! {
                    <Responsible data />
                    <Contacts data />
                    <Consents data />
                    <Restrictions data />
                    <Talks data />
                    <Capacity data />
                    <Faces data />
                    <AccessCard data />
                }
                .into_any(),
                Part::Decisions => view! { <Decisions data /> }.into_any(),
            }}
        }
    };
    let of = move |read: fn(&ClientView) -> String| {
        live.data.with(|data| data.as_ref().map(read).unwrap_or_default())
    };
    let critical = move || {
        live.data.with(|data| data.as_ref().map(|it| it.critical.clone()).unwrap_or_default())
    };
    move || {
        // Who comes from a visit is in one already.
        let is_alone = from_visit.with(Option::is_none);
        let back = match from_visit.get() {
            Some(visit) => Some(Back {
                to: format!("/client/{client}/visit/{visit}"),
                words: Signal::derive(move || t_string!(i18n, app.back_to_visit).to_owned()),
            }),
            None => Trail::back(i18n),
        };
        view! {
            <Page
                title=Signal::derive(move || of(|it| it.name.clone()))
                details=Signal::derive(move || live.data.with(|data| data.as_ref().map(|it| subtitle(i18n, it)).unwrap_or_default()))
                back=back
                beside=move || view! { <CriticalTags critical=Signal::derive(critical) /> }
                after=move || is_alone.then(|| view! { <NewVisit client /> })
            >
                {loaded(live, view)}
            </Page>
        }
    }
}

fn subtitle(i18n: I18n, client: &ClientView) -> String {
    let age = client.age.map(|n| t_string!(i18n, client.age, n = n).to_string());
    age.into_iter().chain(client.national_number.clone()).collect::<Vec<_>>().join(" · ")
}

/// What this version can't show is counted, never left out in silence.
#[component]
fn Unreadable(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| data.with(|data| data.unreadable));
    let words = move || t_string!(i18n, client.unreadable, count = count.get()).to_string();
    view! {
        <Show when=move || count.get() != 0>
            <div class="ds-alert" data-color="warning" data-testid="unreadable"><p>{words}</p></div>
        </Show>
    }
}

/// Why the page is still here, when the client is in no team of the reader's any more.
#[component]
fn HasLeft(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let called = Memo::new(move |_| data.with(|data| data.called.clone()));
    view! {
        <Show when=move || data.with(|data| data.has_left)>
            <div class="ds-alert" data-color="info" data-testid="has-left">
                <p>{move || t_string!(i18n, client.has_left, name = called.get()).to_string()}</p>
            </div>
        </Show>
    }
}

/// That the reader is here by break-glass, and until when.
#[component]
fn LetIn(data: Memo<ClientView>) -> impl IntoView {
    let i18n = use_i18n();
    let until = move || data.with(|data| data.granted_until);
    let words = move || {
        until().map(|until| {
            let until = moment_with_date(i18n, until);
            t_string!(i18n, break_glass.until, until = until).to_string()
        })
    };
    view! {
        <Show when=move || until().is_some()>
            <div class="ds-alert" data-color="warning" data-testid="let-in"><p>{words}</p></div>
        </Show>
    }
}

/// The way between the parts of the page.
#[component]
fn Parts(
    data: Memo<ClientView>,
    part: Memo<Part>,
    from_visit: Memo<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let client = data.with_untracked(|data| data.client);
    let unread = Memo::new(move |_| data.with(|data| data.unread));
    let waiting = Memo::new(move |_| data.with(to_answer));
    let words = move |part| match part {
        Part::Overview => t_string!(i18n, plan.overview).to_owned(),
        Part::Plan => t_string!(i18n, client.part_plan).to_owned(),
        Part::Journal => t_string!(i18n, client.part_journal).to_owned(),
        Part::Curves => t_string!(i18n, curves.part).to_owned(),
        Part::People => t_string!(i18n, people.part).to_owned(),
        Part::Decisions => t_string!(i18n, client.part_decisions).to_owned(),
    };
    let link = move |it: Part| {
        let to = move || match from_visit.get() {
            Some(visit) => format!("/client/{client}?part={}&visit={visit}", it.code()),
            None => format!("/client/{client}?part={}", it.code()),
        };
        let new = move || {
            let (count, words) = match (it, unread.get(), waiting.get()) {
                (Part::Journal, count @ 1.., _) => {
                    (count, t_string!(i18n, client.new, count = count).to_string())
                }
                (Part::Plan, _, count @ 1..) => {
                    (count, t_string!(i18n, plan.waiting, count = count).to_string())
                }
                _ => return None,
            };
            // The six parts stand in one row: the number is seen, and the words are heard.
            Some(view! {
                <span class="ds-tag kj-new" data-color="info">
                    <span aria-hidden="true">{count}</span>
                    <span class="ds-sr-only">{words}</span>
                </span>
            })
        };
        view! {
            <a href=to data-testid=format!("part-{}", it.code()) aria-current=move || (part.get() == it).then_some("page")>
                <span>{move || words(it)}</span>
                {new}
            </a>
        }
    };
    view! {
        <nav class="kj-parts" aria-label=move || t_string!(i18n, client.parts)>
            {Part::ALL.into_iter().map(link).collect_view()}
        </nav>
    }
}
