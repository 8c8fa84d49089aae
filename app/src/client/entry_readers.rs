//! Whom a restricted entry can be opened to: the colleagues whose role reads such entries, and whom
//! the client lets in. Two of one name are told apart.

use kjent_core::command::ReadEntryReaders;
use kjent_core::fact::FactKind;
use kjent_core::ids::{ClientId, WorkerId};
use kjent_core::problem::Problem;
use kjent_core::view::WorkerView;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::failure::Trouble;
use crate::i18n::{profession_word, t, use_i18n};
use crate::ipc::call;
use crate::routine::toggles::Toggles;

/// The question and the colleagues, asked for when it is shown. Whoever writes or wrote the entry
/// always reads it, and is not among them.
#[component]
pub fn EntryReadersField(
    client: ClientId,
    kind: FactKind,
    author: WorkerId,
    /// Who is chosen.
    #[prop(into)]
    chosen: Signal<Vec<WorkerId>>,
    /// Takes who was tapped.
    tapped: Callback<WorkerId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let team = RwSignal::new(None::<Result<Vec<WorkerView>, Problem>>);
    spawn_local(async move {
        let told = call(ReadEntryReaders { client, kind }).await;
        team.try_set(Some(told));
    });
    let one = move |worker: &WorkerView, shares: bool| {
        let (name, profession) = (worker.name.clone(), worker.profession.clone());
        let words = move || match shares {
            true => format!("{name}, {}", profession_word(i18n, &profession)),
            false => name.clone(),
        };
        (worker.worker, Signal::derive(words), format!("reader-{}", worker.worker))
    };
    let choices = move || match team.get() {
        None => ().into_any(),
        Some(Err(problem)) => view! { <Trouble problem /> }.into_any(),
        Some(Ok(team)) => {
            let others = others(&team, author);
            let toggles = others.iter().map(|worker| one(worker, shares_name(worker, &team)));
            let toggles = toggles.collect();
            view! { <Toggles labelled_by="entry-readers" toggles pressed=chosen tapped /> }
                .into_any()
        }
    };
    view! {
        <h3 class="ds-label kj-label" id="entry-readers">{t!(i18n, restricted_entry.who)}</h3>
        <p class="kj-subtle">{t!(i18n, restricted_entry.who_hint)}</p>
        {choices}
    }
}

/// Everyone but the author.
fn others(team: &[WorkerView], author: WorkerId) -> Vec<WorkerView> {
    team.iter().filter(|it| it.worker != author).cloned().collect()
}

/// Whether somebody else has the worker's name.
fn shares_name(worker: &WorkerView, team: &[WorkerView]) -> bool {
    team.iter().any(|it| it.worker != worker.worker && it.name == worker.name)
}

#[cfg(test)]
mod tests {
    use kjent_core::team::Profession;

    use super::*;

    fn worker(number: u8, name: &str, profession: Profession) -> WorkerView {
        let worker = WorkerId::from_bytes(&[number; 16]).unwrap_or_else(|| unreachable!());
        WorkerView { worker, name: name.into(), profession }
    }

    #[test]
    fn a_colleague_of_the_authors_name_is_offered_and_told_from_her() {
        let author = worker(1, "Anne Berg", Profession::Nurse);
        let namesake = worker(2, "Anne Berg", Profession::Apprentice);
        let other = worker(3, "Sara Lund", Profession::Nurse);
        let team = [author.clone(), namesake.clone(), other.clone()];
        assert_eq!(others(&team, author.worker), [namesake.clone(), other.clone()]);
        assert!(shares_name(&namesake, &team) && !shares_name(&other, &team));
    }
}
