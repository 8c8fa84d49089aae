//! A server that listens: start it, ask where, stop it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::{Listener, ListenerExt};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::entropy::NoEntropy;
use crate::http;
use crate::listeners;
use crate::service::{Service, Settings};
use crate::store::StoreError;
use crate::tls::TlsListener;

/// How long requests under way may take to end once the server is told to stop.
const ENDS_WITHIN: Duration = Duration::from_secs(10);

/// A running server. Dropping it leaves it running; `stop` ends it.
pub struct Server {
    address: SocketAddr,
    service: Arc<Service>,
    keep_alive: JoinHandle<()>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<io::Result<()>>,
}

/// Why a server doesn't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store can't be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no randomness.
    #[error(transparent)]
    NoEntropy(#[from] NoEntropy),
    /// Nothing that could ask the identity provider can be made.
    #[error("the identity provider can't be asked: this machine trusts no certificates")]
    Oidc,
    /// The address can't be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        #[source]
        source: io::Error,
    },
}

impl Server {
    /// Opens the store and listens; port 0 takes a port that is free. Once this returns, requests
    /// are answered.
    pub async fn start(settings: Settings, listen: SocketAddr) -> Result<Self, StartError> {
        let service = Arc::new(Service::open(settings)?);
        let failed = |source| StartError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let router = http::router(Arc::clone(&service));
        let keep_alive = tokio::spawn(listeners::keep_alive(Arc::clone(&service)));
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = match &service.settings.certificate {
            Some(certificate) => {
                tokio::spawn(serve(TlsListener::new(listener, certificate), router, stopped))
            }
            None => tokio::spawn(serve(listener, router, stopped)),
        };
        Ok(Self { address, service, keep_alive, stop, serving })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new requests, lets those under way end, and ends.
    pub async fn stop(self) -> io::Result<()> {
        // Live streams would never end by themselves.
        self.service.listeners.close();
        self.keep_alive.abort();
        // An error means that it has ended already.
        let _ = self.stop.send(());
        let abort = self.serving.abort_handle();
        match tokio::time::timeout(ENDS_WITHIN, self.serving).await {
            Ok(ended) => ended.unwrap_or(Ok(())),
            Err(_) => {
                abort.abort();
                Ok(())
            }
        }
    }
}

async fn serve(
    listener: impl Listener<Addr = SocketAddr>,
    router: Router,
    stopped: oneshot::Receiver<()>,
) -> io::Result<()> {
    // Tapped for nothing but that any listener's callers have their addresses told.
    let listener = listener.tap_io(|_| ());
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            // A dropped sender is no wish to stop.
            if stopped.await.is_err() {
                std::future::pending::<()>().await;
            }
        })
        .await
}
