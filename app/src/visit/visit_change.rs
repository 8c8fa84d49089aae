//! Who makes a visit instead of the one who was to, and that it is not made: the line that says so,
//! and the buttons for it.

use kjent_core::command::{
    CancelVisit, Command, GiveBackVisit, ReinstateVisit, StartVisit, TakeOverVisit,
};
use kjent_core::fact::CancelReason;
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::problem::Problem;
use kjent_core::view::{VisitState, VisitView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::choice::Choices;
use crate::components::dialog::{Dialog, DialogHandle};
use crate::components::failure::Trouble;
use crate::components::icon::{ALERT, BELL, PEOPLE, PERSON_MISSED, STOP, icon};
use crate::components::text_field::TextInput;
use crate::i18n::{
    I18n, cancel_word, cancelled_line, erased_line, not_met_line, t, t_string, taken_over_line,
    unplanned_line, use_i18n, wrong_person_line,
};
use crate::ipc::call;
use crate::live::Live;

/// What is not as planned, above everything else.
#[component]
pub fn ChangeLine(view: Memo<VisitView>) -> impl IntoView {
    let i18n = use_i18n();
    let taken = move || {
        view.with(|view| {
            let taken = view.taken_over.as_ref()?;
            Some(taken_over_line(i18n, taken, &view.worker_name))
        })
    };
    let cancelled = move || {
        view.with(|view| match &view.state {
            VisitState::Cancelled { at, by, reason, words } => {
                Some(cancelled_line(i18n, *at, by, reason, words))
            }
            _ => None,
        })
    };
    let not_met = move || {
        view.with(|view| match &view.state {
            VisitState::NotMet { at, by, outcome, .. } => {
                Some(not_met_line(i18n, *at, by, outcome))
            }
            _ => None,
        })
    };
    let unplanned =
        move || view.with(|view| view.unplanned.as_ref().map(|it| unplanned_line(i18n, it)));
    let erased = move || view.with(|view| view.erased.as_ref().map(|it| erased_line(i18n, it)));
    let wrong_person =
        move || view.with(|view| view.wrong_person.as_ref().map(|it| wrong_person_line(i18n, it)));
    let to_give = move || view.with(|view| view.to_give);
    view! {
        {move || to_give().then(|| view! { <p class="kj-fact" data-testid="to-give">{icon(ALERT)} <span>{t!(i18n, visits.to_give)}</span></p> })}
        {move || not_met().map(|line| view! { <p class="kj-fact" data-testid="not-met">{icon(PERSON_MISSED)} <span>{line}</span></p> })}
        {move || unplanned().map(|line| view! { <p class="kj-fact" data-testid="unplanned">{icon(BELL)} <span>{line}</span></p> })}
        {move || erased().map(|line| view! { <p class="kj-fact" data-testid="erased-report">{icon(ALERT)} <span>{line}</span></p> })}
        {move || wrong_person().map(|line| view! { <p class="kj-fact" data-testid="wrong-person">{icon(ALERT)} <span>{line}</span></p> })}
        {move || taken().map(|line| view! { <p class="kj-fact" data-testid="taken-over">{icon(PEOPLE)} <span>{line}</span></p> })}
        {move || cancelled().map(|line| view! { <p class="kj-fact" data-testid="cancelled">{icon(STOP)} <span>{line}</span></p> })}
    }
}

/// Sends one request about the visit; the screen shows what became of it, or why not.
fn send<C>(request: C, live: Live<VisitView>, problem: RwSignal<Option<Problem>>)
where
    C: Command + 'static,
{
    problem.set(None);
    spawn_local(async move {
        match call(request).await {
            Ok(_) => live.refetch(),
            Err(why) => {
                problem.try_set(Some(why));
            }
        }
    });
}

/// The bar of a visit that nobody has begun: one's own is started, a colleague's is taken over.
#[component]
pub fn PlannedBar(client: ClientId, visit: VisitId, live: Live<VisitView>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = RwSignal::new(None::<Problem>);
    let dialog = DialogHandle::new();
    let read = move |what: fn(&VisitView) -> bool| {
        Memo::new(move |_| live.data.with(|view| view.as_ref().is_some_and(what)))
    };
    let mine = read(|view| view.mine);
    let by_me = read(|view| view.taken_over.as_ref().is_some_and(|taken| taken.by_me));
    view! {
        {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        <div class="kj-bar__more">
            {move || mine.get().then(|| view! { <NotHome client visit /> })}
            <button type="button" class="ds-button kj-quiet-button" data-testid="cancel-visit" aria-haspopup="dialog" on:click=move |_| dialog.open()>
                {t!(i18n, visits.cancel)}
            </button>
            {move || by_me.get().then(|| view! {
                <button type="button" class="ds-button kj-quiet-button" data-testid="give-back-visit"
                    on:click=move |_| send(GiveBackVisit { visit }, live, problem)>
                    {t!(i18n, visits.give_back)}
                </button>
            })}
            {move || (!mine.get()).then(|| view! {
                <button type="button" class="ds-button" data-variant="secondary" data-testid="take-over-visit"
                    on:click=move |_| send(TakeOverVisit { visit }, live, problem)>
                    {t!(i18n, visits.take_over)}
                </button>
            })}
        </div>
        <button type="button" class="ds-button" data-testid="start-visit"
            on:click=move |_| send(StartVisit { visit }, live, problem)>
            {t!(i18n, today.start)}
        </button>
        <CancelDialog visit live dialog />
    }
}

/// «Åpner ikke», while nobody has signed.
#[component]
pub fn NotHome(client: ClientId, visit: VisitId) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="ds-button kj-quiet-button kj-bar__first" data-testid="not-home"
            href=format!("/client/{client}/visit/{visit}/not-home")>
            {icon(PERSON_MISSED)}
            <span>{t!(i18n, routine.not_home)}</span>
        </a>
    }
}

