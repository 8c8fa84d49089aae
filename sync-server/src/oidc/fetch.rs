//! Requests to the provider: bounded in time and size, following nobody elsewhere.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use rustls::{ClientConfig, version};
use rustls_platform_verifier::Verifier;

use super::settings::is_private;

/// How long the provider may take to be there.
const CONNECT: Duration = Duration::from_secs(5);
/// How long one answer may take.
const WHOLE: Duration = Duration::from_secs(10);
/// The largest answer in bytes; a provider's keys and tokens are some ten thousand.
const LARGEST: usize = 1 << 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    /// The network, or the provider's end of it.
    #[error("the provider can't be reached")]
    Network(#[from] reqwest::Error),
    /// The machine's certificates can't be had.
    #[error("TLS can't be set up")]
    Tls(#[from] rustls::Error),
    /// The provider wants something sent in the clear.
    #[error("the provider names an address that is asked in the clear")]
    InTheClear,
    /// More than anybody needs.
    #[error("the provider's answer is too large")]
    TooLarge,
    /// The library's own.
    #[error("the answer can't be made")]
    Http(#[from] openidconnect::http::Error),
}

/// Asks the provider.
pub(super) struct Fetch(reqwest::Client);

impl Fetch {
    pub(super) fn new() -> Result<Self, FetchError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = Verifier::new(Arc::clone(&provider))?;
        let tls = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            // Nobody that the provider points to is asked in its place.
            .redirect(Policy::none())
            .tls_backend_preconfigured(tls)
            .build()?;
        Ok(Self(client))
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let request = reqwest::Request::try_from(request)?;
        if !is_private(request.url()) {
            return Err(FetchError::InTheClear);
        }
        let mut answer = self.0.execute(request).await?;
        let mut response = openidconnect::http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            *headers = std::mem::take(answer.headers_mut());
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            if body.len() + piece.len() > LARGEST {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(response.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.answer(request))
    }
}
