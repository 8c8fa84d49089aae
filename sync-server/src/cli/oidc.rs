//! The options of `serve` that name an identity provider.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use kjent_server::oidc::{OidcSettings, WORKER_CLAIM};

#[derive(Args)]
pub(super) struct Oidc {
    /// The identity provider's issuer, such as `https://login.example.no/tenant/v2.0`. With it,
    /// workers may sign in there.
    #[arg(long, value_name = "URL", requires = "oidc_client_id")]
    oidc_issuer: Option<String>,
    /// What Kjent is called there. `kjent://signed-in` must be registered as the address to come
    /// back to.
    #[arg(long, value_name = "ID", requires = "oidc_issuer")]
    oidc_client_id: Option<String>,
    /// A file with the client's secret, when it has one.
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    oidc_client_secret_file: Option<PathBuf>,
    /// The claim of the ID token that holds the employee number: `employeeid` at Entra, one of
    /// `helseid://claims/…` at HelseID, `pid` at ID-porten.
    #[arg(long, value_name = "CLAIM", default_value = WORKER_CLAIM)]
    oidc_worker_claim: String,
    /// A scope to ask for beside `openid`, when the provider gives the claim for one. May be said
    /// several times.
    #[arg(long, value_name = "SCOPE", requires = "oidc_issuer")]
    oidc_scope: Vec<String>,
    /// End a worker's session when the provider says that the account is no more. The provider is
    /// asked when the tablet syncs, once an hour at most.
    #[arg(long, requires = "oidc_issuer")]
    oidc_follow_accounts: bool,
}

impl Oidc {
    /// The settings, when a provider is named.
    pub(super) fn settings(self) -> Result<Option<OidcSettings>> {
        let (Some(issuer), Some(client)) = (self.oidc_issuer, self.oidc_client_id) else {
            return Ok(None);
        };
        let secret = match self.oidc_client_secret_file {
            Some(file) => {
                let text = fs::read_to_string(&file)
                    .with_context(|| format!("cannot read {}", file.display()))?;
                Some(text.trim().to_owned())
            }
            None => None,
        };
        let settings = OidcSettings::new(&issuer, client)
            .context("cannot use the identity provider")?
            .with_secret(secret)
            .with_worker_claim(self.oidc_worker_claim)
            .with_scopes(self.oidc_scope);
        Ok(Some(if self.oidc_follow_accounts { settings.following_accounts() } else { settings }))
    }
}
