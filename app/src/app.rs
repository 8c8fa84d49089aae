//! The root: the words, the session, and the screen for the address.

use kjent_core::view::SessionView;
use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::appearance::Appearance;
use crate::auto_lock;
use crate::break_glass::BreakGlassScreen;
use crate::changes::Changes;
use crate::client::ClientScreen;
use crate::clients::{ClientsScreen, Finding};
use crate::components::failure::Failure;
use crate::components::navigation::Trail;
use crate::components::skeleton::Skeleton;
use crate::contact::ContactScreen;
use crate::conversation::ConversationScreen;
use crate::counts::Counts;
use crate::follow_ups::FollowUpsScreen;
use crate::gaps::GapsScreen;
use crate::handover::HandoverScreen;
use crate::i18n::{WithLanguage, t, use_i18n};
use crate::incidents::{IncidentScreen, IncidentsScreen};
use crate::late::LateScreen;
use crate::log_in::{EndedScreen, LogInScreen, Purpose};
use crate::measurements::MeasureScreen;
use crate::note::NoteScreen;
use crate::routine::{MissedContactScreen, ResistedCareScreen};
use crate::search::{SearchScreen, Searching};
use crate::session::Session;
use crate::sync::{SyncDialog, Syncing};
use crate::today::{TodayScreen, provide_day};
use crate::unlock::UnlockScreen;
use crate::visit::VisitScreen;

/// The app.
#[component]
pub fn App() -> impl IntoView {
    Appearance::provide();
    view! {
        <WithLanguage>
            <Gate />
        </WithLanguage>
    }
}

#[derive(Clone, PartialEq)]
enum Place {
    Waiting,
    LogIn,
    Ended,
    Unlock,
    Inside,
    Failed(kjent_core::problem::Problem),
}

/// The first screens, until the profile is open.
#[component]
fn Gate() -> impl IntoView {
    let session = Session::provide();
    Changes::provide();
    auto_lock::watch(session);
    let place = Memo::new(move |_| match session.view() {
        None => Place::Waiting,
        // One screen: what was typed, and the wait for a browser, outlive the tablet's becoming known.
        Some(Ok(SessionView::NotEnrolled | SessionView::LoggedOut)) => Place::LogIn,
        Some(Ok(SessionView::HandedIn)) => Place::Ended,
        Some(Ok(SessionView::Locked { .. })) => Place::Unlock,
        Some(Ok(SessionView::Open { .. })) => Place::Inside,
        Some(Err(problem)) => Place::Failed(problem),
    });
    move || match place.get() {
        Place::Waiting => view! { <main class="kj-main"><Skeleton /></main> }.into_any(),
        Place::LogIn => {
            view! { <LogInScreen purpose=Signal::derive(move || first(session)) /> }.into_any()
        }
        Place::Ended => view! { <EndedScreen /> }.into_any(),
        Place::Unlock => view! { <UnlockScreen /> }.into_any(),
        Place::Inside => view! { <Inside /> }.into_any(),
        Place::Failed(problem) => {
            let retry = Callback::new(move |()| session.read());
            view! { <main class="kj-main"><Failure problem retry /></main> }.into_any()
        }
    }
}

/// What is to be done before a tablet opens for the first time.
fn first(session: Session) -> Purpose {
    match session.view() {
        Some(Ok(SessionView::NotEnrolled)) => Purpose::Device,
        _ => Purpose::Join,
    }
}

/// The screens behind the lock.
#[component]
fn Inside() -> impl IntoView {
    let i18n = use_i18n();
    Syncing::provide();
    provide_day();
    Counts::provide();
    Searching::provide();
    Finding::provide();
    Trail::provide();
    view! {
        <Router>
            <Routes fallback=move || view! { <main class="kj-main"><p>{t!(i18n, app.not_found)}</p></main> }>
                <Route path=path!("/") view=TodayScreen />
                // Where a webview starts when it is given the file and not the folder.
                <Route path=path!("/index.html") view=TodayScreen />
                <Route path=path!("/clients") view=ClientsScreen />
                <Route path=path!("/late") view=LateScreen />
                <Route path=path!("/gaps") view=GapsScreen />
                <Route path=path!("/break-glass") view=BreakGlassScreen />
                <Route path=path!("/search") view=SearchScreen />
                <Route path=path!("/follow-ups") view=FollowUpsScreen />
                <Route path=path!("/handover") view=HandoverScreen />
                <Route path=path!("/client/:client/note") view=NoteScreen />
                <Route path=path!("/client/:client") view=ClientScreen />
                <Route path=path!("/client/:client/conversation") view=ConversationScreen />
                <Route path=path!("/client/:client/measure") view=MeasureScreen />
                <Route path=path!("/client/:client/incident") view=IncidentScreen />
                <Route path=path!("/incidents") view=IncidentsScreen />
                <Route path=path!("/client/:client/contact") view=ContactScreen />
                <Route path=path!("/client/:client/visit/:visit") view=VisitScreen />
                <Route path=path!("/client/:client/visit/:visit/not-home") view=MissedContactScreen />
                <Route path=path!("/client/:client/visit/:visit/resists") view=ResistedCareScreen />
            </Routes>
        </Router>
        <SyncDialog />
    }
}
