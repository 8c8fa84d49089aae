//! Which provider, and what Kjent is to it.

use std::fmt;

use openidconnect::IssuerUrl;

/// The claim that carries the employee number, when nothing else is said.
pub const WORKER_CLAIM: &str = "employee_number";

/// Which identity provider vouches for the workers, and how.
#[derive(Clone)]
pub struct OidcSettings {
    /// The issuer, from whose address everything else is found.
    pub(super) issuer: IssuerUrl,
    /// Kjent's name at the provider.
    pub(super) client_id: String,
    /// The secret of a confidential client; PKCE is used with and without.
    pub(super) client_secret: Option<String>,
    /// Which claim of the ID token names the worker.
    pub(super) worker_claim: String,
    /// What is asked for beside `openid`: whatever the provider gives the claim for.
    pub(super) scopes: Vec<String>,
    /// Whether a session ends when the account does.
    pub(super) follow_accounts: bool,
}

/// Why settings can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OidcSettingsError {
    /// The issuer is no address.
    #[error("the issuer is no address")]
    NoAddress,
    /// The issuer is asked in the clear.
    #[error("the issuer must be asked over https; http is for this machine alone")]
    InTheClear,
}

impl OidcSettings {
    /// A public client at this issuer, with the usual claim.
    pub fn new(issuer: &str, client_id: impl Into<String>) -> Result<Self, OidcSettingsError> {
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|_| OidcSettingsError::NoAddress)?;
        if !is_private(issuer.url()) {
            return Err(OidcSettingsError::InTheClear);
        }
        Ok(Self {
            issuer,
            client_id: client_id.into(),
            client_secret: None,
            worker_claim: WORKER_CLAIM.to_owned(),
            scopes: Vec::new(),
            follow_accounts: false,
        })
    }

    /// The same as a confidential client.
    #[must_use]
    pub fn with_secret(mut self, secret: Option<String>) -> Self {
        self.client_secret = secret;
        self
    }

    /// The same, with the worker named by another claim, such as Entra's `employeeid` or HelseID's
    /// `helseid://claims/…`.
    #[must_use]
    pub fn with_worker_claim(mut self, claim: impl Into<String>) -> Self {
        self.worker_claim = claim.into();
        self
    }

    /// The same, asking for more scopes than `openid`.
    #[must_use]
    pub fn with_scopes(mut self, scopes: Vec<String>) -> Self {
        self.scopes = scopes;
        self
    }

    /// The same, with sessions that end when the provider says that the account has. The provider's
    /// refresh token is kept for this, so that only the tablet's own requests can open it.
    #[must_use]
    pub fn following_accounts(mut self) -> Self {
        self.follow_accounts = true;
        self
    }
}

impl fmt::Debug for OidcSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OidcSettings").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Whether nobody on the way can listen: https, or this machine.
pub(super) fn is_private(url: &openidconnect::url::Url) -> bool {
    use openidconnect::url::Host;
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_is_asked_over_https_or_on_this_machine() {
        let cases = [
            ("https://login.example.no/tenant", None),
            ("http://127.0.0.1:4000", None),
            ("http://[::1]:4000", None),
            ("http://login.example.no", Some(OidcSettingsError::InTheClear)),
            ("http://localhost.example.no", Some(OidcSettingsError::InTheClear)),
            ("file:///etc/passwd", Some(OidcSettingsError::InTheClear)),
            ("login.example.no", Some(OidcSettingsError::NoAddress)),
        ];
        for (issuer, wrong) in cases {
            assert_eq!(OidcSettings::new(issuer, "kjent").err(), wrong, "{issuer}");
        }
    }
}
