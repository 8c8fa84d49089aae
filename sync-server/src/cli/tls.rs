//! The options that say which certificate the server shows.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use kjent_core::protocol::Pin;
use kjent_server::tls::{self, Certificate};

/// The certificate that tablets are held to.
#[derive(Args)]
pub(super) struct PublicTls {
    /// The certificate that the server shows, in PEM: tablets will trust its key and no other.
    /// Without this, they trust what the web trusts.
    #[arg(long, value_name = "FILE", requires = "address")]
    tls_cert: Option<PathBuf>,
    /// The server shows the certificate that it has made itself, beside the database.
    #[arg(long, conflicts_with = "tls_cert", requires = "address")]
    tls_self_signed: bool,
}

impl PublicTls {
    /// What the tablet is to be told of it.
    pub(super) fn pin(&self, database: &Path) -> Result<Option<Pin>> {
        Ok(match &self.tls_cert {
            Some(certificate) => Some(tls::pin(certificate)?),
            None if self.tls_self_signed => Some(Certificate::kept_beside(database)?.pin()),
            None => None,
        })
    }
}

/// The certificate that is shown, with its key.
#[derive(Args)]
pub(super) struct SecretTls {
    /// Speak TLS with this certificate: PEM, with those that vouch for it behind it.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's key, PEM.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Speak TLS with a certificate made here and kept beside the database; the invitation tells
    /// tablets to trust it.
    #[arg(long, conflicts_with = "tls_cert")]
    tls_self_signed: bool,
}

impl SecretTls {
    /// Whether TLS is to be spoken.
    pub(super) fn is_wanted(&self) -> bool {
        self.tls_self_signed || self.tls_cert.is_some()
    }

    /// The certificate, if TLS is to be spoken.
    pub(super) fn certificate(&self, database: &Path) -> Result<Option<Certificate>> {
        Ok(match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(Certificate::read(certificate, key)?),
            _ if self.tls_self_signed => Some(Certificate::kept_beside(database)?),
            _ => None,
        })
    }
}
