//! `cargo xtask bench`: the command line of the measurements.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use kjent_tests::bench;
use kjent_tests::bench::app::Speeds;

/// Prints figures; judges nothing.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// Only what a worker waits for in the app's window.
    App {
        /// Write the same figures to a file.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Not once more with a processor a quarter as fast.
        #[arg(long)]
        own_speed: bool,
    },
    /// Only what sync costs.
    Sync {
        /// Write the same figures to a file.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Measure only a part: w2 is w4 too.
        #[arg(long, conflicts_with = "json")]
        only: Option<bench::Part>,
    },
    /// A tablet in a process of its own, as the measurements start it.
    #[command(hide = true, name = bench::alone::COMMAND)]
    Alone {
        /// What to do, as JSON.
        errand: String,
    },
    /// The app, as the measurements start it.
    #[command(hide = true, name = bench::app::launch::COMMAND)]
    Launch(bench::app::launch::Launch),
}

// More threads than cores: a tablet that stores an answer must not keep others from the network.
#[tokio::main(worker_threads = 8)]
async fn main() -> anyhow::Result<()> {
    match Arguments::parse().part {
        None => {
            bench::tablet::measure().await?;
            bench::app::measure(None, Speeds::Both).await?;
            bench::sync(None).await
        }
        Some(Part::App { json, own_speed }) => {
            let speeds = if own_speed { Speeds::Own } else { Speeds::Both };
            bench::app::measure(json.as_deref(), speeds).await
        }
        Some(Part::Sync { only: Some(part), .. }) => bench::only(part).await,
        Some(Part::Sync { json, .. }) => bench::sync(json.as_deref()).await,
        Some(Part::Alone { errand }) => bench::alone::run(&errand).await,
        Some(Part::Launch(launch)) => launch.run(),
    }
}
