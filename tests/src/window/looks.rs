//! A screen in every look: each language, light, dark and with more contrast, with text twice as
//! large, on a telephone and on its side. The screen stays where it is: the settings that the
//! worker's menu keeps are changed beneath it, and set back.

use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::Window;
use super::axe::Required;

/// A language, a theme, a contrast, and the size of the text in percent.
type Look = (&'static str, &'static str, &'static str, &'static str);

const LANGUAGES: [&str; 3] = ["nb", "nn", "en"];

/// The themes, with the contrast that is asked for in them.
const THEMES: [(&str, &str, Required); 4] = [
    ("light", "auto", Required::Usual),
    ("dark", "auto", Required::Usual),
    ("light", "more", Required::Enhanced),
    ("dark", "more", Required::Enhanced),
];

/// Widths and heights with the size of the text: a small telephone, a small tablet on its side, a
/// tablet upright and on its side.
const SIZES: [(&str, u32, u32, &str); 6] = [
    ("phone", 360, 640, "100"),
    ("phone-large-text", 360, 640, "200"),
    ("small-landscape", 960, 600, "100"),
    ("large-text", 800, 1280, "200"),
    ("landscape", 1280, 800, "100"),
    ("landscape-large-text", 1280, 800, "200"),
];

impl Window {
    /// Runs axe-core in every language and theme, and checks in every size that nothing is too
    /// small to tap or beyond the edge, and that critical information stays in sight. Pictures of the themes and sizes go beside `file`.
    pub async fn check_looks(&self, screen: &str, file: &Path) -> anyhow::Result<()> {
        let mut found = Vec::new();
        let before = self.settings().await?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let picture = |look: &str| file.with_file_name(format!("looks/{name}-{look}.png"));
        for language in LANGUAGES {
            for (theme, contrast, required) in THEMES {
                if contrast == "more" && language != "nb" {
                    // Words are the same in every contrast.
                    continue;
                }
                self.put_on((language, theme, contrast, "100")).await?;
                let said = format!("{screen}, {language}, {theme}, contrast {contrast}");
                found.extend(self.run_axe(&said, required).await?);
                if language == "nb" && (theme, contrast) != ("light", "auto") {
                    self.picture(&picture(&format!("{theme}-{contrast}"))).await?;
                }
            }
        }
        for (size, width, height, text) in SIZES {
            self.put_on(("nb", "light", "auto", text)).await?;
            self.resize(width, height).await?;
            self.picture(&picture(size)).await?;
            for look_for in [TOO_SMALL_OR_OUTSIDE, OUT_OF_SIGHT] {
                let wrong = self.execute(look_for).await?;
                let wrong = wrong.as_array().context("the sizes were not told")?;
                found.extend(wrong.iter().map(|one| format!("{screen}, {size}: {one}")));
            }
        }
        self.set(&before).await?;
        self.portrait().await?;
        ensure!(found.is_empty(), "{found:#?}");
        Ok(())
    }

    async fn put_on(&self, (language, theme, contrast, text): Look) -> anyhow::Result<()> {
        let settings = json!({
            "kjent-language": language,
            "kjent-theme": theme,
            "kjent-contrast": contrast,
            "kjent-text-size": text,
        });
        self.set(&settings).await?;
        let root = format!(
            "html[lang='{language}'][data-color-scheme='{theme}'][data-contrast='{contrast}']\
             [data-text-size='{text}']"
        );
        self.find(&root).await.map(|_| ())
    }

    async fn settings(&self) -> anyhow::Result<Value> {
        let script = "return Object.fromEntries(['language', 'theme', 'contrast', 'text-size']
            .map(name => 'kjent-' + name).map(key => [key, localStorage.getItem(key)]))";
        self.execute(script).await
    }

    async fn set(&self, settings: &Value) -> anyhow::Result<()> {
        let script = "for (const [key, value] of Object.entries(arguments[0])) {
                if (value === null) localStorage.removeItem(key);
                else localStorage.setItem(key, value);
            }
            window.dispatchEvent(new Event('storage'))";
        self.client.execute(script, vec![settings.clone()]).await?;
        Ok(())
    }
}

/// What can be tapped and is smaller than 48 px, and what stands beyond the window's edge. Links in
/// the middle of a text may be as small as the text.
const TOO_SMALL_OR_OUTSIDE: &str = "
    const found = [];
    const root = document.querySelector('dialog[open]') ?? document.body;
    const called = element => element.tagName.toLowerCase() + ' '
        + (element.dataset.testid ?? element.className) + ' «' + element.innerText?.slice(0, 40) + '»';
    const isSeen = element => element.checkVisibility({ visibilityProperty: true })
        && !element.closest('.ds-sr-only, .ds-skip-link');
    const isInText = element => element.tagName === 'A'
        && getComputedStyle(element).display === 'inline'
        && element.parentElement.innerText.trim() !== element.innerText.trim();
    // A label belongs to its field, and a link may be stretched over its card.
    const area = element => {
        if (['radio', 'checkbox'].includes(element.type)) return element.labels[0] ?? element;
        const after = getComputedStyle(element, '::after');
        return after.position === 'absolute' && after.content !== 'none'
            ? element.closest('li') : element;
    };
    for (const element of root.querySelectorAll('a[href], button, input, select, textarea, summary')) {
        if (!isSeen(element) || isInText(element)) continue;
        const { width, height } = area(element).getBoundingClientRect();
        if (Math.min(width, height) < 47.5)
            found.push(called(element) + ': ' + Math.round(width) + ' × ' + Math.round(height));
    }
    const mayScroll = element => {
        for (let it = element; it && it !== document.body; it = it.parentElement)
            if (['auto', 'scroll'].includes(getComputedStyle(it).overflowX)
                && it.tagName !== 'DIALOG' && it.tagName !== 'TEXTAREA') return true;
        return false;
    };
    const page = document.documentElement;
    if (page.scrollWidth > window.innerWidth)
        found.push('the page is ' + page.scrollWidth + ' wide in ' + window.innerWidth);
    if (root.tagName === 'DIALOG' && root.scrollWidth > root.clientWidth)
        found.push('the dialog is ' + root.scrollWidth + ' wide in ' + root.clientWidth);
    // The innermost say most.
    for (const element of root.querySelectorAll('*')) {
        if (element.firstElementChild || !isSeen(element) || mayScroll(element)) continue;
        const { left, right, width } = element.getBoundingClientRect();
        if (width > 0 && (right > window.innerWidth + 1 || left < -1))
            found.push(called(element) + ' is beyond the edge');
    }
    return found";

/// What of a client's critical information is out of sight, or beneath something, when the page has
/// been scrolled to its end; and a header that takes more than half of the window for it.
const OUT_OF_SIGHT: &str = "
    const found = [];
    const header = document.querySelector('.kj-header__who');
    if (!header || document.querySelector('dialog[open]')) return found;
    const before = window.scrollY;
    window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
    for (const tag of header.querySelectorAll('[data-testid=critical]')) {
        // A tag of several lines has a box for each.
        const words = tag.querySelector('.kj-tag > span:last-child') ?? tag;
        for (const { left, right, top, bottom } of words.getClientRects()) {
            const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            if (!seen || !header.contains(seen)) found.push('«' + tag.innerText + '» is out of sight');
        }
    }
    if (header.offsetHeight > window.innerHeight / 2)
        found.push('the header takes ' + header.offsetHeight + ' of ' + window.innerHeight);
    window.scrollTo({ top: before, behavior: 'instant' });
    return found";
