//! What a story is played on: a server with the demo team at 07:45, a display, a folder for pictures.

use std::path::PathBuf;

use anyhow::ensure;

use crate::morning::Morning;
use crate::programs::workspace;
use crate::window::Display;
use crate::worker::Worker;

/// A stage. Everything on it is the story's own.
pub struct Stage<'a> {
    /// The server, the clock and the day.
    pub morning: Morning,
    story: &'static str,
    folder: PathBuf,
    pictures: u32,
    display: &'a Display,
    say: &'a mut dyn FnMut(&str),
}

impl<'a> Stage<'a> {
    /// Sets a stage for a story. Its pictures from last time are taken away.
    pub(super) async fn set(
        story: &'static str,
        display: &'a Display,
        say: &'a mut dyn FnMut(&str),
    ) -> anyhow::Result<Self> {
        let folder = workspace().join("target/stories").join(story);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let morning = Morning::start().await?;
        Ok(Self { morning, story, folder, pictures: 0, display, say })
    }

    /// Tells what happens.
    pub fn say(&mut self, what: &str) {
        (self.say)(what);
    }

    /// A worker with her tablet, enrolled and open on the day's list, with all of it fetched.
    pub async fn worker(&self, employee: &str) -> anyhow::Result<Worker<'a>> {
        let worker = self.new_tablet().await?;
        worker.enrol_without_visits(&self.morning.server.code(employee)?).await?;
        worker.see_state("up_to_date").await?;
        Ok(worker)
    }

    /// A tablet that nobody is enrolled on, open on the page where that is done.
    pub async fn new_tablet(&self) -> anyhow::Result<Worker<'a>> {
        Worker::first_start(self.display, &self.morning).await
    }

    /// The same on a tablet that knows the finger that lies on it.
    pub async fn new_tablet_with_finger(&self) -> anyhow::Result<Worker<'a>> {
        Worker::first_start_with_finger(self.display, &self.morning).await
    }

    /// Checks the screen's accessibility as it is, and takes a picture of it upright, numbered, and
    /// named after what is seen.
    pub async fn picture(&mut self, worker: &Worker<'_>, seen: &str) -> anyhow::Result<()> {
        let file = self.next_picture(seen)?;
        worker.window.check_accessibility(&format!("{}, {seen}", self.story)).await?;
        worker.window.picture(&file).await
    }

    /// The same, upright and on its side, and a check of the screen in every look: once for each
    /// screen is enough.
    pub async fn picture_both(&mut self, worker: &Worker<'_>, seen: &str) -> anyhow::Result<()> {
        let file = self.next_picture(seen)?;
        let screen = format!("{}, {seen}", self.story);
        worker.window.check_looks(&screen, &file.with_extension("")).await?;
        worker.window.picture_both(&file).await
    }

    /// The address that an app opens in the browser.
    pub async fn browser_opens(&self) -> anyhow::Result<String> {
        self.display.browser_opens().await
    }

    fn next_picture(&mut self, seen: &str) -> anyhow::Result<PathBuf> {
        self.pictures += 1;
        let slug = slug(seen);
        ensure!(!slug.is_empty(), "a picture says what is seen");
        Ok(self.folder.join(format!("{:02}-{slug}.png", self.pictures)))
    }
}

/// Words as a file's name: small ASCII letters, digits and hyphens.
fn slug(words: &str) -> String {
    let letters = words.to_lowercase().replace('æ', "ae").replace('ø', "o").replace('å', "a");
    let words = letters.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_picture_is_named_after_what_is_seen() {
        assert_eq!(super::slug("Anne's day, «på vei»: 1 visit"), "anne-s-day-pa-vei-1-visit");
    }
}
