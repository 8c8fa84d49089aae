//! Data that stays on the screen while a newer version of it is fetched.
//!
//! A view made by `loaded` is built once, when the data first arrives; after that only the parts
//! whose data differ change. So a refresh moves neither focus nor scroll nor what is being typed.

use kjent_core::command::Command;
use kjent_core::problem::Problem;
use leptos::prelude::*;

use crate::components::failure::Failure;
use crate::components::skeleton::Skeleton;
use crate::ipc::call;

/// What views are: plain values that can be compared.
pub trait Data: Clone + PartialEq + Send + Sync + 'static {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Data for T {}

/// An answer of the shell, fetched again whenever its counter moves.
pub struct Live<T: Data> {
    resource: LocalResource<Result<T, Problem>>,
    /// The last answer.
    pub data: Memo<Option<T>>,
    /// Why the last try gave none.
    pub problem: Memo<Option<Problem>>,
}

impl<T: Data> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Data> Copy for Live<T> {}

impl<T: Data> Live<T> {
    /// Asks `request` now and each time `version` moves.
    pub fn new<C>(request: C, version: Memo<u32>) -> Self
    where
        C: Command<Answer = T> + Clone + 'static,
    {
        Self::following(move || request.clone(), version)
    }

    /// Asks what `request` makes now, each time that it would make another, and each time `version`
    /// moves.
    pub fn following<C>(request: impl Fn() -> C + 'static, version: Memo<u32>) -> Self
    where
        C: Command<Answer = T> + 'static,
    {
        let resource = LocalResource::new(move || {
            version.track();
            call(request())
        });
        let data = Memo::new(move |last: Option<&Option<T>>| match resource.get() {
            Some(Ok(data)) => Some(data),
            _ => last.cloned().flatten(),
        });
        let problem = Memo::new(move |_| resource.get().and_then(Result::err));
        Self { resource, data, problem }
    }

    /// Asks once more.
    pub fn refetch(self) {
        self.resource.refetch();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Waiting,
    Failed,
    Here,
}

/// Shows `view` of the data: a skeleton before it comes (after 300 ms), a sentence and a way to try
/// again when it does not.
pub fn loaded<T, V>(live: Live<T>, view: impl Fn(Memo<T>) -> V + Send + 'static) -> impl IntoView
where
    T: Data,
    V: IntoView + 'static,
{
    let stage = Memo::new(move |_| {
        match (live.data.with(Option::is_some), live.problem.with(Option::is_some)) {
            (true, _) => Stage::Here,
            (false, true) => Stage::Failed,
            (false, false) => Stage::Waiting,
        }
    });
    let failure = move || {
        live.problem.get().map(
            |problem| view! { <Failure problem retry=Callback::new(move |()| live.refetch()) /> },
        )
    };
    move || match (stage.get(), live.data.get_untracked()) {
        (Stage::Here, Some(first)) => {
            let data = Memo::new(move |_| live.data.get().unwrap_or_else(|| first.clone()));
            (failure, view(data)).into_any()
        }
        (Stage::Failed, _) => failure.into_any(),
        _ => view! { <Skeleton /> }.into_any(),
    }
}
