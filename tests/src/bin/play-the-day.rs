//! `cargo xtask demo`: plays the day in two real app windows, and leaves pictures of every screen.

use std::io::Write;

use kjent_tests::journey;
use kjent_tests::programs::workspace;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let pictures = workspace().join("target/demo");
    let mut say = |line: &str| {
        // A reader who has gone away is no reason to stop.
        let _ = writeln!(std::io::stdout(), "  {line}");
    };
    journey::play(&pictures, &mut say).await?;
    say("Pictures of every screen are in target/demo/.");
    Ok(())
}
