//! The app's page with the script of the measurements in it.

use std::time::Duration;

use anyhow::Context;
use serde::Serialize;
use serde_json::{Value, json};

use super::screens::Screen;
use crate::bench::figures::Times;
use crate::window::Window;

/// A window whose page has the script.
pub struct Page {
    /// The window.
    pub window: Window,
}

impl Page {
    /// Brings the script into the page of a window.
    pub async fn new(window: Window) -> anyhow::Result<Self> {
        window.execute(include_str!("page.js")).await?;
        Ok(Self { window })
    }

    async fn ask(&self, function: &str, given: Value) -> anyhow::Result<Value> {
        self.window.ask(&format!("kjentBench.{function}"), given).await
    }

    async fn time(&self, function: &str, given: Value) -> anyhow::Result<Duration> {
        duration(&self.ask(function, given).await?)
    }

    /// When the page first showed something, in milliseconds since 1970.
    pub async fn first_paint(&self, marker: &str) -> anyhow::Result<f64> {
        self.ask("firstPaint(given)", json!(marker)).await?.as_f64().context("no paint")
    }

    /// Taps what matches, by script.
    pub async fn tap(&self, css: &str) -> anyhow::Result<()> {
        self.ask("tap(given)", json!(css)).await.map(|_| ())
    }

    /// From a tap until the marker is painted.
    pub async fn timed_tap(&self, css: &str, marker: &str) -> anyhow::Result<Duration> {
        self.time("timed(given.css, given.marker)", json!({ "css": css, "marker": marker })).await
    }

    /// The times of a screen.
    pub async fn screen(&self, screen: &Screen, times: usize) -> anyhow::Result<Times> {
        self.each("screen(given)", std::iter::repeat_n(screen, times))
            .await
            .with_context(|| screen.name)
    }

    /// The times of a function of the page, each with something else given.
    pub async fn each<T: Serialize>(
        &self,
        function: &str,
        all: impl IntoIterator<Item = T>,
    ) -> anyhow::Result<Times> {
        let mut times = Vec::new();
        for given in all {
            times.push(self.time(function, serde_json::to_value(given)?).await?);
        }
        Ok(Times::new(times))
    }

    /// From each key until it stands in the field.
    pub async fn keys(&self, test_id: &str, text: &str) -> anyhow::Result<Times> {
        let css = format!("[data-testid='{test_id}']");
        self.ask("hearKeys(given)", json!(css)).await?;
        let field = self.window.get(test_id).await?;
        for key in text.chars() {
            field.send_keys(&key.to_string()).await?;
        }
        let times = self.ask("keys()", Value::Null).await?;
        let times = times.as_array().context("no keys")?;
        Ok(Times::new(times.iter().map(duration).collect::<anyhow::Result<_>>()?))
    }

    /// Counts the driver's taps from now on.
    pub async fn count_taps(&self) -> anyhow::Result<()> {
        self.ask("countTaps()", Value::Null).await.map(|_| ())
    }

    /// How many there were.
    pub async fn taps(&self) -> anyhow::Result<u64> {
        self.ask("taps()", Value::Null).await?.as_u64().context("no count")
    }
}

fn duration(milliseconds: &Value) -> anyhow::Result<Duration> {
    let milliseconds = milliseconds.as_f64().context("not a time")?;
    Ok(Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0))
}
