//! What waits for an answer about one client, where that client is seen: on the visit and in the
//! shift report.

use kjent_core::view::ThreadView;
use leptos::prelude::*;

use super::thread_words::thread_sentence;
use crate::components::icon::{BELL, icon};
use crate::i18n::{I18n, t, t_string, use_i18n};

/// The threads of a client who is visited, or nothing.
#[component]
pub fn OpenThreads(#[prop(into)] threads: Signal<Vec<ThreadView>>) -> impl IntoView {
    let i18n = use_i18n();
    let threads = Memo::new(move |_| threads.get());
    move || {
        let all = threads.get();
        (!all.is_empty()).then(|| {
            view! {
                <section class="kj-card kj-threads" data-testid="open-threads" aria-labelledby="open-threads-heading">
                    <h2 class="kj-item-heading kj-with-icon" id="open-threads-heading">
                        {icon(BELL)} <span>{t!(i18n, follow_ups.heading)}</span>
                    </h2>
                    {open_threads(i18n, &all)}
                </section>
            }
        })
    }
}

/// The list of them, each with the way to its note.
pub fn open_threads(i18n: I18n, threads: &[ThreadView]) -> impl IntoView + use<> {
    let one = |it: &ThreadView| {
        let to = format!("/client/{}/note?thread={}", it.client, it.thread);
        view! {
            <li class="kj-threads__one" data-testid="open-thread">
                <span>{thread_sentence(i18n, it)}</span>
                <a class="ds-button" data-variant="tertiary" href=to data-testid="answer-thread">{t_string!(i18n, follow_ups.answer)}</a>
            </li>
        }
    };
    view! { <ul class="kj-plain-list">{threads.iter().map(one).collect_view()}</ul> }
}
