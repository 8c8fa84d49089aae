//! A device as small as can be: a key, and requests that it proves.

use std::sync::Arc;

use anyhow::Result;
use ed25519_dalek::{Signer, SigningKey};
use kjent_core::ids::{DeviceId, TabletId};
use kjent_core::protocol::{EnrolRequest, EnrolResponse, LogInRequest, PROTOCOL, body, proof};
use kjent_core::time::Timestamp;
use kjent_server::clock::Clock;
use kjent_server::entropy::{Entropy, SystemEntropy};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder, Response};
use serde_bytes::ByteArray;

use crate::world::Answer;

#[derive(Clone)]
pub struct Device {
    pub key: SigningKey,
    pub id: Option<DeviceId>,
    pub server: String,
    pub http: reqwest::Client,
    pub clock: Arc<dyn Clock>,
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemEntropy.fill(&mut bytes)?;
    Ok(bytes)
}

impl Device {
    pub fn new(http: &reqwest::Client, server: &str, clock: Arc<dyn Clock>) -> Result<Self> {
        let key = SigningKey::from_bytes(&random()?);
        Ok(Self { key, id: None, server: server.into(), http: http.clone(), clock })
    }

    /// The headers that prove a request made at a moment.
    pub fn proof(
        &self,
        (method, path): (&str, &str),
        time: Timestamp,
        body: &[u8],
    ) -> Result<HeaderMap> {
        let nonce = random()?;
        let signature = self.key.sign(&proof::signed(method, path, time, &nonce, body));
        let mut headers = vec![
            (proof::TIME, time.millis().to_string()),
            (proof::NONCE, proof::hex(&nonce)),
            (proof::SIGNATURE, proof::hex(&signature.to_bytes())),
        ];
        headers.extend(self.id.map(|id| (proof::DEVICE, id.to_string())));
        let parse = |(name, value): (&'static str, String)| {
            Ok((HeaderName::from_static(name), HeaderValue::from_str(&value)?))
        };
        headers.into_iter().map(parse).collect()
    }

    /// A request with its proof, and a token when there is one.
    pub fn request(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Vec<u8>,
    ) -> Result<RequestBuilder> {
        let proof = self.proof((method.as_str(), path), self.clock.now(), &body)?;
        let url = format!("{}{path}", self.server);
        let request = self.http.request(method, url).headers(proof).body(body);
        Ok(match token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        })
    }

    pub async fn post(&self, path: &str, token: Option<&str>, body: Vec<u8>) -> Result<Answer> {
        Answer::of(self.request(Method::POST, path, token, body)?.send().await?).await
    }

    pub async fn live(&self, token: Option<&str>) -> Result<Response> {
        Ok(self.request(Method::GET, "/v1/live", token, Vec::new())?.send().await?)
    }

    /// Asks to be enrolled in some protocol.
    pub async fn ask_to_enrol(&self, protocol: u16, code: &str) -> Result<Answer> {
        let key = ByteArray::new(self.key.verifying_key().to_bytes());
        let request = EnrolRequest { protocol, code: code.into(), key, name: None };
        self.post("/v1/enrol", None, body::pack(&request)?).await
    }

    pub async fn enrol(&mut self, code: &str) -> Result<EnrolResponse> {
        let answer: EnrolResponse = self.ask_to_enrol(PROTOCOL, code).await?.message()?;
        self.id = Some(answer.device);
        Ok(answer)
    }

    pub async fn log_in(
        &self,
        number: &str,
        password: &str,
        profile: Option<TabletId>,
    ) -> Result<Answer> {
        let request = LogInRequest {
            protocol: PROTOCOL,
            employee_number: number.into(),
            password: password.into(),
            profile,
        };
        self.post("/v1/log-in", None, body::pack(&request)?).await
    }
}
