//! A certified OpenID provider as a process on this machine: npm's `oidc-provider`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::programs::workspace;

/// The provider. It ends when this is dropped.
pub struct Provider {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Where it listens.
    pub port: u16,
}

impl Provider {
    /// One for a public client, on a free port, which is its own issuer.
    pub fn start() -> Result<Self> {
        Self::start_with(&json!({}))
    }

    /// One with options; `tests/oidc/provider.mjs` tells which.
    pub fn start_with(options: &Value) -> Result<Self> {
        let folder = workspace().join("tests/oidc");
        ensure!(
            folder.join("node_modules").exists(),
            "the identity provider is not installed: `cargo xtask setup` installs it"
        );
        let mut child = Command::new("node")
            .arg("provider.mjs")
            .arg(options.to_string())
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("node can't be started")?;
        let input = child.stdin.take().context("no input")?;
        let mut output = BufReader::new(child.stdout.take().context("no output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let port = line.trim().strip_prefix("listening on ").and_then(|port| port.parse().ok());
        let port = port.with_context(|| format!("the provider said {line:?}"))?;
        Ok(Self { child, input, output, port })
    }

    /// Its address, and its name unless it was given another.
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends an account there.
    pub fn end_account(&mut self, name: &str) -> Result<()> {
        self.order(&format!("end {name}"))
    }

    /// Lets an account be again.
    pub fn begin_account(&mut self, name: &str) -> Result<()> {
        self.order(&format!("begin {name}"))
    }

    fn order(&mut self, order: &str) -> Result<()> {
        writeln!(self.input, "{order}")?;
        self.input.flush()?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        ensure!(line.trim() == order, "the provider said {line:?}");
        Ok(())
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
