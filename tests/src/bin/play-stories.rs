//! `cargo xtask stories`: plays the stories that are named, or all, in real app windows.

use std::io::Write;

use kjent_tests::stories;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let mut say = |line: &str| {
        // A reader who has gone away is no reason to stop.
        let _ = writeln!(std::io::stdout(), "  {line}");
    };
    stories::play(&names, &mut say).await?;
    say("The pictures are in target/stories/.");
    Ok(())
}
