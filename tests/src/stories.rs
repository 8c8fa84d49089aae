//! Stories of workers with real tablets, a file each. docs/recipes/story.md says how to add one.
//!
//! `cargo xtask stories` plays them for their pictures, and the window test for what they check.

mod a_fall;
mod a_tablet_handed_in;
mod an_entry_restricted;
mod back_after_ten_wrong;
mod by_finger;
mod by_keyboard;
mod client_does_not_open;
mod client_resists_care;
mod delivered_against_granted;
mod follow_up_closed_by_another;
mod handed_over_until_accepted;
mod helper_first_visit;
mod kept_in_the_key_store;
mod locked_and_back;
mod nobody_responsible;
mod note_on_the_wrong_person;
mod nurse_morning;
mod primary_contact_updates_goals;
mod protected_address;
mod relative_calls;
mod signed_in_by_the_municipality;
mod stage;
mod two_change_one_goal;
mod who_has_read;

use std::pin::Pin;

use anyhow::{Context, bail, ensure};

use crate::window::Display;
pub use stage::Stage;

/// A story.
pub struct Story {
    /// Its name, which is its file's.
    pub name: &'static str,
    play: for<'s> fn(&'s mut Stage<'_>) -> Playing<'s>,
}

/// A story that is being played.
type Playing<'s> = Pin<Box<dyn Future<Output = anyhow::Result<()>> + 's>>;

/// Every story.
pub const ALL: &[Story] = &[
    Story { name: "a_fall", play: |stage| Box::pin(a_fall::play(stage)) },
    Story { name: "a_tablet_handed_in", play: |stage| Box::pin(a_tablet_handed_in::play(stage)) },
    Story {
        name: "back_after_ten_wrong",
        play: |stage| Box::pin(back_after_ten_wrong::play(stage)),
    },
    Story {
        name: "client_does_not_open",
        play: |stage| Box::pin(client_does_not_open::play(stage)),
    },
    Story { name: "client_resists_care", play: |stage| Box::pin(client_resists_care::play(stage)) },
    Story { name: "by_finger", play: |stage| Box::pin(by_finger::play(stage)) },
    Story { name: "by_keyboard", play: |stage| Box::pin(by_keyboard::play(stage)) },
    Story {
        name: "delivered_against_granted",
        play: |stage| Box::pin(delivered_against_granted::play(stage)),
    },
    Story {
        name: "follow_up_closed_by_another",
        play: |stage| Box::pin(follow_up_closed_by_another::play(stage)),
    },
    Story {
        name: "note_on_the_wrong_person",
        play: |stage| Box::pin(note_on_the_wrong_person::play(stage)),
    },
    Story {
        name: "handed_over_until_accepted",
        play: |stage| Box::pin(handed_over_until_accepted::play(stage)),
    },
    Story { name: "helper_first_visit", play: |stage| Box::pin(helper_first_visit::play(stage)) },
    Story {
        name: "kept_in_the_key_store",
        play: |stage| Box::pin(kept_in_the_key_store::play(stage)),
    },
    Story { name: "locked_and_back", play: |stage| Box::pin(locked_and_back::play(stage)) },
    Story { name: "nurse_morning", play: |stage| Box::pin(nurse_morning::play(stage)) },
    Story {
        name: "primary_contact_updates_goals",
        play: |stage| Box::pin(primary_contact_updates_goals::play(stage)),
    },
    Story { name: "nobody_responsible", play: |stage| Box::pin(nobody_responsible::play(stage)) },
    Story { name: "relative_calls", play: |stage| Box::pin(relative_calls::play(stage)) },
    Story { name: "protected_address", play: |stage| Box::pin(protected_address::play(stage)) },
    Story {
        name: "signed_in_by_the_municipality",
        play: |stage| Box::pin(signed_in_by_the_municipality::play(stage)),
    },
    Story { name: "two_change_one_goal", play: |stage| Box::pin(two_change_one_goal::play(stage)) },
    Story { name: "an_entry_restricted", play: |stage| Box::pin(an_entry_restricted::play(stage)) },
    Story { name: "who_has_read", play: |stage| Box::pin(who_has_read::play(stage)) },
];

/// Plays the stories of these names, or all when none is named. One that fails doesn't keep the
/// others from being played; `say` hears what happens.
pub async fn play(names: &[String], say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
    for name in names {
        ensure!(ALL.iter().any(|story| story.name == name), "there is no story {name}");
    }
    let chosen = |story: &&Story| names.is_empty() || names.iter().any(|name| name == story.name);
    let display = Display::start()?;
    let mut failed = Vec::new();
    for story in ALL.iter().filter(chosen) {
        say(&format!("{}:", story.name));
        if let Err(error) = play_one(story, &display, say).await {
            let failure = format!("{}: {error:#}", story.name);
            say(&format!("FAILED: {failure}"));
            failed.push(failure);
        }
    }
    // Each with its reason: often the end is all that is kept of what a test prints.
    if failed.is_empty() { Ok(()) } else { bail!("failed:\n{}", failed.join("\n")) }
}

async fn play_one(
    story: &Story,
    display: &Display,
    say: &mut dyn FnMut(&str),
) -> anyhow::Result<()> {
    let mut stage = Stage::set(story.name, display, say).await.context("setting the stage")?;
    (story.play)(&mut stage).await
}

#[cfg(test)]
mod tests {
    use crate::programs::workspace;

    #[test]
    fn every_story_is_played() -> anyhow::Result<()> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(workspace().join("tests/src/stories"))? {
            files.push(entry?.path().with_extension("").file_name().map(std::ffi::OsStr::to_owned));
        }
        files.retain(|file| file.as_deref() != Some("stage".as_ref()));
        files.sort();
        let mut names: Vec<_> =
            super::ALL.iter().map(|story| Some(std::ffi::OsString::from(story.name))).collect();
        names.sort();
        assert_eq!(files, names);
        Ok(())
    }
}
