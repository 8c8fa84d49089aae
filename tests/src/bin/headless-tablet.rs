//! A tablet without a screen, as a process that can be killed: `headless-tablet FOLDER DAY SEED`.

use anyhow::Context;
use kjent_tests::faults::process;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().with_context(|| format!("{what} is missing"));
    let (folder, day, seed) = (next("FOLDER")?, next("DAY")?, next("SEED")?);
    process::serve(folder.into(), day.parse()?, seed.parse()?).await
}
