//! TLS 1.3, spoken by this server itself: its certificate, and the listener that shakes hands.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use kjent_core::protocol::Pin;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ParsedCertificate;
use rustls::{ServerConfig, version};
use sha2::{Digest, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How many handshakes may be under way. Others wait to be accepted.
const HANDSHAKES: usize = 256;
/// How long a handshake may take. A tablet on a slow network needs two seconds.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// What a certificate that we make is called. Tablets look at its key, not at its name.
const NAME: &str = "kjent";

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file can't be read or written.
    #[error("cannot use {0}")]
    File(PathBuf, #[source] io::Error),
    /// A file holds no certificate or no key in PEM.
    #[error("{0} is not in PEM, or not what it should be")]
    Pem(PathBuf, #[source] rustls::pki_types::pem::Error),
    /// The certificate and the key don't fit together, or can't be used.
    #[error("the certificate and its key can't be used")]
    Unusable(#[from] rustls::Error),
    /// No certificate could be made.
    #[error("no certificate could be made")]
    NotMade(#[from] rcgen::Error),
}

/// A certificate with its key.
#[derive(Clone)]
pub struct Certificate {
    config: Arc<ServerConfig>,
    pin: Pin,
}

impl Certificate {
    /// Reads a certificate, with those that vouch for it behind it, and its key.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let chain = chain(certificate)?;
        let secret = PrivateKeyDer::from_pem_file(key)
            .map_err(|error| TlsError::Pem(key.to_owned(), error))?;
        let pin = pin_of(&chain)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS13])?
            .with_no_client_auth()
            .with_single_cert(chain, secret)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), pin })
    }

    /// The certificate that lies beside a database, signed by itself; made when it isn't there.
    pub fn kept_beside(database: &Path) -> Result<Self, TlsError> {
        let [certificate, key] = files(database);
        if !certificate.exists() {
            let made = rcgen::generate_simple_self_signed([NAME.to_owned()])?;
            write_secret(&key, &made.signing_key.serialize_pem())
                .map_err(|error| TlsError::File(key.clone(), error))?;
            // Last: with it, both are there.
            write_secret(&certificate, &made.cert.pem())
                .map_err(|error| TlsError::File(certificate.clone(), error))?;
        }
        Self::read(&certificate, &key)
    }

    /// The SHA-256 of its public key, which tablets are told.
    pub fn pin(&self) -> Pin {
        self.pin
    }
}

/// The SHA-256 of a certificate's public key, without its secret.
pub fn pin(certificate: &Path) -> Result<Pin, TlsError> {
    pin_of(&chain(certificate)?)
}

fn chain(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let damaged = |error| TlsError::Pem(file.to_owned(), error);
    CertificateDer::pem_file_iter(file).map_err(damaged)?.collect::<Result<_, _>>().map_err(damaged)
}

fn pin_of(chain: &[CertificateDer<'_>]) -> Result<Pin, TlsError> {
    let first = chain.first().ok_or(rustls::Error::NoCertificatesPresented)?;
    let key = ParsedCertificate::try_from(first)?.subject_public_key_info();
    Ok(Sha256::digest(key.as_ref()).into())
}

fn files(database: &Path) -> [PathBuf; 2] {
    ["tls-cert.pem", "tls-key.pem"].map(|extension| database.with_extension(extension))
}

/// Writes a file that only its owner reads, whole or not at all.
fn write_secret(file: &Path, text: &str) -> io::Result<()> {
    let beside = file.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written: File = options.open(&beside)?;
    written.write_all(text.as_bytes())?;
    written.sync_all()?;
    fs::rename(&beside, file)
}

/// Accepts connections and shakes hands on them, many at a time: one that dawdles keeps nobody
/// waiting.
pub(crate) struct TlsListener {
    tcp: TcpListener,
    acceptor: TlsAcceptor,
    shaking: JoinSet<Option<(TlsStream<TcpStream>, SocketAddr)>>,
}

impl TlsListener {
    pub(crate) fn new(tcp: TcpListener, certificate: &Certificate) -> Self {
        let acceptor = TlsAcceptor::from(Arc::clone(&certificate.config));
        Self { tcp, acceptor, shaking: JoinSet::new() }
    }

    fn shake(&mut self, stream: TcpStream, peer: SocketAddr) {
        let shaking = self.acceptor.accept(stream);
        self.shaking.spawn(async move {
            // Whoever speaks no TLS 1.3, or too slowly, has no request to be answered.
            let stream = tokio::time::timeout(HANDSHAKE, shaking).await.ok()?.ok()?;
            Some((stream, peer))
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            let has_room = self.shaking.len() < HANDSHAKES;
            tokio::select! {
                (stream, peer) = Listener::accept(&mut self.tcp), if has_room => {
                    self.shake(stream, peer);
                }
                Some(shaken) = self.shaking.join_next() => {
                    if let Ok(Some(accepted)) = shaken {
                        return accepted;
                    }
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_made_once_and_kept() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let database = folder.path().join("server.db");
        let made = Certificate::kept_beside(&database)?;
        let [certificate, key] = files(&database);
        assert_eq!(Certificate::kept_beside(&database)?.pin(), made.pin());
        assert_eq!(pin(&certificate)?, made.pin());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&key)?.permissions().mode() & 0o777, 0o600);
        }
        let other = Certificate::kept_beside(&folder.path().join("other.db"))?;
        assert_ne!(other.pin(), made.pin());
        // A key that isn't the certificate's is no key to it.
        let foreign = Certificate::read(&certificate, &folder.path().join("other.tls-key.pem"));
        assert!(matches!(foreign, Err(TlsError::Unusable(_))));
        fs::write(&key, "no key")?;
        assert!(matches!(Certificate::kept_beside(&database), Err(TlsError::Pem(..))));
        Ok(())
    }
}
