//! What the client said, in quotation marks: what all of it is for.

use leptos::prelude::*;

/// The client's own words.
pub fn quote(words: impl Into<String>) -> impl IntoView {
    view! { <blockquote class="kj-quote">{format!("«{}»", words.into())}</blockquote> }
}