/// The bar of a visit at which nobody opened: it can be made after all.
#[component]
pub fn NotMetBar(client: ClientId, visit: VisitId, live: Live<VisitView>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = RwSignal::new(None::<Problem>);
    view! {
        {move || problem.get().map(|problem| view! { <Trouble problem /> })}
        <button type="button" class="ds-button" data-variant="secondary" data-testid="start-visit"
            on:click=move |_| send(StartVisit { visit }, live, problem)>
            {t!(i18n, routine.visit_after_all)}
        </button>
        <a class="ds-button" data-testid="open-journal" href=format!("/client/{client}?part=journal&visit={visit}")>
            {t!(i18n, visit.open_journal)}
        </a>
    }
}

/// The bar of a visit that is not made.
#[component]
pub fn CancelledBar(visit: VisitId, live: Live<VisitView>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = RwSignal::new(None::<Problem>);
    view! {
        {move || match problem.get() {
            Some(problem) => view! { <Trouble problem /> }.into_any(),
            None => view! { <p class="kj-subtle">{t!(i18n, visits.cancelled_bar)}</p> }.into_any(),
        }}
        <button type="button" class="ds-button" data-variant="secondary" data-testid="reinstate-visit"
            on:click=move |_| send(ReinstateVisit { visit }, live, problem)>
            {t!(i18n, visits.reinstate)}
        </button>
    }
}

#[component]
fn CancelDialog(visit: VisitId, live: Live<VisitView>, dialog: DialogHandle) -> impl IntoView {
    let i18n = use_i18n();
    let problem = RwSignal::new(None::<Problem>);
    let chosen = RwSignal::new(None::<CancelReason>);
    let words = RwSignal::new(String::new());
    let cancel = move |_| match chosen.get_untracked() {
        Some(reason) => {
            let request = CancelVisit { visit, reason, words: words.get_untracked() };
            problem.set(None);
            spawn_local(async move {
                match call(request).await {
                    Ok(()) => {
                        dialog.close();
                        live.refetch();
                    }
                    Err(why) => {
                        problem.try_set(Some(why));
                    }
                }
            });
        }
        None => problem.set(Some(Problem::new("reason_needed"))),
    };
    view! {
        <Dialog handle=dialog id="cancel-dialog" title=Signal::derive(move || t_string!(i18n, visits.cancel_title).to_owned())>
            <Choices
                name="cancel-reason"
                legend=Signal::derive(move || t_string!(i18n, visits.cancel_why).to_owned())
                choices=reasons(i18n)
                chosen=chosen
                choose=Callback::new(move |reason| chosen.set(Some(reason)))
            />
            <TextInput
                id="cancel-words"
                label=Signal::derive(move || t_string!(i18n, visits.cancel_words).to_owned())
                seed=String::new()
                typed=Callback::new(move |text| words.set(text))
            />
            {move || problem.get().map(|problem| view! { <Trouble problem /> })}
            <div class="kj-dialog__actions">
                <button type="button" class="ds-button" data-variant="secondary" data-testid="keep-visit" on:click=move |_| dialog.close()>
                    {t!(i18n, visits.keep)}
                </button>
                <button type="button" class="ds-button" data-testid="confirm-cancel" on:click=cancel>
                    {t!(i18n, visits.confirm_cancel)}
                </button>
            </div>
        </Dialog>
    }
}

fn reasons(i18n: I18n) -> Vec<((CancelReason, Signal<String>), String)> {
    CancelReason::ALL
        .iter()
        .map(|reason| {
            let words = Signal::derive(move || cancel_word(i18n, reason));
            ((reason.clone(), words), reason.code().to_owned())
        })
        .collect()
}
