//! A network that a test can cut: a relay on loopback that counts what passes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A relay between one tablet and the server.
pub struct Network {
    /// What the tablet is told is the server's address.
    pub address: String,
    up: watch::Sender<bool>,
    server: watch::Sender<SocketAddr>,
    passed: Arc<Passed>,
    relay: JoinHandle<()>,
}

/// What has passed so far.
#[derive(Default)]
struct Passed {
    requests: AtomicU64,
    /// How many requests pass before the network is lost; 0 for any number.
    most_requests: AtomicU64,
    live: AtomicU64,
    live_is_blocked: AtomicBool,
    sent: AtomicU64,
    received: AtomicU64,
}

impl Network {
    /// A relay to a server, up.
    pub async fn to(server: &str) -> anyhow::Result<Self> {
        let (server, target) = watch::channel(server.parse()?);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let (up, state) = watch::channel(true);
        let passed = Arc::new(Passed::default());
        let counters = passed.clone();
        let relay = tokio::spawn(async move {
            while let Ok((tablet, _)) = listener.accept().await {
                // A tablet without network gets a connection that closes at once.
                if *state.borrow() {
                    let server = *target.borrow();
                    tokio::spawn(carry(tablet, server, state.clone(), counters.clone()));
                }
            }
        });
        Ok(Self { address, up, server, passed, relay })
    }

    /// Leads new connections to another server: one that was started again has another port.
    pub fn lead_to(&self, server: &str) -> anyhow::Result<()> {
        self.server.send_replace(server.parse()?);
        Ok(())
    }

    /// Cuts every connection and refuses new ones.
    pub fn cut(&self) {
        self.up.send_replace(false);
    }

    /// Cuts every connection that asks for more than so many requests from now on.
    pub fn cut_after(&self, requests: u64) {
        self.passed.most_requests.store(self.requests() + requests, Ordering::SeqCst);
    }

    /// Lets connections through again.
    pub fn restore(&self) {
        self.passed.most_requests.store(0, Ordering::SeqCst);
        self.up.send_replace(true);
    }

    /// Lets no new live stream through, as some proxies do; whatever else passes.
    pub fn block_live(&self) {
        self.passed.live_is_blocked.store(true, Ordering::SeqCst);
    }

    /// Tries to connect a live stream so far.
    pub fn live_tries(&self) -> u64 {
        self.passed.live.load(Ordering::SeqCst)
    }

    /// Bytes from the tablet and to the tablet so far.
    pub fn bytes(&self) -> (u64, u64) {
        (self.passed.sent.load(Ordering::SeqCst), self.passed.received.load(Ordering::SeqCst))
    }

    /// Requests so far.
    pub fn requests(&self) -> u64 {
        self.passed.requests.load(Ordering::SeqCst)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.relay.abort();
    }
}

async fn carry(
    tablet: TcpStream,
    server: SocketAddr,
    mut state: watch::Receiver<bool>,
    passed: Arc<Passed>,
) {
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (from_tablet, to_tablet) = tablet.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        // Either end closing ends both, as does the cut; dropping the sockets resets them.
        () = copy(from_tablet, to_server, &passed.sent, Some(&passed)) => {}
        () = copy(from_server, to_tablet, &passed.received, None) => {}
        _ = state.wait_for(|up| !up) => {}
    }
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    bytes: &AtomicU64,
    asked: Option<&Passed>,
) {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(length) => {
                bytes.fetch_add(length as u64, Ordering::SeqCst);
                // Every request starts a segment of its own: the client waits for each answer.
                let is = |start: &[u8]| buffer[..length].starts_with(start);
                match asked {
                    Some(passed) if is(b"POST ") => {
                        let most = passed.most_requests.load(Ordering::SeqCst);
                        if most != 0 && passed.requests.load(Ordering::SeqCst) >= most {
                            return;
                        }
                        passed.requests.fetch_add(1, Ordering::SeqCst);
                    }
                    Some(passed) if is(b"GET /v1/live") => {
                        passed.live.fetch_add(1, Ordering::SeqCst);
                        if passed.live_is_blocked.load(Ordering::SeqCst) {
                            return;
                        }
                    }
                    _ => {}
                }
                if to.write_all(&buffer[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}
