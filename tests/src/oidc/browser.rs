//! The worker's browser at the provider: follows where it is sent, keeps cookies, fills in the forms.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, Url};

/// More pages than any sign-in has.
const PAGES: usize = 20;

/// A browser, of which the provider remembers nothing yet.
pub struct Browser {
    http: Client,
    cookies: BTreeMap<String, String>,
}

/// What the worker does at the provider.
#[derive(Clone, Copy)]
pub enum Visitor<'a> {
    /// Logs in with this name, and consents.
    SignsIn(&'a str),
    /// Taps «Cancel».
    Cancels,
}

impl Browser {
    /// A new one.
    pub fn new() -> Result<Self> {
        Ok(Self { http: client()?, cookies: BTreeMap::new() })
    }

    /// Opens an address, signs in, and gives the link that leads back to the app.
    pub async fn sign_in(&mut self, url: &str, name: &str) -> Result<String> {
        self.open(url, Visitor::SignsIn(name)).await
    }

    /// Opens an address and goes on until it is sent back to the app; gives that link.
    pub async fn open(&mut self, url: &str, visitor: Visitor<'_>) -> Result<String> {
        let mut url = Url::parse(url)?;
        let mut answer = self.send(self.http.get(url.clone())).await?;
        for _ in 0..PAGES {
            if let Some(location) = answer.headers().get(LOCATION) {
                url = url.join(location.to_str()?)?;
                if url.scheme() == "kjent" {
                    return Ok(url.into());
                }
                answer = self.send(self.http.get(url.clone())).await?;
                continue;
            }
            let status = answer.status();
            let page = answer.text().await?;
            let form = match visitor {
                Visitor::Cancels => {
                    let mut links = page.split("href=\"").filter_map(|rest| rest.split('"').next());
                    let link = links.find(|link| link.ends_with("/abort"));
                    let link = link.context("nothing to cancel with")?;
                    answer = self.send(self.http.get(url.join(link)?)).await?;
                    continue;
                }
                Visitor::SignsIn(name) if page.contains("value=\"login\"") => {
                    format!("prompt=login&login={name}&password=any")
                }
                Visitor::SignsIn(_) if page.contains("value=\"consent\"") => {
                    "prompt=consent".to_owned()
                }
                Visitor::SignsIn(_) => bail!("{status}, and no form: {page}"),
            };
            let action = after(&page, "action=\"").context("a form that leads nowhere")?;
            let post = self.http.post(url.join(action)?);
            let post = post.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
            answer = self.send(post).await?;
        }
        bail!("the provider goes round in circles")
    }

    async fn send(&mut self, request: RequestBuilder) -> Result<Response> {
        let cookies: Vec<_> =
            self.cookies.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let answer = request.header(COOKIE, cookies.join("; ")).send().await?;
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str()?.split(';').next().unwrap_or_default();
            if let Some((name, value)) = cookie.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        self.cookies.retain(|_, value| !value.is_empty());
        Ok(answer)
    }
}

/// A client that goes where it is told, and no further.
pub fn client() -> Result<Client> {
    // Whoever came first has done it for all of this process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(Client::builder().redirect(Policy::none()).build()?)
}

/// What stands between a beginning and the next quotation mark.
fn after<'a>(page: &'a str, beginning: &str) -> Option<&'a str> {
    page.split_once(beginning)?.1.split('"').next()
}
