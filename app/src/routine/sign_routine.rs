//! What both routines share: which visit, the signing button, and what is wrong with a field.

use kjent_core::command::Command;
use kjent_core::ids::{ClientId, VisitId};
use kjent_core::problem::Problem;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};

use crate::components::failure::Trouble;
use crate::components::text_field::go_to_field;
use crate::draft_form::DraftForm;
use crate::i18n::{I18n, sentence, t_string, use_i18n};
use crate::ipc::call;

/// The visit in the address, or that there is none.
pub fn of_visit(show: fn(ClientId, VisitId) -> AnyView) -> impl IntoView {
    let params = use_params_map();
    move || {
        let client = params.with(|params| params.get("client")).and_then(|id| id.parse().ok());
        let visit = params.with(|params| params.get("visit")).and_then(|id| id.parse().ok());
        match (client, visit) {
            (Some(client), Some(visit)) => show(client, visit),
            _ => {
                view! { <main class="kj-main"><Trouble problem=Problem::new("not_found") /></main> }
                    .into_any()
            }
        }
    }
}

/// The id of the place where a field's fault is said.
fn place(field: &str) -> String {
    format!("wrong-{field}")
}

/// What is wrong with a field, beside it.
pub fn fault(i18n: I18n, problem: RwSignal<Option<Problem>>, field: &'static str) -> impl IntoView {
    let words = move || {
        problem.with(|it| {
            let it = it.as_ref().filter(|it| field_of(it) == Some(field))?;
            Some(sentence(i18n, it))
        })
    };
    view! {
        <p class="kj-wrong" role="alert" tabindex="-1" id=place(field) data-testid=place(field) hidden=move || words().is_none()>
            {move || words().unwrap_or_default()}
        </p>
    }
}

/// Which field a problem is about.
fn field_of(problem: &Problem) -> Option<&str> {
    if problem.code.starts_with("coercion_") {
        return Some("coercion");
    }
    problem.args.get("field").map(String::as_str)
}

/// Signs the draft, and leads on; a fault takes whoever signs to where it is.
#[component]
pub fn SignRoutine<D, C, F>(
    /// The draft.
    form: DraftForm<D>,
    /// The request that signs it.
    finish: F,
    /// Where to go then.
    to: String,
    /// What is wrong.
    problem: RwSignal<Option<Problem>>,
) -> impl IntoView
where
    D: Clone + Send + Sync + 'static,
    C: Command<Answer = ()> + 'static,
    F: Fn() -> C + Clone + 'static,
{
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let sign = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (navigate, to, finish) = (navigate.clone(), to.clone(), finish.clone());
        form.close(move || {
            spawn_local(async move {
                let result = call(finish()).await;
                busy.try_set(false);
                match result {
                    Ok(()) => navigate(&to, Default::default()),
                    Err(why) => {
                        let field = field_of(&why).map(place);
                        problem.try_set(Some(why));
                        // Signing dropped what waited to be saved; it is still only a draft.
                        form.tap(|_| ());
                        if let Some(field) = field {
                            request_animation_frame(move || go_to_field(&field));
                        }
                    }
                }
            });
        });
    };
    let other = move || problem.get().filter(|it| field_of(it).is_none());
    view! {
        {move || other().map(|problem| view! { <Trouble problem /> })}
        <button type="button" class="ds-button" data-testid="sign-routine" aria-disabled=move || busy.get().to_string() on:click=sign>
            {move || if busy.get() { t_string!(i18n, visit.signing) } else { t_string!(i18n, visit.sign) }}
        </button>
    }
}
