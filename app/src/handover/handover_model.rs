//! What an entry comes to in one line of the report. Pure.

use kjent_core::view::{EntryBody, EntryView, HandedView, HandoverView};

/// What an entry says in a line: its first words.
pub fn gist(entry: &EntryView) -> String {
    let words = match &entry.body {
        EntryBody::Visit { outcomes, .. } if entry.first_words.is_empty() => outcomes
            .iter()
            .filter(|one| one.not_done.is_none())
            .map(|one| one.title.as_str())
            .collect::<Vec<_>>()
            .join(" · "),
        EntryBody::PlanChange { title, .. }
        | EntryBody::PlanProposal { title, .. }
        | EntryBody::DeliveryExplained { title, .. } => joined(title, &entry.first_words),
        _ => entry.first_words.clone(),
    };
    words.lines().next().unwrap_or_default().to_owned()
}

fn joined(title: &str, reason: &str) -> String {
    [title, reason].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(": ")
}

/// What waits for the reader, and what she has handed over.
pub fn sides(view: &HandoverView) -> (Vec<&HandedView>, Vec<&HandedView>) {
    view.items.iter().partition(|item| !item.mine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_change_is_its_title_and_why() {
        assert_eq!(joined("Dusj", "Hun vil selv"), "Dusj: Hun vil selv");
        assert_eq!(joined("", "Hun vil selv"), "Hun vil selv");
        assert_eq!(joined("Dusj", ""), "Dusj");
    }
}
