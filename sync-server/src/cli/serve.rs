//! `kjent-server serve`: serves until it is told to stop.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use kjent_server::{CallerAddress, Server, Settings};
use tokio::signal;

use super::oidc::Oidc;
use super::tls::SecretTls;
use super::{Database, say};

#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    database: Database,
    /// Where to listen; port 0 takes one that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// A file to write the port to, once it is listened on.
    #[arg(long, value_name = "FILE")]
    port_file: Option<PathBuf>,
    #[command(flatten)]
    tls: SecretTls,
    /// A proxy in front writes X-Forwarded-For. Where it speaks TLS in this server's place, it is on
    /// this machine.
    #[arg(long)]
    behind_proxy: bool,
    /// Let nobody in with a password: the identity provider is the only way in.
    #[arg(long, requires = "oidc_issuer")]
    no_passwords: bool,
    #[command(flatten)]
    oidc: Oidc,
}

impl Serve {
    pub(super) fn run(self) -> Result<()> {
        if !self.tls.is_wanted() && !self.listen.ip().is_loopback() {
            bail!(
                "{} can be reached from other machines, and without TLS everything could be read on \
                 the way: say --tls-cert and --tls-key, or --tls-self-signed; or listen on \
                 127.0.0.1, behind a proxy that speaks it",
                self.listen
            );
        }
        tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("cannot start threads")?
            .block_on(self.serve())
    }

    async fn serve(self) -> Result<()> {
        let mut settings = Settings::new(self.database.path());
        settings.certificate = self.tls.certificate(self.database.path())?;
        if self.behind_proxy {
            settings.caller_address = CallerAddress::Forwarded;
        }
        settings.password_log_in = !self.no_passwords;
        settings.oidc = self.oidc.settings()?;
        // Asked for first, so that a signal in the next moment isn't missed.
        let told_to_stop = told_to_stop()?;
        let server = Server::start(settings, self.listen).await.with_context(|| {
            format!("cannot serve from the database {}", self.database.path().display())
        })?;
        if let Some(file) = &self.port_file {
            write_whole(file, &format!("{}\n", server.address().port()))
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        say(format_args!("listening on {}", server.address()))?;
        told_to_stop.await;
        tracing::info!("stopping");
        server.stop().await.context("the server did not end well")
    }
}

/// Writes a file that others see whole or not at all.
fn write_whole(file: &Path, content: &str) -> std::io::Result<()> {
    let mut beside = file.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, content)?;
    fs::rename(&beside, file)
}

/// Ends when the process is told to.
#[cfg(unix)]
fn told_to_stop() -> Result<impl Future<Output = ()>> {
    use signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for signals")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for signals")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the process is told to.
#[cfg(not(unix))]
fn told_to_stop() -> Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a way to listen for it, the process is ended by force.
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
