//! `kjent-server code`: mints a one-time code, and makes the invitation that goes on a sheet.

use anyhow::{Context, Result};
use clap::Args;
use kjent_core::protocol::Invitation;
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::enrolment::mint_code;
use kjent_server::entropy::SystemEntropy;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::office::Office;
use super::say;
use super::tls::PublicTls;

#[derive(Args)]
pub(super) struct Code {
    #[command(flatten)]
    office: Office,
    /// Where tablets reach the server, such as <https://kjent.example.no>: print the whole
    /// invitation, as text and as a code for a camera.
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    #[command(flatten)]
    tls: PublicTls,
}

impl Code {
    pub(super) fn run(self) -> Result<()> {
        let pin = self.tls.pin(self.office.database.path())?;
        let (mut store, _) = self.office.open("code")?;
        let code = mint_code(&mut store, SystemClock.now(), &SystemEntropy)?;
        let Some(address) = self.address else { return say(code) };
        let server = address.trim().trim_end_matches('/').to_owned();
        let invitation = Invitation { server, pin, code }.to_string();
        let picture = QrCode::new(&invitation).context("the address is too long for a picture")?;
        // Terminals are dark, and a camera wants the dark parts dark.
        let picture = picture
            .render::<Dense1x2>()
            .dark_color(Dense1x2::Light)
            .light_color(Dense1x2::Dark)
            .build();
        say(invitation)?;
        say(picture)
    }
}
