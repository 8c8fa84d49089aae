//! A network that a test can cut: a relay on loopback that counts what passes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A relay between one tablet and the server.
pub struct Network {
    /// What the tablet is told is the server's address.
    pub address: String,
    up: watch::Sender<bool>,
    passed: Arc<Passed>,
    relay: JoinHandle<()>,
}

/// What has passed so far.
#[derive(Default)]
struct Passed {
    requests: AtomicU64,
    sent: AtomicU64,
    received: AtomicU64,
}

impl Network {
    /// A relay to a server, up.
    pub async fn to(server: &str) -> anyhow::Result<Self> {
        let server: SocketAddr = server.parse()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let (up, state) = watch::channel(true);
        let passed = Arc::new(Passed::default());
        let counters = passed.clone();
        let relay = tokio::spawn(async move {
            while let Ok((tablet, _)) = listener.accept().await {
                // A tablet without network gets a connection that closes at once.
                if *state.borrow() {
                    tokio::spawn(carry(tablet, server, state.clone(), counters.clone()));
                }
            }
        });
        Ok(Self { address, up, passed, relay })
    }

    /// Cuts every connection and refuses new ones.
    pub fn cut(&self) {
        self.up.send_replace(false);
    }

    /// Lets connections through again.
    pub fn restore(&self) {
        self.up.send_replace(true);
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
        () = copy(from_tablet, to_server, &passed.sent, Some(&passed.requests)) => {}
        () = copy(from_server, to_tablet, &passed.received, None) => {}
        _ = state.wait_for(|up| !up) => {}
    }
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    bytes: &AtomicU64,
    requests: Option<&AtomicU64>,
) {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(length) => {
                bytes.fetch_add(length as u64, Ordering::SeqCst);
                // Every request starts a segment of its own: the client waits for each answer.
                if buffer[..length].starts_with(b"POST ") {
                    requests.inspect(|requests| {
                        requests.fetch_add(1, Ordering::SeqCst);
                    });
                }
                if to.write_all(&buffer[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}
