//! A window without touch: whoever can't point goes by the Tab key.

use anyhow::{Context, bail, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use serde_json::json;

use super::Window;

/// So many stops no screen has.
const MOST_STOPS: usize = 200;

impl Window {
    /// Presses a key and lets it go.
    pub async fn press(&self, key: Key) -> anyhow::Result<()> {
        let value = char::from(key);
        let press = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        Ok(self.client.perform_actions(press).await?)
    }

    /// Goes by Tab to the first stop that matches. At every stop on the way the focus must be seen,
    /// not lie beneath anything, and say what it is on: what axe-core can't tell.
    pub async fn tab_to(&self, css: &str) -> anyhow::Result<()> {
        self.find(css).await?;
        for _ in 0..MOST_STOPS {
            self.press(Key::Tab).await?;
            let stop = self.client.execute_async(STOP, vec![json!(css)]).await?;
            let problem = stop["problem"].as_str().context("the focus is not told")?;
            ensure!(problem.is_empty(), "on the way to {css}: {problem}");
            if stop["there"] == true {
                return Ok(());
            }
        }
        bail!("no Tab leads to {css}: {}", self.text().await?)
    }

    /// Goes there by Tab and presses Enter.
    pub async fn enter(&self, css: &str) -> anyhow::Result<()> {
        self.tab_to(css).await?;
        self.press(Key::Enter).await
    }
}

/// Whether the focus is at the place that is looked for, and what is wrong with where it is. Between
/// the last stop and the first the page itself has the focus.
///
/// The page may be on its way still to where the focus is: it is looked at when it stands still.
const STOP: &str = "
    const [css, done] = arguments;
    const look = () => {
    const stop = document.activeElement;
    if (!stop || stop === document.body) return { there: false, problem: '' };
    const called = stop.tagName.toLowerCase() + ' ' + (stop.dataset.testid ?? stop.className);
    const box = stop.getBoundingClientRect();
    // Of a choice that looks like a button, its words carry the mark.
    const isMarked = [stop, stop.labels?.[0]?.querySelector('span')].some(shown => {
        const style = shown && getComputedStyle(shown);
        return style && (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
            || style.boxShadow !== 'none');
    });
    const isIts = at => at && (at === stop || stop.contains(at) || at.contains(stop)
        || at.closest('label') === stop.closest('label') && stop.closest('label'));
    // Some of it must be in sight: its middle or near one of its corners.
    const near = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].map(([x, y]) =>
        document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
    const at = near[0];
    const isInSight = near.some(isIts);
    const name = stop.getAttribute('aria-label') || stop.innerText
        || stop.labels?.[0]?.innerText || stop.title
        || document.getElementById(stop.getAttribute('aria-labelledby'))?.innerText;
    const problem = !stop.matches(':focus-visible') || !isMarked ? called + ': the focus is not seen'
        : !isInSight ? called + ': the focus lies beneath '
            + (at ? at.tagName.toLowerCase() + ' ' + (at.dataset?.testid ?? at.className) : 'the edge')
        : !name ? called + ': it says nothing' : '';
    return { there: stop.matches(css), problem };
    };
    let last, frames = 0;
    const wait = () => {
        const top = document.activeElement?.getBoundingClientRect().top;
        if ((top === last && frames > 2) || frames++ > 120) return done(look());
        last = top;
        requestAnimationFrame(wait);
    };
    wait();";
