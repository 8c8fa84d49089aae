//! A forger in front of the provider: it passes everything on, except for ID tokens, which it makes
//! as a certified provider never would, signed with a key of its own that the provider's keys name.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use kjent_tests::oidc::client;

/// How a token is signed.
#[derive(Clone)]
pub enum Signed {
    /// With the forger's key, which is among the provider's.
    Well,
    /// With the forger's key, under a name that no key has.
    ByNobody,
    /// With another key than the one that it names.
    ByAnother,
    /// Not at all: `alg` is `none`.
    NotAtAll,
    /// HS256 with a secret that both sides know.
    WithSecret(String),
}

type Change = Box<dyn Fn(&mut Value) + Send + Sync>;

struct Shared {
    upstream: Mutex<String>,
    forgery: Mutex<Option<(Signed, Change)>>,
    key: SigningKey,
    other: SigningKey,
    http: reqwest::Client,
    keys_given: AtomicUsize,
}

/// The forger. It ends when this is dropped.
pub struct Forger {
    /// Its address, which is the issuer.
    pub issuer: String,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Forger {
    /// Listens. `upstream` names the provider behind it, once that is started with this issuer.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let issuer = format!("http://{}", listener.local_addr()?);
        let http = client()?;
        let shared = Arc::new(Shared {
            upstream: Mutex::default(),
            forgery: Mutex::default(),
            key: SigningKey::from_bytes(&[7; 32]),
            other: SigningKey::from_bytes(&[8; 32]),
            http,
            keys_given: AtomicUsize::new(0),
        });
        let router = axum::Router::new().fallback(any(pass)).with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            // It is aborted, and never ends by itself.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { issuer, shared, task })
    }

    /// Which provider is behind it.
    pub fn put_before(&self, upstream: String) {
        *lock(&self.shared.upstream) = upstream;
    }

    /// Forges every token from now on: signed so, with the claims changed so.
    pub fn forge(&self, signed: Signed, change: impl Fn(&mut Value) + Send + Sync + 'static) {
        *lock(&self.shared.forgery) = Some((signed, Box::new(change)));
    }

    /// How often the provider's keys were asked for.
    pub fn keys_given(&self) -> usize {
        self.shared.keys_given.load(Ordering::SeqCst)
    }
}

impl Drop for Forger {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    shared.answer(request).await.unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
}

impl Shared {
    async fn answer(&self, request: Request) -> Result<Response> {
        let (head, body) = request.into_parts();
        let path = head.uri.path_and_query().context("no path")?.as_str().to_owned();
        let url = format!("{}{path}", lock(&self.upstream));
        let body = to_bytes(body, 1 << 20).await?;
        // The host stays, so that the provider takes the forger's address for its own.
        let asked = self.http.request(head.method, url).headers(head.headers).body(body);
        let answer = asked.send().await?;
        let mut response = Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            if name != "content-length" && name != "transfer-encoding" {
                response = response.header(name, value);
            }
        }
        let bytes = answer.bytes().await?;
        let bytes = match path.as_str() {
            "/jwks" => self.with_own_key(&bytes)?,
            "/token" => self.forged(&bytes)?,
            _ => bytes.to_vec(),
        };
        Ok(response.body(Body::from(bytes))?)
    }

    fn with_own_key(&self, keys: &[u8]) -> Result<Vec<u8>> {
        self.keys_given.fetch_add(1, Ordering::SeqCst);
        let mut keys: Value = serde_json::from_slice(keys)?;
        let x = BASE64.encode(self.key.verifying_key().as_bytes());
        let own = json!({
            "kty": "OKP", "crv": "Ed25519", "x": x, "kid": "forger", "use": "sig", "alg": "EdDSA",
        });
        keys["keys"].as_array_mut().context("no keys")?.push(own);
        Ok(serde_json::to_vec(&keys)?)
    }

    fn forged(&self, answer: &[u8]) -> Result<Vec<u8>> {
        let mut answer: Value = serde_json::from_slice(answer)?;
        let forgery = lock(&self.forgery);
        if let (Some((signed, change)), Some(token)) = (&*forgery, answer["id_token"].as_str()) {
            let payload = token.split('.').nth(1).context("no token")?;
            let mut claims: Value = serde_json::from_slice(&BASE64.decode(payload)?)?;
            change(&mut claims);
            answer["id_token"] = self.sign(signed, &claims).into();
        }
        Ok(serde_json::to_vec(&answer)?)
    }

    fn sign(&self, signed: &Signed, claims: &Value) -> String {
        let header = match signed {
            Signed::Well | Signed::ByAnother => json!({ "alg": "EdDSA", "kid": "forger" }),
            Signed::ByNobody => json!({ "alg": "EdDSA", "kid": "nobody" }),
            Signed::NotAtAll => json!({ "alg": "none" }),
            Signed::WithSecret(_) => json!({ "alg": "HS256" }),
        };
        let part = |part: &Value| BASE64.encode(part.to_string());
        let text = format!("{}.{}", part(&header), part(claims));
        let signature = match signed {
            Signed::Well | Signed::ByNobody => self.key.sign(text.as_bytes()).to_vec(),
            Signed::ByAnother => self.other.sign(text.as_bytes()).to_vec(),
            Signed::NotAtAll => Vec::new(),
            Signed::WithSecret(secret) => hmac(secret.as_bytes(), text.as_bytes()),
        };
        format!("{text}.{}", BASE64.encode(signature))
    }
}

/// HMAC with SHA-256, of a key no longer than a block.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let inner = Sha256::digest([&block.map(|byte| byte ^ 0x36), text].concat());
    Sha256::digest([block.map(|byte| byte ^ 0x5c).as_slice(), &inner].concat()).to_vec()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
