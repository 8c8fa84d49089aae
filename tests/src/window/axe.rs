//! axe-core on the screen as it is now.

use std::fs;

use anyhow::{Context, ensure};
use serde_json::json;

use super::Window;
use crate::programs::workspace;

/// How much contrast text must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Required {
    /// WCAG's level AA.
    Usual,
    /// Level AAA: what more contrast is for.
    Enhanced,
}

impl Window {
    /// Fails on any violation of WCAG 2.2 AA on the screen as it is.
    pub async fn check_accessibility(&self, screen: &str) -> anyhow::Result<()> {
        let found = self.run_axe(screen, Required::Usual).await?;
        ensure!(found.is_empty(), "{found:#?}");
        Ok(())
    }

    /// Runs axe-core on the screen: every violation of WCAG 2.2 AA.
    pub(super) async fn run_axe(
        &self,
        screen: &str,
        contrast: Required,
    ) -> anyhow::Result<Vec<String>> {
        self.settle().await?;
        if self.execute("return !window.axe").await? == true {
            let axe = workspace().join("node_modules/axe-core/axe.min.js");
            let axe = fs::read_to_string(axe).context("axe-core has not been installed")?;
            self.client.execute(&axe, vec![]).await?;
        }
        let script = "const [enhanced, done] = arguments;
            const runOnly =
                ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            // `check_looks` asks for twice the size, and of what has scrolled beneath a bar too.
            const rules = {
                'color-contrast-enhanced': { enabled: enhanced },
                'target-size': { enabled: false },
            };
            axe.run(document, { runOnly, rules }).then(
                result => done({
                    checked: result.passes.length,
                    enhanced: [...result.passes, ...result.violations]
                        .some(one => one.id === 'color-contrast-enhanced'),
                    found: result.violations.map(one => one.id + ': ' + one.help + ' at '
                        + one.nodes.map(node => node.target.join(' ') + ' ('
                            + node.any.map(why => why.message).join('; ') + ')').join(', ')),
                }),
                error => done({ checked: 0, found: [String(error)] }))";
        let enhanced = json!(contrast == Required::Enhanced);
        let result = self.client.execute_async(script, vec![enhanced.clone()]).await?;
        let found = result["found"].as_array().context("axe-core did not answer")?;
        // A page that axe saw nothing of would have no violations either.
        let checked = result["checked"].as_u64().unwrap_or_default();
        ensure!(checked >= 10, "{screen}: axe-core checked only {checked} rules");
        ensure!(result["enhanced"] == enhanced, "{screen}: the contrast was not judged as asked");
        Ok(found.iter().map(|one| format!("{screen}: {one}")).collect())
    }
}
