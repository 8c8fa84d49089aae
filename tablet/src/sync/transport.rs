//! The way to the server: TLS 1.3 to the one key that it may have, or to one that the web trusts;
//! plain HTTP only within this machine.

use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use kjent_core::protocol::Pin;
use reqwest::{Url, redirect};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme, version};
use sha2::{Digest, Sha256};

use super::SyncError;

/// A moving car loses the network often; waiting long for it helps nobody.
const CONNECT: Duration = Duration::from_secs(5);
/// A slow network may still take a first filling through.
const WHOLE: Duration = Duration::from_secs(60);

/// Which servers are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Trust {
    /// None: no certificate is ever looked at within this machine.
    Nobody,
    /// Those that the web trusts.
    Web,
    /// The one with this key.
    Key(Pin),
}

impl Trust {
    /// What is trusted at an address.
    pub(super) fn at(url: &Url, pin: Option<Pin>) -> Self {
        match pin {
            _ if url.scheme() == "http" => Trust::Nobody,
            Some(pin) => Trust::Key(pin),
            None => Trust::Web,
        }
    }
}

/// An HTTP client that trusts these.
pub(super) fn client(trust: Trust) -> Result<reqwest::Client, SyncError> {
    let tls = tls(trust).map_err(|_| SyncError::ServerNotTrusted)?;
    reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        // Whoever answers in the server's place doesn't get to send the tablet elsewhere.
        .redirect(redirect::Policy::none())
        .tls_backend_preconfigured(tls)
        .build()
        .map_err(|_| SyncError::ServerUnreachable)
}

fn tls(trust: Trust) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let pinned = |pin| Arc::new(Pinned { pin, provider: Arc::clone(&provider) });
    let verifier: Arc<dyn ServerCertVerifier> = match trust {
        Trust::Nobody => pinned(None),
        Trust::Key(pin) => pinned(Some(pin)),
        #[cfg(not(target_os = "android"))]
        Trust::Web => Arc::new(rustls_platform_verifier::Verifier::new(Arc::clone(&provider))?),
        // Whom the web trusts can be asked there only through the app's Java side, which has to be
        // handed over with `unsafe`; unasked, that library panics. An invitation names a key.
        #[cfg(target_os = "android")]
        Trust::Web => pinned(None),
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

/// The address of a path on the server. What is not encrypted stays within this machine.
pub(super) fn url(server: &str, path: &str) -> Result<Url, SyncError> {
    let unreadable = |_| SyncError::AddressUnreadable;
    let url = Url::parse(server).map_err(unreadable)?;
    match url.scheme() {
        "https" | "http" if is_private(&url) => {}
        "http" => return Err(SyncError::AddressUnsafe),
        _ => return Err(SyncError::AddressUnreadable),
    }
    url.join(path.trim_start_matches('/')).map_err(unreadable)
}

/// Whether nobody on the way to an address can read along.
pub(crate) fn is_private(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Why a request got no answer. A server that shows another key is not the server.
pub(super) fn why(error: &reqwest::Error) -> SyncError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(
            rustls::Error::InvalidCertificate(_)
            | rustls::Error::PeerIncompatible(_)
            | rustls::Error::AlertReceived(_),
        ) = error.downcast_ref()
        {
            return SyncError::ServerNotTrusted;
        }
        // An IO error doesn't name the error that it wraps as its source, only that one's.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
    }
    SyncError::ServerUnreachable
}

/// Trusts one key and no other, whoever vouches for it.
#[derive(Debug)]
struct Pinned {
    /// Without one, no key is trusted.
    pin: Option<Pin>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        // Neither name nor dates count: the key came on the sheet, and a tablet's clock may be wrong.
        let key = ParsedCertificate::try_from(end_entity)?.subject_public_key_info();
        if self.pin == Some(Sha256::digest(key.as_ref()).into()) {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::PeerIncompatible::ServerDoesNotSupportTls12Or13.into())
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_encrypted_stays_within_this_machine() {
        let cases = [
            ("http://127.0.0.1:40123", Ok("http://127.0.0.1:40123/v1/sync")),
            ("http://[::1]:40123", Ok("http://[::1]:40123/v1/sync")),
            ("http://localhost", Ok("http://localhost/v1/sync")),
            ("https://kjent.example.no", Ok("https://kjent.example.no/v1/sync")),
            ("https://example.no/kjent/", Ok("https://example.no/kjent/v1/sync")),
            ("http://kjent.example.no", Err("address_unsafe")),
            ("http://10.0.0.7", Err("address_unsafe")),
            ("http://127.0.0.1.example.no", Err("address_unsafe")),
            ("http://localhost.example.no", Err("address_unsafe")),
            ("ftp://127.0.0.1", Err("address_unreadable")),
            ("kjent.example.no", Err("address_unreadable")),
        ];
        for (server, expected) in cases {
            let found = url(server, "/v1/sync").map(String::from);
            let found = found.map_err(|error| kjent_core::problem::Problem::from(&error).code);
            assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{server}");
        }
    }
}
