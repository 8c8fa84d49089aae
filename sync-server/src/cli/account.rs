//! `kjent-server account`: what workers log in with.

use std::io::{self, BufRead};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use kjent_server::account::{generate, set_password};
use kjent_server::clock::{Clock, SystemClock};
use kjent_server::entropy::SystemEntropy;
use zeroize::Zeroizing;

use super::office::Office;
use super::say;

#[derive(Args)]
pub(super) struct Account {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Set a worker's password: the first line of the standard input, or one that is made here.
    SetPassword(SetPassword),
}

#[derive(Args)]
struct SetPassword {
    #[command(flatten)]
    office: Office,
    /// The worker's employee number.
    #[arg(long, value_name = "NUMBER")]
    worker: String,
    /// Make a password and print it, this once.
    #[arg(long)]
    generate: bool,
}

impl Account {
    pub(super) fn run(self) -> Result<()> {
        match self.act {
            Act::SetPassword(act) => act.run(),
        }
    }
}

impl SetPassword {
    fn run(self) -> Result<()> {
        let (mut store, _) = self.office.open("account set-password")?;
        let password = Zeroizing::new(if self.generate {
            generate(&SystemEntropy)?
        } else {
            let mut line = String::new();
            io::stdin().lock().read_line(&mut line).context("cannot read the standard input")?;
            line.trim_end_matches(['\r', '\n']).to_owned()
        });
        let (number, now) = (self.worker.trim(), SystemClock.now());
        set_password(&mut store, number, &password, now, &SystemEntropy)?;
        if self.generate { say(password.as_str()) } else { Ok(()) }
    }
}
