//! The real app in a real window, driven by WebKitWebDriver on a display that nobody sees.

mod axe;
mod display;
mod key_store;
mod keyboard;
mod looks;

use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::environment::AheadClock;
use crate::programs::program;
pub use display::Display;
pub use key_store::KeyStore;

/// How long a screen may take before the test gives up; never a measure of speed.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often the app is started before the test gives up. One that finds the app before it still on
/// the bus ends at once, as a second one must, and the driver would wait for it for ever.
const STARTS: u32 = 3;

/// An app window. The app ends when this is dropped.
pub struct Window {
    driver: Child,
    client: Client,
    folder: PathBuf,
    taps: AtomicU32,
}

impl Window {
    /// Starts the app on a data folder and waits until its page is there.
    pub async fn open(
        display: &Display,
        folder: &Path,
        clock: &AheadClock,
    ) -> anyhow::Result<Self> {
        let window = Self::start(display, folder, &program("kjent")?, &[], clock).await?;
        window.find("main").await?;
        window.portrait().await?;
        Ok(window)
    }

    /// Starts the app by a program with these words, which becomes the app.
    pub async fn start(
        display: &Display,
        folder: &Path,
        program: &Path,
        words: &[OsString],
        clock: &AheadClock,
    ) -> anyhow::Result<Self> {
        let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        let options = json!({ "binary": program, "args": words });
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        for _ in 0..STARTS {
            let port = free_port()?;
            let mut driver = on_tablet(Command::new("WebKitWebDriver"), display, folder, clock)
                .arg(format!("--port={port}"))
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .context("WebKitWebDriver could not be started; `cargo xtask test` installs it")?;
            let connected = tokio::time::timeout(PATIENCE, connect(port, &capabilities)).await;
            if let Ok(Ok(client)) = connected {
                return Ok(Self {
                    driver,
                    client,
                    folder: folder.to_owned(),
                    taps: AtomicU32::new(0),
                });
            }
            driver.kill()?;
            driver.wait()?;
            if let Ok(Err(failed)) = connected {
                return Err(failed);
            }
        }
        bail!("the app did not start in {STARTS} tries")
    }

    /// A tablet held upright.
    pub async fn portrait(&self) -> anyhow::Result<()> {
        self.resize(800, 1280).await
    }

    /// A tablet on its side.
    pub async fn landscape(&self) -> anyhow::Result<()> {
        self.resize(1280, 800).await
    }

    /// A window of this size, laid out: a tap before that would land where something else was.
    async fn resize(&self, width: u32, height: u32) -> anyhow::Result<()> {
        self.client.set_window_size(width, height).await?;
        let condition = "window.innerWidth === Number(css) && window.innerHeight === Number(text)";
        let resized = self.becomes(condition, &width.to_string(), &height.to_string()).await?;
        ensure!(resized, "the window has not become {width} × {height}");
        self.drawn().await
    }

    /// Waits until what was changed has been laid out and has come to rest.
    async fn drawn(&self) -> anyhow::Result<()> {
        let script = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.client.execute_async(script, vec![]).await?;
        self.settle().await
    }

    /// The first element that matches, once it is there.
    pub async fn find(&self, css: &str) -> anyhow::Result<Element> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => bail!("{css} is not on the screen ({error}): {}", self.text().await?),
        }
    }

    /// The first element with this test id, once it is there.
    pub async fn get(&self, test_id: &str) -> anyhow::Result<Element> {
        self.find(&format!("[data-testid='{test_id}']")).await
    }

    /// All elements with this test id now.
    pub async fn all(&self, test_id: &str) -> anyhow::Result<Vec<Element>> {
        Ok(self.client.find_all(Locator::Css(&format!("[data-testid='{test_id}']"))).await?)
    }

    /// How many elements match now.
    pub async fn count(&self, css: &str) -> anyhow::Result<usize> {
        Ok(self.client.find_all(Locator::Css(css)).await?.len())
    }

    /// Does something with the first element that matches. What a sync that comes in draws anew
    /// between the look and the touch is looked up again: a finger meets what stands there.
    async fn with<T>(
        &self,
        css: &str,
        act: impl AsyncFn(Element) -> Result<T, CmdError>,
    ) -> anyhow::Result<T> {
        loop {
            match act(self.find(css).await?).await {
                Err(error) if error.is_stale_element_reference() => {}
                done => return Ok(done?),
            }
        }
    }

    /// Taps the first element that matches.
    pub async fn tap(&self, css: &str) -> anyhow::Result<()> {
        self.taps.fetch_add(1, Ordering::SeqCst);
        self.with(css, async |element| {
            self.centre(&element).await?;
            element.click().await
        })
        .await
    }

    /// Taps the first element that matches, when there is one: what it brings may take it away between
    /// the look and the tap.
    pub async fn tap_if_there(&self, css: &str) -> anyhow::Result<()> {
        let found = self.client.find_all(Locator::Css(css)).await?;
        let Some(element) = found.first() else { return Ok(()) };
        let tapped = async {
            self.centre(element).await?;
            element.clone().click().await
        };
        match tapped.await {
            Err(error) if error.is_stale_element_reference() => Ok(()),
            done => Ok(done?),
        }
    }

    /// What the first element with this test id shows.
    pub async fn shown(&self, test_id: &str) -> anyhow::Result<String> {
        self.with(&format!("[data-testid='{test_id}']"), async |element| element.text().await).await
    }

    /// An attribute of the first element that matches.
    pub async fn attribute(&self, css: &str, name: &str) -> anyhow::Result<String> {
        let value = self.with(css, async |element| element.attr(name).await).await?;
        value.with_context(|| format!("{css} has no {name}"))
    }

    /// Taps the element with this test id.
    pub async fn tap_id(&self, test_id: &str) -> anyhow::Result<()> {
        self.tap(&format!("[data-testid='{test_id}']")).await
    }

    /// Brings the first element that matches to the middle of the screen.
    pub async fn bring(&self, css: &str) -> anyhow::Result<()> {
        self.with(css, async |element| self.centre(&element).await).await
    }

    async fn centre(&self, element: &Element) -> Result<(), CmdError> {
        let script = "arguments[0].scrollIntoView({block: 'center'})";
        self.client.execute(script, vec![json!(element)]).await.map(drop)
    }

    /// How often the screen has been tapped since the window was opened. To go to a field and type
    /// there counts once.
    pub fn taps(&self) -> u32 {
        self.taps.load(Ordering::SeqCst)
    }

    /// Types into the element with this test id.
    pub async fn type_into(&self, test_id: &str, text: &str) -> anyhow::Result<()> {
        self.taps.fetch_add(1, Ordering::SeqCst);
        let field = format!("[data-testid='{test_id}']");
        self.with(&field, async |field| field.send_keys(text).await).await
    }

    /// Types another text instead of what stands in the element with this test id.
    pub async fn retype(&self, test_id: &str, text: &str) -> anyhow::Result<()> {
        self.taps.fetch_add(1, Ordering::SeqCst);
        let field = format!("[data-testid='{test_id}']");
        self.with(&field, async |field| {
            field.clear().await?;
            field.send_keys(text).await
        })
        .await
    }

    /// Puts a day into a date field: what its keys are differs with the machine's language.
    pub async fn type_date(&self, css: &str, day: &str) -> anyhow::Result<()> {
        let field = self.find(css).await?;
        self.taps.fetch_add(1, Ordering::SeqCst);
        let script = "arguments[0].value = arguments[1];
            arguments[0].dispatchEvent(new Event('input', { bubbles: true }))";
        self.client.execute(script, vec![json!(field), json!(day)]).await?;
        Ok(())
    }

    /// Waits until no element has this test id.
    pub async fn gone(&self, test_id: &str) -> anyhow::Result<()> {
        let css = format!("[data-testid='{test_id}']");
        if self.becomes("!document.querySelector(css)", &css, "").await? {
            return Ok(());
        }
        bail!("{test_id} is still on the screen: {}", self.text().await?)
    }

    /// Waits until no element that matches shows the text.
    pub async fn gone_where(&self, css: &str, text: &str) -> anyhow::Result<()> {
        let gone = "![...document.querySelectorAll(css)].some(element =>
            element.innerText.includes(text))";
        if self.becomes(gone, css, text).await? {
            return Ok(());
        }
        bail!("{css} still shows «{text}»: {}", self.text().await?)
    }

    /// Chooses in the list with this test id, by the choice's value.
    pub async fn choose(&self, test_id: &str, value: &str) -> anyhow::Result<()> {
        self.tap(&format!("[data-testid='{test_id}'] option[value='{value}']")).await
    }

    /// Waits until the element with this test id shows the text.
    pub async fn see(&self, test_id: &str, text: &str) -> anyhow::Result<()> {
        self.see_where(&format!("[data-testid='{test_id}']"), text).await
    }

    /// Waits until some element that matches shows the text.
    pub async fn see_where(&self, css: &str, text: &str) -> anyhow::Result<()> {
        let shows = "[...document.querySelectorAll(css)].some(element =>
            element.innerText.includes(text) || String(element.value ?? '').includes(text))";
        if self.becomes(shows, css, text).await? {
            return Ok(());
        }
        bail!("{css} does not show «{text}»: {}", self.text().await?)
    }

    /// Whether a condition on `css` and `text` comes true in the page before patience runs out.
    async fn becomes(&self, condition: &str, css: &str, text: &str) -> anyhow::Result<bool> {
        let script = format!(
            "const [css, text, patience, done] = arguments;
            const start = performance.now();
            const look = () => {{
                if ({condition}) done(true);
                else if (performance.now() - start > patience) done(false);
                else setTimeout(look, 20);
            }};
            look()"
        );
        let patience = json!(PATIENCE.as_millis());
        let answer =
            self.client.execute_async(&script, vec![json!(css), json!(text), patience]).await?;
        Ok(answer == Value::Bool(true))
    }

    /// Everything that can be read on the screen.
    pub async fn text(&self) -> anyhow::Result<String> {
        let text = self.client.execute("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script in the page.
    pub async fn execute(&self, script: &str) -> anyhow::Result<Value> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// Runs an asynchronous function of the page: an expression of `given`. Waits as long as it takes.
    pub async fn ask(&self, expression: &str, given: Value) -> anyhow::Result<Value> {
        let script = format!(
            "const [given, done] = arguments;
             (async () => {expression})().then(
                 answer => done({{ answer }}),
                 error => done({{ error: String(error) }}))"
        );
        let mut answer = self.client.execute_async(&script, vec![given]).await?;
        if let Some(error) = answer.get("error") {
            bail!("{expression}: {error}; on the screen: {}", self.text().await?);
        }
        Ok(answer["answer"].take())
    }

    /// The app's process.
    pub fn process(&self) -> anyhow::Result<u32> {
        process_of(&self.folder)
    }

    /// Writes a picture of the screen, at rest.
    pub async fn picture(&self, file: &Path) -> anyhow::Result<()> {
        // A finger leaves no pointer over what comes after the tap. Two steps, for the driver sends
        // no move to where it believes that the pointer is.
        let to = |x| PointerAction::MoveTo { duration: None, x, y: 1.0 };
        let away = MouseActions::new("mouse".to_owned()).then(to(2.0)).then(to(1.0));
        self.client.perform_actions(away).await?;
        self.settle().await?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(file, self.client.screenshot().await?)?)
    }

    /// Writes a picture upright, and one on its side beside it.
    pub async fn picture_both(&self, file: &Path) -> anyhow::Result<()> {
        self.picture(file).await?;
        let mut beside = file.with_extension("").into_os_string();
        beside.push("-landscape.png");
        self.landscape().await?;
        self.picture(Path::new(&beside)).await?;
        self.portrait().await
    }

    /// Waits until what moves has come to rest: a dialog that fades in has no contrast yet.
    pub async fn settle(&self) -> anyhow::Result<()> {
        let script = "const done = arguments[arguments.length - 1];
            const finite = one => Number.isFinite(one.effect.getComputedTiming().endTime);
            const moving = document.getAnimations().filter(finite);
            Promise.allSettled(moving.map(one => one.finished)).then(() => done(moving.length))";
        self.client.execute_async(script, vec![]).await?;
        Ok(())
    }

    /// Kills the app's process as the system would, without a word of warning.
    pub fn kill(self) -> anyhow::Result<()> {
        let app = process_of(&self.folder)?;
        let killed = Command::new("kill").args(["-9", &app.to_string()]).status()?;
        ensure!(killed.success(), "the app could not be killed");
        Ok(())
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if let Ok(app) = process_of(&self.folder) {
            let _ = Command::new("kill").arg(app.to_string()).status();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        // Whoever starts the app next on this folder is to be the first again.
        let began = Instant::now();
        while process_of(&self.folder).is_ok() && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Has the driver on a port start the app.
async fn connect(
    port: u16,
    capabilities: &serde_json::Map<String, Value>,
) -> anyhow::Result<Client> {
    // The driver listens a moment after it starts.
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    Ok(ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities.clone())
        .connect(&format!("http://127.0.0.1:{port}"))
        .await?)
}

/// Starts the app once more while it runs, as the system does with a link: how that one ends.
pub async fn start_again(
    display: &Display,
    folder: &Path,
    words: &[&str],
    clock: &AheadClock,
) -> anyhow::Result<ExitStatus> {
    let again = on_tablet(Command::new(program("kjent")?), display, folder, clock);
    let mut again = tokio::process::Command::from(again);
    let ended = again.args(words).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let ended = tokio::time::timeout(PATIENCE, ended.status()).await;
    Ok(ended.context("the second app goes on")??)
}

/// In a tablet's folder: where a tablet that has one keeps what stands in for a telephone's hardware.
pub const FINGER: &str = "finger";

/// A program on a tablet: its display, its data folder, and a clock.
fn on_tablet(
    mut program: Command,
    display: &Display,
    folder: &Path,
    clock: &AheadClock,
) -> Command {
    display.show(&mut program);
    program
        .env("KJENT_DATA_DIR", folder)
        // What the webview keeps, such as the language, is this tablet's alone.
        .env("XDG_DATA_HOME", folder.join("webview"))
        .env("KJENT_DEMO_CLOCK_AHEAD", clock.millis().to_string())
        // A worker waits while another is at work.
        .env("KJENT_DEMO_IDLE_SECONDS", "3600")
        .env("TAURI_AUTOMATION", "true")
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("LANG", "nb_NO.UTF-8");
    let finger = folder.join(FINGER);
    if finger.is_dir() {
        program.env("KJENT_DEMO_FINGER", finger);
    }
    program
}

/// The process of the app that runs on a data folder.
fn process_of(folder: &Path) -> anyhow::Result<u32> {
    let variable = format!("KJENT_DATA_DIR={}", folder.display());
    for entry in fs::read_dir("/proc")? {
        let process = entry?.path();
        let Some(id) = process.file_name().and_then(|name| name.to_str()?.parse().ok()) else {
            continue;
        };
        let is_app = fs::read_link(process.join("exe")).is_ok_and(|exe| exe.ends_with("kjent"));
        let environment = fs::read(process.join("environ")).unwrap_or_default();
        if is_app && environment.split(|byte| *byte == 0).any(|one| one == variable.as_bytes()) {
            return Ok(id);
        }
    }
    bail!("no app runs on that folder")
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
